"""What is typed of rounds and reports."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.models import Body
from sutura.indicators.forms.definitions import number
from sutura.indicators.forms.filters import regions_of
from sutura.indicators.models import Definition, Value
from sutura.indicators.querysets import WRITE
from sutura.indicators.rules import Answer
from sutura.partners.models import Organisation
from sutura.ui.fields import DayField, SomeOfField


class Named(forms.ModelMultipleChoiceField):
    """Definitions by their code and wording."""

    def label_from_instance(self, definition: Any) -> str:
        """`CCT11 – Séances de sensibilisation tenues`."""
        return f"{definition.indicator.code} – {definition}"


class RoundForm(forms.Form):
    """A round of reports."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Such as: October 2026."))
    body: Any = forms.ModelChoiceField(
        label=_("Which body asks?"), queryset=Body.objects.none(), to_field_name="public_id",
        help_text=_("What is not reported comes on the agenda of its next meeting."),
    )  # fmt: skip
    first = DayField(label=_("Values from"))
    last = DayField(label=_("Values until"))
    due_on = DayField(label=_("To be sent by"))
    definitions: Any = Named(
        label=_("Indicators asked for"),
        queryset=Definition.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = Definition.objects.visible_to(by).current().filter(origin="typed", indicator__retired_on=None)
        self.fields["definitions"].queryset = typed.in_order()  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.visible_to(by).working()  # type: ignore[attr-defined]


class ExpectForm(forms.Form):
    """Who owes a report, and of which regions."""

    organisations: Any = forms.ModelMultipleChoiceField(
        label=_("Organisations"), queryset=Organisation.objects.none(), to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    regions = SomeOfField(
        label=_("For each of these regions"), required=False,
        help_text=_("None: one report for the whole country."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_to(by).in_use()
        )
        self.fields["regions"].choices = regions_of(by, WRITE)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """The numbers of a report: a total for each indicator, its whole, and its parts where they are asked for."""

    def __init__(
        self, *args: Any, asked: Iterable[Definition], values: Iterable[Value] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        known = {(value.definition_id, value.category): value for value in values}
        for definition in self.asked:
            self._add(definition, known)
        self.fields["words"] = forms.CharField(
            label=_("Remark"), required=False, max_length=300,
            help_text=_("Nothing of a person or of a child: numbers only leave these registers."),
        )  # fmt: skip

    def _add(self, definition: Definition, known: dict[tuple[int, str], Value]) -> None:
        total = known.get((definition.pk, ""))
        label, counted = f"{definition.indicator.code} – {definition}", definition.said("numerator")
        self.fields[f"v{definition.pk}"] = number(
            label=label, help_text=counted, required=False, initial=total.value.normalize() if total else None
        )
        if definition.has_whole:
            whole = definition.said("denominator") or _("people asked")
            self.fields[f"w{definition.pk}"] = number(
                label=_("%(code)s, of how many: %(whole)s") % {"code": definition.indicator.code, "whole": whole},
                required=False, initial=total.whole if total else None,
            )  # fmt: skip
        for part in definition.categories:
            said = known.get((definition.pk, part.value))
            self.fields[f"v{definition.pk}_{part.value}"] = number(
                label=_("%(code)s, of whom %(part)s") % {"code": definition.indicator.code, "part": part.label},
                required=False, initial=said.value if said else None,
            )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        """What the act is given: `given`, the numbers by definition and part, and `words`."""
        typed = self.cleaned_data
        given: dict[tuple[int, str], Answer] = {}
        for definition in self.asked:
            total: Decimal | None = typed.get(f"v{definition.pk}")
            if total is not None:
                given[definition.pk, ""] = Answer(total, typed.get(f"w{definition.pk}"))
            for part in definition.categories:
                count = typed.get(f"v{definition.pk}_{part.value}")
                if count is not None:
                    given[definition.pk, part.value] = Answer(count)
        return {"given": given, "words": typed["words"]}


class WhyForm(forms.Form):
    """Why a report goes back."""

    why = forms.CharField(
        label=_("What is to be corrected?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class BulletinForm(forms.Form):
    """The days that a bulletin tells of."""

    title = forms.CharField(label=_("Title"), max_length=120)
    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
