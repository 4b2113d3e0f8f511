"""A workbook of invented incidents, as formats outside would send it: four sheets, every usual column filled."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

SEED = 20010101
INCIDENTS = (
    "incident_ref", "occurred_on", "place", "locality", "place_kind", "account_restricted", "account_shareable",
    "first_reported_on", "reporting_organisation", "state",
)  # fmt: skip
VIOLATIONS = (
    "violation_ref", "incident_ref", "type", "boys", "girls", "unknown", "parties", "status", "decided_on",
)  # fmt: skip
VICTIMS = ("victim_ref", "violation_refs", "kind", "child_ref", "sex", "age")
SOURCES = (
    "source_ref", "violation_refs", "category", "collected_on", "organisation", "reliability", "credibility",
    "consent_reporting", "consent_sharing",
)  # fmt: skip
PERSONS = ("killing", "maiming", "recruitment_use", "abduction", "sexual_violence")
EVENTS = ("attack_school", "attack_hospital", "denial_humanitarian_access")
PARTIES = ("", "", "JNIM", "JNIM", "EIGS", "FAMA", "JNIM;FAMA", "DNA")
TOLD = "Inventé. Des hommes armés sont entrés dans le village {n} à l'aube ; deux témoins l'ont dit à notre équipe. "
Sheets = dict[str, list[list[Any]]]


def sheets(incidents: int, places: list[str]) -> Sheets:
    """Headings and rows of the four sheets: 1.3 violations, 2 children and 1 source for each incident."""
    draw = random.Random(SEED)
    found: Sheets = {
        "incidents": [list(INCIDENTS)],
        "violations": [list(VIOLATIONS)],
        "victims": [list(VICTIMS)],
        "sources": [list(SOURCES)],
    }
    for number in range(incidents):
        happened = date(2024, 1, 1) + timedelta(days=draw.randrange(800))
        found["incidents"].append(
            [
                f"B{number}", happened, draw.choice(places), f"Village {number % 900}", "home",
                TOLD.format(n=number) * 4, TOLD.format(n=number), happened + timedelta(days=3),
                f"Organisation {number % 12}", "open",
            ]
        )  # fmt: skip
        refs = [f"B{number}-V{k}" for k in range(2 if number % 10 < 3 else 1)]
        for ref in refs:
            _violation(found, draw, number, ref, happened)
        found["sources"].append(
            [
                f"B{number}-S", ";".join(refs), "primary_witness", happened + timedelta(days=5),
                f"Organisation {number % 12}", "high", "medium", "yes", "no",
            ]
        )  # fmt: skip
    return found


def _violation(found: Sheets, draw: random.Random, number: int, ref: str, happened: date) -> None:
    verified = draw.random() < 0.6
    head = [ref, f"B{number}"]
    tail = [
        draw.choice(PARTIES),
        "verified" if verified else "pending",
        happened + timedelta(days=draw.randrange(20, 90)) if verified else None,
    ]
    if draw.random() < 0.25:
        found["violations"].append([*head, draw.choice(EVENTS), None, None, None, *tail])
        return
    boys, girls = draw.randrange(1, 4), draw.randrange(0, 2)
    found["violations"].append([*head, draw.choice(PERSONS), boys, girls, draw.randrange(2), *tail])
    for index in range(boys + girls):
        key = f"{ref}-K{index}" if index else ""
        sex = "boy" if index < boys else "girl"
        found["victims"].append([f"{ref}-C{index}", ref, "individual", key, sex, 6 + (number + index) % 12])


def write(path: Path, content: Sheets) -> int:
    """Write the .xlsx with true dates; gives the rows under headings."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return sum(len(rows) - 1 for rows in content.values())
