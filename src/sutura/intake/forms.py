"""What a person gives at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import EVERYWHERE, regions
from sutura.intake import shipped
from sutura.intake.choices import Holds
from sutura.intake.models import Version
from sutura.people.choices import Kind
from sutura.people.models import Account
from sutura.places.models import Unit


class FileForm(forms.Form):
    """A file of a size that can be read at once."""

    def clean_file(self) -> Any:
        """Said before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.SUTURA_IMPORT_BYTES:
            limit = filesizeformat(settings.SUTURA_IMPORT_BYTES)
            raise forms.ValidationError(_("The file is larger than %(limit)s. Split it.") % {"limit": limit})
        return file


class WorkbookForm(FileForm):
    """One file."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "An .xlsx or .ods file, or a .zip of .csv sheets named incidents, violations, victims, sources."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.zip"}),
    )


class SheetForm(FileForm):
    """One 4Ws sheet."""

    file = forms.FileField(
        label=_("4Ws sheet"),
        help_text=_(
            ".xlsx, .ods or .csv, French or English headings; nothing is written before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class ListForm(FileForm):
    """One list of a register."""

    file = forms.FileField(
        label=_("List"),
        help_text=_(
            ".xlsx, .ods, .csv or a .zip of .csv, French or English headings; nothing is written before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.zip"}),
    )


class ColumnsForm(forms.Form):
    """For each column: the heading that says it in this file, or one value that holds for all its rows."""

    def __init__(self, *args: Any, kind: Any, trial: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.trial = kind, trial
        keys = {words: key for key, (words, _first) in trial.headings.items()}
        choices: list[tuple[str, Any]] = [("", _("not in this file"))]
        choices += [
            (key, f"{words} ({first})" if first else words) for key, (words, first) in trial.headings.items()
        ]
        for column in kind.columns:
            name = column.name
            now = keys.get(trial.columns.get(name, ""), trial.guessed.get(name, ""))
            help_text = _("Looks like it: please check.") if name in trial.guessed else ""
            self.fields[f"at_{name}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=False, initial=now, help_text=help_text
            )
            if column.required:
                self.fields[f"told_{name}"] = forms.CharField(
                    label=_("or one value for the whole file: %(column)s") % {"column": column.label},
                    max_length=200, required=False, initial=trial.told.get(name, ""),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One heading says one column."""
        said = super().clean() or {}
        given = [value for name, value in said.items() if name.startswith("at_") and value]
        for column in self.kind.columns:
            mine = said.get(f"at_{column.name}")
            if mine and given.count(mine) > 1:
                self.add_error(
                    f"at_{column.name}", _("Two columns have this heading. Choose another for one of them.")
                )
        return said

    @property
    def answer(self) -> dict[str, Any]:
        """Column → heading, and column → the one value."""
        said = self.cleaned_data
        words = {key: each[0] for key, each in self.trial.headings.items()}
        names = [column.name for column in self.kind.columns]
        return {
            "columns": {name: words[key] for name in names if (key := said[f"at_{name}"])},
            "told": {name: text for name in names if (text := said.get(f"told_{name}", ""))},
        }


