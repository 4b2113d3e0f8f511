"""What a keeper of accounts types."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.people.choices import roles_of_people
from sutura.places.models import Unit


class SignInForm(AuthenticationForm):
    """Name and password; a wrong pair says so in one sentence that does not tell which was wrong."""

    error_messages = {
        "invalid_login": _("This account name and password do not go together. Check both and try again."),
        "inactive": _("This account is closed. Ask whoever keeps the accounts."),
    }


class AccountForm(forms.Form):
    """A new account."""

    username = forms.SlugField(
        label=_("Account name"), max_length=60, help_text=_("Small letters, no spaces.")
    )
    name = forms.CharField(label=_("Full name"), max_length=150)
    organisation = forms.CharField(label=_("Organisation"), max_length=150)
    post = forms.CharField(label=_("Post"), max_length=150, required=False)
    password = forms.CharField(
        label=_("First password"),
        min_length=12,
        widget=forms.PasswordInput,
        help_text=_("At least 12 characters."),
    )


class GrantForm(forms.Form):
    """A role, where, for what and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=roles_of_people)
    everywhere = forms.BooleanField(label=_("Whole country"), required=False)
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    starts_on = forms.DateField(label=_("From"), initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Until"),
        initial=lambda: timezone.localdate() + timedelta(days=365),
        help_text=_("Twelve months at most."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        regions = Unit.objects.filter(edition="cod-ab-2021", level=1).order_by("code")
        self.fields["regions"].choices = [(unit.code, unit.name) for unit in regions]  # type: ignore[attr-defined]
