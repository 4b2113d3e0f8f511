"""ODK's engine for web forms, in Node, and Enketo, in Chromium, fill in every shipped form and send it to a running
server: neither knows anything of our forms but what it fetches.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sutura.alerts.models import Alert
from sutura.capacity.models import Sitting
from sutura.intake.models import Outcome, Submission
from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.services.phones import Handed, create_phone
from sutura.people.models import Account
from sutura.response.models import SeenChild
from tests.intake.test_engines import ANSWERS, prepared

pytestmark = [pytest.mark.node, pytest.mark.once, pytest.mark.django_db(transaction=True)]
ENGINES = Path(__file__).with_name("engines")
SHIPPED = [draft.form_id for draft in shipped_drafts()]
IMPOSSIBLE = {"boys": "-1", "happened_on_day": "2199-01-01", "cercle": "ML0101"}
Told = list[dict[str, Any]]


@pytest.fixture(scope="session")
def engines() -> Path:
    """The engines as their list pins them, each file by its hash, kept outside the project from one run to the next."""
    listed = b"".join(
        (ENGINES / name).read_bytes() for name in ("package.json", "package-lock.json", ".npmrc")
    )
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "sutura" / f"engines-{sha256(listed).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    for path in ENGINES.iterdir():
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    if not (folder / "complete").exists():
        subprocess.run(["npm", "ci", "--prefer-offline"], cwd=folder, check=True, capture_output=True)
        (folder / "complete").touch()
    return folder


@dataclass(frozen=True)
class Asked:
    """The address of a phone for every form, and what to fill in there: a form and what it cannot know."""

    base: str
    rounds: list[tuple[str, dict[str, str]]]


@pytest.fixture
def asked(live_server: Any, handed: Handed, secretary: Account, machine: Account) -> Asked:
    """Each form with the codes of what it speaks of; the rest it tells itself. Two are told whole."""
    codes = prepared(secretary, machine)
    known = {form: {name: codes[name] for name in codes.keys() & ANSWERS[form].keys()} for form in SHIPPED}
    # A visit that was allowed, and two children seen there: the questions of one group, asked twice.
    known["sutura_detention"] = {**ANSWERS["sutura_detention"], "visit": codes["visit"], "age[2]": ""}
    alert = ANSWERS["sutura_alert"]
    known |= {"sutura_alert": alert, "sutura_sitting": {"group": "GAPP-1", "held": "yes"}}
    impossible = [("sutura_alert", {**alert, name: said}) for name, said in IMPOSSIBLE.items()]
    key = create_phone(label="Bureau", by=machine).key
    return Asked(f"{live_server.url}/or/key/{key}", [*known.items(), *impossible])


def judge(told: Told) -> None:
    """Every form was filled in, sent and kept, and became what it tells; what cannot be did not leave the form."""
    sent, refused = told[: len(SHIPPED)], told[len(SHIPPED) :]
    assert [(one["form"], one.get("status"), one.get("refused")) for one in sent] == [
        (form, 201, None) for form in SHIPPED
    ]
    assert [one["refused"].partition(":")[0] for one in refused] == list(IMPOSSIBLE)
    kept = dict(Submission.objects.values_list("questionnaire__form_id", "outcomes__became"))
    assert (sorted(kept), Submission.objects.count()) == (SHIPPED, len(SHIPPED))
    assert set(kept.values()) == {"made"}, list(
        Outcome.objects.values_list("submission__questionnaire__form_id", "reason", "field")
    )
    alert, sitting, said = Alert.objects.get(), Sitting.objects.get(), ANSWERS["sutura_alert"]
    assert (alert.place.code, " ".join(alert.types), alert.boys) == (said["commune"], said["types"], 2)
    children = SeenChild.objects.order_by("pk").values_list("docket__sex", "docket__age", "health")
    assert list(children) == [("girl", 14, "well"), ("boy", None, "urgent")]
    # These the form alone asked for, and offered.
    given = next(one["given"] for one in sent if one["form"] == "sutura_sitting")
    assert (sitting.women, sitting.men, str(sitting.held_on)) == (1, 1, given["held_on"])


def test_odk_s_own_engine_fills_in_and_sends_every_shipped_form(asked: Asked, engines: Path, tmp_path: Path):
    rounds = tmp_path / "rounds.json"
    rounds.write_text(json.dumps(asked.rounds), encoding="utf-8")
    done = subprocess.run(
        ["node", "odk.mjs", asked.base, rounds], cwd=engines, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    judge([json.loads(line) for line in done.stdout.splitlines()])


def test_enketo_fills_in_and_sends_every_shipped_form(
    asked: Asked, engines: Path, tmp_path: Path, page: Any, live_server: Any
):
    bundle = tmp_path / "enketo.js"
    subprocess.run(["node", "bundle.mjs", bundle], cwd=engines, check=True, capture_output=True)
    page.route("**/enketo", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{live_server.url}/enketo")
    page.add_script_tag(path=bundle)
    told: Told = page.evaluate("([base, rounds]) => enketo(base, rounds)", [asked.base, asked.rounds])
    judge(told)
    assert {tuple(one["languages"]) for one in told if "status" in one} == {("Français (fr)", "English (en)")}