class UndoForm(forms.Form):
    """Why a batch is taken back."""

    why = forms.CharField(
        label=_("Why is this import taken back?"), max_length=300,
        help_text=_("The reason stays with every record."), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class HeadingsForm(forms.Form):
    """What the headings that nobody knows stand for; remembered for every later sheet."""

    def __init__(
        self, *args: Any, headings: dict[str, str], columns: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = list(headings)
        choices = [("", _("not explained yet")), ("-", _("leave it aside, always")), *columns]
        for number, words in enumerate(headings.values()):
            self.fields[f"heading_{number}"] = forms.ChoiceField(
                label=words[:80], choices=choices, required=False
            )

    @property
    def letters(self) -> dict[str, str]:
        """Heading as compared → letter; empty for one to leave aside."""
        said = ((name, self.cleaned_data[f"heading_{number}"]) for number, name in enumerate(self.headings))
        return {name: letter.strip("-") for name, letter in said if letter}


class PhoneForm(forms.Form):
    """A phone, told by its place or its number."""

    label = forms.CharField(
        label=_("Label"),
        help_text=_("Its place or its number, such as “Mopti, phone 3”. No name of a person."),
        max_length=80,
    )
    region = forms.ChoiceField(
        label=_("Region"), help_text=_("Where its records belong when they do not say it themselves.")
    )

    account = forms.CharField(
        label=_("Who answers for it?"),
        help_text=_("The name with which that person signs in; what the phone sends is theirs. Empty: you."),
        max_length=150,
        required=False,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = regions(user, "intake.phones")
        known = Unit.objects.regions().values_list("code", "name")
        mine = [(code, name) for code, name in known if code in held]
        field: Any = self.fields["region"]
        field.choices = [("", _("Whole country")), *mine] if held is EVERYWHERE else mine
        field.required = held is not EVERYWHERE

    def clean_account(self) -> Account | None:
        """The account that is named; nobody for oneself."""
        typed = self.cleaned_data["account"].strip()
        if not typed:
            return None
        found = Account.objects.filter(username=typed, is_active=True, kind=Kind.PERSON).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in under this name. Check it."))
        return found


class QuestionnaireForm(forms.Form):
    """A sheet of questions."""

    file = forms.FileField(
        label=_("XLSForm sheet"),
        help_text=_("An .xlsx or .xls file in the form that ODK and Kobo read. Give each version its own."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
    )

    def clean_file(self) -> Any:
        """Said before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.SUTURA_ATTACHMENT_BYTES:
            limit = filesizeformat(settings.SUTURA_ATTACHMENT_BYTES)
            raise forms.ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
        return file


class ReasonForm(forms.Form):
    """Why somebody acts on a record."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("It is kept with your name. No names of people."),
        error_messages={"required": _("Say why.")},
        max_length=300,
    )


class HoldsForm(ReasonForm):
    """Which of two records holds."""

    holds = forms.ChoiceField(label=_("Which one holds?"), choices=Holds.choices, widget=forms.RadioSelect)
    field_order = ("holds", "why")


class KeyForm(ReasonForm):
    """The private key of an encrypted form, for this one request: read in memory, kept nowhere."""

    key = forms.FileField(
        label=_("Private key"),
        help_text=_(
            "The .pem file of whoever made the form. It serves for this record alone and is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".pem,.key"}),
    )
    passphrase = forms.CharField(
        label=_("Passphrase of the key"),
        help_text=_("Empty when the file has none."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        required=False,
        strip=False,
        max_length=1000,
    )
    field_order = ("key", "passphrase", "why")

    def clean_key(self) -> bytes:
        """A key is short."""
        file = self.cleaned_data["key"]
        if file.size > 64 * 1024:
            raise forms.ValidationError(
                _("This is no private key in PEM form, or its passphrase is another one.")
            )
        return bytes(file.read())


class KoboForm(PhoneForm):
    """A form on a Kobo server, and the token that reads it."""

    server = forms.CharField(
        label=_("Address of the server"),
        help_text=_("Such as https://kf.kobotoolbox.org. The token goes to this server alone."),
        max_length=200,
    )
    asset = forms.CharField(
        label=_("Identifier of the form there"),
        help_text=_("The word after /forms/ in the address of its page there."),
        max_length=64,
    )
    token = forms.CharField(
        label=_("Token"),
        help_text=_(
            "From the security settings of the account there. It is kept encrypted and shown to nobody."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        max_length=200,
    )
    form_id = forms.ChoiceField(
        label=_("What its records become"),
        help_text=_(
            "The form of Sutura that was put on this server; otherwise its records are kept as sent."
        ),
        required=False,
    )
    renames = forms.CharField(
        label=_("Fields that are named otherwise there"),
        help_text=_("One on each line: there = here. Empty when the form of Sutura itself is there."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        known: Any = self.fields["form_id"]
        titles = (
            Version.objects.visible_to(user)
            .filter(questionnaire__form_id__in=shipped.MAPPINGS)
            .order_by("pk")
        )
        named = dict(titles.values_list("questionnaire__form_id", "title"))
        known.choices = [("", _("They are kept as sent")), *sorted(named.items())]
