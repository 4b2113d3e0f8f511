"""Insecurity Insight: attacks on aid workers, education, health, and others, published through HDX."""

from __future__ import annotations

from sutura.intake.leads import texts
from sutura.intake.leads.events import Event, Hints, Reader

NAME = "Insecurity Insight"
REQUIRED = (
    "dataset", "event_id", "date", "admin1_text", "lat", "lon", "geo_precision", "adm1", "adm2", "adm3",
    "perpetrator_name", "weapon", "description",
)  # fmt: skip
# The class of `geo_precision` → the deepest level that it vouches for (a road or river: the cercle).
FINEST = {1: 3, 2: 3, 3: 3, 4: 1, 5: 2, 6: 0}


def event_of(reader: Reader) -> Event | None:
    """One row as an event, or None when a fault refuses it."""
    event_id, happened_on = reader.event_id("event_id"), reader.day("date")
    if not event_id or happened_on is None:
        return None
    fineness = texts.precision(reader.text("geo_precision"))
    latitude, longitude = reader.point("lat", "lon")
    dataset, region = reader.text("dataset", 40), reader.text("admin1_text", 80)
    weapon = reader.text("weapon", 80)
    return Event(
        row=reader.row.number,
        event_id=event_id,
        dataset=dataset,
        happened_on=happened_on,
        hints=Hints(
            codes=tuple(reader.text(column, 12) for column in ("adm1", "adm2", "adm3")),
            region=region,
            latitude=latitude,
            longitude=longitude,
            finest=FINEST.get(fineness, 3) if fineness is not None else 3,
        ),
        locality=region,
        party_text=_actor(reader.text("perpetrator_name", 120)),
        told=reader.text("description", 8000),
        facts=f"weapon: {weapon}" if weapon else "",
        title=" · ".join(part for part in (NAME, dataset, region) if part),
        place_precision=fineness,
    )


def _actor(text: str) -> str:
    """The name of the actor; the many ways of saying "unidentified" are one."""
    return "Unidentified armed actor" if text.lower() == "unidentified armed actor" else text
