"""What is typed at the door, on one's own account, and by a keeper of accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.people.choices import roles_of_people, tier_choices
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault.models import UserKey


class SignInForm(forms.Form):
    """Name and password."""

    username = UsernameField(
        label=_("Account name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AppForm(forms.Form):
    """The first code of an application."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CodeForm(AppForm):
    """A second factor: a code that was typed, or what a passkey answered."""

    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].asked = True  # type: ignore[attr-defined]  # not "optional": one of them is asked for
        self.fields["code"].help_text = _(
            "Six digits from the application of your phone, or a recovery code."
        )


class ProofForm(CodeForm):
    """Who she is, once more: the password or the second factor."""

    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password.asked = True  # type: ignore[attr-defined]


class UnlockForm(forms.Form):
    """The password which opens one's own key."""

    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class PasskeyForm(forms.Form):
    """A new passkey and the name by which she will know it."""

    name = forms.CharField(
        label=_("Name of the key"), max_length=60, help_text=_("For example: my phone, blue key.")
    )
    credential = forms.JSONField(widget=forms.HiddenInput)


class PasswordForm(SetPasswordForm):
    """A new password of one's own, typed twice, the old one first."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ["old", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "Twelve characters at least: several words are easy to keep. Not your name, not a common word."
        )
        self.fields["new_password2"].help_text = ""


class TemporaryForm(forms.Form):
    """Why somebody needs a temporary password, and whether her phone is lost too."""

    why = forms.CharField(label=_("Reason"), max_length=200)
    lost = forms.BooleanField(
        label=_("Also remove her second factor: the phone or the key is lost"), required=False
    )


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
        validators=[validate_password],
        help_text=_("At least 12 characters. It must be changed at the first sign-in."),
    )


class GrantForm(forms.Form):
    """A role, up to which tier, where, for what and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=roles_of_people)
    tier = forms.ChoiceField(
        label=_("Highest tier"),
        required=False,
        choices=lambda: [("", _("all that the role reaches")), *tier_choices()],
        help_text=_("Choose a lower one to give less than the role."),
    )
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
        regions = Unit.objects.regions()
        self.fields["regions"].choices = [(unit.code, unit.name) for unit in regions]  # type: ignore[attr-defined]


class RenewalForm(forms.Form):
    """Until when the same grant is proposed again."""

    ends_on = forms.DateField(
        label=_("Until"),
        initial=lambda: timezone.localdate() + timedelta(days=365),
        help_text=_("Twelve months at most, from today."),
    )


class WhyForm(forms.Form):
    """The reason of an act upon a colleague's rights."""

    why = forms.CharField(label=_("Reason"), max_length=200)


class AccountStateForm(WhyForm):
    """Close what is open, open what is closed, and why."""

    active = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.initial["active"] = not account.is_active


class EscrowForm(forms.Form):
    """The five custodians, among the people with a key."""

    custodians = forms.ModelMultipleChoiceField(
        label=_("Custodians"),
        help_text=_("Five people of different offices; any three of them together can open escrow."),
        queryset=Account.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keys = list(UserKey.objects.ready().values_list("account", flat=True))
        found = Account.objects.filter(pk__in=keys, is_active=True).order_by("name")
        self.fields["custodians"].queryset = found  # type: ignore[attr-defined]
