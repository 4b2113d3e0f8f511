"""Perpetrators of an incident; linking one to a violation may change what the violation is attributed to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.incidents.assembly import Entry, assemble
from sutura.incidents.attribution import relabel
from sutura.incidents.booking import book
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import Incident, Perpetrator, PerpetratorLink, Violation
from sutura.incidents.parts import PerpetratorPart
from sutura.incidents.rules import NO_PARTY

APART = ("id", "public_id", "incident", "ref", "voided_reason")


@transaction.atomic
def add_perpetrator(*, incident: Incident, part: PerpetratorPart, by: Any, why: str = "") -> Perpetrator:
    """Add a perpetrator; the part names its violations by their reference, and its party by its code."""
    require(by, "incidents.document", region=hold_live(incident).region)
    known = {violation.ref: violation for violation in incident.violations.standing()}
    entry = Entry(incident=incident, perpetrators=[part], known=known)
    made = assemble([entry], by=by, why=why)
    changed = relabel(entry.named(part.violations), by=by, why=why)
    book([violation.pk for violation in changed], by=by, act="incidents.add_perpetrator", why=why)
    record(by, "incidents.add_perpetrator", of=made.perpetrators[0])
    return made.perpetrators[0]


@transaction.atomic
def change_perpetrator(*, perpetrator: Perpetrator, by: Any, why: str = "", **values: Any) -> Perpetrator:
    """Change what is known of a perpetrator, its party included."""
    require(by, "incidents.document", region=hold_live(perpetrator.incident).region)
    hold_standing(perpetrator)
    changed = alter(perpetrator, values, apart=APART)
    if not changed:
        return perpetrator
    if perpetrator.party is not None:
        perpetrator.category = perpetrator.party.type
        if perpetrator.category == NO_PARTY:  # the register's label for nobody known is no party
            perpetrator.party = None
    keep(perpetrator, by=by, why=why)
    _relabel(perpetrator, by=by, act="incidents.change_perpetrator", why=why)
    record(by, "incidents.change_perpetrator", of=perpetrator, fields=" ".join(changed))
    return perpetrator


@transaction.atomic
def void_perpetrator(*, perpetrator: Perpetrator, by: Any, why: str) -> Perpetrator:
    """Take a perpetrator away for good reason; the violations lose this attribution."""
    require(by, "incidents.void", region=hold(perpetrator.incident).region)
    hold_standing(perpetrator).voided_reason = given_reason(why)
    keep(perpetrator, by=by, why=why)
    _relabel(perpetrator, by=by, act="incidents.void_perpetrator", why=why)
    record(by, "incidents.void_perpetrator", of=perpetrator)
    return perpetrator


@transaction.atomic
def link_perpetrator(
    *, perpetrator: Perpetrator, violation: Violation, by: Any, why: str = ""
) -> PerpetratorLink:
    """Attribute a violation to this perpetrator too; both belong to one incident."""
    require(by, "incidents.document", region=hold_live(perpetrator.incident).region)
    hold_standing(perpetrator)
    if violation.incident_id != perpetrator.incident_id:
        raise Invalid(_("A perpetrator and its violations belong to one incident."), field="violation")
    if PerpetratorLink.objects.filter(perpetrator=perpetrator, violation=violation).exists():
        raise Invalid(_("This perpetrator is linked to this violation already."), field="violation")
    link = keep(PerpetratorLink(perpetrator=perpetrator, violation=violation), by=by, why=why)
    _relabel(perpetrator, by=by, act="incidents.link_perpetrator", why=why)
    record(by, "incidents.link_perpetrator", of=perpetrator, fields=violation.ref)
    return link


@transaction.atomic
def unlink_perpetrator(*, link: PerpetratorLink, by: Any, why: str) -> None:
    """Take the attribution of one violation away; the link leaves, its history stays."""
    violation, perpetrator = link.violation, link.perpetrator
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    drop(link, by=by, why=given_reason(why))
    changed = relabel([hold(violation)], by=by, why=why)
    book([one.pk for one in changed], by=by, act="incidents.unlink_perpetrator", why=why)
    record(by, "incidents.unlink_perpetrator", of=perpetrator, fields=violation.ref)


def _relabel(perpetrator: Perpetrator, *, by: Any, act: str, why: str) -> None:
    violations = Violation.objects.filter(perpetrator_links__perpetrator=perpetrator)
    changed = relabel(violations.select_for_update(), by=by, why=why)
    book([violation.pk for violation in changed], by=by, act=act, why=why)
