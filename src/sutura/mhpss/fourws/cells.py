"""One value as a cell that people read, and a cell that people wrote as a value: each is the inverse of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.shape import CHOICES, DAYS, FLAGS, NUMBERS, staff_of, staff_text
from sutura.places.rules import plain

AGES = re.compile(r"^(?:(\d{1,3})\s*)?[–-]\s*(\d{1,3})(?:\s*ans|\s*years)?$|^(\d{1,3})\s*\+$")
SPANNED = re.compile(r"(\d{1,3})\s*(?:[–-]|à|a|to)\s*(\d{1,3})\s*(?:ans|years)?")
STAFF = re.compile(r"^(.+?)\s*:\s*(\d+)\s*F\w*\s*,?\s*(\d+)\s*[HM]\w*$", re.IGNORECASE)
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
YES = {"oui", "yes", "1", "true", "vrai", "x"}
NO = {"non", "no", "0", "false", "faux"}


class Wrong(Exception):
    """A cell that says nothing we understand: one sentence that says what to write instead."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def written(field: str, said: dict[str, str], catalogue: Catalogue, language: str) -> str | int:
    """The cell of one field; `said` is the whole service as text."""
    text = said[field]
    if field == "groups":
        return "; ".join(filter(None, [*catalogue.words(ListKind.GROUP, text.split()), ages(said)]))
    if field == "codes":
        return "; ".join(text.split())
    if field in LISTS:
        return "; ".join(catalogue.words(LISTS[field], text.split()))
    if field == "staff":
        return "; ".join(_staff(text, catalogue, language))
    if field in CHOICES:
        return _labels(field, language)[text] if text else ""
    if field in FLAGS:
        return {"1": "oui" if language == "fr" else "yes", "0": "non" if language == "fr" else "no"}.get(
            text, ""
        )
    return int(text) if field in NUMBERS and text else text


def ages(said: dict[str, str]) -> str:
    """`6–17`, `6+`, `–17`, or nothing."""
    low, high = said["min_age"], said["max_age"]
    return f"{low}–{high}" if high else f"{low}+" if low else ""


def _staff(text: str, catalogue: Catalogue, language: str) -> list[str]:
    known, men = catalogue.of(ListKind.CADRE), "H" if language == "fr" else "M"
    return [
        f"{known.get(cadre, cadre)}: {women} F, {number} {men}"
        for cadre, (women, number) in staff_of(text).items()
    ]


@cache
def _labels(field: str, language: str) -> dict[str, str]:
    with override(language):
        return {value: str(label) for value, label in CHOICES[field].choices}


@cache
def _spelt(field: str) -> dict[str, str]:
    found = {plain(value): value for value in CHOICES[field].values if value}
    for language in ("fr", "en"):
        found |= {plain(label): value for value, label in _labels(field, language).items() if value}
    return found


def read(field: str, cell: Any, catalogue: Catalogue) -> dict[str, str]:
    """What a cell says, as text by field; raises Wrong."""
    text = "" if cell is None else str(cell).strip()
    if text[:2] in {"'=", "'+", "'-", "'@"}:
        text = text[1:]  # the mark that keeps a spreadsheet from running it
    reader = READERS.get(field)
    if reader:
        return reader(text, catalogue)
    if field in LISTS:
        return {field: _codes(field, text, catalogue)}
    if field in CHOICES:
        return {field: _choice(field, text)}
    if field in DAYS:
        return {field: _day(text)}
    if field in NUMBERS:
        return {field: _number(text)}
    if field in FLAGS:
        return {field: _flag(field, text)}
    return {field: text}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n|]", text) if part.strip()]


def _codes(field: str, text: str, catalogue: Catalogue) -> str:
    found = []
    for part in _parts(text):
        code = catalogue.code_of(LISTS[field], part)
        if not code:
            raise Wrong(
                _("“%(text)s” is not in the list. Write a code or its words; several are separated by ;")
                % {"text": part[:60]}
            )
        found.append(code)
    return catalogue.ordered(LISTS[field], found)


def _groups(text: str, catalogue: Catalogue) -> dict[str, str]:
    low = high = ""
    groups = []
    for part in _parts(text):
        alone, spanned = AGES.match(part), SPANNED.search(part)
        if alone:
            low, high = alone[1] or alone[3] or "", alone[2] or ""
        elif spanned:
            low, high = spanned[1], spanned[2]
            groups.append(part[: spanned.start()].strip(" (,:-"))
        else:
            groups.append(part)
    codes = _codes("groups", ";".join(filter(None, groups)), catalogue)
    return {"groups": codes, "min_age": low and str(int(low)), "max_age": high and str(int(high))}


def _staff_of(text: str, catalogue: Catalogue) -> dict[str, str]:
    found = []
    for part in _parts(text):
        match = STAFF.match(part)
        cadre = catalogue.code_of(ListKind.CADRE, match[1]) if match else ""
        if match is None or not cadre:
            raise Wrong(
                _("Write each cadre as “Psychologists: 2 F, 1 M”, with ; between; “%(text)s” is not so.")
                % {"text": part[:60]}
            )
        found.append((cadre, int(match[2]), int(match[3])))
    return {"staff": staff_text(found)}


def _choice(field: str, text: str) -> str:
    if not text:
        return {"precision": "site", "sex": "all", "state": "running", "working": "yes"}.get(field, "")
    found = _spelt(field).get(plain(text))
    if found is None:
        answers = ", ".join(str(label) for value, label in CHOICES[field].choices if value)
        raise Wrong(
            _("“%(text)s” is not one of the answers: %(answers)s.") % {"text": text[:60], "answers": answers}
        )
    return found


def _day(text: str) -> str:
    if not text:
        return ""
    if text.isdigit() and 20_000 < int(text) < 80_000:
        return (EPOCH + timedelta(days=int(text))).isoformat()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise Wrong(_("“%(text)s” is not a day. Write it as 2026-11-21 or 21/11/2026.") % {"text": text[:60]})


def _number(text: str) -> str:
    if text and not text.isdigit():
        raise Wrong(
            _("“%(text)s” is not a whole number. Write digits alone, or leave it empty.")
            % {"text": text[:60]}
        )
    return str(int(text)) if text else ""


def _flag(field: str, text: str) -> str:
    word = plain(text)
    if word in YES:
        return "1"
    if word in NO or not word:
        return "0" if field == "supervised" and word else ""
    raise Wrong(_("Write yes or no here."))


def _coverage(text: str, _catalogue: Catalogue) -> dict[str, str]:
    return {"coverage": " ".join(sorted(text.replace(";", " ").replace(",", " ").upper().split()))}


READERS: dict[str, Callable[[str, Catalogue], dict[str, str]]] = {
    "groups": _groups, "staff": _staff_of, "coverage": _coverage,
}  # fmt: skip
