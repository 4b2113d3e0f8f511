"""The register of professionals, and the opening balances. A second card of one person is joined, never deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.capacity.choices import Balance
from sutura.capacity.models import (
    Apart,
    Enrolment,
    Group,
    GroupRule,
    Lead,
    OpeningBalance,
    Professional,
    Supervision,
)
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import FIRST_RULE, key
from sutura.partners.models import Organisation

OPENING = {Balance.COMMUNITY: 218, Balance.FOCUSED: 142, Balance.GROUPS: 11}
OPENED_ON = date(2022, 7, 15)
SOURCE = "UNICEF Mali, termes de référence du consultant SMSPS, juillet 2022"


@transaction.atomic
def add_professional(
    *,
    name: str,
    sex: str,
    cadre: str,
    region: str,
    consented_on: date,
    by: Any,
    birth_year: int | None = None,
    phone: str = "",
    profession: str = "",
    employer: Organisation | None = None,
) -> Professional:
    """Somebody enters the register, with her consent."""
    require(by, MANAGE, region)
    professional = Professional(
        name=name.strip(), folded=key(name), sex=sex, cadre=cadre, region=region, birth_year=birth_year,
        phone=phone.strip(), profession=profession.strip(), employer=employer, consented_on=consented_on,
    )  # fmt: skip
    _check(professional)
    keep(professional, by=by)
    record(by, "capacity.add_professional", of=professional)
    return professional


@transaction.atomic
def change_professional(*, professional: Professional, by: Any, **said: Any) -> Professional:
    """Change what the register says of somebody; the old version stays."""
    require(by, MANAGE, professional.region)
    require(by, MANAGE, said.get("region", professional.region))
    if "name" in said:
        said |= {"name": said["name"].strip(), "folded": key(said["name"])}
    changed = [name for name, value in said.items() if getattr(professional, name) != value]
    for name in changed:
        setattr(professional, name, said[name])
    _check(professional)
    if changed:
        keep(professional, by=by)
        record(by, "capacity.change_professional", of=professional, fields=" ".join(changed))
    return professional


@transaction.atomic
def void_professional(*, professional: Professional, by: Any, why: str) -> Professional:
    """Take a card out for good reason, such as a list entered by mistake; nothing may hang on it any more."""
    require(by, MANAGE, professional.region)
    if professional.enrolments.filter(left_on=None).exists() or professional.leads.exists():
        raise Invalid(_("She is enrolled in a cohort, or trains one. Correct the cohort first."))
    professional.voided_reason = given_reason(why)
    keep(professional, by=by, why=why)
    record(by, "capacity.void_professional", of=professional, fields="voided_reason")
    return professional


@transaction.atomic
def join_cards(*, kept: Professional, other: Professional, by: Any) -> Professional:
    """Two cards are one person: what hangs on the second goes to the first, and is counted once."""
    for card in (kept, other):
        require(by, MANAGE, card.region)
    cards = {
        card.pk: card for card in Professional.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])
    }
    if len(cards) < 2 or any(card.same_as_id for card in cards.values()):
        raise Invalid(_("One of these cards was joined already. Go back to the list."))
    cohorts = kept.enrolments.values("cohort")
    if other.enrolments.filter(cohort__in=cohorts).exists():
        raise Invalid(
            _(
                "Both cards are enrolled in one cohort: two people, or a mistake there. Correct the cohort first."
            )
        )
    if (
        kept.supervises.filter(professional=other).exists()
        or other.supervises.filter(professional=kept).exists()
    ):
        raise Invalid(_("One of these two supervises the other: they are two people, or a mistake there."))
    _hand_over(kept, other, by=by)
    other = cards[other.pk]
    other.same_as = kept
    keep(other, by=by, why="same person")
    record(by, "capacity.join_cards", of=kept)
    return kept


@transaction.atomic
def keep_apart(*, kept: Professional, other: Professional, by: Any) -> Apart:
    """Two cards that look alike are two people: they are not proposed again."""
    for card in (kept, other):
        require(by, MANAGE, card.region)
    one, another = sorted((kept, other), key=lambda card: card.pk)
    known = Apart.objects.filter(one=one, other=another).first()
    made = known or keep(Apart(one=one, other=another), by=by)
    record(by, "capacity.keep_apart", of=one)
    return made


@transaction.atomic
def load_register(*, by: Any) -> int:
    """The opening balances of July 2022, as they were told, and the first rule of functional groups. Once."""
    require(by, MANAGE, "")
    if not GroupRule.objects.exists():
        keep(GroupRule(version=1, valid_from=OPENED_ON, **FIRST_RULE._asdict()), by=by)
    known = set(OpeningBalance.objects.values_list("what", flat=True))
    made = [
        OpeningBalance(what=what, count=count, as_of=OPENED_ON, source=SOURCE)
        for what, count in OPENING.items()
        if what not in known
    ]
    keep_all(OpeningBalance, made, by=by)
    if made:
        record(by, "capacity.load_register", of="opening balances")
    return len(made)


def _hand_over(kept: Professional, other: Professional, *, by: Any) -> None:
    """Her trainings, the sessions she gave, her supervisions and her groups; a group never has her twice."""
    led = Lead.objects.filter(professional=other).exclude(session__in=kept.leads.values("session"))
    hanging: list[tuple[Any, str]] = [
        *((each, "professional") for each in Enrolment.objects.filter(professional=other)),
        *((each, "professional") for each in led),
        *((each, "professional") for each in Supervision.objects.filter(professional=other)),
        *((each, "supervisor") for each in Supervision.objects.filter(supervisor=other)),
        *((each, "facilitator") for each in Group.objects.filter(facilitator=other)),
        *((each, "second") for each in Group.objects.filter(second=other)),
    ]
    for row, role in hanging:
        setattr(row, role, kept)
        if isinstance(row, Group) and row.facilitator_id == row.second_id:
            row.second = None
        keep(row, by=by, why="same person")


def _check(professional: Professional) -> None:
    today = timezone.localdate()
    if not professional.folded:
        raise Invalid(_("Write the name in letters."), field="name")
    if professional.consented_on > today:
        raise Invalid(_("This day is after today. Correct it."), field="consented_on")
    if professional.birth_year and not today.year - 80 <= professional.birth_year <= today.year - 16:
        raise Invalid(
            _("The register is of professionals: a year of birth between 16 and 80 years ago."),
            field="birth_year",
        )
    same = Professional.objects.single().filter(
        folded=professional.folded, region=professional.region
    ).exclude(pk=professional.pk)  # fmt: skip
    told = Q(phone=professional.phone) & ~Q(phone="")
    if same.filter(told | Q(birth_year=professional.birth_year, birth_year__isnull=False)).exists():
        raise Invalid(_("She is in the register already: look for her name in the list."), field="name")
