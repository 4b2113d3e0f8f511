"""Flag what a child needs, begin from a victim or an alert, say that two dockets are of one child."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require, scope
from sutura.alerts.models import Alert
from sutura.audit.services import drop, keep, record
from sutura.incidents.choices import SharingWith as With
from sutura.incidents.models import Victim
from sutura.places.models import Unit
from sutura.response import checks
from sutura.response.agreement import begun, known, of_victim, outcomes
from sutura.response.choices import Association, Bar, Ended, Need, Sex, Stage
from sutura.response.codes import new_code
from sutura.response.models import Docket, Double, FlaggedNeed, Origin
from sutura.response.querysets import KEEP
from sutura.response.rules.sharing import bar

NAMED = {With.UNICEF, With.CTFMR, With.PARTNERS}
"""With whom a child of an alert may be shared: groups of receivers, none by a name that somebody types."""


@transaction.atomic
def flag_needs(*, docket: Docket, needs: Iterable[str], by: Any, place: Unit | None = None) -> Docket:
    """Say what a child needs; what is flagged already stays as it is."""
    require(by, KEEP, docket.region)
    if not set(needs) <= set(Need.values) or not needs:
        raise Invalid(_("Choose what the child needs."), field="needs")
    there = set(docket.needs.flagged().values_list("need", flat=True))
    new = [need for need in Need.values if need in set(needs) - there]
    for need in new:
        keep(FlaggedNeed(docket=docket, need=need, place=place, flagged_by=by), by=by)
    record(by, "response.flag_needs", of=docket, fields=" ".join(new))
    return docket


@transaction.atomic
def end_need(*, need: FlaggedNeed, ended: str, by: Any) -> FlaggedNeed:
    """A need is no longer flagged, for a reason; it stays to be read."""
    require(by, KEEP, need.docket.region)
    if ended not in Ended.values:
        raise Invalid(_("Say why."), field="ended")
    need.ended = ended
    keep(need, by=by, why=ended)
    record(by, "response.end_need", of=need.docket, fields=f"{need.need} {ended}")
    return need


@transaction.atomic
def begin_from_victim(
    *,
    victim: Victim,
    needs: Iterable[str],
    place: Unit,
    by: Any,
    followed: Docket | None = None,
    **child: Any,
) -> Docket:
    """A victim needs help: its docket, made or found by its code, and the needs; only where sharing was agreed to."""
    require(by, KEEP, place.region)
    near = scope(by, KEEP, "incident__region")
    if not Victim.objects.visible_to(by).standing().filter(near, pk=victim.pk).exists():
        raise NotAllowed
    barred = bar(of_victim(victim), kind=victim.kind, outcomes=outcomes(victim))
    if barred:
        raise Invalid(Bar(barred).label)
    there, linked = known([victim], by).get(victim.pk), begun(victim)
    if there is None and linked:
        raise Invalid(
            _("This child is followed in another region already. Ask whoever follows children there.")
        )
    if there is not None and followed is not None and there != followed:
        raise Invalid(
            _("This child is followed under another docket: %(ref)s.") % {"ref": there}, field="followed"
        )
    docket = there or followed or _new(place.region, by, **child)
    _same_sex(docket, child.get("sex", ""))
    if not linked:
        keep(Origin(docket=docket, victim=victim, noted_by=by), by=by)
    flag_needs(docket=docket, needs=needs, place=place, by=by)
    record(by, "response.begin_from_victim", of=docket)
    return docket


@transaction.atomic
def begin_from_alert(
    *, alert: Alert, needs: Iterable[str], place: Unit, given_by: str, given_on: date, shared_with: Collection[str],
    by: Any, contact: str = "", followed: Docket | None = None, **child: Any,
) -> Docket:  # fmt: skip
    """A child of an alert needs help: its docket and needs, on the consent that was asked for it."""
    require(by, KEEP, place.region)
    read = Alert.objects.visible_to(by).readable_by(by).reports()
    if not read.filter(scope(by, KEEP), pk=alert.pk).exists():
        raise NotAllowed
    if given_on > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field="given_on")
    if not shared_with or not set(shared_with) <= NAMED:
        raise Invalid(_("Say with whom it may be shared. Without that, nothing begins."), field="shared_with")
    docket = followed or _new(place.region, by, **child)
    _same_sex(docket, child.get("sex", ""))
    origin = Origin(
        docket=docket, alert=alert, given_by=given_by, given_on=given_on, contact=contact, noted_by=by
    )
    origin.shared_with = sorted(shared_with)  # type: ignore[assignment]  # a list in Python, text in the column
    keep(origin, by=by)
    flag_needs(docket=docket, needs=needs, place=place, by=by)
    record(by, "response.begin_from_alert", of=docket)
    return docket


@transaction.atomic
def note_double(*, docket: Docket, into: Docket | None, by: Any) -> Docket:
    """Two dockets are of one child, or, with none, no longer: the one stays to be read, the other is kept on."""
    require(by, KEEP, docket.region)
    before = Double.objects.filter(docket=docket).first()
    if into is None:
        if before is not None:
            drop(before, by=by)
    else:
        require(by, KEEP, into.region)
        _unlike(docket, into)
        double = before or Double(docket=docket, noted_by=by)
        double.into = into
        keep(double, by=by)
    record(by, "response.note_double", of=docket)
    return docket


def _new(region: str, by: Any, *, sex: str, age: int | None = None, age_basis: str = "") -> Docket:
    docket = Docket(
        ref=new_code(), region=region, sex=sex, age=age, age_basis=age_basis, association=Association.UNKNOWN,
        opened_by=by, stage=Stage.NEEDS,
    )  # fmt: skip
    checks.child(docket)
    return keep(docket, by=by)


def _same_sex(docket: Docket, sex: str) -> None:
    if {docket.sex, sex} == {Sex.BOY, Sex.GIRL}:
        raise Invalid(
            _("That docket is of a child of the other sex. Look at the code again."), field="followed"
        )


def _unlike(docket: Docket, into: Docket) -> None:
    _same_sex(docket, into.sex)
    if docket.pk == into.pk:
        raise Invalid(_("This is the docket itself. Write the code of the other one."), field="into")
    if Double.objects.filter(docket=into).exists() or Double.objects.filter(into=docket).exists():
        raise Invalid(
            _("One of the two is a second docket already. Choose the one that is kept on."), field="into"
        )
