"""A whole file read: rows understood, placed, and joined into leads; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sutura.alerts.rules import LeadFacts
from sutura.intake.leads import insecurity_insight, suggestions, table, ucdp_ged
from sutura.intake.leads.events import Event, Reader
from sutura.intake.leads.faults import Fault
from sutura.intake.leads.placing import Placed, place
from sutura.places.resolver import Register

SOURCES = {"insecurity-insight": insecurity_insight, "ucdp-ged": ucdp_ged}


class Suspects(Protocol):
    """Names of parties → (code, type); the code is "" when the register does not know the name."""

    def __call__(self, text: str) -> tuple[str, str]: ...


@dataclass
class Reading:
    """What a file holds: `rows` read, `placed` in a region or finer, `rejected` left out; leads and faults.

    `pointed`: rows with coordinates; `pointed_placed`: those of them which have a place.
    """

    source: str
    rows: int = 0
    placed: int = 0
    rejected: int = 0
    pointed: int = 0
    pointed_placed: int = 0
    leads: list[LeadFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(
    data: bytes,
    *,
    source: str,
    register: Register,
    parties: Suspects,
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Reading:
    """The leads of a file; raises BadFile with one sentence when the file as a whole is not of this source."""
    understood = SOURCES[source]
    lines = table.read(data, required=understood.REQUIRED)
    reading = Reading(source)
    groups: dict[str, list[tuple[Event, Placed]]] = {}
    for row in lines.rows:
        reading.rows += 1
        if reading.rows % 500 == 0:
            progress(reading.rows, len(lines.rows))
        reader = Reader(row, today)
        event = understood.event_of(reader)
        if event is None or any(fault.refuses for fault in reader.faults):
            reading.rejected += 1
        else:
            placed = place(event.hints, register)
            _note_place(reader, placed)
            reading.placed += placed.level > 0
            if event.hints.latitude is not None:
                reading.pointed += 1
                reading.pointed_placed += placed.level > 0
            groups.setdefault(event.event_id, []).append((event, placed))
        reading.faults += reader.faults
    for rows in groups.values():
        reading.faults += _dates_that_differ(rows)
        reading.leads.append(lead_of(rows, source=source, parties=parties))
    reading.faults.sort(key=lambda fault: fault.row)
    return reading


def _note_place(reader: Reader, placed: Placed) -> None:
    if placed.fault:
        column = "geo_precision" if "geo_precision" in reader.row.cells else "where_prec"
        if placed.fault != "country_only":
            column = "admin1_text" if "admin1_text" in reader.row.cells else "where_coordinates"
        reader.fault(column, placed.fault)


def _dates_that_differ(rows: list[tuple[Event, Placed]]) -> Iterable[Fault]:
    first = min(event.happened_on for event, _ in rows)
    for event, _ in rows:
        if event.happened_on != first:
            column = "date" if event.dataset != "ged" else "date_start"
            yield Fault(event.row, column, event.happened_on.isoformat(), "dates_differ")


def lead_of(rows: list[tuple[Event, Placed]], *, source: str, parties: Suspects) -> LeadFacts:
    """One lead of the rows of one event: the finest place, the earliest day, every text that differs."""
    event, placed = max(rows, key=lambda pair: (pair[1].level, -pair[0].row))
    events = [one for one, _ in rows]
    datasets = tuple(sorted({one.dataset for one in events if one.dataset}))
    told = joined_texts(events)
    party_text = " / ".join(unlike(one.party_text for one in events))[:200]
    party_code, party_type = parties(party_text)
    return LeadFacts(
        source=source,
        source_event_id=event.event_id,
        title=event.title[:200],
        told=told,
        happened_on=min(one.happened_on for one in events),
        happened_to=event.happened_to,
        date_estimated=any(one.date_estimated for one in events),
        place=placed.code,
        place_how=placed.how,
        place_km=None if placed.km is None else round(placed.km, 1),
        locality=event.locality[:200],
        latitude=_rounded(event.hints.latitude),
        longitude=_rounded(event.hints.longitude),
        types=suggestions.types_of(text=told, datasets=datasets, killed=event.killed),
        party_text=party_text,
        party_code=party_code,
        party_type=party_type,
        datasets=", ".join(datasets)[:200],
        place_precision=event.place_precision,
        date_precision=event.date_precision,
        event_clarity=event.event_clarity,
        deaths_best=event.deaths_best,
        deaths_low=event.deaths_low,
        deaths_high=event.deaths_high,
    )


def _rounded(degrees: float | None) -> float | None:
    """Six decimals, a tenth of a metre: what the database gives back is what was given."""
    return None if degrees is None else round(degrees, 6)


def joined_texts(events: list[Event]) -> str:
    """The one text told, or each different text after the names of its datasets; then the facts of the rows."""
    told = unlike(event.told for event in events)
    if len(told) > 1:
        told = [f"[{_tellers(events, text)}] {text}" for text in told]
    facts = unlike(event.facts for event in events)
    return "\n\n".join([*told, *facts])


def _tellers(events: list[Event], text: str) -> str:
    return ", ".join(
        dict.fromkeys(event.dataset for event in events if unlike([event.told, text]) == [event.told])
    )


def unlike(texts: Iterable[str]) -> list[str]:
    """The texts that differ by more than case and spaces, in their order."""
    seen: dict[str, str] = {}
    for text in texts:
        if text:
            seen.setdefault("".join(text.split()).casefold(), text)
    return list(seen.values())
