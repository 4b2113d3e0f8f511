"""What other servers recorded comes in: their forms publish or are refused with a row, their records are kept."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from openpyxl import load_workbook

from sutura.access.errors import Invalid
from sutura.audit.services import keep
from sutura.intake.comparing import flat
from sutura.intake.models import Questionnaire, Submission, Version
from sutura.intake.openrosa.records import read
from sutura.intake.questionnaires.conversion import drafted
from sutura.intake.questionnaires.sheet_process import made
from sutura.intake.services.phones import create_phone
from sutura.intake.services.questionnaires import publish
from sutura.people.models import Account
from tests.intake.phones import Handset, record
from tests.people import words
from tests.shared import shared

PNG = b"\x89PNG\r\n\x1a\n une image inventee"


def published(content: bytes, by: Account) -> Version:
    """A sheet published, converted in this process: the child is tested elsewhere."""
    return publish(draft=drafted(content, made(content)), by=by)


def local(content: bytes) -> bytes:
    """The same sheet without the address of another server."""
    book, out = load_workbook(io.BytesIO(content)), io.BytesIO()
    row = {cell.value: cell for cell in book["settings"][1]}
    book["settings"].cell(2, row["submission_url"].column).value = None
    book.save(out)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.filterwarnings("ignore:Unknown type")
def test_records_and_forms_of_ona_come_in_with_their_files(
    registers: None, secretary: Account, binta: Account
):
    folder = shared("data", "xlsforms", "onadata")
    sheet = published((folder / "transportation" / "transportation.xlsx").read_bytes(), secretary)
    with pytest.raises(Invalid, match="Ligne 2 de la feuille settings"):
        published((folder / "transportation" / "transportation_encrypted.xlsx").read_bytes(), secretary)
    closed = published(
        local((folder / "transportation" / "transportation_encrypted.xlsx").read_bytes()), secretary
    )
    assert b"base64RsaPublicKey" in bytes(closed.xform)
    others = [
        published(path.read_bytes(), secretary)
        for path in sorted(folder.glob("*.xlsx"))
        if named(path.read_bytes())
    ]
    handset = Handset(create_phone(label="Bureau", by=secretary).key)
    listed = handset.get("formList").content.decode()
    assert [one for one in (sheet, closed, *others) if f"<formID>{one.questionnaire}<" not in listed] == []
    # A server that takes their forms takes what phones of theirs have recorded, edits and files with it.
    found: Counter[int] = Counter()
    given = sorted((folder / "transportation").glob("instances__*.xml"))
    given += sorted((folder / "transportation").glob("instances_w_uuid__*.xml"), reverse=True)
    for path in given:
        xml = path.read_bytes()
        files = {name: PNG for name in ("ona_png_image.png",) if name.encode() in xml}
        answer = handset.send(xml, files)
        found[answer.status_code] += 1
        again = handset.send(xml, files)
        assert again.status_code == (409 if answer.status_code == 409 else 202), path.name
    assert (len(given), found) == (12, {201: 11, 409: 1})
    locked = folder / "transportation" / "instances_encrypted__submission.xml"
    part = {"submission.xml.enc": locked.with_name(f"{locked.name}.enc").read_bytes()}
    assert handset.send(locked.read_bytes(), part).status_code == 201
    kept = Submission.objects.filter(questionnaire=sheet.questionnaire, conflicts_with=None)
    assert (kept.count(), kept.exclude(deprecated_id="").count(), kept.waiting().count()) == (11, 2, 0)
    (conflict,), (encrypted,) = (
        Submission.objects.waiting().filter(encrypted=what) for what in (False, True)
    )
    assert (conflict.conflicts_with in kept, encrypted.files.count()) == (True, 1)
    with_image = next(path.read_bytes() for path in given if b"ona_png_image" in path.read_bytes())
    (row,) = kept.exclude(files=None)
    assert words(row, "xml", by=secretary) == (with_image.decode(),)
    # Records that no server could number are refused, and so is what is a form or a list and not a record.
    for name in ("transportation_empty_submission.xml", "transportation.xml", "view__submissionList.xml"):
        assert handset.send((folder / "transportation" / name).read_bytes()).status_code in (400, 404), name
    # Groups within groups, and rows within them, read by their path.
    nested = (folder / "transportation" / "transportation_w_nested_repeat_groups.xml").read_bytes()
    assert flat(read(nested))["hospital/hiv_medication/person_repeat[2]/person/age"] == "34"
    keep(Questionnaire(form_id="transportation"), by=secretary)
    assert handset.send(nested).status_code == 201
    assert handset.send(record(form="sutura_alert")).status_code == 404  # not published in this office


def named(content: bytes) -> bool:
    """Whether a sheet names its form; one that does not is refused with its row (test_questionnaires)."""
    return bool(made(content).get("settings", {}).keys() & {"form_id", "id_string"})
