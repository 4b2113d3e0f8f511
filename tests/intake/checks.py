"""Checks of a small workbook against a small register: what is said of which cell."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from sutura.intake.checking import Checked, Known, check
from sutura.intake.layout import layout
from sutura.intake.reading import read_file
from tests.intake.workbooks import INCIDENT, VIOLATION, book, xlsx

TODAY = date(2026, 6, 30)
PARTIES = {"JNIM", "EIGS", "FAMA"}


class Register:
    """A register of places with one region, one cercle and one name which two cercles bear."""

    units = {"ml05": "Mopti", "mopti": "Mopti", "mopti / bandiagara": "Bandiagara"}

    def path(self, text):
        unit = self.units.get(text.casefold())
        return SimpleNamespace(
            unit=unit, reason="" if unit else "ambiguous" if text == "Doublon" else "unknown_name"
        )


def checked(known: Known | None = None, **rows) -> Checked:
    """The result for a workbook of these rows."""
    read = read_file(xlsx(book(**rows)), layout())
    return check(
        read, layout(), places=Register(), parties=PARTIES, today=TODAY, known=lambda wanted: known or Known()
    )


def said(known: Known | None = None, **rows) -> list[tuple[str, int, str, str]]:
    """Its faults as (sheet, row, column, code)."""
    return [(fault.sheet, fault.row, fault.column, fault.code) for fault in checked(known, **rows).faults]


def incident(**cells):
    return INCIDENT | cells


def violation(**cells):
    return VIOLATION | cells
