"""Sources, the two accounts, files and responses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sutura.incidents.forms.columns import LinkedForm, PartForm, Section, violation_choices
from sutura.incidents.forms.people import CONSENTS, part_of
from sutura.incidents.models import Attachment, Incident, Response, Source
from sutura.incidents.parts import SourcePart
from sutura.ui.fields import OneOfField


class SourceForm(LinkedForm):
    """Who or what told, by code: how far to trust it, and what it agreed to."""

    model = Source
    needed = ("category",)
    sections: tuple[Section, ...] = (
        Section("", ("violations", "category", "kind", "kind_other", "code", "description")),
        Section(
            _("How it was collected"),
            ("collected_on", "organisation", "trained", "interviewer", "collected_at"),
        ),
        Section(
            _("How far to trust it"),
            ("reliability", "reliability_reason", "credibility", "credibility_reason"),
        ),
        Section(_("Consent"), CONSENTS, help=_("Four separate questions. Not asked is an answer too.")),
        Section(_("More about the source"), ("sex", "age_group", "notes"), fold=True),
    )

    def source_part(self) -> SourcePart:
        """The source to add."""
        part: SourcePart = part_of(
            SourcePart, self.values(), violations=tuple(self.cleaned_data["violations"])
        )
        return part


class AccountsForm(PartForm):
    """The incident told twice: for verification, and for sharing."""

    model = Incident
    sections = (
        Section(_("Restricted account"), ("account_restricted",)),
        Section(_("Shareable account"), ("account_shareable",)),
    )

    def corrects(self) -> bool:
        """The first words correct nothing."""
        return bool(self.sealed) or any(self.initial.get(name) for name in self.fields)

    def prepare(self) -> None:
        """Room to write."""
        for name in ("account_restricted", "account_shareable"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 10


def _of_violation(form: PartForm, label: Any, *, none: Any = None) -> None:
    """One violation of the incident, under `proves`."""
    assert form.incident is not None
    fields: Any = form.fields
    choices = violation_choices(form.incident)
    fields["proves"].label = label
    fields["proves"].choices = [*([("", none)] if none else []), *choices]
    fields["proves"].required = none is None
    form.initial.setdefault("proves", choices[0][0] if choices and none is None else "")


class AttachmentForm(PartForm):
    """A file, what it holds and which violation it proves."""

    model = Attachment
    needed = ("kind",)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A photograph, a PDF, an office document or sound. Its name stays with us; faces do not belong here."
        ),
    )
    proves = OneOfField()
    sections = (Section("", ("file", "kind", "proves", "description", "collected_on", "collected_by")),)

    def prepare(self) -> None:
        """A file never changes: only what is said of it does."""
        _of_violation(self, _("Which violation does it prove?"), none=_("The incident as a whole"))
        megabytes = {"megabytes": settings.SUTURA_ATTACHMENT_BYTES // (1024 * 1024)}
        self.fields["file"].help_text += " " + _("%(megabytes)s MB at most.") % megabytes
        if self.part is not None:
            del self.fields["file"]
            self.initial["proves"] = self.part.violation.ref if self.part.violation else ""


class ResponseForm(PartForm):
    """What the task force did about a violation, or plans to do."""

    model = Response
    needed = ("kinds", "status")
    proves = OneOfField()
    sections = (
        Section("", ("proves", "kinds", "kinds_other", "made_on", "addressee", "status", "due_on", "notes")),
    )

    def prepare(self) -> None:
        """A response belongs to its violation for good."""
        _of_violation(self, _("Which violation?"))
        if self.part is not None:
            del self.fields["proves"]
