"""The link for one report: what it shows to a stranger, what it takes, when it dies, and that it verifies nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid
from sutura.coordination.forms.recommendations import BY_LINK_BYTES
from sutura.coordination.models import Recommendation, ReportLink
from sutura.coordination.services import bodies, reports
from sutura.coordination.services import recommendations as services
from sutura.coordination.tokens import link_of, token_of
from sutura.people.models import Account
from tests.coordination.asked import adopted, told
from tests.coordination.conftest import Room
from tests.coordination.planned import axis
from tests.photographs import photograph
from tests.security.test_walk import CSP
from trials.bad_pictures import PNG

TYPED = {"words": "Deux cercles sont faits.", "progress": "60"}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own, and no try of another test counts."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    return tmp_path


def address(link: ReportLink) -> str:
    """Where a link leads."""
    return reverse("coordination:report_link", args=[token_of(link)])


def handed(found: Recommendation, by: Account, days: int = 30) -> ReportLink:
    """A new link for a recommendation."""
    return reports.hand_out_link(recommendation=found, by=by, days=days)


def test_it_shows_a_stranger_the_text_and_the_day_alone(client: Client, room: Room, fatou: Account):
    other = adopted(room, fatou, text="Une autre, qui ne le regarde pas.")
    found = adopted(room, fatou, person="Le point focal", source="7e réunion", axis=axis(fatou, 2))
    told(found, room.member, words="Déjà rapporté.")
    answer = client.get(address(handed(found, fatou)))
    page = answer.content.decode()
    assert (answer.status_code, found.text in page) == (200, True)
    hidden = (
        found.ref, found.body.name_fr, room.ngo.name, "OSF", "Le point focal", "7e réunion", "2. Coordination",
        "Déjà rapporté", other.text, "Fatou", "Mariam",
    )  # fmt: skip
    assert [word for word in hidden if word in page] == []
    wanted = {
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "private, no-store",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer[name] for name in wanted} == wanted
    assert "; ".join(sorted(answer["Content-Security-Policy"].split("; "))) == CSP


def test_one_report_and_it_is_spent(client: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    link = handed(found, fatou)
    answer = client.post(address(link), TYPED)
    assert (answer.status_code, "Merci" in answer.content.decode()) == (200, True)
    again = client.post(address(link), TYPED | {"words": "Encore."})
    assert (again.status_code, "déjà été envoyé" in again.content.decode()) == (410, True)
    assert found.text not in again.content.decode()
    report = found.reports.get()
    assert (report.link, report.account, report.progress, report.done) == (link, None, 60, False)
    found.refresh_from_db()
    assert (found.state, found.progress) == ("under_way", 60)
    page = browser(fatou).get(found.get_absolute_url()).content.decode()
    assert "par l’organisation, par un lien" in page


def test_what_comes_by_a_link_verifies_nothing(client: Client, room: Room, fatou: Account, machine: Account):
    """It is declared, no more; and whoever handed out the link does not close what came by it."""
    found = adopted(room, fatou)
    seat = room.framework.memberships.get(organisation=room.state)
    bodies.change_member(member=seat, account=fatou, by=machine)
    link = handed(found, fatou)
    refused = client.post(address(link), TYPED | {"done": "on"})
    assert (refused.status_code, "Rien ne le prouve encore" in refused.content.decode()) == (422, True)
    assert TYPED["words"] in refused.content.decode()
    file = SimpleUploadedFile("x.jpg", photograph())
    client.post(address(link), TYPED | {"done": "on", "evidence": "La liste signée.", "file": file})
    found.refresh_from_db()
    assert (found.state, found.progress, found.evidence.get().content_type) == ("declared", 100, "image/jpeg")
    with pytest.raises(Invalid, match="avez remis le lien"):
        services.verify_recommendation(recommendation=found, by=fatou, closing="Vu.")


def test_an_earlier_link_dies_with_a_new_one(client: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    first, second = handed(found, fatou), handed(found, fatou)
    assert [client.get(address(link)).status_code for link in (first, second)] == [410, 200]
    assert client.post(address(first), TYPED).status_code == 410
    reports.withdraw_link(recommendation=found, by=fatou)
    assert client.get(address(second)).status_code == 410
    assert not found.reports.exists()


def test_it_dies_with_time_and_when_nothing_is_owed(
    client: Client, room: Room, fatou: Account, monkeypatch: pytest.MonkeyPatch
):
    lasting, closed = adopted(room, fatou), adopted(room, fatou)
    links = [handed(lasting, fatou, days=14), handed(closed, fatou)]
    services.lapse(recommendation=closed, by=fatou, reason="Sans objet.")
    assert [client.get(address(link)).status_code for link in links] == [200, 410]
    later = timezone.now() + timedelta(days=14, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get(address(links[0])).status_code == 410
    assert client.post(address(links[0]), TYPED).status_code == 410


def test_a_made_up_word_opens_nothing(client: Client, room: Room, fatou: Account):
    link = handed(adopted(room, fatou), fatou)
    token = token_of(link)
    named, mark = token.split(".")
    changed = ("B" if named[0] == "A" else "A") + named[1:]
    other = signing.Signer(sep=".", salt="another").sign(named)
    for word in (named, f"{named}.", f"{named}.{mark[:-1]}", f"{changed}.{mark}", other, "x", "x.y"):
        assert client.get(f"/coordination/report/{word}/").status_code == 404, word
    assert link_of(token) == link


def test_nothing_is_handed_out_where_nothing_is_owed(room: Room, fatou: Account):
    found = adopted(room, fatou)
    services.lapse(recommendation=found, by=fatou, reason="Sans objet.")
    with pytest.raises(Invalid, match="Rien n’est dû"):
        handed(found, fatou)


def test_tries_are_counted(client: Client, room: Room, fatou: Account):
    link = handed(adopted(room, fatou), fatou)
    answers = [client.post(address(link), {}).status_code for _try in range(21)]
    assert (answers[:20], answers[20]) == ([422] * 20, 429)
    assert client.post(address(link), TYPED).status_code == 429
    assert client.get(address(link)).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\0" + b"\0" * 64, "Seuls des photographies"),
        (PNG, "abîmée"),
        (b"%PDF-" + b"0" * BY_LINK_BYTES, "900 ko"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_typed_is_lost(
    client: Client, room: Room, fatou: Account, folder: Path, content: bytes, said: str
):
    found = adopted(room, fatou)
    link = handed(found, fatou)
    typed = TYPED | {"evidence": "La liste.", "file": SimpleUploadedFile("a.png", content)}
    answer = client.post(address(link), typed)
    page = answer.content.decode()
    assert (answer.status_code, said in page, TYPED["words"] in page) == (422, True, True)
    assert (found.reports.count(), [path for path in folder.rglob("*") if path.is_file()]) == (0, [])
    assert client.post(address(link), TYPED).status_code == 200


def test_a_file_too_large_for_a_stranger_is_never_read(client: Client, room: Room, fatou: Account):
    link = handed(adopted(room, fatou), fatou)
    file = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (2 * 1024 * 1024))
    assert client.post(address(link), TYPED | {"evidence": "x", "file": file}).status_code == 413


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found
