"""What a body of one region does between its meetings, for the walks: a mission with its parts, and a mandate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import Body, Event, Facilitator, Mandate, Stint
from sutura.coordination.services import mandates, work
from sutura.coordination.work_acts import NOTES
from sutura.partners.models import Organisation

# The secret address of a calendar is its own key: strangers are not sent to the door there.
OF_WORK = {
    f"coordination:{name}"
    for name in ("event", "event_note", "event_part_drop", "mandate", "mandate_change", "stint_drop", "feed")
}
# Lists and one's own pages, for whoever coordinates anywhere.
LISTS_OF_WORK: dict[str, tuple[str, dict[str, Any]]] = {
    "coordination:events": ("fatou", {}),
    "coordination:event_book": ("fatou", {}),
    "coordination:event_new": ("fatou", {}),
    "coordination:targets": ("fatou", {}),
    "coordination:target_set": ("fatou", {}),
    "coordination:conferences": ("fatou", {}),
    "coordination:mandates": ("fatou", {}),
    "coordination:mandate_new": ("fatou", {}),
    "coordination:calendar": ("fatou", {}),
    "coordination:reminders": ("fatou", {}),
    "coordination:feed_make": ("", {}),
    "coordination:feed_revoke": ("", {}),
}


@dataclass
class Worked:
    """The records that hang on one body."""

    event: Event
    facilitator: Facilitator
    mandate: Mandate
    stint: Stint

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who may read it (nobody where it only takes posts)."""
        yield "event", _to("event", self.event.public_id), "fatou"
        for note in NOTES:
            yield "event_note", _to("event_note", self.event.public_id, note), "fatou"
        part = _to("event_part_drop", self.event.public_id, "facilitator", self.facilitator.pk)
        yield "event_part_drop", part, ""
        for name in ("mandate", "mandate_change"):
            yield name, _to(name, self.mandate.public_id), "fatou"
        yield "stint_drop", _to("stint_drop", self.stint.public_id), ""


def work_there(body: Body, organisation: Organisation, *, by: Any) -> Worked:
    """One of each in a body."""
    day = timezone.localdate() - timedelta(days=3)
    event = work.plan_event(
        body=body, kind="mission", title="Mission inventée", region=body.region, starts_on=day, ends_on=day, by=by
    )  # fmt: skip
    facilitator = work.add_facilitator(event=event, name="Un service", organisation=organisation, by=by)
    mandate = mandates.open_mandate(
        body=body, person="Consultante fictive", days=20, starts_on=day, ends_on=day + timedelta(days=90), by=by
    )  # fmt: skip
    stint = mandates.note_days(
        mandate=mandate, starts_on=day, ends_on=day, days=Decimal("0.5"), words="Mission", event=event, by=by
    )  # fmt: skip
    return Worked(event, facilitator, mandate, stint)


def _to(name: str, *arguments: object) -> str:
    return reverse(f"coordination:{name}", args=arguments)
