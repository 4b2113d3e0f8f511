from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings

from sutura.audit.services import keep_all
from sutura.config.backup import sealing, taking
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.incidents.services import add_attachment, open_incident
from sutura.people.services import machine
from sutura.places.models import Unit
from tests.conftest import guards_lifted
from tests.people import cast

CANARY = "Témoin-Canari-4471"


@dataclass(frozen=True)
class Sealed:
    """A backup of one incident with one attachment, and the keys of its two recipients."""

    taken: taking.Taken
    first: str
    second: str
    attachment: str
    content: bytes


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Sealed]:
    """Taken once for the tests of a file from records that were committed; they are forgotten at the end."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "data").mkdir()
    (folder / "data" / "secret_key").write_text("invented")
    keys = [sealing.new_key(), sealing.new_key()]
    places = {"DATA": folder / "data", "MEDIA_ROOT": folder / "data" / "files"}
    with django_db_blocker.unblock(), override_settings(**places):
        attachment = an_incident_with_a_file()
        taken = taking.take(folder, taking.readers([public for public, _secret in keys]))
        content = (folder / "data" / "files" / attachment).read_bytes()
        yield Sealed(taken, keys[0][1], keys[1][1], attachment, content)
        with guards_lifted():
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


def an_incident_with_a_file() -> str:
    """The name of the file, as the record tells it."""
    mali = Unit(edition="cod-ab-2021", level=0, code="MLI", name="Mali", path="")
    mopti = Unit(
        edition="cod-ab-2021", level=1, code="ML05", name="Mopti", parent=mali, path="ML05", region="ML05",
        region_2023="RML05",
    )  # fmt: skip
    keep_all(Unit, [mali], by=machine("tests"))
    keep_all(Unit, [mopti], by=machine("tests"))
    awa = cast("awa", "monitor", regions=("ML05",))
    killing = ViolationPart(type="killing", key="a", boys=2)
    bundle = IncidentBundle(
        place=mopti, occurred_on=date(2025, 2, 10), title="Invented", account_restricted=CANARY, violations=(killing,)
    )  # fmt: skip
    paper = ContentFile(b"%PDF-1.4 " + CANARY.encode(), name="paper.pdf")
    kept = add_attachment(incident=open_incident(bundle=bundle, by=awa), file=paper, by=awa, kind="document")
    return str(kept.file.name)


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Path:
    """An empty data folder."""
    settings.DATA = tmp_path / "elsewhere"
    settings.MEDIA_ROOT = settings.DATA / "files"
    return Path(ours.DATA)


@pytest.fixture
def key_file(tmp_path: Path) -> Callable[[str], Path]:
    """A secret key as it lies in a file."""

    def write(secret: str) -> Path:
        path = tmp_path / "key"
        path.write_text(f"# made for a test\n{secret}\n")
        return path

    return write
