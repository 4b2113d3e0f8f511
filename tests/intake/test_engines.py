"""The engine of ODK Collect fetches every shipped form from a running server, fills it in and sends it."""

from __future__ import annotations

import subprocess
from datetime import date
from hashlib import md5
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from defusedxml.ElementTree import fromstring

from sutura.alerts.models import Alert
from sutura.capacity.models import Sitting
from sutura.capacity.services.groups import open_group
from sutura.intake.models import Outcome
from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.services.phones import Handed, create_phone
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.intake.phones import BOUNDARY, multipart
from tests.people import MOPTI

pytestmark = [pytest.mark.java, pytest.mark.django_db(transaction=True)]
FILLER = Path(__file__).with_name("engines") / "Fill.java"
LIST = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"
ANSWERS = {
    "sutura_alert": {
        "types": "killing attack_school", "told": "Récit inventé", "moment": "other", "happened_on_day": "2026-11-01",
        "date_estimated": "yes", "region": "ML05", "cercle": "ML0504", "commune": "ML050401", "boys": "2",
        "needs": "needs_medical needs_safety", "party_type": "armed_group", "consent_known": "no",
    },
    "sutura_sitting": {
        "group": "GAPP-1", "held_on": "2026-11-03", "held": "yes", "women": "5", "men": "3", "situations": "2",
        "minutes": "120", "mode": "in_person", "themes": "grief exhaustion", "needs": "supervision",
    },
}  # fmt: skip


class Engine:
    """JavaRosa, as it comes with pyxform, and a folder where it keeps what it fetched."""

    def __init__(self, folder: Path) -> None:
        found = find_spec("pyxform")
        assert found is not None
        assert found.origin is not None
        jar = Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
        self.folder, self.jar = folder, jar
        subprocess.run(
            ["javac", "-cp", str(jar), "-d", str(folder), str(FILLER)], check=True, capture_output=True
        )

    def fill(self, form: str, answers: dict[str, str]) -> tuple[bytes, str]:
        """The record of a form, and what the engine refused."""
        told = self.folder / "answers"
        told.write_text("\n".join(f"{name}={said}" for name, said in answers.items()), encoding="utf-8")
        out = self.folder / "out.xml"
        out.unlink(missing_ok=True)
        words = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{self.jar}:{self.folder}", "Fill"]
        words += [str(self.folder / form), str(self.folder), str(told), str(out)]
        done = subprocess.run(words, capture_output=True, text=True)
        return (out.read_bytes() if out.exists() else b""), done.stderr


def fetched(url: str, mark: str, path: Path) -> None:
    """Fetch a file as a phone does: whole, and the one that the list promised."""
    with urlopen(url) as answer:
        path.write_bytes(answer.read())
    assert mark == f"md5:{md5(path.read_bytes()).hexdigest()}"


def fetch_all(base: str, folder: Path) -> list[str]:
    """Every form of a list with its files, by identifier."""
    with urlopen(f"{base}/formList?deviceID=collect%3Aabc") as answer:
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        listed = fromstring(answer.read())
    for form in listed:
        path = folder / f"{form.findtext(f'{LIST}formID')}.xml"
        fetched(form.findtext(f"{LIST}downloadUrl") or "", form.findtext(f"{LIST}hash") or "", path)
        manifest = form.findtext(f"{LIST}manifestUrl")
        if manifest:
            with urlopen(manifest) as answer:
                files = fromstring(answer.read())
            for file in files:
                name = file.findtext(f"{FILES}filename") or ""
                fetched(
                    file.findtext(f"{FILES}downloadUrl") or "",
                    file.findtext(f"{FILES}hash") or "",
                    folder / name,
                )
    return sorted(form.findtext(f"{LIST}formID") or "" for form in listed)


def test_every_shipped_form_is_filled_in_and_sent_by_the_engine_of_collect(
    live_server: Any, handed: Handed, secretary: Account, tmp_path: Path
):
    host = add_organisation(name="ONG inventée", kind="nngo", by=secretary)
    open_group(
        code="GAPP-1", name="Groupe", region=MOPTI, host=host, opened_on=date(2026, 1, 5), by=secretary
    )
    key = create_phone(label="Bureau", by=secretary).key
    assert fetch_all(f"{live_server.url}/or/key/{handed.key}", tmp_path) == ["sutura_alert"]
    base = f"{live_server.url}/or/key/{key}"
    engine = Engine(tmp_path)
    assert fetch_all(base, tmp_path) == sorted(ANSWERS) == [draft.form_id for draft in shipped_drafts()]
    for form, answers in ANSWERS.items():
        xml, refused = engine.fill(f"{form}.xml", answers)
        assert (refused, xml[:5]) == ("", b"<?xml")
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        with urlopen(Request(f"{base}/submission", multipart(xml), {"Content-Type": kind})) as answer:
            assert (answer.status, answer.headers["Date"] is not None) == (201, True)
    assert list(Outcome.objects.values_list("became", flat=True)) == ["made"] * len(ANSWERS)
    sitting = Sitting.objects.get()
    assert (sitting.group.code, sitting.women, sitting.themes) == ("GAPP-1", 5, "grief exhaustion")
    alert = Alert.objects.get()
    assert (alert.place.code, alert.types, alert.boys) == ("ML050401", ("killing", "attack_school"), 2)
    # The form itself keeps what cannot be from leaving the phone.
    for name, said in {"boys": "-1", "happened_on_day": "2199-01-01", "cercle": "ML0101"}.items():
        xml, refused = engine.fill("sutura_alert.xml", {**ANSWERS["sutura_alert"], name: said})
        assert (xml, f"IllegalStateException: {name}: " in refused) == (b"", True)
