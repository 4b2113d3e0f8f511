"""The second account itself: the worked cases, small workbooks counted by hand, and what the big one holds."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.truth.cases import make, worked_cases
from tests.truth.figures import GRAVE, Account, Reading
from tests.truth.headings import columns
from tests.truth.messy import same_rows
from tests.truth.places import Gazetteer
from tests.truth.workbook import (
    EVENT,
    LAST,
    PERSON,
    SEXES,
    SHEETS,
    TYPES,
    Book,
    blank,
    labels,
    listed_by_sex,
    quarter_end,
)

ZERO = {"violations": 0, "children": 0, "boys": 0, "girls": 0, "unknown": 0, "children_multiple": 0}


@pytest.fixture
def empty(places: Gazetteer) -> Book:
    """A workbook without a row."""
    return blank(places)


def count(book: Book, product: str, period: str, **reading: str) -> dict[str, Any]:
    """Figures of a workbook never written to a file."""
    return Account(same_rows(book), Reading(**reading)).figures(product, period, book.map.region)


def persons(**given: tuple[int, int, int]) -> list[dict[str, Any]]:
    """The list `victims`, zeros where nothing is given."""
    rows = []
    for kind in PERSON:
        boys, girls, unknown = given.get(kind, (0, 0, 0))
        rows.append(
            {"type": kind, "boys": boys, "girls": girls, "unknown": unknown, "total": boys + girls + unknown}
        )
    return rows


def attacks(**given: int) -> list[dict[str, Any]]:
    """The list `events`, zeros where nothing is given."""
    return [{"type": kind, "count": given.get(kind, 0)} for kind in EVENT]


def case(places: Gazetteer, ref: str) -> Book:
    """One worked case alone."""
    whole = blank(places)
    worked_cases(whole)
    kept = blank(places)
    kept.sheets["incidents"] = [r for r in whole.sheets["incidents"] if r["incident_ref"] == ref]
    kept.sheets["violations"] = [r for r in whole.sheets["violations"] if r["incident_ref"] == ref]
    refs = {r["violation_ref"] for r in kept.sheets["violations"]}
    kept.sheets["victims"] = [
        r for r in whole.sheets["victims"] if refs & set(r["violation_refs"].split(";"))
    ]
    return kept


@pytest.mark.parametrize(
    ("ref", "product", "period", "told"),
    [
        ("CAS-A", "ghn", "2025-Q1", "verified"),
        ("CAS-A", "annual", "2025", "verified"),
        ("CAS-B", "ghn", "2025-Q2", "late"),
        ("CAS-B", "ghn", "2025-Q1", ""),
        ("CAS-B", "annual", "2025", "verified"),
        ("CAS-C", "ghn", "2025-Q1", "late"),
        ("CAS-C", "annual", "2025", "late"),
        ("CAS-C", "annual", "2024", ""),
        ("CAS-D", "ghn", "2025-Q1", "verified"),
        ("CAS-D", "annual", "2025", "late"),
        ("CAS-E", "ghn", "2025-Q1", "unverified"),
        ("CAS-E", "annual", "2025", "unverified"),
        ("CAS-E", "ghn", "2025-Q2", ""),
    ],
)
def test_worked_cases_a_to_e(places: Gazetteer, ref: str, product: str, period: str, told: str) -> None:
    blocks = count(case(places, ref), product, period)["blocks"]
    found = {name: blocks[name]["totals"]["violations"] for name in ("verified", "late", "unverified")}
    assert found == {"verified": 0, "late": 0, "unverified": 0} | ({told: 1} if told else {})


def test_worked_case_f_boy_abducted_and_recruited(places: Gazetteer) -> None:
    for product, period in (("ghn", "2025-Q1"), ("annual", "2025")):
        told = count(case(places, "CAS-F"), product, period)
        assert told["blocks"]["verified"] == {
            "victims": persons(abduction=(1, 0, 0), recruitment_use=(1, 0, 0)),
            "events": attacks(),
            "by_party": [
                {"party": "EIGS", "type": "recruitment_use", "count": 1},
                {"party": "EIGS", "type": "abduction", "count": 1},
            ],
            "by_region": [
                {"region": "ML05", "type": "recruitment_use", "count": 1},
                {"region": "ML05", "type": "abduction", "count": 1},
            ],
            "totals": {
                "violations": 2,
                "children": 1,
                "boys": 1,
                "girls": 0,
                "unknown": 0,
                "children_multiple": 1,
            },
        }
        assert told["multiple"] == [{"child": "CAS-F-CHILD", "types": ["recruitment_use", "abduction"]}]


def test_worked_case_g_crossfire(places: Gazetteer) -> None:
    block = count(case(places, "CAS-G"), "ghn", "2025-Q1")["blocks"]["verified"]
    assert block["by_party"] == [{"party": "crossfire:FAMA+JNIM", "type": "killing", "count": 3}]
    assert block["totals"] == ZERO | {"violations": 3, "children": 3, "boys": 1, "girls": 1, "unknown": 1}


def test_nothing_gives_every_type_with_zero(empty: Book) -> None:
    block = {"victims": persons(), "events": attacks(), "by_party": [], "by_region": [], "totals": ZERO}
    held = {"boys": 0, "girls": 0, "unknown": 0, "total": 0}
    names = ("closing_total", "sexes_sum_to_total", "party_rows_sum_to_total", "region_rows_sum_to_total")
    assert count(empty, "window", "2024-02-29..2024-02-29") == {
        "product": "window",
        "period": {"from": "2024-02-29", "to": "2024-02-29"},
        "blocks": {
            "verified": block,
            "late": block,
            "unverified": block,
            "apart": {"military_use": 0, "deprivation_liberty": held},
        },
        "multiple": [],
        "checks": [{"name": name, "holds": True} for name in (*names, "children_not_above_violations")],
    }


@pytest.fixture
def quarter(empty: Book) -> Book:
    """Two incidents in Mopti and Gao: 3 boys of whom one twice, a late girl, an attack, a detained boy."""
    here = empty.incident(date(2024, 1, 5), "Mopti / Douentza")
    killed = empty.violation(
        here, "killing", "verified", date(2024, 3, 31), boys=2, **labels(["JNIM", "EIGS"], "")
    )
    taken = empty.violation(here, "abduction", "verified", date(2024, 1, 5), boys=1, unknown=1)
    empty.violation(here, "attack_school", "verified", date(2024, 2, 1), boys=7, **labels(["FAMA"], ""))
    empty.violation(here, "deprivation_liberty", "verified", date(2024, 2, 1), boys=1)
    empty.violation(here, "military_use", "verified", date(2024, 2, 1))
    empty.victim([killed, taken], "boy", "K1")
    there = empty.incident(date(2023, 12, 31), "ML07")
    hurt = empty.violation(there, "maiming", "verified", date(2024, 1, 1), girls=1, unknown=1)
    empty.victim([hurt], "unknown", "K1")  # the same boy, in another incident and another block
    return empty


def test_a_quarter_verified_counted_by_hand(quarter: Book) -> None:
    assert count(quarter, "ghn", "2024-Q1")["blocks"]["verified"] == {
        "victims": persons(killing=(2, 0, 0), abduction=(1, 0, 1)),
        "events": attacks(attack_school=1),
        "by_party": [
            {"party": "EIGS+JNIM", "type": "killing", "count": 2},
            {"party": "FAMA", "type": "attack_school", "count": 1},
            {"party": "unidentified", "type": "abduction", "count": 2},
        ],
        "by_region": [
            {"region": "ML05", "type": "killing", "count": 2},
            {"region": "ML05", "type": "abduction", "count": 2},
            {"region": "ML05", "type": "attack_school", "count": 1},
        ],
        "totals": {
            "violations": 5,
            "children": 3,
            "boys": 2,
            "girls": 0,
            "unknown": 1,
            "children_multiple": 1,
        },
    }


def test_a_quarter_late_counted_by_hand(quarter: Book) -> None:
    """The tally stays as written; the child behind it is known to be a boy."""
    assert count(quarter, "ghn", "2024-Q1")["blocks"]["late"] == {
        "victims": persons(maiming=(0, 1, 1)),
        "events": attacks(),
        "by_party": [{"party": "unidentified", "type": "maiming", "count": 2}],
        "by_region": [{"region": "ML07", "type": "maiming", "count": 2}],
        "totals": {
            "violations": 2,
            "children": 2,
            "boys": 1,
            "girls": 1,
            "unknown": 0,
            "children_multiple": 0,
        },
    }
    by_block = count(quarter, "ghn", "2024-Q1", sex_from="block")["blocks"]["late"]["totals"]
    assert by_block == {
        "violations": 2,
        "children": 2,
        "boys": 0,
        "girls": 1,
        "unknown": 1,
        "children_multiple": 0,
    }


def test_a_quarter_apart_and_multiple_by_hand(quarter: Book) -> None:
    told = count(quarter, "ghn", "2024-Q1")
    assert told["blocks"]["apart"] == {
        "military_use": 1,
        "deprivation_liberty": {"boys": 1, "girls": 0, "unknown": 0, "total": 1},
    }
    assert told["multiple"] == [{"child": "K1", "types": ["killing", "maiming", "abduction"]}]


def test_groups_counted_by_hand(empty: Book) -> None:
    """A group of 3 abducted and used, 2 more abducted, 1 unlisted: 6 children, of whom 3 twice."""
    ref = empty.incident(date(2024, 5, 1), "ML0404", state="closed")
    taken = empty.violation(ref, "abduction", "verified", date(2024, 5, 2), boys=4, girls=2)
    used = empty.violation(ref, "recruitment_use", "verified", date(2024, 5, 2), boys=2, girls=1)
    raid = empty.violation(ref, "attack_school", "verified", date(2024, 5, 2))
    empty.victim([taken, used, raid], kind="group", boys=2, girls=1, victim_ref="BOTH")
    empty.victim([taken, raid], kind="group", boys=2, victim_ref="ONE")
    told = count(empty, "annual", "2024")
    totals = {"violations": 10, "children": 6, "boys": 4, "girls": 2, "unknown": 0, "children_multiple": 3}
    assert told["blocks"]["verified"]["totals"] == totals
    assert told["multiple"] == [{"child": "BOTH", "types": ["recruitment_use", "abduction"]}]


def test_what_is_left_out(empty: Book) -> None:
    """Void and duplicate incidents, not MRM, did not occur, other interference: none is in any block."""
    for state in ("void", "duplicate"):
        ref = empty.incident(date(2024, 5, 1), state=state)
        empty.violation(ref, "killing", "verified", date(2024, 5, 2), boys=1)
        empty.violation(ref, "killing", "pending", boys=1)
        empty.violation(ref, "military_use", "verified", date(2024, 5, 2))
    ref = empty.incident(date(2024, 5, 1))
    for status in ("not_mrm", "did_not_occur"):
        empty.violation(ref, "killing", status, date(2024, 5, 2), boys=1)
    empty.violation(ref, "attack_school", "verified", date(2024, 5, 2), attack_kind="other_interference")
    empty.violation(ref, "attack_school", "pending", attack_kind="other_interference")
    told = count(empty, "ghn", "2024-Q2")["blocks"]
    assert [told[name]["totals"] for name in ("verified", "late", "unverified")] == [ZERO] * 3
    assert told["apart"]["military_use"] == 0


def test_the_ends_of_ranges(empty: Book) -> None:
    """A range is late after the quarter of its end; open-ended never; the year asks for the first day only."""
    for more in ({"occurred_to": date(2024, 4, 2)}, {"open_ended": "yes"}, {}):
        ref = empty.incident(date(2023, 11, 30), **more)
        empty.violation(ref, "sexual_violence", "verified", date(2024, 6, 30), girls=1)
    blocks = count(empty, "ghn", "2024-Q2")["blocks"]
    assert [blocks[name]["totals"]["girls"] for name in ("verified", "late")] == [2, 1]
    blocks = count(empty, "annual", "2024")["blocks"]
    assert [blocks[name]["totals"]["girls"] for name in ("verified", "late")] == [0, 3]
    blocks = count(empty, "window", "2023-11-30..2024-06-30")["blocks"]
    assert [blocks[name]["totals"]["girls"] for name in ("verified", "late")] == [3, 0]


@pytest.mark.parametrize(("day", "end"), [("2024-02-29", "2024-03-31"), ("2024-10-01", "2024-12-31")])
def test_ends_of_quarters(day: str, end: str) -> None:
    assert quarter_end(date.fromisoformat(day)) == date.fromisoformat(end)


def test_the_regions_of_2023(places: Gazetteer) -> None:
    """Old cercles to new regions; Salam alone to Taoudénit; a region without cercle stays with its own name."""
    wanted = {
        "ML0504": "19",
        "ML0501": "17",
        "ML0605": "06",
        "ML060505": "09",
        "ML060506": "06",
        "ML03": "03",
    }
    assert {code: places.region_2023(code) for code in wanted} == wanted
    assert places.find("timbuktu/ TIMBUKTU /salam") == "ML060505"
    assert places.find("Bamba") is None
    assert len({places.region_2023(code) for code in places.names}) == 20


def test_the_workbook_holds_every_trap(book: Book) -> None:
    """Each rule of section 4 meets rows which a wrong reading would count otherwise."""
    rows = book.sheets
    facts = Account(same_rows(book)).facts
    incidents = {row["incident_ref"]: row for row in rows["incidents"]}
    assert {row["type"] for row in rows["violations"]} == set(TYPES)
    assert {row["state"] for row in rows["incidents"]} == {"", "open", "closed", "duplicate", "void"}
    assert {row["status"] for row in rows["violations"]} == {
        "verified", "pending", "could_not_verify", "not_mrm", "did_not_occur"
    }  # fmt: skip
    attributions = {row["attribution"] for row in rows["violations"]}
    assert attributions == {"", "sole", "joint", "crossfire", "unidentified"}
    timely = [f for f in facts if f.status == "verified" and f.decided_on and f.ended_on]
    late_quarter = [f for f in timely if f.decided_on > quarter_end(f.ended_on)]  # type: ignore[operator, arg-type]
    assert any(f.decided_on.year == f.occurred_on.year for f in late_quarter)  # type: ignore[union-attr]
    assert any(f.decided_on.year > f.occurred_on.year for f in late_quarter)  # type: ignore[union-attr]
    assert any(f.decided_on == quarter_end(f.ended_on) for f in timely)  # type: ignore[arg-type]
    assert any(f.status == "verified" and f.ended_on is None for f in facts)
    assert any(row.get("attack_kind") for row in rows["violations"])
    assert any(not book.map.names.get(row["place"]) for row in rows["incidents"])
    assert {len(book.map.find(row["place"]) or "") for row in rows["incidents"]} == {4, 6, 8}
    assert len(rows["incidents"]) == len(incidents)
    children = [row["child_ref"] for row in rows["victims"] if row["child_ref"]]
    assert len(set(children)) < len(children)
    for product, period in (("annual", "2023"), ("ghn", "2023-Q2")):
        told = Account(same_rows(book)).figures(product, period, book.map.region)
        assert all(
            told["blocks"][name]["totals"]["violations"] for name in ("verified", "late", "unverified")
        )


def test_listed_victims_never_exceed_the_count(book: Book) -> None:
    """The clean workbook is clean."""
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in book.sheets["victims"]:
        for ref in row["violation_refs"].split(";"):
            listed.setdefault(ref, []).append(row)
    for row in book.sheets["violations"]:
        if row["type"] not in (*EVENT, "military_use"):
            counts = listed_by_sex(listed.get(row["violation_ref"], []), row["violation_ref"])
            assert all(counts[sex] <= (row[sex] or 0) for sex in SEXES), row


def test_checks_hold_and_blocks_add_up(book: Book, places: Gazetteer) -> None:
    """The sums close in every quarter; the four quarters hold what the year decided, whichever block."""
    account = Account(same_rows(book))
    for region in (places.region, places.region_2023):
        for year in (2022, 2023, 2024):
            told = account.figures("annual", str(year), region)
            quarters = [account.figures("ghn", f"{year}-Q{n}", region) for n in (1, 2, 3, 4)]
            assert all(check["holds"] for one in (told, *quarters) for check in one["checks"])
            for names in (("verified", "late"), ("unverified",)):
                whole = sum(told["blocks"][name]["totals"]["violations"] for name in names)
                parts = sum(one["blocks"][name]["totals"]["violations"] for one in quarters for name in names)
                assert whole == parts


def test_geographies_differ_in_regions_only(book: Book, places: Gazetteer) -> None:
    account = Account(same_rows(book))
    old, new = (account.figures("annual", "2023", region) for region in (places.region, places.region_2023))
    for told in (old, new):
        for name in ("verified", "late", "unverified"):
            told["blocks"][name]["by_region"] = {
                kind: sum(r["count"] for r in told["blocks"][name]["by_region"] if r["type"] == kind)
                for kind in GRAVE
            }
    assert old == new


def test_seeds_repeat(places: Gazetteer) -> None:
    one, same, other = (make(60, seed=s, book_of=places).sheets for s in (1, 1, 2))
    assert one == same
    assert one != other
    assert [len(columns(sheet)) for sheet in SHEETS] == [16, 13, 10, 10]
    assert max(row["occurred_on"] for row in one["incidents"] if "CAS" not in row["incident_ref"]) <= LAST


def test_no_code_is_shared_with_the_product() -> None:
    """A second account is worth what its independence is worth."""
    for file in Path(__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("sutura", "django") for name in names), file.name
