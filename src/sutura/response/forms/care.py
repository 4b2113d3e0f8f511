"""What a child needs, where that began, what is said of a service, and the choice of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.incidents.choices import Answer, SharingWith
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.forms.services import unit_of
from sutura.response.choices import AgeBasis, AskedBy, Ended, Given, Need, Opinion, Sex, Urgency
from sutura.response.forms.dockets import IndicatorFilter
from sutura.response.forms.steps import BLANK
from sutura.response.models import Docket
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField

ANY = ("", pgettext_lazy("filter", "any"))
NAMED = [one for one in SharingWith.choices if one[0] not in (SharingWith.NO_ONE, SharingWith.OTHER)]
"""With whom something may be shared from an alert: groups of receivers, so that no name is typed here."""


def docket_of(code: str, by: Any) -> Docket:
    """The docket that a code means, among those one reads; one sentence where there is none."""
    found: Docket | None = Docket.objects.visible_to(by).filter(ref=code.strip().upper()).first()
    if found is None:
        raise forms.ValidationError(_("No docket of your regions has this code. Look at it again."))
    return found


class NeedsForm(forms.Form):
    """What a child needs, and where it is now."""

    needs = SomeOfField(label=_("What does the child need?"), choices=Need.choices)
    place = forms.CharField(
        label=_("Where is the child now?"), max_length=120,
        help_text=_("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné."),
    )  # fmt: skip

    def clean_place(self) -> Any:
        """The unit that the text means."""
        return unit_of(self.cleaned_data["place"])


class VictimForm(NeedsForm):
    """A victim of an incident needs help."""

    sex = OneOfField(label=_("Sex"), choices=Sex.choices)
    age = CountField(
        label=_("Age"), max_value=17, required=False, help_text=_("Today. Leave it empty if unknown.")
    )
    age_basis = forms.ChoiceField(
        label=_("How is the age known?"), choices=[BLANK, *AgeBasis.choices], required=False
    )
    followed = forms.CharField(
        label=_("Is the child followed already? Write the code of its docket"), required=False, max_length=12,
        help_text=_("So that the child is counted once. Without a code, Sutura opens a docket."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_followed(self) -> Docket | None:
        """The docket, or none."""
        code = self.cleaned_data["followed"]
        return docket_of(code, self.by) if code.strip() else None


class AlertForm(VictimForm):
    """A child of an alert needs help: nobody has noted a consent yet, so it is asked here."""

    given_by = OneOfField(label=_("Who agreed that the child is referred?"), choices=Given.choices)
    given_on = DayField(label=_("Agreed on"), initial=timezone.localdate)
    shared_with = SomeOfField(label=_("With whom may it be shared?"), choices=NAMED)
    contact = OneOfField(label=_("May they be contacted again?"), choices=Answer.choices)


class EndNeedForm(forms.Form):
    """Why a need is no longer flagged."""

    ended = OneOfField(label=_("Why?"), choices=Ended.choices)


class DoubleForm(forms.Form):
    """Of which docket this one is a second."""

    into = forms.CharField(
        label=_("Code of the docket that is kept on"), required=False, max_length=12,
        help_text=_("Leave it empty if this docket is of a child of its own after all."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_into(self) -> Docket | None:
        """The docket, or none."""
        code = self.cleaned_data["into"]
        return docket_of(code, self.by) if code.strip() else None


class FeedbackForm(forms.Form):
    """What the child or a carer says of the service."""

    said = OneOfField(label=_("What do they say of the service?"), choices=Opinion.choices)
    still_needed = OneOfField(label=_("Is it still needed?"), choices=Answer.choices)
    said_by = OneOfField(label=_("Who says it?"), choices=Given.choices)
    asked_by = OneOfField(label=_("Who asked them?"), choices=AskedBy.choices)
    said_on = DayField(label=_("When?"), initial=timezone.localdate)


class ServedFilter(IndicatorFilter):
    """Of which services the children are told."""

    since = DayField(label=_("Service given from"), required=False)


class ChoiceFilter(forms.Form):
    """By what the services are sorted; it lives in the address."""

    need = forms.ChoiceField(label=_("Need"), choices=[ANY, *Need.choices], required=False)
    urgency = forms.ChoiceField(label=_("How soon?"), choices=[ANY, *Urgency.choices], required=False)
    layer = forms.ChoiceField(label=_("Layer of the pyramid"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layers = [(term.code, str(term)) for term in Catalogue().layers()]
        self.fields["layer"].choices = [ANY, *layers]  # type: ignore[attr-defined]

    @property
    def in_force(self) -> dict[str, str]:
        """What was chosen; what is not understood chooses nothing."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {name: said.get(name) or "" for name in self.fields}
