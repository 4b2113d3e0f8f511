"""What the pages of requests show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.disclosure.choices.exports import Kind, State
from sutura.disclosure.forms.exports import ExportForm, RefusalForm
from sutura.disclosure.models import Export, ReceiverKey
from sutura.disclosure.querysets.exports import APPROVE, REQUEST
from sutura.disclosure.services import exports as services
from sutura.places.models import Unit
from sutura.reporting.models import Edition
from sutura.reporting.pages.records import moment_of
from sutura.reporting.render import words
from sutura.reporting.rules.periods import NotAPeriod, period
from sutura.ui import wording
from sutura.verification.models import Sitting

SHOWN = 100


@dataclass(frozen=True)
class Subject:
    """What the address names: a frozen edition, a sitting, or a report at a moment."""

    edition: Edition | None = None
    sitting: Sitting | None = None
    as_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        found: dict[str, Any] = {"edition": self.edition, "sitting": self.sitting, "as_at": self.as_at}
        if self.edition:
            found |= {name: getattr(self.edition, name) for name in ("product", "period", "geography")}
        return found | ({"kind": Kind.MINUTES} if self.sitting else {})

    def told(self) -> str:
        """In words, above the form."""
        if self.sitting:
            return _("Minutes extract of the sitting %(ref)s") % {"ref": self.sitting.ref}
        if self.edition:
            return str(self.edition)
        return _("As known on %(when)s") % {"when": wording.moment(self.as_at)} if self.as_at else ""


def subject(user: Any, asked: QueryDict) -> Subject:
    """Read the address; 404 for what the person may not see."""
    if asked.get("sitting"):
        held = Sitting.objects.visible_to(user)
        return Subject(sitting=get_object_or_404(held, public_id=_id(asked.get("sitting", ""))))
    if asked.get("edition"):
        editions = Edition.objects.visible_to(user)
        return Subject(edition=get_object_or_404(editions, public_id=_id(asked.get("edition", ""))))
    return Subject(as_at=moment_of(asked.get("as_at", "")))


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise Http404 from error


def form_for(user: Any, of: Subject, asked: QueryDict, typed: QueryDict | None) -> ExportForm:
    """The form, with what the address and the person's own key already say."""
    initial = {name: asked[name] for name in ("kind", "product", "period", "geography") if name in asked}
    own = own_key(user)
    if own:
        initial |= {"key": own, "receiver": str(user)}
    form = ExportForm(typed, by=user, minutes=of.sitting is not None, initial=initial)
    for name in ("product", "period", "geography") if of.edition else ():
        del form.fields[name]
    return form


def row(export: Export, names: dict[str, str], now: datetime) -> dict[str, Any]:
    """One request in a list."""
    return {
        "export": export,
        "url": export.get_absolute_url(),
        "what": what(export),
        "where": where(export, names),
        "state": export.state_at(now),
        "label": State(export.state_at(now)).label,
    }


def what(export: Export) -> str:
    """`Incident list by code (Excel) · 1st quarter 2026`."""
    of = export.sitting.ref if export.sitting else said_period(export)
    return f"{Kind(export.kind).label} · {of}"


def said_period(export: Export) -> str:
    """The period in words, and the edition if it is one."""
    try:
        told = words.period(period(export.product, export.period))
    except NotAPeriod:
        told = export.period
    said = _("%(period)s, edition %(n)s")
    return said % {"period": told, "n": export.edition.number} if export.edition else told


def where(export: Export, names: dict[str, str]) -> str:
    """The regions in words."""
    return ", ".join(names.get(code, code) for code in export.region_codes) or _("Whole country")


def list_page(user: Any, *, mine: bool) -> dict[str, Any]:
    """One's own requests, or those which wait for one's word."""
    now = timezone.now()
    seen = Export.objects.visible_to(user).select_related("asked_by", "decided_by", "sitting", "edition")
    found = seen.filter(asked_by=user.pk) if mine else seen.to_approve(user, now)
    names = Unit.objects.region_names()
    return {
        "rows": [row(one, names, now) for one in found[:SHOWN]],
        "mine": mine,
        "may_ask": may(user, REQUEST),
        "may_approve": may(user, APPROVE),
    }


def detail_page(user: Any, export: Export, refusal: RefusalForm | None = None) -> dict[str, Any]:
    """One request: all that the second person weighs, and what may be done now."""
    now = timezone.now()
    state = export.state_at(now)
    mine = export.asked_by_id == user.pk
    return row(export, Unit.objects.region_names(), now) | {
        "mine": mine,
        "may_answer": state == State.ASKED and services.may_answer(user, export),
        "may_take": mine and state == State.APPROVED,
        "may_withdraw": mine and state in (State.ASKED, State.APPROVED),
        "refusal": refusal or RefusalForm(),
        "key": [export.key[start : start + 8] for start in range(0, len(export.key), 8)],
        "sha": [export.sha256[start : start + 8] for start in range(0, len(export.sha256), 8)],
    }


def own_key(user: Any) -> str:
    """The public key that a person keeps here, or nothing."""
    held = ReceiverKey.objects.filter(account=user.pk).first()
    return held.key if held else ""
