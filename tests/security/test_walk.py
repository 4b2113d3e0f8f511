"""Every address, as every member of the cast: nothing of Mopti for those who have no business there."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pyrage
import pytest

from sutura.disclosure.services import exports as disclosure
from tests.laws.test_addresses import addresses
from tests.security.addresses import (
    Case,
    body_cases,
    common_cases,
    known,
    list_cases,
    lists,
    organisation_cases,
    record_cases,
    shelved_cases,
)
from tests.security.canaries import SEEN
from tests.security.caring import FILES_OF_CARE
from tests.security.conftest import Reading, visiting
from tests.security.pages import Elements, steady, text_of
from tests.security.world import QUARTER

COMPARED = True
REFUSED = {403, 404, 405}
CSP = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'; "
    "worker-src 'self'"
)
FILE_CSP = "default-src 'none'; sandbox"
FILES = {
    "disclosure:note_docx", "disclosure:note_html", "disclosure:figures_xlsx",
    "disclosure:figures_json", "disclosure:take", "intake:faults", "intake:template", "coordination:paper_file",
    "coordination:terms_paper_file", "coordination:scan_file", "coordination:paper_pdf",
    "coordination:terms_paper_pdf", "coordination:publication_pdf",
    "coordination:evidence_file", "coordination:publication_file", "coordination:plan_file",
    "coordination:event_book", "library:version_file", "library:use_file",
    "mhpss:changes_file", "mhpss:export", "mhpss:invitation_sheet",
    "capacity:register_file",
    "indicators:export_file", "indicators:dhis2_json", "response:programme_book", *FILES_OF_CARE,
}  # fmt: skip


def every_case(scene: SimpleNamespace) -> list[Case]:
    named = [
        *record_cases(scene.mopti, scene.nation),
        *body_cases(scene.mopti),
        *shelved_cases(scene.mopti),
        *organisation_cases(scene.mopti),
    ]
    return [*named, *list_cases(scene.mopti), *common_cases()]


def leaked(scene: SimpleNamespace, url: str, text: str) -> list[str]:
    """Canaries, references and public ids of Mopti in a text, but for those which the address itself names."""
    found = list(scene.canaries.seen_in(text).values())
    return found + [mark for mark in scene.mopti.marks if mark in text and mark not in url]


def test_every_address_is_classified(scene: SimpleNamespace, db: None) -> None:
    assert {name for name, _address, _view in addresses()} == known()
    listed = {case.name for case in list_cases(scene.mopti)}
    assert listed == set(lists(scene.mopti))
    assert listed <= known()


def test_each_address_opens_for_somebody_and_shows_something(
    scene: SimpleNamespace, reading: Reading
) -> None:
    """The walk would prove nothing if the pages were empty or their arguments wrong."""
    wrong, seen = {}, {}
    for case in every_case(scene):
        if not case.insider:
            continue
        answer, text = reading(getattr(scene.who, case.insider), case.url)
        if answer.status_code != 200 and case.name not in ("desk:search",):
            wrong[case.url] = f"{case.insider}: {answer.status_code}"
        if answer.status_code == 200:
            seen |= scene.canaries.seen_in(text)
    sealed = visiting(scene.who.awa)
    for case in (case for case in every_case(scene) if case.name == "incidents:open"):
        seen |= scene.canaries.seen_in(text_of(sealed.post(case.url, {"why": "relecture"})))
    assert wrong == {}
    unseen = {field for token, field in scene.canaries.fields.items() if token not in seen}
    # Long lists of optional details are told on one page; whatever is never shown proves nothing about leaks.
    assert len(unseen) < len(scene.canaries.fields) / 3, sorted(unseen)
    assert {token for token in seen if token.startswith("zqr")}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door(scene: SimpleNamespace, db: None, method: str) -> None:
    for account in (None, scene.who.closed):
        client = visiting(account)
        for case in every_case(scene)[:: 1 if account is None else 9]:
            answer = getattr(client, method)(case.url)
            assert (answer.status_code, "/sign-in/" in answer.get("Location", "")) == (302, True), case
            assert answer.content == b""


def test_no_outsider_opens_a_record_of_mopti(scene: SimpleNamespace, db: None) -> None:
    wrong = {}
    for name, account in scene.who.outsiders.items():
        client = visiting(account)
        for case in record_cases(scene.mopti, scene.nation):
            wrong |= opened(scene, f"{name} {case.url}", client.get(case.url), case)
    assert wrong == {}


def opened(scene: SimpleNamespace, what: str, answer: Any, case: Case) -> dict[str, Any]:
    """What is wrong with an answer that must be a refusal without a word of Mopti."""
    told = leaked(scene, case.url, text_of(answer))
    return {what: (answer.status_code, told[:5])} if answer.status_code not in REFUSED or told else {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_outsider_opens_a_body_of_mopti(scene: SimpleNamespace, db: None, method: str) -> None:
    """Fatou coordinates in the whole country; a member of a body of Kayes is as far from Mopti as anybody."""
    names = ("oumar", "ended", "secretariat of Kayes", "body_member of Kayes")
    away = {name: account for name, account in scene.who.outsiders.items() if name in names}
    away["delegate of Kayes"] = scene.kayes.gathering.member.account
    assert len(away) == 5
    wrong = {}
    for name, account in away.items():
        client = visiting(account)
        for case in body_cases(scene.mopti):
            answer = getattr(client, method)(case.url)
            if answer.status_code not in REFUSED:
                wrong[f"{name} {method} {case.url}"] = answer.status_code
    assert wrong == {}
    assert (
        visiting(scene.mopti.gathering.member.account)
        .get(scene.mopti.gathering.body.get_absolute_url())
        .status_code
        == 200
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_outsider_opens_the_library_and_the_partners_of_mopti(
    scene: SimpleNamespace, db: None, method: str
) -> None:
    """These have no members: the regions of the grant decide alone."""
    names = ("oumar", "ended", "secretariat of Kayes", "body_member of Kayes")
    away = {name: account for name, account in scene.who.outsiders.items() if name in names}
    assert len(away) == 4
    told = {
        f"{name} {method} {case.url}": getattr(visiting(account), method)(case.url).status_code
        for name, account in away.items()
        for case in shelved_cases(scene.mopti)
    }
    assert {what: status for what, status in told.items() if status not in REFUSED} == {}


def test_a_withdrawn_grant_opens_nothing_from_the_next_request_on(scene: SimpleNamespace, db: None) -> None:
    client = visiting(scene.who.withdrawn)
    for case in list(record_cases(scene.mopti, scene.nation))[::7]:
        assert client.get(case.url).status_code in REFUSED, case


def test_no_outsider_finds_anything_of_mopti_in_a_list(scene: SimpleNamespace, db: None) -> None:
    """Not a word, not a reference, not a number: each list reads as it did before Mopti had a record."""
    wrong: dict[str, Any] = {}
    looked = 0
    for name, account in scene.who.outsiders.items():
        client = visiting(account)
        for case in (*list_cases(scene.mopti), *common_cases()):
            if not case.insider:
                continue
            answer = client.get(case.url)
            text = text_of(answer)
            told = leaked(scene, case.url, text)
            if answer.status_code >= 500 or told:
                wrong[f"{name} {case.url}"] = (answer.status_code, told[:5])
            before = scene.before[name].get(case.url)
            # One's own log has grown by what one took; Fatou's home tells what waits in bodies of the country.
            grown = case.name == "desk:audit" or (name, case.name) == ("fatou", "desk:home")
            if before is not None and not grown:
                looked += 1
                different = first_difference(before, (answer.status_code, steady(text)))
                if different:
                    wrong[f"{name} {case.url} was"] = different
    assert wrong == {}
    assert looked > 100


def first_difference(before: tuple[int, str], after: tuple[int, str]) -> object:
    """Where two answers part."""
    if before == after:
        return None
    lines = zip(before[1].splitlines(), after[1].splitlines(), strict=False)
    return (before[0], after[0], next((pair for pair in lines if pair[0] != pair[1]), "length"))


def test_posting_opens_no_record_and_changes_nothing_of_mopti(scene: SimpleNamespace, db: None) -> None:
    before, wrong = state_of(scene), {}
    said = {"why": "zq", "reason": "zq", "q": "zq", "status": "verified"}
    for name, account in scene.who.outsiders.items():
        client = visiting(account)
        for case in record_cases(scene.mopti, scene.nation):
            wrong |= opened(scene, f"{name} {case.url}", client.post(case.url, said), case)
        for case in list_cases(scene.mopti):
            assert client.post(case.url, said).status_code < 500, case
    assert wrong == {}
    assert state_of(scene) == before


def state_of(scene: SimpleNamespace) -> dict[str, Any]:
    """Every version of every record of Mopti, counted; and the words of the sittings."""
    found: dict[str, Any] = {}
    for record in (*scene.mopti.records(), scene.nation.sitting, scene.nation.closed_sitting):
        fresh = type(record).objects.get(pk=record.pk)
        key = f"{record._meta.model_name} {record.pk}"
        found[key] = [getattr(fresh, column.attname) for column in record._meta.concrete_fields]
        if hasattr(record, "history"):
            found[f"{key} versions"] = fresh.history.count()
    violations = [one.pk for one in scene.mopti.incident.violations.all()]
    found["opinions"] = type(scene.mopti.opinions[0]).objects.filter(violation__in=violations).count()
    found["clearances"] = scene.nation.edition.clearances.count()
    found["staged"] = type(scene.nation.staged).objects.count()
    found["items"] = type(scene.mopti.item).objects.count()
    return found


@pytest.mark.parametrize("name", ["chair", "secretary", "mixed"])
def test_without_the_right_no_restricted_word_is_read(
    scene: SimpleNamespace, reading: Reading, name: str
) -> None:
    """The principal and the secretariat read the shareable account: now, as at any moment, and in the story.

    What one may read in Kayes opens nothing in Mopti.
    """
    account, wrong, read = getattr(scene.who, name), {}, 0
    client = visiting(account)
    for case in every_case(scene):
        answer, text = reading(account, case.url)
        read += answer.status_code == 200
        if case.name == "incidents:open":
            text += text_of(client.post(case.url, {"why": "curieux"}))
        told = scene.canaries.restricted_in(text)
        # Alerts are triaged by who reads them (roles): their words are restricted with their own permission.
        told = {
            token: field
            for token, field in told.items()
            if not (name == "secretary" and field.startswith("alert."))
        }
        if told:
            wrong[case.url] = told
    assert read > 20
    assert wrong == {}


def test_every_page_of_a_person_is_kept_by_nobody_and_holds_nothing_inline(
    scene: SimpleNamespace, reading: Reading
) -> None:
    wrong: dict[str, Any] = {}
    looked = 0
    for name in ("awa", "chair", "secretary", "oumar", "auditor"):
        for case in every_case(scene):
            answer, _text = reading(getattr(scene.who, name), case.url)
            looked += 1
            faults = headers_wrong(case, answer)
            if answer["Content-Type"].startswith("text/html") and "attachment" not in answer.get(
                "Content-Disposition", ""
            ):
                page = Elements(answer.content.decode())
                faults += page.faults()
                faults += [f"title: {field}" for field in scene.canaries.seen_in(page.title).values()]
            if faults:
                wrong[f"{name} {answer.status_code} {case.url}"] = faults
    assert looked > 300
    assert wrong == {}


def headers_wrong(case: Case, answer: Any) -> list[str]:
    """Headers which are not as they must be."""
    found = []
    policy = "; ".join(sorted(answer.get("Content-Security-Policy", "").split("; ")))
    if policy != (FILE_CSP if case.name in FILES and answer.status_code == 200 else CSP):
        found.append(f"CSP {policy}")
    if "no-store" not in answer.get("Cache-Control", ""):
        found.append(f"Cache-Control {answer.get('Cache-Control', '')}")
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found += [f"{name} {answer.get(name, '')}" for name, value in wanted.items() if answer.get(name) != value]
    if "ETag" in answer or "Last-Modified" in answer:
        found.append("a validator tells whether the page changed")
    return found


def test_no_word_becomes_a_formula(scene: SimpleNamespace, reading: Reading) -> None:
    """Every word of the records begins with an equals sign; a workbook has no formulas but its sums and differences."""
    formulas: list[str] = []
    for case in every_case(scene):
        answer, text = reading(scene.who.secretary, case.url)
        if "spreadsheetml.sheet" in answer["Content-Type"]:
            formulas += re.findall(r"<f>([^<]*)</f>", text)
        if answer["Content-Type"].startswith("text/csv"):
            cells = [
                cell
                for line in csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";")
                for cell in line
            ]
            assert any(SEEN.search(cell) for cell in cells)
            assert [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))] == []
    assert formulas
    own = re.compile(r"SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+-[A-Z]+\d+")
    assert [one for one in formulas if not own.fullmatch(one)] == []


@pytest.mark.parametrize("kind", ["incidents", "lines", "note", "workbook"])
def test_no_restricted_word_leaves_by_request(scene: SimpleNamespace, db: None, kind: str) -> None:
    """Moussa reads the restricted account: what he takes out does not hold it."""
    own = pyrage.x25519.Identity.generate()
    export = disclosure.ask_export(
        by=scene.who.moussa, kind=kind, product="ghn", period=QUARTER, reason="x", receiver="x",
        key=str(own.to_public()),
    )  # fmt: skip
    sealed = disclosure.take_export(
        export=disclosure.approve_export(export=export, by=scene.who.chair), by=scene.who.moussa
    )
    packed = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(sealed, [own])))
    text = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    assert scene.mopti.incident.ref in text
    assert scene.canaries.restricted_in(text) == {}
