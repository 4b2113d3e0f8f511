"""What a body sets out to hold, and the days that people work for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import may, require
from sutura.audit.services import drop, keep, record
from sutura.coordination.following import needed
from sutura.coordination.models import Body, Event, Mandate, Programme, Stint
from sutura.coordination.rules.work import Stretch, fits, length
from sutura.ui import wording


@transaction.atomic
def set_programme(
    *,
    body: Body,
    starts_on: date,
    ends_on: date,
    thematic: int,
    regions: Iterable[str],
    national: int,
    conferences: int,
    by: Any,
) -> Programme:
    """How much a body sets out to hold between two days; said again for the same first day, it replaces the first."""
    require(by, "coordination.manage", body.region)
    _check_dates(starts_on, ends_on)
    other = body.programmes.exclude(starts_on=starts_on)
    if other.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        said = _("Other targets of this body cover some of these days. Choose days after them.")
        raise Invalid(said, field="starts_on")
    found = body.programmes.filter(starts_on=starts_on).first() or Programme(body=body, starts_on=starts_on)
    found.ends_on, found.thematic, found.national, found.conferences = (
        ends_on,
        thematic,
        national,
        conferences,
    )
    found.regions = " ".join(sorted(regions))
    keep(found, by=by)
    record(by, "coordination.set_programme", of=body)
    return found


@transaction.atomic
def open_mandate(
    *, body: Body, person: str, days: int, starts_on: date, ends_on: date, by: Any, account: Any = None
) -> Mandate:
    """Somebody works for a body so many days between two days; with an account she notes her days herself."""
    require(by, "coordination.manage", body.region)
    made = Mandate(body=body, person=person, account=account, days=days, starts_on=starts_on, ends_on=ends_on)
    _check_mandate(made)
    keep(made, by=by)
    record(by, "coordination.open_mandate", of=made)
    return made


@transaction.atomic
def change_mandate(*, mandate: Mandate, by: Any, why: str = "", **said: Any) -> Mandate:
    """More days, or a later end; never fewer than were worked, and what was noted stays within its dates."""
    require(by, "coordination.manage", mandate.body.region)
    held = _hold(mandate)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    _check_mandate(held)
    if worked(held) > held.days:
        said_ = _("%(days)s days are noted already. Give at least as many.")
        raise Invalid(said_ % {"days": wording.number(worked(held))}, field="days")
    if held.stints.exclude(starts_on__gte=held.starts_on, ends_on__lte=held.ends_on).exists():
        raise Invalid(_("Days are noted outside these dates. Choose dates that hold them."), field="ends_on")
    if changed:
        keep(held, by=by, why=why)
        record(by, "coordination.change_mandate", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def note_days(
    *,
    mandate: Mandate,
    starts_on: date,
    ends_on: date,
    days: Decimal,
    words: str,
    by: Any,
    event: Event | None = None,
) -> Stint:
    """Days worked, by whoever worked them or whoever keeps the body: never beyond the mandate nor the calendar."""
    require(by, "coordination.read")
    held = _hold(mandate)
    if held.account_id != by.pk and not may(by, "coordination.manage", held.body.region):
        raise NotAllowed
    made = Stint(mandate=held, starts_on=starts_on, ends_on=ends_on, days=days, event=event)
    made.words = needed(words, "words", _("Say in a few words on what."))
    _check_stint(made, held)
    keep(made, by=by)
    record(by, "coordination.note_days", of=held)
    return made


@transaction.atomic
def drop_days(*, stint: Stint, by: Any) -> None:
    """Days noted by mistake."""
    require(by, "coordination.read")
    held = _hold(stint.mandate)
    if held.account_id != by.pk and not may(by, "coordination.manage", held.body.region):
        raise NotAllowed
    drop(stint, by=by)
    record(by, "coordination.drop_days", of=held)


def worked(mandate: Mandate) -> Decimal:
    """Days noted under a mandate."""
    return mandate.stints.aggregate(all=Sum("days"))["all"] or Decimal(0)


def _hold(mandate: Mandate) -> Mandate:
    held = Mandate.objects.select_for_update(of=("self",)).select_related("body")
    return held.get(pk=mandate.pk)


def _check_dates(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid(_("The last day is before the first. Correct one of the two."), field="ends_on")


def _check_mandate(mandate: Mandate) -> None:
    mandate.person = needed(mandate.person, "person", _("Give the name or the office of the person."))
    _check_dates(mandate.starts_on, mandate.ends_on)
    if mandate.days > length(mandate.starts_on, mandate.ends_on):
        said = _("There are not so many days between these dates. Give fewer days, or a later end.")
        raise Invalid(said, field="days")


def _check_stint(made: Stint, mandate: Mandate) -> None:
    _check_dates(made.starts_on, made.ends_on)
    within = {"from": wording.day(mandate.starts_on), "until": wording.day(mandate.ends_on)}
    if made.starts_on < mandate.starts_on or made.ends_on > mandate.ends_on:
        said = _("The mandate runs from %(from)s to %(until)s. Choose days between the two.")
        raise Invalid(said % within, field="starts_on" if made.starts_on < mandate.starts_on else "ends_on")
    if made.ends_on > timezone.localdate():
        raise Invalid(_("Days are noted once they are worked: choose days up to today."), field="ends_on")
    left = mandate.days - worked(mandate)
    if made.days > left:
        said = _("Only %(left)s days are left of this mandate. Note fewer, or have it extended first.")
        raise Invalid(said % {"left": wording.number(left)}, field="days")
    noted = [Stretch(*one) for one in mandate.stints.values_list("starts_on", "ends_on", "days")]
    if not fits(noted, Stretch(made.starts_on, made.ends_on, made.days)):
        said = _(
            "That is more than the days between these dates, counting what is noted already. Correct it."
        )
        raise Invalid(said, field="days")
