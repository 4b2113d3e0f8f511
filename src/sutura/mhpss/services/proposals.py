"""An organisation proposes, whoever answers for the map in that region accepts or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.checking import refusals
from sutura.mhpss.choices import Decision
from sutura.mhpss.models import Proposal, ProposedValue, Service
from sutura.mhpss.shape import FIELDS, staff_of, staff_text, text_of, told, value_of
from sutura.mhpss.writing import Numbers, assign, write
from sutura.partners.models import Organisation
from sutura.partners.rules import key
from sutura.places.models import Unit

NOTHING = _("Nothing differs from the map. Change what is no longer so, or go back.")


@transaction.atomic
def propose(
    *, by: Any, service: Service | None = None, staff: Numbers | None = None, **said: Any
) -> Proposal:
    """What somebody wants the map to say, of a service or of a new one: checked now, written when accepted."""
    assert service is not None or {"place", "organisation"} <= said.keys()
    place: Unit = said.get("place") or service.place  # type: ignore[union-attr]
    require(by, "mhpss.propose", place.region)
    if service and not Service.objects.visible_to(by).filter(pk=service.pk).exists():
        raise NotAllowed
    before = told(service, service.staff.all()) if service else dict.fromkeys(FIELDS, "")
    after = _text(said, staff, before)
    changed = [name for name in FIELDS if after.get(name, before[name]) != before[name]]
    if not changed:
        raise Invalid(NOTHING)
    _try(service, said, staff)
    made = keep(Proposal(service=service, region=place.region, proposed_by=by), by=by)
    for name in changed:
        keep(ProposedValue(proposal=made, field=name, before=before[name], after=after[name]), by=by)
    record(by, "mhpss.propose", of=made, fields=" ".join(changed))
    return made


@transaction.atomic
def accept(*, proposal: Proposal, by: Any) -> Service:
    """The map says it from now on; refused when the map changed meanwhile in the same fields."""
    held = _held(proposal)
    require(by, "mhpss.review", held.region)
    values = list(held.values.all())
    service = held.service or Service(updated_on=timezone.localdate())
    if held.service:
        now = told(held.service, held.service.staff.all())
        if any(now[each.field] != each.before for each in values):
            raise Invalid(
                _("The map changed since this was proposed. Refuse it and say so, or enter it by hand.")
            )
    said, staff = _values({each.field: each.after for each in values})
    require(by, "mhpss.review", said["place"].region if "place" in said else held.region)
    for name in ("organisation", "place"):
        if name in said:
            setattr(service, name, said.pop(name))
    write(service, said, staff, by=by, why=f"proposed by {held.proposed_by.username}")
    held.service = service
    _decide(held, Decision.ACCEPTED, "", by=by)
    record(by, "mhpss.accept", of=held)
    return service


@transaction.atomic
def refuse(*, proposal: Proposal, reason: str, by: Any) -> Proposal:
    """It does not come on the map; who proposed it reads why."""
    held = _held(proposal)
    require(by, "mhpss.review", held.region)
    if not reason.strip():
        raise Invalid(_("Say why, so that whoever proposed it can correct it."), field="reason")
    _decide(held, Decision.REFUSED, reason.strip(), by=by)
    record(by, "mhpss.refuse", of=held)
    return held


def _held(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "service__organisation", "service__place", "proposed_by"
    )
    held = rows.get(pk=proposal.pk)
    if held.decision != Decision.WAITING:
        raise Invalid(_("This was decided already. Open the page again."))
    return held


def _decide(held: Proposal, decision: str, reason: str, *, by: Any) -> None:
    held.decision, held.reason, held.decided_by, held.decided_at = decision, reason, by, timezone.now()
    keep(held, by=by, why=decision)


def _text(said: Mapping[str, Any], staff: Numbers | None, before: Mapping[str, str]) -> dict[str, str]:
    """What was said, as text; lists of codes in the order of their list."""
    catalogue, found = Catalogue(), {}
    for name, value in said.items():
        if name in LISTS:
            found[name] = catalogue.ordered(LISTS[name], value)
        elif name == "coverage":
            found[name] = " ".join(sorted(value))
        elif name == "organisation":
            found[name] = value.name
        elif name == "place":
            found[name] = value.code
        else:
            found[name] = text_of(name, value)
    if staff is not None:
        found["staff"] = staff_text((cadre, *each) for cadre, each in staff.items())
    return found


def _values(texts: Mapping[str, str]) -> tuple[dict[str, Any], Numbers | None]:
    said: dict[str, Any] = {}
    for name, text in texts.items():
        if name == "organisation":
            said[name] = Organisation.objects.get(folded=key(text))
        elif name == "place":
            said[name] = Unit.objects.get(code=text)
        elif name != "staff":
            said[name] = value_of(name, text)
    return said, staff_of(texts["staff"]) if "staff" in texts else None


def _try(service: Service | None, said: Mapping[str, Any], staff: Numbers | None) -> None:
    """Whoever proposes hears at once what would be refused later."""
    catalogue, today = Catalogue(), timezone.localdate()
    tried = (
        Service.objects.select_related("organisation", "place").get(pk=service.pk) if service else Service()
    )
    for name in ("organisation", "place"):
        if name in said:
            setattr(tried, name, said[name])
    tried.updated_on = tried.updated_on or today
    assign(
        tried,
        {name: value for name, value in said.items() if name not in ("organisation", "place")},
        catalogue,
    )
    numbers = (
        {cadre for cadre, each in staff.items() if any(each)} if staff is not None
        else {each.cadre for each in tried.staff.all()} if service else set()
    )  # fmt: skip
    for field, sentence in refusals(tried, numbers, catalogue=catalogue, today=today):
        raise Invalid(sentence, field=field)
