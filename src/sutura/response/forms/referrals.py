"""A referral: the need, the service of the map that fits, the consent; and what the receiver answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.models import Service
from sutura.response.choices import Declined, Given, Need, State, Urgency
from sutura.response.forms.steps import BLANK
from sutura.response.offering import Offered
from sutura.response.rules.referrals import NEXT
from sutura.ui.fields import DayField, OneOfField

DAYS = 90


def ending() -> Any:
    """Three months from today."""
    return timezone.localdate() + timedelta(days=DAYS)


class ReferForm(forms.Form):
    """Send a child to a service."""

    need = OneOfField(label=_("What does the child need?"), choices=Need.choices)
    urgency = OneOfField(label=_("How soon?"), choices=Urgency.choices)
    service = OneOfField(
        label=_("To which service?"),
        help_text=_("Of this region, for this age and sex; the best placed first, and why."),
    )
    given_by = OneOfField(label=_("Who agreed that this organisation is told?"), choices=Given.choices)
    association = forms.BooleanField(
        label=_("They also agreed that it is told of the association with a force or group"), required=False
    )
    given_on = DayField(label=_("Agreed on"), initial=timezone.localdate)
    expires_on = DayField(label=_("Holds until"), initial=ending)

    def __init__(self, *args: Any, services: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(one.service.public_id): one.service for one in services}
        self.fields["service"].choices = [(str(one.service.public_id), one.words) for one in services]  # type: ignore[attr-defined]

    def clean_service(self) -> Service:
        """The service of the map."""
        return self.services[self.cleaned_data["service"]]


class AnswerForm(forms.Form):
    """What the receiver answers."""

    state = OneOfField(label=_("Your answer"))
    declined = forms.ChoiceField(
        label=_("If you decline, why?"), choices=[BLANK, *Declined.choices], required=False
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(code, State(code).label) for code in NEXT.get(state, ())]  # type: ignore[attr-defined]
        if State.DECLINED not in NEXT.get(state, ()):
            del self.fields["declined"]
