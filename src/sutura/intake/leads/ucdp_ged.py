"""UCDP GED: the Georeferenced Event Dataset of Uppsala, 49 columns (Sundberg and Melander 2013)."""

from __future__ import annotations

import re

from sutura.intake.leads import texts
from sutura.intake.leads.events import Event, Hints, Reader

NAME = "UCDP GED"
REQUIRED = (
    "id", "type_of_violence", "dyad_name", "side_a", "side_b", "source_article", "where_prec", "where_coordinates",
    "adm_1", "adm_2", "latitude", "longitude", "country_id", "event_clarity", "date_prec", "date_start", "date_end",
    "best", "high", "low",
)  # fmt: skip
MALI = 432  # Gleditsch-Ward number
# `where_prec` → the deepest level it vouches for: 1 exact, 2 within 25 km, 3 second-order division, 4 first-order
# division, 5 a line or a fuzzy area, 6 country, 7 waters or airspace (GED codebook).
FINEST = {1: 3, 2: 3, 3: 2, 4: 1, 5: 2, 6: 0, 7: 0}
KIND = {1: "state-based", 2: "non-state", 3: "one-sided"}
SUFFIX = re.compile(r"\s*(\btown|\bvillage|\bwell|\bcity|\bhamlet|\bcamp|\(near\))\s*$", re.IGNORECASE)


def event_of(reader: Reader) -> Event | None:
    """One row as an event, or None when a fault refuses it."""
    country = reader.number("country_id")
    if country is not None and country != MALI:
        reader.fault("country_id", "other_country")
        return None
    event_id, begun = reader.event_id("id"), reader.day("date_start")
    ended = reader.day("date_end", needed=False)
    if not event_id or begun is None:
        return None
    if ended is not None and ended < begun:
        reader.fault("date_end", "date_order")
        return None
    date_precision, where = reader.small("date_prec"), reader.small("where_prec")
    place, best = reader.text("where_coordinates"), reader.number("best")
    return Event(
        row=reader.row.number,
        event_id=event_id,
        dataset="ged",
        happened_on=begun,
        happened_to=ended if ended and ended != begun else None,
        date_estimated=date_precision is not None and date_precision > 1,
        hints=_hints(reader, where),
        locality=reader.text("where_description").replace("\n", " · ") or place,
        party_text=_sides(reader),
        told=_told(reader),
        facts=_facts(reader),
        title=" · ".join(part for part in (NAME, reader.text("dyad_name", 120), place) if part)[:200],
        killed=best,
        place_precision=where,
        date_precision=date_precision,
        event_clarity=reader.small("event_clarity"),
        deaths_best=best,
        deaths_low=reader.number("low"),
        deaths_high=reader.number("high"),
    )


def _hints(reader: Reader, where: int | None) -> Hints:
    latitude, longitude = reader.point("latitude", "longitude")
    return Hints(
        region=reader.text("adm_1"),
        cercle=reader.text("adm_2"),
        commune=bare(reader.text("where_coordinates")),
        latitude=latitude,
        longitude=longitude,
        finest=FINEST.get(where, 3) if where is not None else 3,
    )


def bare(name: str) -> str:
    """`Tidarmene town` → `Tidarmene`: the register knows communes by their plain name."""
    name = texts.clean(name)
    while (shorter := SUFFIX.sub("", name)) != name:
        name = shorter.strip()
    return name


def _sides(reader: Reader) -> str:
    """Who did it, as the list says: side A of one-sided violence, both sides of a fight."""
    sides = [reader.text("side_a", 110), reader.text("side_b", 80)]
    return " / ".join(side for side in sides if side and side != "Civilians")


def _told(reader: Reader) -> str:
    headline, article = reader.text("source_headline", 3000), reader.text("source_article", 4000)
    described = reader.text("where_description", 1000)
    return "\n".join(part for part in (described, headline, article if article != headline else "") if part)


def _facts(reader: Reader) -> str:
    kind = KIND.get(reader.small("type_of_violence") or 0, "")
    listed = [f"violence: {kind}"] if kind else []
    for column in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"):
        count = reader.number(column)
        if count:
            listed.append(f"{column}: {count}")
    return " · ".join(listed)
