"""The acts on a card: in which states, who may do each, what is said before, its form and its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.coordination.choices.publications import WRITTEN, CardState
from sutura.coordination.forms.needs import NothingForm
from sutura.coordination.forms.publications import ConsentForm, WhyForm
from sutura.coordination.models import Card
from sutura.coordination.services import cards


@dataclass(frozen=True)
class Act:
    """One act: its button, the consequence told before, its form and service, the states it follows."""

    name: str
    label: Promise
    text: Promise
    form: type[forms.Form]
    do: Callable[..., Card]
    states: tuple[str, ...]
    keepers: bool = False  # only for those who keep the body
    consented: bool | None = None  # only with, or only without, a consent noted


ACTS = {
    act.name: act
    for act in (
        Act("validate", _("Validate"), _("A report may tell it from now on, if its source agrees."),
            NothingForm, cards.validate_card, (CardState.PROPOSED,), keepers=True),
        Act("consent", _("Note the consent"), _("Without it no report tells this card."),
            ConsentForm, cards.note_consent, (*WRITTEN, CardState.VALIDATED), consented=False),
        Act("return", _("Send back"), _("Whoever wrote it completes it; it then waits again."),
            WhyForm, cards.return_card, (CardState.PROPOSED,), keepers=True),
        Act("end-consent", _("The source no longer agrees"),
            _("No report to come tells it; one that is validated keeps what it told."),
            WhyForm, cards.end_consent, tuple(CardState), consented=True),
        Act("withdraw", _("Withdraw"), _("No report to come tells it."),
            WhyForm, cards.withdraw_card, (*WRITTEN, CardState.VALIDATED)),
    )
}  # fmt: skip


def open_acts(card: Card, user: Any) -> list[dict[str, Any]]:
    """What this person may do with a card now."""
    keeps = may(user, "coordination.manage", card.body.region)
    wrote = card.written_by_id == user.pk
    return [
        {"label": act.label, "url": reverse("coordination:card_act", args=[card.public_id, act.name])}
        for act in ACTS.values()
        if card.state in act.states
        and (keeps and not (wrote and act.name == "validate") if act.keepers else keeps or wrote)
        and act.consented in (None, card.consent_on is not None)
    ]
