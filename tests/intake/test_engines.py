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
from django.db.models import Count

from sutura.alerts.models import Alert
from sutura.capacity.models import Sitting
from sutura.capacity.services.groups import open_group
from sutura.incidents.models import Source, Victim, Violation
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.incidents.services import open_incident
from sutura.intake.models import Outcome
from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.services.phones import Handed, create_phone
from sutura.mhpss.models import Proposal
from sutura.mhpss.services.map import keep_service
from sutura.mhpss.services.register import load_register as load_codes
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Referral, SeenChild
from sutura.response.services.dockets import open_docket
from sutura.response.services.limits import load_register as load_limits
from sutura.response.services.sites import add_site
from sutura.response.services.visits import plan_visit
from tests.intake.phones import BOUNDARY, multipart
from tests.people import MOPTI

pytestmark = [pytest.mark.java, pytest.mark.django_db(transaction=True)]
FILLER = Path(__file__).with_name("engines") / "Fill.java"
LIST = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"
ANSWERS: dict[str, dict[str, str]] = {
    "sutura_alert": {
        "types": "killing attack_school", "told": "Récit inventé", "moment": "other", "happened_on_day": "2026-11-01",
        "date_estimated": "yes", "region": "ML05", "cercle": "ML0504", "commune": "ML050401", "boys": "2",
        "needs": "needs_medical needs_safety", "party_type": "armed_group", "consent_known": "no",
    },
    "sutura_incident": {
        "types": "abduction attack_school", "when": "range", "occurred_on": "2026-11-01", "occurred_to": "2026-11-03",
        "region": "ML05", "cercle": "ML0504", "commune": "ML050401", "place_kind": "school", "boys": "1", "girls": "2",
        "attack_kind[2]": "facility", "described": "2", "suffered": "abduction", "sex": "girl", "age": "12",
        "age_estimated": "no", "suffered[2]": "abduction attack_school", "sex[2]": "boy", "party_type": "armed_group",
        "party": "JNIM", "told": "Récit inventé", "heard": "yes", "source_category": "primary_witness",
        "source_kind": "oral", "reliability": "high", "credibility": "low", "consent_reporting": "yes",
    },
    "sutura_verification": {
        "incident": "", "numbers": "1", "visited_on": "2026-11-12", "access": "green", "reached": "yes", "heard": "2",
        "category": "primary_victim", "kind": "oral", "trained": "yes", "category[2]": "secondary",
        "kind[2]": "document", "judges": "no",
    },
    "sutura_referral": {
        "docket": "", "need": "psychosocial", "urgency": "72", "service": "", "agreed": "yes", "given_by": "child",
        "months": "6",
    },
    "sutura_service": {
        "about": "changed", "service": "", "changes": "working hours reached", "working": "partly",
        "hours": "8 h à 12 h", "reached": "40", "basis": "persons",
    },
    "sutura_sitting": {
        "group": "GAPP-1", "held_on": "2026-11-03", "held": "yes", "women": "5", "men": "3", "situations": "2",
        "minutes": "120", "mode": "in_person", "themes": "grief exhaustion", "needs": "supervision",
    },
    "sutura_detention": {
        "visit": "", "became": "made", "made_on": "2026-11-20", "places": "40", "children": "12", "mixed": "yes",
        "noted": "2", "followed": "no", "sex": "girl", "age": "14", "age_basis": "child", "association": "unknown",
        "mode": "arrested", "separated": "no", "health": "well", "followed[2]": "no", "sex[2]": "boy",
        "association[2]": "alleged", "mode[2]": "captured", "health[2]": "urgent", "action[2]": "judge",
        "action_on[2]": "2026-11-25", "tasks": "separate care", "due_on": "2026-12-15",
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

    def fill(self, *forms: tuple[str, dict[str, str]]) -> tuple[list[bytes], list[str]]:
        """The record of each form, empty where the engine refused, and its refusals, in one run of the engine."""
        words = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{self.jar}:{self.folder}", "Fill"]
        outs = []
        for number, (form, answers) in enumerate(forms):
            told, out = self.folder / f"answers{number}", self.folder / f"out{number}.xml"
            told.write_text("\n".join(f"{name}={said}" for name, said in answers.items()), encoding="utf-8")
            out.unlink(missing_ok=True)
            outs.append(out)
            words += [str(self.folder / f"{form}.xml"), str(self.folder), str(told), str(out)]
        done = subprocess.run(words, capture_output=True, text=True)
        return [out.read_bytes() if out.exists() else b"" for out in outs], done.stderr.splitlines()


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


def prepared(secretary: Account, machine: Account) -> dict[str, str]:
    """What the forms speak of, and the codes by which they do."""
    load_limits(by=machine)
    host = add_organisation(name="ONG inventée", kind="nngo", by=secretary)
    open_group(
        code="GAPP-1", name="Groupe", region=MOPTI, host=host, opened_on=date(2026, 1, 5), by=secretary
    )
    site = add_site(name="Prison inventée", kind="prison", place=Unit.objects.get(code="ML0504"), by=machine)
    visit = plan_visit(site=site, planned_on=date(2026, 11, 20), lead=host, by=machine)
    docket = open_docket(
        region=MOPTI, sex="boy", age=15, age_basis="child", association="alleged", answer="arrested",
        precision="day", day=date(2026, 11, 2), by=machine,
    )  # fmt: skip
    load_codes(by=machine)
    service = keep_service(
        organisation=host, place=site.place, description="Écoute (inventée)", updated_on=date(2026, 1, 5), by=machine
    )  # fmt: skip
    part = ViolationPart(type="killing", boys=1)
    bundle = IncidentBundle(place=site.place, occurred_on=date(2026, 11, 1), violations=(part,))
    incident = open_incident(bundle=bundle, by=machine)
    return {
        "visit": visit.ref, "docket": docket.ref, "service": service.ref, "incident": incident.ref,
    }  # fmt: skip


def test_every_shipped_form_is_filled_in_and_sent_by_the_engine_of_collect(
    live_server: Any, handed: Handed, secretary: Account, machine: Account, tmp_path: Path
):
    codes = prepared(secretary, machine)
    key = create_phone(label="Bureau", by=machine).key
    base = f"{live_server.url}/or/key/{key}"
    engine = Engine(tmp_path)
    assert fetch_all(base, tmp_path) == sorted(ANSWERS) == [draft.form_id for draft in shipped_drafts()]
    told = {
        form: answers | {name: code for name, code in codes.items() if name in answers}
        for form, answers in ANSWERS.items()
    }
    # The form itself keeps what cannot be from leaving the phone.
    wrong = {"boys": "-1", "happened_on_day": "2199-01-01", "cercle": "ML0101"}
    alert = told["sutura_alert"]
    records, refused = engine.fill(
        *told.items(), *(("sutura_alert", {**alert, name: said}) for name, said in wrong.items())
    )
    assert [line.split(": ")[1] for line in refused] == list(wrong)
    assert (records[len(told) :], [xml[:5] for xml in records[: len(told)]]) == (
        [b""] * len(wrong), [b"<?xml"] * len(told)
    )  # fmt: skip
    for xml in records[: len(told)]:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        with urlopen(Request(f"{base}/submission", multipart(xml), {"Content-Type": kind})) as answer:
            assert (answer.status, answer.headers["Date"] is not None) == (201, True)
    became = Outcome.objects.order_by("pk").values_list("became", "field", "reason")
    assert list(became) == [("made", "", "")] * len(told)
    sitting = Sitting.objects.get()
    assert (sitting.group.code, sitting.women, sitting.themes) == ("GAPP-1", 5, "grief exhaustion")
    received = Alert.objects.get()
    assert (received.place.code, received.types, received.boys) == (
        "ML050401",
        ("killing", "attack_school"),
        2,
    )
    seen = SeenChild.objects.order_by("pk").values_list("docket__sex", "docket__age", "health")
    assert list(seen) == [("girl", 14, "well"), ("boy", None, "urgent")]
    found = Violation.objects.filter(incident__opened_by=machine).order_by("pk")
    assert list(found.values_list("type", "boys", "girls", "party_label"))[1:] == [
        ("abduction", 1, 2, "JNIM"), ("attack_school", 0, 0, "JNIM")
    ]  # fmt: skip
    victims = Victim.objects.order_by("pk").annotate(suffered=Count("links"))
    assert list(victims.values_list("sex", "age", "suffered")) == [("girl", 12, 1), ("boy", None, 2)]
    assert list(Source.objects.filter(incident__ref=codes["incident"]).values_list("category", flat=True)) == [
        "primary_victim", "secondary"
    ]  # fmt: skip
    consent = Referral.objects.get().consent
    assert (consent.expires_on - consent.given_on).days == 180
    assert Proposal.objects.get().values.get(field="working").after == "partly"
