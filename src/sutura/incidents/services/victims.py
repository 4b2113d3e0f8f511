"""Children and groups of an incident, and what each suffered in which violation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.incidents import checks
from sutura.incidents.assembly import Entry, assemble, children_by_key
from sutura.incidents.booking import book, known_sexes, touched_by_children
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import Incident, Victim, VictimLink, Violation
from sutura.incidents.parts import VictimPart

APART = ("id", "public_id", "incident", "ref", "import_ref", "child", "voided_reason")


@transaction.atomic
def add_victim(*, incident: Incident, part: VictimPart, by: Any, why: str = "") -> Victim:
    """Add a child or a group; the part names its violations by their reference."""
    require(by, "incidents.document", region=hold_live(incident).region)
    known = {violation.ref: violation for violation in incident.violations.standing()}
    made = assemble([Entry(incident=incident, victims=[part], known=known)], by=by, why=why)
    touched = made.touched | touched_by_children(made.children)
    book(touched, by=by, act="incidents.add_victim", why=why)
    record(by, "incidents.add_victim", of=made.victims[0])
    return made.victims[0]


@transaction.atomic
def change_victim(
    *, victim: Victim, by: Any, why: str = "", child_key: str | None = None, **values: Any
) -> Victim:
    """Change what is known of a child or group; `child_key` "" takes the key away, None leaves it."""
    require(by, "incidents.document", region=hold_live(victim.incident).region)
    hold_standing(victim)
    before = victim.child_id
    changed = alter(victim, values, apart=APART)
    if child_key is not None and (victim.child.key if victim.child else "") != child_key:
        victim.child = children_by_key([child_key], by=by, why=why).get(child_key)
        changed.append("child")
    if not changed:
        return victim
    checks.victim(victim)
    keep(victim, by=by, why=why)
    _book(victim, {before, victim.child_id}, by=by, act="incidents.change_victim", why=why)
    record(by, "incidents.change_victim", of=victim, fields=" ".join(changed))
    return victim


@transaction.atomic
def void_victim(*, victim: Victim, by: Any, why: str) -> Victim:
    """Take a victim row away for good reason; the children it listed become unidentified ones again."""
    require(by, "incidents.void", region=hold(victim.incident).region)
    hold_standing(victim).voided_reason = given_reason(why)
    keep(victim, by=by, why=why)
    _book(victim, {victim.child_id}, by=by, act="incidents.void_victim", why=why)
    record(by, "incidents.void_victim", of=victim)
    return victim


@transaction.atomic
def link_victim(*, victim: Victim, violation: Violation, by: Any, why: str = "", **values: Any) -> VictimLink:
    """Say that a victim suffered this violation too; both belong to one incident."""
    require(by, "incidents.document", region=hold_live(victim.incident).region)
    hold_standing(victim)
    if violation.incident_id != victim.incident_id:
        raise Invalid(_("A victim and its violations belong to one incident."), field="violation")
    if VictimLink.objects.filter(victim=victim, violation=violation).exists():
        raise Invalid(_("This victim is linked to this violation already."), field="violation")
    link = VictimLink(victim=victim, violation=violation, **checks.values(VictimLink, values))
    keep(link, by=by, why=why)
    book([violation.pk], by=by, act="incidents.link_victim", why=why)
    record(by, "incidents.link_victim", of=victim, fields=violation.ref)
    return link


@transaction.atomic
def change_victim_link(*, link: VictimLink, by: Any, why: str = "", **values: Any) -> VictimLink:
    """Write what became of the child in this violation; no figure changes."""
    require(by, "incidents.document", region=hold_live(link.violation.incident).region)
    changed = alter(hold(link), values, apart=("id", "victim", "violation"))
    if changed:
        keep(link, by=by, why=why)
        record(by, "incidents.change_victim_link", of=link.victim, fields=" ".join(changed))
    return link


@transaction.atomic
def unlink_victim(*, link: VictimLink, by: Any, why: str) -> None:
    """Say that the victim did not suffer this violation; the link leaves, its history stays."""
    violation, victim = link.violation, link.victim
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    drop(link, by=by, why=given_reason(why))
    book([violation.pk], by=by, act="incidents.unlink_victim", why=why)
    record(by, "incidents.unlink_victim", of=victim, fields=violation.ref)


def _book(victim: Victim, children: Iterable[int | None], *, by: Any, act: str, why: str) -> None:
    """Book the victim's violations, and those where the same child stands with its sex unknown."""
    known = {child for child in children if child}
    known_sexes(known)  # a victim linked to nothing is not booked, yet no key may stand for a boy and a girl
    touched = set(victim.links.values_list("violation_id", flat=True)) | touched_by_children(known)
    book(touched, by=by, act=act, why=why)
