"""Needs, feedback and forms of the children followed, and where they begin: which address names what, for the walks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from sutura.response.models import Docket, FlaggedNeed, Referral
from sutura.response.services.needs import flag_needs
from tests.security.case import Case

CARE_LISTS = {f"response:{name}": ("binta", {}) for name in ("blank", "blank_pdf", "served")}
FILES_OF_CARE = {"response:blank_pdf", "response:form_pdf"}
OF_CARE = {
    f"response:{name}" for name in ("needs_new", "double", "need_end", "feedback_new", "form", "form_pdf", "withdraw")
}  # fmt: skip


def _victim_of(incident: Any) -> Any:
    return incident.victims.first()


BEGINNINGS: dict[str, list[tuple[str, Callable[[Any, Any], dict[str, Any]]]]] = {
    "response:from_violation": [
        ("binta", lambda m, n: {"public_id": m.violation.public_id}),
        ("binta", lambda m, n: {"public_id": m.other.violations.get(type="sexual_violence").public_id}),
    ],
    "response:from_victim": [
        ("binta", lambda m, n: {"public_id": _victim_of(m.incident).public_id}),
        ("binta", lambda m, n: {"public_id": _victim_of(m.other).public_id}),
    ],
    "response:from_alert": [
        ("binta", lambda m, n: {"public_id": m.alert.public_id}),
        ("binta", lambda m, n: {"public_id": m.hushed.public_id}),
    ],
}
"""Name → who may open it, and its arguments: one beginning as any other, one of sexual violence."""


def flagged(docket: Docket, *, by: Any) -> FlaggedNeed:
    """A need of a child followed."""
    return flag_needs(docket=docket, needs=["medical"], by=by).needs.get()


def care_cases(docket: Docket, need: FlaggedNeed, referral: Referral) -> Iterator[Case]:
    """Each address, and who reads it in Mopti."""
    of = {
        "needs_new": docket, "double": docket, "need_end": need, "feedback_new": referral, "form": referral,
        "form_pdf": referral,
    }  # fmt: skip
    yield Case("response:withdraw", reverse("response:withdraw", args=[docket.public_id]), "")
    for name, record in of.items():
        yield Case(f"response:{name}", reverse(f"response:{name}", args=[record.public_id]), "binta")
