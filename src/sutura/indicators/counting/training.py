"""What the registers of training say: different people, never enrolments; groups by the rule in force that day."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import Cadre, GroupState
from sutura.capacity.models import Enrolment, Group, GroupRule
from sutura.capacity.pages.groups import words_of
from sutura.capacity.rules import state_of_group
from sutura.indicators.counting.asking import Ask, Counted, Measure


def persons(ask: Ask, *, cadre: str) -> Counted:
    """Different people with a certificate that stands on the last day; what was counted before is not added."""
    standing = Q(certificate__revoked_on=None) | Q(certificate__revoked_on__gt=ask.last)
    found = Enrolment.objects.filter(
        standing, certificate__issued_on__lte=ask.last, cohort__pathway__cadre=cadre
    )
    if ask.region:
        found = found.filter(cohort__region=ask.region)
    people = found.order_by("professional").values_list("professional", flat=True).distinct()
    return Counted("capacity.professional", tuple(people))


def functional(ask: Ask) -> Counted:
    """Practice groups that meet the rule on the last day, by the version of the rule in force then."""
    rule = GroupRule.objects.filter(valid_from__lte=ask.last).last() or GroupRule.objects.first()
    if rule is None:
        return Counted("capacity.group", rule=words_of(None))
    found = Group.objects.filter(opened_on__lte=ask.last).prefetch_related("sittings")
    if ask.region:
        found = found.filter(region=ask.region)
    meets = [
        group.pk
        for group in found
        if state_of_group(rule.measure, group.standing, ask.last) == GroupState.FUNCTIONAL
    ]
    return Counted("capacity.group", tuple(meets), rule=words_of(rule))


TRAINING: dict[str, Measure] = {
    "trained_community": Measure(_("community actors certified"), partial(persons, cadre=Cadre.COMMUNITY)),
    "trained_focused": Measure(_("focused-care actors certified"), partial(persons, cadre=Cadre.FOCUSED)),
    "groups_functional": Measure(_("functional practice groups"), functional),
}
