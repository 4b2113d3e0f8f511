"""Codes and references as a person types them: found among what she may read, else said to be unknown."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.models import Recommendation
from sutura.incidents.models import Incident, Violation
from sutura.response.models import Docket

MOST = 30


def one_docket(typed: str, by: Any) -> Docket:
    """The docket of one code."""
    rows: list[Docket] = found([typed], Docket.objects.visible_to(by))
    return rows[0]


def dockets(typed: str, by: Any) -> list[Docket]:
    """The dockets of several codes."""
    return found(parted(typed), Docket.objects.visible_to(by))


def violations(typed: str, by: Any) -> list[Violation]:
    """Violations by reference, of incidents that one reads whole."""
    rows = Violation.objects.visible_to(by).standing()
    return found(parted(typed), rows.filter(incident__in=Incident.objects.visible_to(by)))


def recommendations(typed: str, by: Any) -> list[Recommendation]:
    """Recommendations by reference, of bodies that one reads."""
    return found(parted(typed), Recommendation.objects.visible_to(by))


def parted(typed: str) -> list[str]:
    """What stands between commas and spaces, each once and in its order."""
    return list(dict.fromkeys(word for word in re.split(r"[\s,;]+", typed) if word))


def found(refs: list[str], rows: Any) -> list[Any]:
    """The rows of these references; one sentence for the first that is none."""
    if len(refs) > MOST:
        raise forms.ValidationError(_("Write %(n)s references at most.") % {"n": MOST})
    asked = [ref.strip().upper() for ref in refs]
    known = {row.ref.upper(): row for row in rows.filter(ref__in=asked)} if asked else {}
    for ref in asked:
        if ref not in known:
            raise forms.ValidationError(
                _("You read nothing under “%(ref)s”. Check the code.") % {"ref": ref[:30]}
            )
    return [known[ref] for ref in asked]
