"""A seeded workbook of invented incidents which holds every trap of the counting rules (mrm.md 4)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.truth.places import Gazetteer

PERSON = ("killing", "maiming", "recruitment_use", "sexual_violence", "abduction")
EVENT = ("attack_school", "attack_hospital", "denial_humanitarian_access")
APART = ("military_use", "deprivation_liberty")
TYPES = PERSON + EVENT + APART
SEXES = ("boys", "girls", "unknown")
COLUMN = {"boy": "boys", "girl": "girls", "unknown": "unknown", "": "unknown"}
PARTIES = ("JNIM", "EIGS", "FAMA", "DNA", "DOZO", "PLATEFORME", "GATIA", "CMA", "MNLA", "FSP")
SHEETS = ("incidents", "violations", "victims", "sources")
FIRST, LAST, LAST_DECISION = date(2022, 1, 1), date(2024, 12, 31), date(2025, 6, 30)
EDGES = (
    *(date(y, m, d) for y in (2022, 2023, 2024) for m, d in ((1, 1), (3, 31), (4, 1), (6, 30), (7, 1))),
    *(date(y, m, d) for y in (2022, 2023, 2024) for m, d in ((9, 30), (10, 1), (12, 31))),
    date(2024, 2, 29),
)
Row = dict[str, Any]


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter in which a day lies."""
    month = 3 * ((day.month - 1) // 3) + 3
    return (date(day.year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def labels(party_codes: list[str], attribution: str) -> Row:
    """The two columns that name who did it."""
    return {"parties": "; ".join(party_codes), "attribution": attribution}


@dataclass
class Book:
    """Rows of the four sheets as plain values, and what is known of the invented children."""

    rng: random.Random
    map: Gazetteer
    sheets: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SHEETS})
    children: dict[str, str] = field(default_factory=dict)

    def ref(self, sheet: str, letters: str) -> str:
        """The next reference of a sheet."""
        return f"{letters}-{len(self.sheets[sheet]) + 1:05d}"

    def incident(self, occurred_on: date, place: str = "ML0504", **more: Any) -> str:
        """Add an incident, return its reference."""
        ref = more.pop("incident_ref", None) or self.ref("incidents", "INC")
        row = {"incident_ref": ref, "occurred_on": occurred_on, "place": place, "state": "", **more}
        self.sheets["incidents"].append(row)
        return ref

    def violation(
        self, incident: str, kind: str, status: str, decided_on: date | None = None, **more: Any
    ) -> str:
        """Add a violation, return its reference."""
        ref = more.pop("violation_ref", None) or self.ref("violations", "VIO")
        row: Row = {"violation_ref": ref, "incident_ref": incident, "type": kind, "status": status}
        row |= {
            "decided_on": decided_on,
            "boys": 0,
            "girls": 0,
            "unknown": 0,
            "parties": "",
            "attribution": "",
        }
        self.sheets["violations"].append(row | more)
        return ref

    def victim(self, violations: list[str], sex: str = "", child_ref: str = "", **more: Any) -> str:
        """Add an individual, or with `kind="group"` a group; return its reference."""
        ref = more.pop("victim_ref", None) or self.ref("victims", "VIC")
        row = {"victim_ref": ref, "violation_refs": ";".join(violations), "kind": "", "child_ref": child_ref}
        self.sheets["victims"].append(row | {"sex": sex} | more)
        return ref


# -- one incident of everyday shape ----------------------------------------------------------------------------


def some_day(book: Book) -> date:
    """A day in the three years, often an edge of a quarter or year."""
    if book.rng.random() < 0.2:
        return book.rng.choice(EDGES)
    return FIRST + timedelta(days=book.rng.randrange((LAST - FIRST).days + 1))


def some_place(book: Book) -> str:
    """A place as people write it: P-code, path of one to three names, alias, odd case."""
    rng = book.rng
    level = rng.choice((4, 6, 6, 8, 8, 8))
    code = rng.choice([c for c in book.map.names if len(c) == level])
    if rng.random() < 0.12:
        code = rng.choice(
            [c for c in book.map.names if c.startswith("ML06") and "Tombouctou" in book.map.path(c)]
        )
    if rng.random() < 0.04:
        code = "ML060505"
    return spelled(rng, book.map, code) if rng.random() < 0.55 else code


def spelled(rng: random.Random, book: Gazetteer, code: str) -> str:
    """The path of a unit in one of the spellings which the format forgives."""
    path = book.path(code)
    if rng.random() < 0.6:
        path = path.replace("Tombouctou", "Timbuktu")
    change = rng.choice((str, str, str.upper, str.lower, lambda p: p.replace(" / ", "/"), unaccented))
    return str(change(path))


def unaccented(text: str) -> str:
    """The text with the accents of French left out."""
    return text.translate(str.maketrans("éèêëàâîïôöûüçÉÈ", "eeeeaaiioouucEE"))


def some_incident(book: Book) -> str:
    """An incident of any state and any kind of date, with the columns that do not count."""
    rng = book.rng
    began = some_day(book)
    row: Row = {
        "state": rng.choice(("", "", "open", "open", "open", "open", "closed", "closed", "duplicate", "void"))
    }
    kind = rng.random()
    if kind < 0.15:
        row["occurred_to"] = min(began + timedelta(days=rng.choice((0, 1, 9, 40, 95, 200))), LAST)
    elif kind < 0.25:
        row["open_ended"] = "yes"
    elif kind < 0.4:
        row["open_ended"] = "no"
    row["date_estimated"] = rng.choice(("", "yes", "no"))
    row["locality"] = rng.choice(("", "", "Marché", "Quartier « Sans-fil »", "N'Gouma, hameau ; nord"))
    row["place_kind"] = rng.choice(("", "", "village", "market", "school"))
    row["account_restricted"] = rng.choice(("", "Récit inventé.", 'Deux lignes,\n"inventées" ; toutes deux.'))
    row["account_shareable"] = rng.choice(("", "Incident inventé, à partager."))
    row["reporting_organisation"] = rng.choice(("", "ONG Espoir (inventée)", "Réseau d’alerte n° 3"))
    row["remarks"] = rng.choice(("", "à revoir", "colonne en plus"))
    if rng.random() < 0.5:
        row["first_reported_on"] = began + timedelta(days=rng.randrange(30))
    place = some_place(book)
    if rng.random() < 0.3:
        row["latitude"], row["longitude"] = book.map.points[book.map.find(place) or ""]
    return book.incident(began, place, **row)


def some_decision(book: Book, incident: Row) -> date:
    """A decision day not before the incident: same day, last timely day, first late day, or months later."""
    rng, began = book.rng, incident["occurred_on"]
    ended = incident.get("occurred_to") or began
    days = (
        began,
        quarter_end(began),
        quarter_end(ended),
        quarter_end(ended) + timedelta(days=1),
        date(began.year, 12, 31),
        date(began.year + 1, 1, 1),
        began + timedelta(days=rng.randrange(60)),
        ended + timedelta(days=rng.randrange(180)),
        ended + timedelta(days=rng.randrange(600)),
    )
    return max(began, min(rng.choice(days), LAST_DECISION))


def some_parties(book: Book) -> Row:
    """Who did it: nobody known, one, several together, or crossfire; codes in any order, labels often left out."""
    rng, kind = book.rng, book.rng.random()
    if kind < 0.35:
        return labels([], rng.choice(("", "unidentified")))
    if kind < 0.7:
        return labels([rng.choice(PARTIES)], rng.choice(("", "sole")))
    several = rng.sample(PARTIES, rng.choice((2, 2, 3)))
    return labels(several, rng.choice(("", "joint")) if kind < 0.85 else "crossfire")


def some_violations(book: Book, incident: Row) -> list[str]:
    """One to four violations of one incident, also several of one type."""
    rng, refs = book.rng, []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        kind = rng.choice(PERSON * 3 + EVENT * 2 + APART)
        status = rng.choice(
            ("verified",) * 6 + ("pending", "pending", "could_not_verify", "not_mrm", "did_not_occur")
        )
        decided = some_decision(book, incident) if status == "verified" or rng.random() < 0.2 else None
        more = some_parties(book) | {"cross_border": rng.choice(("", "yes", "no"))}
        more["observations"] = rng.choice(("", "inventé"))
        if kind.startswith("attack_") and rng.random() < 0.15:
            more["attack_kind"] = "other_interference"
        refs.append(book.violation(incident["incident_ref"], kind, status, decided, **more))
    return refs


def some_child(book: Book, used: set[str]) -> tuple[str, str]:
    """A pseudonymous key, old or new, and the sex as this row states it."""
    rng = book.rng
    known = list(book.children)
    ref = rng.choice(known) if known and rng.random() < 0.45 else f"ENF-{len(known) + 1:04d}"
    if ref in used:
        ref = f"ENF-{len(known) + 1:04d}"
    used.add(ref)
    true_sex = book.children.setdefault(ref, rng.choice(("boy", "boy", "girl", "girl", "unknown")))
    return ref, rng.choice((true_sex, true_sex, "unknown", ""))


def some_victims(book: Book, violations: list[str]) -> None:
    """Children of one incident, each linked to one or more of its violations, of any type."""
    rng, used = book.rng, set[str]()
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        linked = rng.sample(violations, rng.randint(1, len(violations)))
        row: Row = {
            "age": rng.choice(("", "", 0, 7, 12, 15, 17)),
            "age_estimated": rng.choice(("", "yes", "no")),
        }
        row["kind"] = rng.choice(("", "individual"))
        child, sex = ("", rng.choice(("boy", "girl", "unknown", "")))
        if rng.random() < 0.65:
            child, sex = some_child(book, used)
        apart = [v for v in violations if v not in linked]
        book.victim(linked, sex, child, **row)
        if child and apart and rng.random() < 0.3:  # the same child on two rows of one incident
            book.victim([rng.choice(apart)], sex, child, **row)
    if rng.random() < 0.25:
        linked = rng.sample(violations, rng.randint(1, len(violations)))
        size: Row = {"boys": rng.randrange(3), "girls": rng.randrange(3), "unknown": rng.randint(1, 3)}
        book.victim(linked, kind="group", **size)


def set_tallies(book: Book, violations: list[str], since: int) -> None:
    """Give each of the newest violations its full count: the victims listed `since` that row, and some beside."""
    rng = book.rng
    for row in book.sheets["violations"][-len(violations) :]:
        listed = listed_by_sex(book.sheets["victims"][since:], row["violation_ref"])
        if row["type"] in EVENT or row["type"] == "military_use":
            listed = dict.fromkeys(SEXES, 0)  # a note, which listed victims may exceed
        for sex in SEXES:
            row[sex] = listed[sex] + rng.choice((0, 0, 0, 0, 1, 2, 5))
        zero_may_stand = row["type"] in EVENT or row["type"] == "military_use" or row["status"] != "verified"
        if not any(row[sex] for sex in SEXES) and not (zero_may_stand and rng.random() < 0.7):
            row[rng.choice(SEXES)] = 1
        for sex in SEXES:
            if not row[sex] and rng.random() < 0.5:
                row[sex] = ""  # an empty tally is 0


def listed_by_sex(victims: list[Row], violation: str) -> dict[str, int]:
    """How many listed victims a violation has, by the sex which their rows state."""
    counts = dict.fromkeys(SEXES, 0)
    for row in victims:
        if violation in row["violation_refs"].split(";"):
            if row["kind"] == "group":
                for sex in SEXES:
                    counts[sex] += row.get(sex) or 0
            else:
                counts[COLUMN[row["sex"]]] += 1
    return counts


def some_sources(book: Book, violations: list[str]) -> None:
    """Up to two sources of an incident, with every option word."""
    rng = book.rng
    for _ in range(rng.choice((0, 1, 1, 2))):
        linked = rng.sample(violations, rng.randint(1, len(violations)))
        row: Row = {"source_ref": book.ref("sources", "SRC"), "violation_refs": " ; ".join(linked)}
        row["category"] = rng.choice(
            ("primary_victim", "primary_witness", "primary_alleged_perpetrator", "secondary", "")
        )
        row["kind"] = rng.choice(("", "oral testimony", "document"))
        row["collected_on"] = rng.choice((None, some_day(book)))
        row["organisation"] = rng.choice(("", "ONG Espoir (inventée)"))
        row["reliability"] = rng.choice(("", "high", "medium", "low"))
        row["credibility"] = rng.choice(("", "high", "medium", "low"))
        row["consent_reporting"] = rng.choice(("", "yes", "no"))
        row["consent_sharing"] = rng.choice(("", "yes", "no"))
        book.sheets["sources"].append(row)


def blank(book_of: Gazetteer) -> Book:
    """A workbook without a row."""
    return Book(random.Random(0), book_of)
