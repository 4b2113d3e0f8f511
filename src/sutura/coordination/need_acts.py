"""The acts on a need: in which states, what is said before, its form and its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.recommendations import NeedState
from sutura.coordination.forms.needs import AnswerForm, NothingForm
from sutura.coordination.models import Need, Recommendation
from sutura.coordination.services import needs as services


@dataclass(frozen=True)
class Act:
    """One act: heading, consequence, button, its service, and the states it follows."""

    name: str
    title: Promise
    consequence: Promise
    button: Promise
    service: Callable[..., Need]
    states: tuple[str, ...]


ACTS = {
    act.name: act
    for act in (
        Act(
            "answer",
            _("Answer"),
            _("By a recommendation, or by the reason why there is none. The region reads it."),
            _("Keep the answer"),
            services.answer_need,
            (NeedState.RAISED, NeedState.EXAMINED),
        ),
        Act(
            "examine",
            _("It was examined"),
            _("The body has looked at it; it still waits for an answer."),
            _("Note that it was examined"),
            services.examine_need,
            (NeedState.RAISED,),
        ),
        Act(
            "close",
            _("Close the need"),
            _("The region has its answer, and nothing more is expected."),
            _("Close the need"),
            services.close_need,
            (NeedState.ANSWERED,),
        ),
    )
}


def form_for(act: Act, need: Need, data: Any = None) -> forms.Form:
    """The form of an act; what answers a need is a recommendation of its body."""
    if act.name == "answer":
        return AnswerForm(data, recommendations=Recommendation.objects.of_body(need.body))
    return NothingForm(data)
