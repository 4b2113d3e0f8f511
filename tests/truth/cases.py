"""The incidents which the workbook always holds: the worked cases of mrm.md 4 and the traps around them."""

from __future__ import annotations

import random
from datetime import date

from tests.truth.places import Gazetteer
from tests.truth.workbook import (
    Book,
    labels,
    set_tallies,
    some_incident,
    some_sources,
    some_victims,
    some_violations,
)


def worked_cases(book: Book) -> None:
    """Cases a to g (h, verified without a date, is among the planted faults)."""
    for ref, day, status, decided in (
        ("CAS-A", date(2025, 2, 10), "verified", date(2025, 3, 20)),
        ("CAS-B", date(2025, 2, 10), "verified", date(2025, 4, 5)),
        ("CAS-C", date(2024, 12, 15), "verified", date(2025, 1, 10)),
        ("CAS-E", date(2025, 2, 10), "pending", None),
    ):
        book.violation(book.incident(day, incident_ref=ref), "killing", status, decided, boys=1)
    case_d = book.incident(date(2024, 11, 1), incident_ref="CAS-D", open_ended="yes")
    book.violation(
        case_d, "recruitment_use", "verified", date(2025, 1, 10), boys=1, **labels(["JNIM"], "sole")
    )
    case_f = book.incident(date(2025, 2, 1), incident_ref="CAS-F")
    both = [
        book.violation(case_f, kind, "verified", date(2025, 3, 1), boys=1, **labels(["EIGS"], ""))
        for kind in ("recruitment_use", "abduction")
    ]
    book.victim(both, "boy", "CAS-F-CHILD", age=14)
    case_g = book.incident(date(2025, 2, 2), incident_ref="CAS-G")
    fire = labels(["JNIM", "FAMA"], "crossfire")
    book.violation(case_g, "killing", "verified", date(2025, 3, 2), boys=1, girls=1, unknown=1, **fire)


def one_child_in_many_places(book: Book) -> None:
    """One child across incidents, regions and types; its sex told once; proof by links that do not count."""
    first = book.incident(date(2023, 5, 2), "Gao", incident_ref="MUL-1")
    told = book.violation(first, "recruitment_use", "verified", date(2023, 6, 30), girls=1)
    book.victim([told], "girl", "MUL-CHILD", age=16, age_estimated="yes")
    second = book.incident(date(2023, 5, 20), "Timbuktu / Timbuktu / Salam", incident_ref="MUL-2")
    again = book.violation(second, "recruitment_use", "verified", date(2023, 6, 1), unknown=2)
    twice = book.violation(second, "recruitment_use", "verified", date(2023, 7, 1), unknown=1)
    school = book.violation(second, "attack_school", "verified", date(2023, 6, 1), unknown=0)
    held = book.violation(second, "deprivation_liberty", "verified", date(2023, 6, 2), unknown=1)
    book.victim([again, school], "unknown", "MUL-CHILD")
    book.victim([twice, held], "", "MUL-CHILD")
    third = book.incident(date(2023, 6, 3), "ML1001", incident_ref="MUL-3", state="void")
    gone = book.violation(third, "abduction", "verified", date(2023, 6, 9), girls=1)
    book.victim([gone], "girl", "MUL-CHILD")
    fourth = book.incident(date(2023, 6, 4), "Ménaka / Ménaka", incident_ref="MUL-4", state="closed")
    pending = book.violation(fourth, "killing", "pending", None, girls=1, **labels(["EIGS", "DNA"], ""))
    book.victim([pending], "girl", "MUL-CHILD")
    fifth = book.incident(date(2023, 6, 5), "bamako", incident_ref="MUL-5")
    only_event = book.violation(fifth, "attack_hospital", "verified", date(2023, 6, 5), boys=0)
    book.victim([only_event], "boy", "EVENT-ONLY")


def groups(book: Book) -> None:
    """A group with one violation, a group with two, members left over, and a group that only proves an attack."""
    ref = book.incident(date(2022, 8, 15), "Ségou / Niono", incident_ref="GRP-1")
    taken = book.violation(ref, "abduction", "verified", date(2022, 9, 30), boys=6, girls=3, unknown=4)
    used = book.violation(ref, "recruitment_use", "verified", date(2022, 10, 1), boys=4, girls=1, unknown=2)
    raid = book.violation(ref, "attack_school", "verified", date(2022, 9, 30), boys=9)
    book.victim([taken, used, raid], kind="group", boys=3, girls=1, unknown=2, victim_ref="GRP-TWICE")
    book.victim([taken], kind="group", boys=2, girls=0, unknown="", victim_ref="GRP-ONCE")
    book.victim([raid], kind="group", boys=20, girls=20, unknown=20, victim_ref="GRP-PROOF")
    same = book.incident(date(2022, 8, 31), "Koulikoro", incident_ref="GRP-2")
    pair = [book.violation(same, "maiming", "verified", date(2022, 9, 1), girls=2) for _ in range(2)]
    book.victim(pair, kind="group", girls=2, victim_ref="GRP-SAME-TYPE")


def make(n: int = 2000, seed: int = 1, *, book_of: Gazetteer) -> Book:
    """A workbook of `n` invented incidents (at least 14) from 2022 to early 2025."""
    book = Book(random.Random(seed), book_of)
    worked_cases(book)
    one_child_in_many_places(book)
    groups(book)
    while len(book.sheets["incidents"]) < n:
        some_incident(book)
        if book.rng.random() < 0.03:
            continue  # an incident may have no violation yet
        incident = book.sheets["incidents"][-1]
        before = len(book.sheets["victims"])
        violations = some_violations(book, incident)
        some_victims(book, violations)
        set_tallies(book, violations, since=before)
        some_sources(book, violations)
    return book
