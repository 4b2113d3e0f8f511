"""An approach to an authority or a party, and what was answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.access.rules import may, regions
from sutura.parties.models import Party
from sutura.places.models import Unit
from sutura.response.choices import SUBJECTS, Approaching, Channel, Next, Office, Reach, Reaction
from sutura.response.forms import refs
from sutura.response.forms.visits import ANY, MISTAKES, maybe, of_directory, which_office
from sutura.response.models import Site
from sutura.response.querysets import KEEP
from sutura.ui.fields import DayField, OneOfField

COUNTRY = "ML"
NO_NAME = _(
    "No name, nothing by which a child, a family or a source could be known: use the codes below. It is sealed, and"
    " each opening is kept with its reason."
)


class NextForm(forms.Form):
    """What comes next, and when."""

    next_step = maybe(_("What comes next?"), Next)
    next_on = DayField(label=_("Until when?"), required=False)


class ApproachForm(NextForm):
    """To whom, how, what for; about which dockets, violations, recommendations."""

    region = forms.ChoiceField(label=_("Region"))
    office = which_office(_("Which office was approached?"))
    organisation: Any = of_directory(_("Of which institution?"), required=False)
    party: Any = forms.ModelChoiceField(
        queryset=Party.objects.all(), label=_("Or of which party to the conflict?"), required=False,
        to_field_name="public_id",
    )  # fmt: skip
    reach = forms.ChoiceField(label=_("At which level?"), choices=[("", "—"), *Reach.choices])
    channel = forms.ChoiceField(label=_("By what way?"), choices=[("", "—"), *Channel.choices])
    made_on = DayField(label=_("On which day?"), initial=timezone.localdate)
    made_for: Any = of_directory(_("Which organisation asks?"))
    about = OneOfField(label=_("What is it about?"), choices=Approaching.choices)
    subject = forms.ChoiceField(label=_("What is asked?"), choices=[("", "—"), *SUBJECTS])
    dockets = forms.CharField(
        label=_("Codes of the dockets"), max_length=500, required=False,
        help_text=_("For an approach about children. Each docket gets its line of advocacy; do not note it there too."),
    )  # fmt: skip
    violations = forms.CharField(
        label=_("References of violations"), max_length=500, required=False,
        help_text=_("Never beside dockets: it would tell which incident a child is of."),
    )  # fmt: skip
    recommendations = forms.CharField(
        label=_("References of recommendations"), max_length=500, required=False,
    )  # fmt: skip
    site: Any = forms.ModelChoiceField(
        queryset=None, label=_("About which place of detention or centre?"), required=False,
        to_field_name="public_id",
    )  # fmt: skip
    message = forms.CharField(
        label=_("Message"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAME,
    )  # fmt: skip
    field_order = (
        "region", "office", "organisation", "party", "reach", "channel", "made_on", "made_for", "about", "subject",
        "dockets", "violations", "recommendations", "site", "message", "next_step", "next_on",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, held = by, regions(by, KEEP)
        known = [(code, name) for code, name in Unit.objects.region_names().items() if code in held]
        country = [(COUNTRY, _("the whole country"))] if may(by, KEEP, "") else []
        fields: Any = self.fields
        fields["region"].choices = [("", "—"), *known, *country] if len(known) > 1 else known
        fields["site"].queryset = Site.objects.visible_to(by)
        if not may(by, "incidents.read"):
            del fields["violations"]
        if not may(by, "coordination.read"):
            del fields["recommendations"]

    def clean_region(self) -> str:
        """Its code; none for the whole country."""
        said = self.cleaned_data["region"]
        return "" if said == COUNTRY else said

    def clean_dockets(self) -> Any:
        """The dockets of these codes."""
        return refs.dockets(self.cleaned_data["dockets"], self.by)

    def clean_violations(self) -> Any:
        """The violations of these references."""
        return refs.violations(self.cleaned_data["violations"], self.by)

    def clean_recommendations(self) -> Any:
        """The recommendations of these references."""
        return refs.recommendations(self.cleaned_data["recommendations"], self.by)


class ReplyForm(NextForm):
    """What was answered, by which office, and what comes next."""

    reaction = OneOfField(label=_("What was answered?"), choices=Reaction.choices)
    office = which_office(_("Which office answered, or was reminded?"))
    told_on = DayField(label=_("On which day?"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("Words of the answer"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAME,
    )  # fmt: skip
    field_order = ("reaction", "office", "told_on", "words", "next_step", "next_on")


class VoidForm(forms.Form):
    """Why an approach is taken back."""

    why = OneOfField(label=_("Why is it taken back?"), choices=[(one, one.label) for one in MISTAKES])


class ApproachFilter(forms.Form):
    """Which approaches are shown; without a word, those which wait."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False, choices=[ANY, *Office.choices])
    subject = forms.ChoiceField(label=_("What is asked"), required=False, choices=[ANY, *SUBJECTS])
    reaction = forms.ChoiceField(
        label=pgettext_lazy("approach", "Answer"), required=False, choices=[ANY, *Reaction.choices]
    )
    docket = forms.CharField(label=_("Code of the docket"), required=False, max_length=12)

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [ANY, *regions.items()]  # type: ignore[attr-defined]
