"""How one record is held, changed and written: only what differs is a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.incidents import checks
from sutura.incidents.models import Incident

M = TypeVar("M", bound=Model)


def hold(record: M) -> M:
    """Lock the record to the end of the transaction and read it again: two people may edit at once."""
    record.refresh_from_db(from_queryset=type(record)._default_manager.select_for_update())
    return record


def hold_live(incident: Incident) -> Incident:
    """Lock an incident which may still be documented; a void or duplicate one may not."""
    hold(incident)
    if not incident.counts:
        raise Invalid(_("This incident is void or a duplicate. Reopen it before you change it."))
    return incident


def alter(record: Model, given: Mapping[str, Any], *, apart: Iterable[str] = ()) -> list[str]:
    """Set the values given, each checked; the names of the fields which now differ.

    `apart`: fields which have a verb of their own and cannot be set here.
    """
    for name in apart:
        if name in given:
            raise Invalid(_("%(name)s has its own act.") % {"name": name}, field=name)
    changed = []
    for name, value in checks.values(type(record), given).items():
        if getattr(record, name) != value:
            setattr(record, name, value)
            changed.append(name)
    return changed


def hold_standing(record: M) -> M:
    """Lock a violation, a victim, a perpetrator or a source which is not void."""
    hold(record)
    if record.voided_reason:  # type: ignore[attr-defined]
        raise Invalid(_("This record is void."))
    return record
