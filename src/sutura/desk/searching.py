"""Find a record by its reference code, in scope; never by the words of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.alerts.models import Alert
from sutura.incidents.choices import Type
from sutura.incidents.models import Incident, Violation
from sutura.verification.models import Sitting
from sutura.verification.pages import address

SHORTEST, MOST = 3, 20


@dataclass(frozen=True)
class Hit:
    """One record found: its code, what kind it is, its state, and where it is."""

    ref: str
    kind: str
    state: str
    url: str
    exact: bool


def search(user: Any, words: str) -> list[Hit]:
    """Records whose code is, or begins with, the words; at most 20 of a kind, each kind by one statement."""
    typed = words.strip()
    code = typed.upper()
    if len(code) < SHORTEST:
        return []
    found: list[Hit] = []
    named = Q(ref__startswith=code) | Q(import_ref=typed)
    readable = Incident.objects.visible_to(user) | Incident.objects.told_apart_to(user)
    for incident in readable.filter(named).order_by("ref")[:MOST]:
        url = address("incidents:detail", incident.public_id)
        found.append(_hit(incident, _("Incident"), incident.state, url, typed))
    for violation in (
        Violation.objects.visible_to(user).select_related("incident").filter(named).order_by("ref")[:MOST]
    ):
        url = violation_url(user, violation)
        found.append(_hit(violation, str(Type(violation.type).label), violation.status, url, typed))
    alerts = Alert.objects.visible_to(user).filter(Q(ref__startswith=code) | Q(source_event_id=typed))
    for alert in alerts.order_by("ref")[:MOST]:
        found.append(_hit(alert, _("Alert"), alert.state, alert.get_absolute_url(), typed))
    for sitting in Sitting.objects.visible_to(user).filter(ref__startswith=code).order_by("ref")[:MOST]:
        state = "open" if sitting.is_open else "closed"
        found.append(_hit(sitting, _("Sitting"), state, sitting.get_absolute_url(), typed))
    return found


def violation_url(user: Any, violation: Violation) -> str:
    """Where a violation is judged, or the incident it belongs to for whoever may not see the bench there."""
    if may(user, "verification.read", violation.region):
        return address("verification:violation", violation.public_id)
    return address("incidents:detail", violation.incident.public_id)


def _hit(record: Any, kind: str, state: str, url: str, typed: str) -> Hit:
    codes = {record.ref, getattr(record, "import_ref", None), getattr(record, "source_event_id", None)}
    return Hit(record.ref, kind, state, url, bool({typed, typed.upper()} & codes))
