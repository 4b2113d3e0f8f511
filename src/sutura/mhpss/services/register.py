"""Load the lists of codes: a list already there is left as it is, a new version is a new list."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import keep_all, record
from sutura.mhpss.models import CodeList, Crosswalk, Term

FOLDER = Path(__file__).parent.parent / "register"


@transaction.atomic
def load_register(*, by: Any, folder: Path = FOLDER) -> int:
    """Take in the lists which are not there yet, with their codes and crosswalks; how many."""
    require(by, "mhpss.review", "")
    known = set(CodeList.objects.values_list("code", flat=True))
    rows = [row for row in _rows(folder / "schemes.csv") if row["code"] not in known]
    if not rows:
        return 0
    made = keep_all(CodeList, [_list(row) for row in rows], by=by, why="register")
    by_code = {each.code: each for each in made}
    terms = [
        Term(**{**row, "scheme": by_code[row["scheme"]]})
        for row in _rows(folder / "terms.csv")
        if row["scheme"] in by_code
    ]
    keep_all(Term, terms, by=by, why="register")
    _tie(folder, set(by_code), by=by)
    record(by, "mhpss.load_register", fields=" ".join(by_code))
    return len(made)


def _tie(folder: Path, fresh: set[str], *, by: Any) -> None:
    """Crosswalks in which a list that is new takes part."""
    known = {(each.scheme.code, each.code): each for each in Term.objects.select_related("scheme")}
    keep_all(
        Crosswalk,
        [
            Crosswalk(
                term=known[row["scheme"], row["code"]], other=known[row["to_scheme"], row["to_code"]],
                relation=row["relation"],
            )
            for row in _rows(folder / "crosswalks.csv")
            if {row["scheme"], row["to_scheme"]} & fresh
        ],
        by=by,
        why="register",
    )  # fmt: skip


def _list(row: dict[str, str]) -> CodeList:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    flags = {name: row[name] == "1" for name in ("is_active", "official")}
    return CodeList(**{**row, **days, **flags})


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
