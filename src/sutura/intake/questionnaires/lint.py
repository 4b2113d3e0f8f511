"""What a form must not ask of a phone in the field, told with its row: some is refused, the rest is remarked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

NAME = re.compile(
    r"(?:\b|_)(pr[ée]noms?|noms?|surnom|identit[ée]|full ?name|first ?name|last ?name|surname|names?)(?:\b|_)",
    re.IGNORECASE,
)
OF_A_THING = re.compile(
    r"village|lieu|localit|commune|cercle|r[ée]gion|[ée]cole|school|h[ôo]pital|centre|site|structure|service"
    r"|organi[sz]ation|place|facility|group",
    re.IGNORECASE,
)
PICTURES = ("image", "photo", "video", "annotate")
TELLS_WHO = ("deviceid", "phonenumber", "simserial", "subscriberid", "username", "email")
FOLLOWS = ("start-geopoint", "background-geopoint", "geotrace")
ACTION = re.compile(r"<submission\b[^>]*\baction=")
FRENCH = re.compile(r"fran[çc]ais|\bfr\b|french", re.IGNORECASE)
FIRST = 2  # the row below the headings


@dataclass(frozen=True)
class Judged:
    """Why a form is refused, and what is remarked."""

    refused: tuple[str, ...]
    remarks: tuple[str, ...]


def judge(rows: Sequence[Mapping[str, str]], settings: Mapping[str, str], xform: str) -> Judged:
    """All that is wrong with a form, or may be."""
    refused = []
    if settings.get("submission_url") or ACTION.search(xform):
        refused.append(
            _("Row 2 of the settings sheet sends records to another server (submission_url). Take it out.")
        )
    return Judged(tuple(refused), (*_remarks(rows), *_words(rows, settings)))


def _remarks(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for number, row in enumerate(rows, start=FIRST):
        kind = row.get("type", "").split(" ")[0].lower()
        said = " ".join(value for name, value in row.items() if name == "name" or name.startswith("label"))
        if kind == "text" and NAME.search(said) and not OF_A_THING.search(said):
            yield _at(number, _("it asks for the name of a person. A code is enough here."))
        if kind in PICTURES:
            yield _at(number, _("it takes a picture, which may show a child or carry a place."))
        if kind == "audit" and "location" in row.get("parameters", ""):
            yield _at(number, _("it notes where the phone was all the time (location audit)."))
        if kind == "background-audio":
            yield _at(number, _("it records what is said without anybody’s knowing."))
        if kind in FOLLOWS:
            yield _at(number, _("it notes where the phone is."))
        if kind in TELLS_WHO:
            yield _at(number, _("it tells whose phone it is."))


def _words(rows: Sequence[Mapping[str, str]], settings: Mapping[str, str]) -> Iterator[str]:
    """Each question in French, where the form has languages at all."""
    columns = {name for row in rows for name in row if name.startswith("label:")}
    french = {name for name in columns if FRENCH.search(name)}
    if (columns and not french) or (
        not columns and settings.get("default_language") and not _is_french(settings)
    ):
        yield _("The form has no French.")
    for number, row in enumerate(rows, start=FIRST):
        if french and columns & row.keys() and not french & row.keys():
            yield _at(number, _("it has no French label."))


def _is_french(settings: Mapping[str, str]) -> bool:
    return bool(FRENCH.search(settings["default_language"]))


def _at(number: int, what: str) -> str:
    return _("Row %(number)s of the survey sheet: %(what)s") % {"number": number, "what": what}
