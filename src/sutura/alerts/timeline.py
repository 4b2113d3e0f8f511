"""The story of an alert, read from its kept versions: who did what, when, and what the words were before."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.alerts.choices import State, what_was_asked
from sutura.alerts.models import Alert
from sutura.security.sealed import Sealed
from sutura.ui.timeline import Entry
from sutura.vault.opened import Vault
from sutura.vault.revealing import unsealed

ICONS = {
    State.NEW: "bell",
    State.WAITING: "hourglass",
    State.INCIDENT: "folder-open",
    State.DUPLICATE: "copy",
    State.NOT_MRM: "circle-minus",
}
# Columns that acts of triage write; any other change comes from the source of a lead.
OF_TRIAGE = frozenset({
    "state", "state_reason", "duplicate_of_id", "incident_ref", "asked_for", "asked", "triaged_at", "triaged_by_id",
    "protection_done", "protected_at", "protected_by_id",
})  # fmt: skip
OF_HISTORY = frozenset(
    {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}
)


def entries(alert: Alert, vault: Vault | None = None) -> list[Entry]:
    """The story, oldest first; one query. Without an open vault it tells what was done, and no words."""
    versions = list(alert.history.select_related("history_user").order_by("history_date", "history_id"))
    steps = list(zip([None, *versions[:-1]], versions, strict=True))
    # Compared while sealed: the same words said twice are two acts.
    changes = [set() if before is None else _changed(before, now) for before, now in steps]
    if vault is not None:
        unsealed(versions, vault)
    told = []
    for (before, now), changed in zip(steps, changes, strict=True):
        told += _told(before, now, changed)
    return told


def _told(before: Any, now: Any, changed: set[str]) -> list[Entry]:
    by = str(now.history_user or "")
    if before is None:
        title = (
            _("Received from the list %(list)s") % {"list": now.get_source_display()}
            if now.source
            else _("Received")
        )
        return [Entry(title, now.history_date, by, icon="bell")]
    found = []
    if "protection_done" in changed:
        found.append(
            Entry(
                _("Protection first"), now.history_date, by, said(now.protection_done), "shield", "attention"
            )
        )
    if changed & {"state", "duplicate_of_id", "incident_ref", "asked_for", "asked"}:
        found.append(_triage(before, now, by))
    facts = changed - OF_TRIAGE
    if facts:
        found.append(_changed_facts(before, now, facts, by))
    return found


def _changed(before: Any, now: Any) -> set[str]:
    names = [field.attname for field in now._meta.concrete_fields if field.attname not in OF_HISTORY]
    return {name for name in names if getattr(before, name) != getattr(now, name)}


def _triage(before: Any, now: Any, by: str) -> Entry:
    again = before.state in (State.NOT_MRM, State.DUPLICATE) and now.state == State.WAITING
    asked = " · ".join(part for part in (what_was_asked(now.asked_for), said(now.asked)) if part)
    text = {
        State.WAITING: said(now.state_reason) if again else asked,
        State.INCIDENT: now.incident_ref,
        State.NOT_MRM: said(now.state_reason),
        State.DUPLICATE: said(now.state_reason),
    }.get(now.state, "")
    title = _("Opened again") if again else str(now.get_state_display())
    return Entry(title, now.history_date, by, text, ICONS.get(now.state, "circle-dot"))


def _changed_facts(before: Any, now: Any, facts: set[str], by: str) -> Entry:
    names = {field.attname: str(field.verbose_name) for field in now._meta.concrete_fields}
    listed = ", ".join(sorted(names[name] for name in facts))
    old = before.told_by_list if "told_by_list" in facts else ""
    return Entry(
        _("Changed by the source"), now.history_date, by, _("Changed: %(fields)s") % {"fields": listed}, "refresh-cw",
        before=old,
    )  # fmt: skip


def said(value: str | Sealed) -> str:
    """Words as they are shown: nothing while they are sealed."""
    return "" if isinstance(value, Sealed) else value
