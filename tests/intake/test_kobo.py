"""What Kobo holds comes in once, by fetching and by being told; the token goes to one server, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import DomainError, Invalid
from sutura.alerts.models import Alert
from sutura.config.console import main
from sutura.intake.kobo import records
from sutura.intake.kobo.calling import Caller, origin
from sutura.intake.kobo.pulling import pull
from sutura.intake.models import Kobo, KoboRecord, Submission
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.services.kobo import Connected, connect
from sutura.intake.services.phones import revoke_phone
from sutura.intake.services.questionnaires import load_register
from sutura.people.models import Account
from sutura.security.reporting_filter import BareFormatter
from tests.intake.kobo import ASSET, TOKEN, Stub, answer, stub
from tests.intake.test_conflicts import told
from tests.intake.test_phone_pages import signed_in
from tests.people import KAYES, MOPTI, cast, open_vault, words

RENAMES = "incident/nb_garcons = boys"


@pytest.fixture
def server(settings: Any) -> Iterator[Stub]:
    """A server within the office, which is allowed."""
    settings.SUTURA_KOBO_PRIVATE = True
    with stub() as found:
        yield found


@pytest.fixture
def connected(server: Stub, registers: None, machine: Account, binta: Account) -> Connected:
    """The alert, as Kobo has it under names of its own."""
    load_register(by=machine)
    return connect(
        label="Kobo, Mopti", server=server.url, asset=ASSET, token=TOKEN, form_id="sutura_alert", region=MOPTI,
        renames=RENAMES, by=binta,
    )  # fmt: skip


def rows() -> tuple[int, int, int]:
    """Records, versions of them, alerts."""
    return Submission.objects.count(), KoboRecord.objects.count(), Alert.objects.count()


def days_ago(number: int) -> str:
    """A day of late."""
    return (timezone.localdate() - timedelta(days=number)).isoformat()


def test_what_is_there_is_fetched_once_kept_to_the_byte_and_taken_over(
    server: Stub, connected: Connected, binta: Account
):
    server.records = [answer(3, told='Un enfant "A" <3'), answer(1), answer(2, region="")]
    assert vars(pull(connected.kobo)) == {"new": 3, "corrected": 0, "files": 0, "refused": 0, "unreached": 0}
    assert rows() == (3, 3, 3)
    alert = Alert.objects.order_by("pk")[0]
    assert (alert.boys, alert.types, alert.region, alert.received_by) == (2, ("killing",), MOPTI, binta)
    third = KoboRecord.objects.get(server_id=3).submission
    assert words(third, "xml", by=binta) == (json.dumps(server.records[0], ensure_ascii=False),)
    assert third.region == MOPTI
    server.asked.clear()
    assert (pull(connected.kobo).new, rows()) == (0, (3, 3, 3))
    assert any("%22_id%22%3A+%7B%22%24gt%22%3A+3%7D" in path for path, _token in server.asked)
    server.records.append(answer(9, day=days_ago(1)))
    assert (pull(connected.kobo).new, rows()) == (1, (4, 4, 4))
    assert {token for _path, token in server.asked} == {f"Token {TOKEN}"}


def test_a_correction_is_seen_whatever_was_missed_and_compared_in_the_words_of_the_form(
    server: Stub, connected: Connected, binta: Account
):
    server.records = [answer(1, day=days_ago(2)), answer(2, day=days_ago(2))]
    pull(connected.kobo)
    changes = {"incident/types": "killing abduction", "incident/nb_garcons": "5"}
    server.records[0] = answer(1, version="22222222-0000-4000-8000-000000000001", day=days_ago(2), **changes)
    server.records[1]["_notes"] = ["une remarque"]  # no correction: its number is the same
    assert vars(pull(connected.kobo)) == {"new": 0, "corrected": 1, "files": 0, "refused": 0, "unreached": 0}
    assert (pull(connected.kobo).corrected, rows()) == (0, (3, 3, 2))
    (waits,) = Submission.objects.waiting()
    client = signed_in(binta)
    open_vault(client, binta)
    page = client.post(reverse("intake:comparison", args=[waits.public_id]), {"why": "r"}).content.decode()
    assert told(page) == [
        ["Que se passe-t-il ?", "Meurtre", "Meurtre, Enlèvement"],
        ["Combien de garçons ?", "2", "5"],
    ]
    settle = reverse("intake:comparison_settle", args=[waits.public_id])
    assert client.post(settle, {"holds": "taken_new", "why": "corrigé sur Kobo"}).status_code == 302
    assert list(Alert.objects.order_by("pk").values_list("boys", "state")) == [
        (2, "duplicate"), (2, "new"), (5, "new")
    ]  # fmt: skip
    # A connection that was made anew goes on where the first one was.
    revoke_phone(phone=connected.kobo.phone, by=binta)
    with pytest.raises(DomainError, match="révoquée"):
        pull(Kobo.objects.get())
    anew = connect(
        label="Bis",
        server=server.url,
        asset=ASSET,
        token=TOKEN,
        form_id="sutura_alert",
        region=MOPTI,
        by=binta,
    )
    assert (vars(pull(anew.kobo)), Submission.objects.count()) == (dict.fromkeys(vars(pull(anew.kobo)), 0), 3)


def test_files_come_from_the_same_server_alone_and_no_token_goes_elsewhere(
    server: Stub, connected: Connected
):
    with stub() as other:
        here, there = f"{server.url}/media/a.png", f"{other.url}/media/b.png"
        server.files["/media/a.png"] = other.files["/media/b.png"] = b"\x89PNG inventee"
        named = [
            {"download_url": url, "filename": f"u/attachments/{name}", "question_xpath": question}
            for url, name, question in ((here, "vue_1.png", "photo"), (there, "b.png", ""))
        ]
        server.records = [answer(1, photo="vue 1.png", _attachments=named)]
        found = pull(connected.kobo)
        assert (found.files, found.unreached, Submission.objects.get().files.count()) == (1, 1, 1)
        # Sent on to another server, with every kind of question: refused there and then.
        server.led = f"{other.url}/api/v2/assets/{ASSET}/"
        with pytest.raises(DomainError, match="un autre"):
            pull(connected.kobo)
        server.led = f"{server.url}/encore"
        with pytest.raises(DomainError, match="un autre"):
            pull(connected.kobo)
        server.led = ""
        following = json.dumps(
            {"count": 9, "next": f"{other.url}/page2", "results": [answer(5, day=days_ago(1))]}
        )
        server.raw = following.encode()
        with pytest.raises(DomainError, match="un autre"):
            pull(connected.kobo)
        assert (other.asked, rows()) == ([], (2, 2, 2))
    for raw in (b"<html>", b'{"results": 3}', b"[" * 9000, b'{"results": [1, {"_id": 4}]}'):
        server.raw = raw
        if raw.startswith(b'{"results": ['):
            assert (pull(connected.kobo).refused, rows()) == (4, (2, 2, 2))
        else:
            with pytest.raises(DomainError):
                pull(connected.kobo)


def test_a_server_tells_of_a_record_and_is_heard_once(
    server: Stub, connected: Connected, binta: Account, caplog: pytest.LogCaptureFixture
):
    client, there = Client(enforce_csrf_checks=True), f"/in/kobo/{connected.key}"
    body = json.dumps(answer(7, day=days_ago(1), photo="a.png", _attachments=[
        {"download_url": f"{server.url}/a.png", "filename": "u/a.png", "question_xpath": "photo"}
    ]), indent=1)  # fmt: skip

    def tell(address: str = there, content: Any = body) -> int:
        return client.post(address, content, content_type="application/json").status_code

    with connection.execute_wrapper(_down):
        assert tell() == 503
    assert (rows(), tell("/in/kobo/autre"), tell(f"/or/key/{connected.key}/submission")) == (
        (0, 0, 0),
        403,
        403,
    )
    assert ([tell(), tell(), tell()], rows()) == ([201, 200, 200], (1, 1, 1))
    assert words(Submission.objects.get(), "xml", by=binta) == (body,)
    assert [
        tell(content=one)
        for one in ("", "[]", "{}", "<xml/>", '{"_uuid": 3}', '{"_uuid": "\\ud800"}', body.encode("utf-16"))
    ] == [400] * 7
    assert (tell(content=b"0" * 10_000_001), client.get(there).status_code) == (413, 405)
    # What cannot become an alert is kept, and the server is told that it was received.
    assert tell(content=json.dumps(answer(8, **{"incident/types": "rien"}))) == 201
    assert (Submission.objects.waiting().get().outcomes.get().field, Alert.objects.count()) == ("types", 1)
    # Fetched afterwards it is known, and its file comes.
    server.records, server.files["/a.png"] = [json.loads(body)], b"PNG"
    found = pull(connected.kobo)
    assert (found.new, found.files, rows()) == (0, 1, (2, 2, 1))
    revoke_phone(phone=connected.kobo.phone, by=binta)
    assert tell() == 403
    lines = [BareFormatter().format(line) for line in caplog.records]
    assert [line for line in lines if connected.key in line or TOKEN in line] == []


def _down(*_asked: Any) -> Any:
    raise OperationalError("the database is down")


@pytest.mark.parametrize(
    "address",
    [
        "http://kf.example.org",
        "ftp://kf.example.org",
        "https://a:b@kf.example.org",
        "https://kf.example.org/x",
        "kf",
        "",
    ],
)
@pytest.mark.once
def test_only_the_address_of_a_server_is_one(address: str):
    with pytest.raises(Invalid):
        origin(address)


@pytest.mark.once
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]"]
)
def test_no_door_within_is_knocked_at(host: str):
    with pytest.raises(DomainError, match="réseau privé|ne répond pas"):
        Caller(f"https://{host}", TOKEN).told("api/v2/assets/")


@pytest.mark.once
def test_a_page_is_cut_to_the_byte():
    pieces = ['{"a" : [1,{"b":"]}"}] }', "{ }", '"é\\""', "3"]
    page = (
        ' {"next"\n: "x" , "previous":null,"o":{"results":[1]}, "results":\t['
        + " ,".join(pieces)
        + ' ] , "z":1} '
    )
    assert records.cut(page.encode()) == ([piece.encode() for piece in pieces], "x")
    assert records.cut(b'{"results":[]}') == ([], "")
    for wrong in (b"", b"[]", b"{}", b'{"results":[1,]}', b"\xff"):
        with pytest.raises(Refusal):
            records.cut(wrong)
    nested = records.read(json.dumps({
        "_uuid": "u", "g/r": [{"g/r/a": "1", "g/r/in": [{"g/r/in/b": "x"}]}, {"g/r/a": "2"}], "g/c": 3,
        "bad name": "x", "../x": "y",
    }).encode())  # fmt: skip
    from sutura.intake.comparing import flat

    read = nested.record("f", "", "", {"g/c": "d"})
    assert flat(read) == {"g/r[1]/a": "1", "g/r[1]/in/b": "x", "g/r[2]/a": "2", "g/d": "3"}


def test_connections_are_kept_by_whoever_keeps_phones_and_no_page_tells_a_token(
    server: Stub, registers: None, machine: Account, binta: Account, awa: Account, fatou: Account, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    load_register(by=machine)
    client = signed_in(binta)
    given = {
        "label": "Kobo", "server": f"{server.url}/", "asset": ASSET, "token": TOKEN, "form_id": "",
        "region": MOPTI, "renames": "",
    }  # fmt: skip
    for wrong in (
        {"asset": "?"},
        {"token": "é"},
        {"server": "x"},
        {"region": KAYES},
        {"renames": "a b"},
        {"form_id": "rien"},
    ):
        answered = client.post(reverse("intake:kobo_new"), {**given, **wrong})
        assert (answered.status_code, TOKEN in answered.content.decode()) == (422, False), wrong
    made = client.post(reverse("intake:kobo_new"), given)
    assert (made.status_code, "/in/kobo/" in made.content.decode(), TOKEN in made.content.decode()) == (
        200,
        True,
        False,
    )
    kobo = Kobo.objects.get()
    pages = [reverse("intake:kobos"), reverse("intake:kobo", args=[kobo.public_id])]
    act = reverse("intake:kobo_pull", args=[kobo.public_id])
    server.records = [answer(1)]
    assert client.post(act).status_code == 302
    shown = "".join(client.get(page).content.decode() for page in [*pages, reverse("intake:phones")])
    assert ("1 nouvel envoi" in shown, TOKEN in shown, shown.count(">Kobo</a>")) == (True, False, 1)
    # A form of somebody else makes nothing; its records are kept.
    assert (rows(), Submission.objects.waiting().count()) == ((1, 1, 0), 0)
    for reader in (awa, fatou):
        assert [signed_in(reader).get(page).status_code for page in pages] == [403, 403]
        assert signed_in(reader).post(reverse("intake:kobo_new"), given).status_code == 403
    there = signed_in(cast("kadi", "regional_coordinator", regions=(KAYES,)))
    assert (there.get(pages[1]).status_code, there.post(act).status_code) == (404, 404)
    assert ">Kobo</a>" not in there.get(pages[0]).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_kobo")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT * FROM intake_historicalkobo")
        assert TOKEN not in kept + str(cursor.fetchall())
    # The same by command; a token that was moved to another server opens nothing there.
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    command = [
        "kobo",
        "connect",
        "--label",
        "Bis",
        "--server",
        server.url,
        "--asset",
        "bXinventeeXkobo22",
        "--token-file",
    ]
    assert main([*command, str(tmp_path / "token"), "--region", "ml05", "--format", "json"]) == 0
    other = Kobo.objects.get(public_id=json.loads(capsys.readouterr().out)["id"])
    assert main(["kobo", "pull", str(kobo.public_id), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 0
    assert main(["kobo", "pull", "--lang", "fr"]) == 1  # the other form is not on the server
    assert "Bis: Le serveur ne connaît pas ce formulaire" in capsys.readouterr().err
    assert (main(["kobo", "list"]), main(["kobo", "pull", "rien"])) == (0, 1)
    Kobo.objects.filter(pk=other.pk).update(server="https://kf.example.org")
    other.refresh_from_db()
    with pytest.raises(DomainError, match="jeton"):
        pull(other)
    cache.clear()
