"""The archive of a body: who may take it, what it holds, that it asks again who you are, and is on record."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from sutura.audit.models import Entry
from sutura.coordination.models import Evidence
from sutura.coordination.services import links, plans, terms
from sutura.library import services as library
from sutura.people.models import Account
from tests.coordination.asked import adopted, day, declared
from tests.coordination.conftest import Room
from tests.coordination.planned import drafted, lined
from tests.coordination.test_dashboard import met
from tests.people import come_in

PDF = b"%PDF-1.4 zq"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def body(room: Room, fatou: Account) -> Room:
    """A meeting, terms, a formula among the recommendations, and documents of which one is the body’s own."""
    meeting = met(room, fatou, -30, chair=room.state)
    assert meeting.ref
    terms.draft_terms(body=room.framework, by=fatou)
    line = lined(drafted(room, fatou, body=room.framework), room, fatou)
    plans.validate_plan(version=line.version, on=date(2026, 1, 15), authority="Le cadre (inventé)", by=fatou)
    drafted(room, fatou, body=room.framework, title="Jamais validé")
    adopted(room, fatou, text="=1+1")
    adopted(room, fatou, body=room.group, text="Du groupe.")
    for title, region in (("Du pays", ""), ("D’une autre instance", "")):
        document = library.add_document(
            kind="report", title=title, issuer="ONG fictive", language="fr", region=region, by=fatou
        )
        file = ContentFile(PDF + title.encode(), name="a.pdf")
        library.add_version(document=document, dated_on=day(-9), file=file, by=fatou)
        if title == "Du pays":
            links.add_document(body=room.framework, document=document, by=fatou)
    return room


def pack(client: Client, room: Room) -> ZipFile:
    """What the button gives."""
    answer = client.post(reverse("coordination:hand_over", args=[room.framework.public_id]))
    assert answer.status_code == 200, answer.content[:200]
    name = f"CCT-passation-{timezone.localdate().isoformat()}.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def test_only_who_keeps_the_body_takes_it(client: Client, body: Room, oumar: Account):
    url = reverse("coordination:hand_over", args=[body.framework.public_id])
    for person, status in ((body.stranger, 404), (body.member, 403), (oumar, 403)):
        client.force_login(person)
        come_in(client)
        assert (client.get(url).status_code, client.post(url).status_code) == (status, status)
    assert not Entry.objects.filter(act="coordination.hand_over").exists()


def test_it_asks_again_who_you_are(client: Client, body: Room, fatou: Account, settings: Any):
    client.force_login(fatou)
    come_in(client)
    settings.SUTURA_FRESH_MINUTES = 0
    answer = client.post(reverse("coordination:hand_over", args=[body.framework.public_id]))
    assert (answer.status_code, answer.templates[0].name) == (403, "people/prove.html")
    assert not Entry.objects.filter(act="coordination.hand_over").exists()


def test_it_holds_everything_and_an_index(client: Client, body: Room, fatou: Account):
    client.force_login(fatou)
    come_in(client)
    archive = pack(client, body)
    names = archive.namelist()
    meeting, plan = body.framework.meetings.get(), body.framework.plans.get(title="Plan 2026 (inventé)")
    kept = [name for name in names if name.startswith("bibliotheque/")]
    assert sorted(set(names) - set(kept)) == sorted([
        "index.html", "membres.xlsx", "presences.xlsx", "recommandations.xlsx", "besoins.xlsx", "liaisons.xlsx",
        "fiches.xlsx", "ateliers-et-missions.xlsx", "textes-suivis.xlsx", "termes/CCT-tdr-v1.docx",
        f"plans/CCT-plan-{plan.pk}-v1.xlsx",         f"reunions/{meeting.ref}-pv.docx",
    ])  # fmt: skip
    assert [archive.read(name) for name in kept] == [PDF + b"Du pays"]
    index = archive.read("index.html").decode()
    assert re.findall(r'href="([^"]+)"', index) == [name for name in names if name != "index.html"]
    assert "Du pays, v1" in index
    rows = CalamineWorkbook.from_filelike(BytesIO(archive.read("recommandations.xlsx"))).get_sheet_by_index(0)
    assert [row[1] for row in rows.to_python()] == ["Recommandation", "'=1+1"]
    entry = Entry.objects.get(act="coordination.hand_over")
    assert entry.actor == fatou.username


def test_a_file_that_is_not_here_is_told(client: Client, body: Room, fatou: Account, folder: Path):
    found = declared(body, fatou)
    from sutura.coordination.services import reports

    reports.report(
        recommendation=adopted(body, fatou), by=body.member, words="Fait.", progress=10, evidence="Une liste.",
        file=ContentFile(PDF, name="a.pdf"),
    )  # fmt: skip
    line = Evidence.objects.exclude(file="").get()
    (folder / line.file.name).unlink()
    client.force_login(fatou)
    come_in(client)
    archive = pack(client, body)
    assert found.ref
    assert [name for name in archive.namelist() if name.startswith("preuves/")] == []
    assert "Absents de ce serveur" in archive.read("index.html").decode()
