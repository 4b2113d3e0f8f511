"""An alert of two minutes: the same facts as the page asks, received by the same service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.alerts import choices
from sutura.alerts.models import Alert
from sutura.alerts.services import mark_duplicate, receive, receive_all
from sutura.intake import mapping
from sutura.intake.mapping import code, count, day
from sutura.intake.openrosa.records import Record
from sutura.places.models import Unit

NEEDS = ("needs_medical", "needs_safety", "needs_family", "needs_support")
PLACES = ("commune", "cercle", "region")
COUNTS = ("boys", "girls", "unknown")
CODES: dict[str, tuple[type[TextChoices], str]] = {
    "party_type": (choices.PartyType, "unidentified"),
    "source_category": (choices.SourceCategory, "unknown"),
    "access": (choices.Access, "unknown"),
    "consent_known": (choices.YesNoUnknown, "unknown"),
}


def make(record: Record, by: Any) -> Alert:
    """Receive the alert."""
    return receive(by=by, **facts(record, Unit.objects.by_code(MAPPING.codes(record))))


def make_all(records: Sequence[Record], by: Any, register: mapping.Register) -> list[Alert]:
    """Receive the alerts."""
    return receive_all(told=[facts(record, register) for record in records], by=by)


def facts(record: Record, register: Mapping[str, Unit]) -> dict[str, Any]:
    """What the record tells, as the service receives it; the register holds the places that it names."""
    types, told = record.ticked("types"), record.said("told")[:4000]
    if not types and not told:
        raise Invalid(_("The record does not say what happened."), field="types")
    needs, place = record.ticked("needs"), _place(record, register)
    return {
        "types": types, "told": told, "locality": record.said("locality")[:200],
        "place": place, "place_how": "code" if place else "",
        "children_unknown": record.said("children_unknown") == "yes",
        **_days(record), **{name: count(record, name) for name in COUNTS},
        **{name: name in needs for name in NEEDS},
        **{name: code(record, name, known, otherwise=none) for name, (known, none) in CODES.items()},
    }  # fmt: skip


def find(reference: str, by: Any) -> Alert | None:
    """The alert of a reference."""
    return Alert.objects.visible_to(by).filter(ref=reference).first()


def replace(there: Alert, record: Record, by: Any, why: str) -> Model:
    """Receive the corrected alert, and close the first as telling of the same event; nothing of it is lost."""
    made = make(record, by)
    mark_duplicate(alert=there, of=made, by=by, reason=why)
    return made


def _place(record: Record, register: Mapping[str, Unit]) -> Unit | None:
    """The finest place given: each is a code of the register, which old versions of the form may hold too."""
    for name in PLACES:
        told = record.said(name)
        if told:
            if told not in register:
                raise Invalid(_("This place is not in the register."), field=name)
            return register[told]
    return None


def _days(record: Record) -> dict[str, Any]:
    """When it happened, counted from the day on which the form was filled in, not from that on which it arrived."""
    moment, entered = record.said("moment"), day(record, "entered_on")
    if moment == "other" or entered is None:
        first, last = day(record, "happened_on_day"), day(record, "happened_to_day")
        return {
            "happened_on": first,
            "happened_to": last,
            "date_estimated": record.said("date_estimated") == "yes",
        }
    if moment == "week":
        return {"happened_on": entered - timedelta(days=6), "happened_to": entered, "date_estimated": True}
    return {"happened_on": entered - timedelta(days=1) if moment == "yesterday" else entered}


MAPPING = mapping.Mapping(
    form_id="sutura_alert",
    permission="alerts.create",
    make=make,
    apart=lambda record, _by: "sexual_violence" in record.ticked("types"),
    find=find,
    replace=replace,
    make_all=make_all,
    places=PLACES,
)
