"""What a browser sealed, read again: the same form as on the page judges it, by the day on which it was written."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.errors import DomainError, NotAllowed
from sutura.alerts.forms import AlertForm
from sutura.incidents.forms import Sheet
from sutura.incidents.forms.sheet import ROWS, NumbersForm, SheetWhatForm
from sutura.intake.choices import Paper
from sutura.intake.models import Envelope, Unpacking
from sutura.intake.services.envelopes import make_alert, make_incident, put_aside

Filled = AlertForm | Sheet


def unpack(envelope: Envelope, by: Any) -> Unpacking:
    """Make of an opened envelope what it tells of, or put it aside with the fields that do not pass."""
    form = filled(envelope)
    if not form.is_valid():
        return put_aside(envelope=envelope, fields=sorted(form.errors), by=by)
    try:
        return take(envelope, form, by)
    except DomainError as refusal:
        # A region is what a right depends on.
        otherwise = "region" if isinstance(refusal, NotAllowed) else "__all__"
        return put_aside(envelope=envelope, fields=[refusal.field or otherwise], by=by)


def take(envelope: Envelope, form: Filled, by: Any, teller: Any = None) -> Unpacking:
    """Make what a valid form tells; `teller` answers for it where she typed it again. Raises DomainError."""
    if isinstance(form, Sheet):
        return make_incident(envelope=envelope, bundle=form.bundle(), by=by, teller=teller)
    return make_alert(envelope=envelope, facts=form.facts(), by=by, teller=teller)


def filled(envelope: Envelope) -> Filled:
    """The form as it was filled in; of what is damaged, an empty one."""
    told = told_by(envelope)
    day = told.pop("written", None)
    return form_of(envelope, _data(told, envelope.region), user=envelope.sent_by, day=day)


def again(envelope: Envelope, *, user: Any, typed: QueryDict | None = None) -> Filled:
    """The form to complete: as it was filled in, or as it was typed again."""
    if typed is not None:
        return form_of(envelope, typed, user=user, day=timezone.localdate(envelope.written_at), blank=True)
    told = told_by(envelope)
    day = told.pop("written", None)
    return form_of(envelope, _data(told, envelope.region), user=user, day=day, blank=True)


def form_of(envelope: Envelope, data: QueryDict, *, user: Any, day: Any, blank: bool = False) -> Filled:
    """The form of its paper."""
    if envelope.form == Paper.INCIDENT:
        return Sheet(data, user=user, blank=blank)
    return AlertForm(data, user=user, written=day, everywhere=True)


def told_by(envelope: Envelope) -> dict[str, Any]:
    """Name of field → what was typed, and under `written` the day; nothing of what is damaged."""
    try:
        told = json.loads(envelope.content)
        written = parse_datetime(told["written"])
        assert written is not None
        return {**dict(told["typed"]), "written": timezone.localdate(written)}
    except (AssertionError, KeyError, TypeError, ValueError):
        return {}


def named(envelope: Envelope, fields: str) -> list[str]:
    """The fields that do not pass, by the words that the form has for them."""
    return [_label(envelope.form, name) for name in fields.split()]


def _data(typed: dict[str, Any], region: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        if isinstance(values, list) and values:
            data.setlist(name, [str(value) for value in values])
    if typed:
        # It may lie on the device for weeks: the region of the envelope is the one whose key sealed it.
        data["region"] = region
    return data


ROW_NAMES = {
    "victims": gettext_lazy("Victim"),
    "perpetrators": gettext_lazy("Perpetrator"),
    "sources": gettext_lazy("Source"),
}


def _label(paper: str, name: str) -> str:
    of, _dash, rest = name.partition("-")
    if of in ROWS and rest:
        number, _dash, column = rest.partition("-")
        return f"{ROW_NAMES[of]} {int(number) + 1} · {_column(ROWS[of], column)}"
    if rest:
        return _column(NumbersForm, rest)
    return _column(AlertForm if paper == Paper.ALERT else SheetWhatForm, name)


def _column(form: Any, name: str) -> str:
    """The words of a question, from the form or from the column behind it."""
    if name in form.base_fields:
        return str(form.base_fields[name].label)
    try:
        return capfirst(str(form.model._meta.get_field(name).verbose_name))
    except (AttributeError, FieldDoesNotExist):
        return _("The whole")
