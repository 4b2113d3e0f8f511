"""Add, change and void violations, their details and the parties they are attributed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.incidents import checks, rules, whole
from sutura.incidents.assembly import Entry, assemble
from sutura.incidents.attribution import codes_of, write_parties
from sutura.incidents.booking import book
from sutura.incidents.choices import Type
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import DETAILS, Incident, Violation
from sutura.incidents.parts import ViolationPart
from sutura.incidents.sealing import says_apart, tells_apart
from sutura.vault import services as vault

# Status and parties have their own verbs; the rest is never changed by hand.
APART = (
    "id", "public_id", "incident", "ref", "import_ref", "region", "party_label", "status", "decided_on",
    "voided_reason", "added_at",
)  # fmt: skip


@transaction.atomic
def add_violation(*, incident: Incident, part: ViolationPart, by: Any, why: str = "") -> Violation:
    """Add one violation with its details and parties to an incident; it starts pending."""
    require(by, "incidents.document", region=hold_live(incident).region)
    if part.status != "pending":
        raise Invalid(_("A new violation is pending until it is verified."), field="status")
    was = tells_apart(incident)
    if part.type == Type.SEXUAL_VIOLENCE:
        says_apart(incident, [part])
    made = assemble([Entry(incident=incident, violations=[part])], by=by, why=why)
    if tells_apart(incident) != was:
        vault.move(by=by, records=whole.records(incident), region=incident.region)
    book(made.touched, by=by, act="incidents.add_violation", why=why)
    record(by, "incidents.add_violation", of=made.violations[0])
    return made.violations[0]


@transaction.atomic
def change_violation(*, violation: Violation, by: Any, why: str = "", **values: Any) -> Violation:
    """Change type, numbers, attribution or flags of a violation."""
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    hold_standing(violation)
    changed = alter(violation, values, apart=APART)
    if not changed:
        return violation
    if "attribution" in changed:
        codes = codes_of(violation)
        violation.attribution = checks.attribution(violation.attribution, codes)
        violation.party_label = rules.party_label(violation.attribution, codes)
    keep(violation, by=by, why=why)
    if violation.type == Type.SEXUAL_VIOLENCE and "type" in changed:
        incident = violation.incident
        says_apart(incident, [violation])
        vault.move(by=by, records=whole.records(incident), region=incident.region)
    book([violation.pk], by=by, act="incidents.change_violation", why=why)
    record(by, "incidents.change_violation", of=violation, fields=" ".join(changed))
    return violation


@transaction.atomic
def change_detail(*, violation: Violation, by: Any, why: str = "", **values: Any) -> Any:
    """Write the details of a violation, in the table of its type; returns the detail record."""
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    hold_standing(violation)
    model = DETAILS[violation.type]
    detail: Any = model._default_manager.filter(pk=violation.pk).first()
    new = detail is None
    detail = detail or model(violation=violation)
    changed = alter(detail, values, apart=("violation",))
    if not changed and not new:
        return detail
    keep(detail, by=by, why=why)
    book([violation.pk], by=by, act="incidents.change_detail", why=why)
    record(by, "incidents.change_detail", of=violation, fields=" ".join(changed))
    return detail


@transaction.atomic
def void_violation(*, violation: Violation, by: Any, why: str) -> Violation:
    """Take a violation out of the count for good reason; the record stays."""
    require(by, "incidents.void", region=hold(violation.incident).region)
    hold_standing(violation).voided_reason = given_reason(why)
    keep(violation, by=by, why=why)
    book([violation.pk], by=by, act="incidents.void_violation", why=why)
    record(by, "incidents.void_violation", of=violation)
    return violation


@transaction.atomic
def set_parties(
    *, violation: Violation, parties: Iterable[str], attribution: str = "", by: Any, why: str = ""
) -> Violation:
    """Say which parties (codes of the register) a violation is attributed to, and how; none: unidentified."""
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    hold_standing(violation)
    if write_parties(violation, parties, attribution, by=by, why=why):
        book([violation.pk], by=by, act="incidents.set_parties", why=why)
        record(by, "incidents.set_parties", of=violation, fields="parties attribution")
    return violation
