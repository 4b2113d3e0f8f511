"""What people type about bodies and their members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.bodies import BodyKind, BodyStatus, MeetingRule, Seat
from sutura.coordination.models import Body
from sutura.partners.choices import Level
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.ui.fields import DayField


class BodyForm(forms.Form):
    """What is said of a body."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    name_fr = forms.CharField(label=_("Name in French"), max_length=150)
    name_en = forms.CharField(
        label=_("Name in English"), max_length=150, required=False, help_text=_("Left empty: as in French.")
    )
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=Body.objects.none(), required=False, empty_label=_("no other body")
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    region = forms.ChoiceField(label=_("Region"), required=False)
    meeting_rule = forms.ChoiceField(label=_("It meets"), choices=MeetingRule.choices)
    venue = forms.CharField(label=_("Usual venue"), max_length=150, required=False)
    created_on = DayField(label=_("Created on"), required=False)
    founding_act = forms.CharField(
        label=_("Founding act"), max_length=200, required=False, help_text=_("Its kind, number and date.")
    )

    def __init__(self, *args: Any, bodies: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("the whole country")), *regions]  # type: ignore[attr-defined]
        self.fields["meeting_rule"].initial = MeetingRule.MONTHLY


class NewBodyForm(BodyForm):
    """A new body: also its acronym, for good."""

    acronym = forms.RegexField(
        label=_("Acronym"),
        regex=r"(?i)^[A-Z][A-Z0-9-]{1,14}$",
        max_length=15,
        help_text=_(
            "It begins every reference, such as CCT-2026-07; letters, digits and hyphens. It never changes."
        ),
        error_messages={
            "invalid": _("Two to fifteen letters, digits or hyphens, a letter first: such as GT-MOPTI.")
        },
    )
    field_order = ["kind", "acronym"]


class ChangeBodyForm(BodyForm):
    """A change: also the status, and why."""

    status = forms.ChoiceField(label=_("Status"), choices=BodyStatus.choices)
    why = forms.CharField(label=_("Why this change"), max_length=300, required=False)


class AccountField(forms.CharField):
    """The name of an account; what was typed becomes the account."""

    def clean(self, value: Any) -> Any:
        """The account of that name, which nobody has closed."""
        name = super().clean(value).strip()
        if not name:
            return None
        found = Account.objects.people().filter(username=name, is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                _("No account has this name. Ask whoever keeps the accounts, or leave it empty.")
            )
        return found


class MemberForm(forms.Form):
    """An organisation's seat, and the two persons who sit for it."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        help_text=_("It is not in the list? Add it to the directory of organisations first."),
    )
    seat = forms.ChoiceField(label=_("It sits as"), choices=Seat.choices, initial=Seat.MEMBER)
    titular = forms.CharField(
        label=_("Titular"), max_length=120, required=False, help_text=_("Name and office of who sits.")
    )
    alternate = forms.CharField(label=_("Alternate"), max_length=120, required=False)
    account = AccountField(
        label=_("Account of this tool"),
        max_length=150,
        required=False,
        help_text=_("The account name of who may read this body’s work here, if there is one."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Empty while it sits."))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class ChangeMemberForm(MemberForm):
    """A change of a seat; its organisation stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]
