"""Sources of an incident: who or what told, and which violations it corroborates. No figure depends on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.incidents.assembly import Entry, assemble
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import Incident, Source, SourceLink, Violation
from sutura.incidents.parts import SourcePart

APART = ("id", "public_id", "incident", "ref", "import_ref", "voided_reason")


@transaction.atomic
def add_source(*, incident: Incident, part: SourcePart, by: Any, why: str = "") -> Source:
    """Add a source; the part names the violations it corroborates by their reference."""
    require(by, "incidents.document", region=hold_live(incident).region)
    known = {violation.ref: violation for violation in incident.violations.standing()}
    made = assemble([Entry(incident=incident, sources=[part], known=known)], by=by, why=why)
    record(by, "incidents.add_source", of=made.sources[0])
    return made.sources[0]


@transaction.atomic
def change_source(*, source: Source, by: Any, why: str = "", **values: Any) -> Source:
    """Change what is known of a source, its grades and its consents."""
    require(by, "incidents.document", region=hold_live(source.incident).region)
    changed = alter(hold_standing(source), values, apart=APART)
    if changed:
        keep(source, by=by, why=why)
        record(by, "incidents.change_source", of=source, fields=" ".join(changed))
    return source


@transaction.atomic
def void_source(*, source: Source, by: Any, why: str) -> Source:
    """Take a source away for good reason; the record stays."""
    require(by, "incidents.void", region=hold(source.incident).region)
    hold_standing(source).voided_reason = given_reason(why)
    keep(source, by=by, why=why)
    record(by, "incidents.void_source", of=source)
    return source


@transaction.atomic
def link_source(*, source: Source, violation: Violation, by: Any, why: str = "") -> SourceLink:
    """Say that a source corroborates this violation too; both belong to one incident."""
    require(by, "incidents.document", region=hold_live(source.incident).region)
    hold_standing(source)
    if violation.incident_id != source.incident_id:
        raise Invalid(_("A source and its violations belong to one incident."), field="violation")
    if SourceLink.objects.filter(source=source, violation=violation).exists():
        raise Invalid(_("This source is linked to this violation already."), field="violation")
    link = keep(SourceLink(source=source, violation=violation), by=by, why=why)
    record(by, "incidents.link_source", of=source, fields=violation.ref)
    return link


@transaction.atomic
def unlink_source(*, link: SourceLink, by: Any, why: str) -> None:
    """Say that the source does not corroborate this violation; the link leaves, its history stays."""
    violation, source = link.violation, link.source
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    drop(link, by=by, why=given_reason(why))
    record(by, "incidents.unlink_source", of=source, fields=violation.ref)
