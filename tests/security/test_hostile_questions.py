"""Whatever is asked in an address, the answer is a page: never a failure, never the words of a failure."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.security.addresses import Case, list_cases, record_cases
from tests.security.conftest import visiting
from tests.security.pages import text_of

LONG = "9" * 40
NAMES = (
    "after", "before", "as_at", "q", "page", "tab", "region", "type", "state", "since", "age", "period", "product",
    "geography", "edition", "party", "status", "first", "last", "same_as", "cercle", "kind", "violations", "lang",
    "figure", "ref", "axis", "level", "years", "act", "actor", "record", "stage", "before_day", "after_day", "place",
    "occurred_on", "boys", "next", "name", "title", "types",
)  # fmt: skip
WORDS = (
    "", "x", "-1", LONG, "\x00", "²", "'\"><script>", "٣", "%", "_", "0001-01-01", "9999-12-31",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-02-01T25:00:00", "..", "../../etc",
    "9999-12-31~1", f"2026-01-01~{LONG}", f"2026-02-01T00:00:00+00:00~{LONG}", f"{LONG}~{LONG}", "1~2~3", "=1+1",
    "0001", "9999", "0001-Q1", "9999-Q4", "0001-01-01..9999-12-31", "9999-12-31..0001-01-01", "ghn", "annual",
    "verified/by_party/x/killing", "verified/", "NaN", "1e400", "\ud7ff", "é" * 300, "ML05", "2025-W01-1", "now",
)  # fmt: skip

RECORDS = "/reporting/records/?product=ghn&period=2026-Q1"
COMPARE = "/reporting/compare/?product=ghn&period=2026-Q1"


def once_each(cases: list[Case]) -> list[Case]:
    """One address of each name, without its query."""
    found = {
        case.name: Case(case.name, case.url.partition("?")[0], case.insider) for case in cases if case.insider
    }
    return list(found.values())


@pytest.mark.slow
def test_no_question_makes_a_page_fail(scene: SimpleNamespace, db: None) -> None:
    """Each list with one hostile word in every one of its questions at once, and in those of a cursor or a moment."""
    failed = {}
    cases = once_each([*list_cases(scene.mopti), *record_cases(scene.mopti, scene.nation)])
    lists = {case.name for case in list_cases(scene.mopti)}
    clients = {name: visiting(getattr(scene.who, name)) for name in {case.insider for case in cases}}
    for number, case in enumerate(cases):
        # The page of one record asks little of its address: some of the words, others for each page.
        for word in WORDS if case.name in lists else WORDS[number % 6 :: 6]:
            asked = "&".join(f"{name}={quote(word)}" for name in NAMES)
            answer = clients[case.insider].get(f"{case.url}?{asked}")
            text_of(answer)
            if answer.status_code >= 500:
                failed[f"{case.url} {word[:40]!r}"] = answer.status_code
    assert failed == {}


@pytest.mark.parametrize(
    ("name", "url", "names"),
    [
        ("awa", "/incidents/", ("after", "first", "last", "ref", "region", "party")),
        ("awa", "/alerts/", ("after", "before", "since", "age")),
        ("awa", "/alerts/?tab=leads", ("after", "before")),
        ("awa", "/alerts/mine/", ("after", "before")),
        ("moussa", "/verification/", ("after", "before", "age", "stage")),
        ("awa", "/audit/", ("before", "first", "last", "act", "record")),
        ("awa", "/search/", ("q",)),
        ("awa", "/places/", ("q", "edition", "geography")),
        ("awa", "/parties/", ("q", "type")),
        ("awa", "/reporting/notes/2026-Q1/", ("as_at", "geography")),
        ("awa", "/reporting/figures/?product=annual&period=2026", ("as_at", "geography")),
        ("awa", "/reporting/figures/?product=window", ("period",)),
        ("awa", "/reporting/figures/?product=annual", ("period",)),
        ("awa", "/reporting/figures/?product=ghn", ("period",)),
        ("awa", RECORDS, ("figure",)),
        ("awa", f"{RECORDS}&figure=verified/totals/violations", ("as_at", "page", "geography")),
        ("awa", COMPARE, ("before", "after", "before_day", "after_day", "figure")),
        ("awa", f"{COMPARE}&before=now", ("after", "after_day", "figure")),
        ("awa", "/reporting/trends/", ("axis", "level", "status", "kind", "years", "geography")),
        ("chair", "/disclosure/ghn/2026-Q1/figures.json", ("as_at", "edition", "geography", "lang")),
        ("chair", "/disclosure/ghn/2026-Q1/note.html", ("lang", "as_at")),
        ("chair", "/disclosure/annual/2026/figures.xlsx", ("as_at",)),
    ],
)  # fmt: skip
def test_no_word_in_a_question_makes_a_page_fail(
    scene: SimpleNamespace, db: None, name: str, url: str, names: tuple[str, ...]
) -> None:
    client, failed = visiting(getattr(scene.who, name)), {}
    join = "&" if "?" in url else "?"
    for asked in names:
        for word in WORDS:
            address = f"{url}{join}{asked}={quote(word)}"
            if client.get(address).status_code >= 500:
                failed[address[:120]] = 500
    assert failed == {}


def test_no_word_in_a_path_makes_a_page_fail(scene: SimpleNamespace, db: None) -> None:
    incident, client = scene.mopti.incident.public_id, visiting(scene.who.moussa)
    keeper = visiting(scene.who.secretary)
    failed = {}
    for word in WORDS:
        there = quote(word, safe="")
        for address in (
            f"/reporting/notes/{there}/", f"/disclosure/ghn/{there}/figures.json",
            f"/disclosure/{there}/2026/figures.json",
            f"/places/{there}/", f"/incidents/{incident}/steps/{there}/", f"/{there}/", f"/incidents/{there}/",
        ):  # fmt: skip
            for browser in (client, keeper):
                if browser.get(address).status_code >= 500:
                    failed[address] = 500
        if keeper.get(f"/reporting/freeze/annual/{there}/").status_code >= 500:
            failed[f"freeze {word}"] = 500
    assert failed == {}
    # PostgreSQL cannot even search for it; SQLite can, and finds nothing.
    assert client.get("/places/%00/").status_code == 404


def test_a_region_that_is_none_is_a_fault_of_the_form(scene: SimpleNamespace, db: None) -> None:
    """PostgreSQL refuses a null character in any question put to it."""
    client = visiting(scene.who.awa)
    for page in ("alerts:new", "incidents:new"):
        assert client.post(reverse(page), {"region": "\0"}).status_code == 422
