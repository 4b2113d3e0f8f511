"""A service of the map as somebody found it: proposed by the service of the map, decided by who answers for it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.mapping import Mapping, code, needed, number, place, some_day
from sutura.intake.mapping import day as maybe_day
from sutura.intake.mapping import one as one_of
from sutura.intake.openrosa.records import Record
from sutura.mhpss.choices import Basis, Cost, Entry, Working
from sutura.mhpss.models import Service
from sutura.mhpss.services.proposals import propose
from sutura.partners.models import Organisation
from sutura.partners.rules import key

STILL, CHANGED, NEW = "still", "changed", "new"
CODES: dict[str, Any] = {"working": Working, "entry": Entry, "cost": Cost, "basis": Basis}
TEXTS = {"hours": 120, "phone": 40}
NUMBERS = ("min_age", "max_age", "capacity", "waiting_days", "reached")


def make(record: Record, by: Any) -> Model:
    """Propose what was found; the map changes when somebody else accepts it."""
    about = record.said("about")
    if about not in (STILL, CHANGED, NEW):
        raise Invalid(_("This answer is not on the list."), field="about")
    said: dict[str, Any] = {"updated_on": some_day(record, "entered_on")}
    if about != STILL:
        said |= _told(record)
    if about == NEW:
        return propose(by=by, **said, **_new(record))
    return propose(by=by, service=one_of(record, "service", Service.objects.visible_to(by)), **said)


def _told(record: Record) -> dict[str, Any]:
    """What was answered; a question left empty says nothing about the map."""
    told: dict[str, Any] = {name: code(record, name, known) for name, known in CODES.items()}
    told |= {name: record.said(name)[:most] for name, most in TEXTS.items()}
    found = {name: value for name, value in told.items() if value}
    found |= {name: value for name in NUMBERS if (value := number(record, name)) is not None}
    until = maybe_day(record, "funded_until")
    return found | ({"funded_until": until} if until else {})


def _new(record: Record) -> dict[str, Any]:
    """Of whom, what and where."""
    needed(record, "working", Working)
    where = place(record)
    if where is None:
        raise Invalid(_("Say where the service is."), field="region")
    return {
        "organisation": _organisation(record), "place": where, "description": record.said("description")[:220],
        "site": record.said("site")[:150], "groups": record.ticked("groups"),
    }  # fmt: skip


def _organisation(record: Record) -> Organisation:
    """The one of the directory that bears this name or acronym."""
    typed = record.said("organisation")
    rows = Organisation.objects.in_use().filter(
        Q(folded=key(typed)) | Q(acronym__iexact=typed, acronym__gt="")
    )
    found = list(rows[:2])
    if len(found) != 1:
        raise Invalid(
            _("The directory has no organisation of this name, or several. Write its full name."),
            field="organisation",
        )
    return found[0]


def region(record: Record, by: Any) -> str:
    """Where the service is."""
    known = Service.objects.visible_to(by).filter(ref=record.said("service").upper()).first()
    return known.region if known else record.said("region")


MAPPING = Mapping("sutura_service", "mhpss.propose", make, region=region)
