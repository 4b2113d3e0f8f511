"""The door: who is refused, what is counted, what is written down; then who comes in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.audit.models import Entry
from sutura.people import devices, services
from sutura.people.models import Account
from tests.accounts.doors import DOOR, PASSWORD, SECOND, acts, armed, code, is_in, knock, with_password
from tests.laws.exceptions import OPEN_ADDRESSES
from tests.laws.test_addresses import addresses
from tests.people import cast

TOO_MANY = "Trop d’essais"
WRONG = "ne vont pas ensemble"


def text(answer: Any) -> str:
    """The page, its narrow spaces as anybody types them."""
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def seconds_from_now(seconds: float) -> Callable[[], float]:
    """A clock that stands still later."""
    moment = time.time() + seconds
    return lambda: moment


def test_a_machine_never_comes_in(machine: Account) -> None:
    Account.objects.filter(pk=machine.pk).update(password=make_password(PASSWORD))
    client = Client()
    assert WRONG in text(knock(client, machine.username))
    # Nor does a session made in its name by other means: the account is asked again at every request.
    client.force_login(machine)
    assert not is_in(client)


def test_a_closed_account_is_out_at_its_next_request(awa: Account, keeper: Account) -> None:
    client = Client()
    client.force_login(awa)
    assert is_in(client)
    services.set_active(by=keeper, account=awa, active=False, why="partie")
    assert not is_in(client)
    with_password(awa)
    assert WRONG in text(knock(client, "awa"))


def test_an_unknown_name_is_written_down_as_a_code(db: None) -> None:
    assert WRONG in text(knock(Client(), "un-mot-de-passe-tape-au-mauvais-endroit"))
    line = Entry.objects.get()
    assert (line.actor, line.act) == ("?", "people.refuse_sign_in")
    assert line.subject == devices.code_of("un-mot-de-passe-tape-au-mauvais-endroit")
    assert len(line.subject) == 16


def test_of_thirty_tries_five_are_judged(fatou: Account) -> None:
    with_password(fatou)
    client = Client()
    answers = [text(knock(client, "fatou", "non")) for _try in range(30)]
    judged = ["judged" if WRONG in answer else "refused" if TOO_MANY in answer else "?" for answer in answers]
    assert judged == ["judged"] * 5 + ["refused"] * 25
    # The right one comes too late as well, so that nobody learns by trying on.
    assert TOO_MANY in text(knock(client, "fatou"))
    # One line for all that was refused: a machine cannot fill the log.
    assert acts(fatou, "people.give_grant") == [
        *["people.refuse_sign_in password"] * 5,
        "people.throttle password",
    ]


def test_the_wait_is_five_minutes(fatou: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with_password(fatou)
    client = Client()
    for _try in range(6):
        knock(client, "fatou", "non")
    monkeypatch.setattr("time.time", seconds_from_now(5 * 60 + 1))
    assert knock(client, "fatou")["Location"] == "/"


def test_right_tries_are_not_counted(fatou: Account) -> None:
    with_password(fatou)
    assert [knock(Client(), "fatou").status_code for _time in range(8)] == [302] * 8


def test_who_fails_elsewhere_locks_no_known_browser_out(fatou: Account) -> None:
    with_password(fatou)
    own, other = Client(), Client()
    knock(own, "fatou")
    own.post(reverse("people:sign_out"))
    for _try in range(30):
        knock(other, "fatou", "non")
    assert TOO_MANY in text(knock(other, "fatou"))
    assert knock(own, "fatou").status_code == 302
    own.post(reverse("people:sign_out"))
    # The known browser has its own count, not a free pass.
    judged = [WRONG in text(knock(own, "fatou", "non")) for _try in range(8)]
    assert judged == [True] * 5 + [False] * 3


def test_one_network_has_its_own_count_and_others_do_not_pay(fatou: Account) -> None:
    with_password(fatou)
    tried = [
        text(Client(REMOTE_ADDR="198.51.100.7").post(DOOR, {"username": f"nom-{n}", "password": "x"}))
        for n in range(40)
    ]
    assert [WRONG in answer for answer in tried] == [True] * 30 + [False] * 10
    assert TOO_MANY in text(knock(Client(REMOTE_ADDR="198.51.100.7"), "fatou"))
    assert knock(Client(REMOTE_ADDR="198.51.100.8"), "fatou").status_code == 302


def test_a_cookie_of_known_browsers_cannot_be_made_up(fatou: Account) -> None:
    with_password(fatou)
    client = Client()
    client.cookies[devices.cookie()] = "eyJhIjoiYiJ9:1x:forged"
    assert knock(client, "fatou").status_code == 302
    assert "people.sign_in_new_device" in acts(fatou)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_second_page_leads_nowhere_outside(awa: Account, address: str) -> None:
    armed(awa)
    client = Client()
    assert knock(client, "awa", next=address)["Location"] == SECOND
    assert client.post(SECOND, {"code": code()})["Location"] == "/"


def test_the_password_alone_opens_nothing_where_a_second_factor_is(awa: Account) -> None:
    armed(awa)
    client = Client()
    assert knock(client, "awa", next="/incidents/")["Location"] == SECOND
    assert not is_in(client)
    assert "n’est pas le bon" in text(client.post(SECOND, {"code": "000000"}))
    assert "n’est pas le bon" in text(client.post(SECOND, {"code": ""}))
    assert not is_in(client)
    assert client.post(SECOND, {"code": code()})["Location"] == "/incidents/"
    assert is_in(client)
    assert acts(awa, "people.give_grant") == [
        "people.refuse_sign_in second factor",
        "people.refuse_sign_in second factor",
        "people.sign_in_new_device",
        "people.sign_in password totp",
    ]


def test_the_second_page_is_for_whoever_gave_the_password_a_moment_ago(
    awa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    armed(awa)
    assert Client().get(SECOND)["Location"] == DOOR
    assert Client().post(SECOND, {"code": code()})["Location"] == DOOR
    client = Client()
    knock(client, "awa")
    monkeypatch.setattr("sutura.people.sessions.clock", lambda: timezone.now().timestamp() + 601)
    assert client.post(SECOND, {"code": code()})["Location"] == DOOR
    assert not is_in(client)


def test_codes_cannot_be_guessed(awa: Account) -> None:
    armed(awa)
    client = Client()
    knock(client, "awa")
    tried = [text(client.post(SECOND, {"code": f"{n:06}"})) for n in range(30)]
    assert [TOO_MANY in answer for answer in tried] == [False] * 5 + [True] * 25
    assert TOO_MANY in text(client.post(SECOND, {"code": code()}))


def test_patience_guesses_no_code(awa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    armed(awa)
    client, judged = Client(), 0
    for wait in range(12):
        monkeypatch.setattr("time.time", seconds_from_now(wait * 301))
        monkeypatch.setattr("sutura.people.sessions.clock", time.time)
        knock(client, "awa")
        judged += sum(TOO_MANY not in text(client.post(SECOND, {"code": f"{n:06}"})) for n in range(5))
    assert judged == 30


def test_a_code_opens_once(awa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    armed(awa)
    shown = code()
    first, second = Client(), Client()
    knock(first, "awa")
    assert first.post(SECOND, {"code": f"{shown[:3]} {shown[3:]}"}).status_code == 302
    # Also half a minute later, while a slow clock would still be let through.
    monkeypatch.setattr("time.time", seconds_from_now(31))
    knock(second, "awa")
    assert second.post(SECOND, {"code": shown}).status_code == 200
    assert not is_in(second)


def test_a_recovery_code_opens_once(awa: Account) -> None:
    from sutura.people import factors

    armed(awa)
    codes = factors.codes_of(awa)
    assert codes is not None
    word = factors.unused(codes)[3]
    for expected in (302, 200):
        client = Client()
        knock(client, "awa")
        assert client.post(SECOND, {"code": word}).status_code == expected
    codes.refresh_from_db()
    assert len(factors.unused(codes)) == 9


def test_no_address_of_the_library_is_open(db: None) -> None:
    for address in ("signup", "login", "email", "password/reset", "2fa", "reauthenticate", "social/signup"):
        for before in ("", "accounts/", "sign-in/", "me/"):
            answer = Client().get(f"/{before}{address}/")
            assert (address, answer.status_code) == (address, 404), before


def test_a_demonstration_account_comes_in_without_a_phone_and_the_pages_say_so(machine: Account) -> None:
    services.open_account(by=machine, username="essai", password=settings.SUTURA_DEMO_PASSWORD, is_demo=True)
    today = timezone.localdate()
    services.give_grant(
        by=machine,
        account=Account.objects.get(username="essai"),
        role="secretariat",
        everywhere=True,
        purpose="démonstration",
        starts_on=today,
        ends_on=today + timedelta(days=9),
    )
    client = Client()
    door = text(client.get(DOOR))
    assert "Ils se connectent sans téléphone." in door
    assert "Démonstration : tout ici est inventé." in door
    assert knock(client, "essai", settings.SUTURA_DEMO_PASSWORD)["Location"] == "/"
    page = text(client.get("/"))
    assert "Démonstration : tout ici est inventé." in page
    assert "compte de démonstration" in text(client.get(reverse("people:factors")))


@pytest.mark.parametrize("role", ["alert_partner", "coordinator"])
def test_who_opens_no_case_data_needs_no_second_factor(db: None, role: str) -> None:
    with_password(cast("seule", role))
    client = Client()
    assert knock(client, "seule")["Location"] == "/"
    assert client.get("/").status_code == 200


def test_case_data_opens_only_with_a_second_factor(awa: Account) -> None:
    with_password(awa)
    client = Client()
    knock(client, "awa")
    setting_up = reverse("people:factors")
    for address in ("/", "/incidents/", "/alerts/", reverse("people:me"), "/gallery/"):
        assert client.get(address)["Location"] == setting_up
    assert client.get(setting_up).status_code == 200
    # A grant that raises an account in the middle of a visit asks at the next request.
    other = cast("autre", "coordinator")
    browser = Client()
    browser.force_login(other, factor="")
    assert browser.get("/").status_code == 200
    today = timezone.localdate()
    services.give_grant(
        by=services.machine("tests"),
        account=other,
        role="monitor",
        regions=["ML05"],
        purpose="essai",
        starts_on=today,
        ends_on=today,
    )
    assert browser.get("/")["Location"] == setting_up
    lost = browser.post("/alerts/new/", {"told": "deux enfants près du puits"})
    assert (lost.status_code, "deux enfants près du puits" in text(lost)) == (403, True)
    assert client.post(reverse("ui:set_language"), {"language": "en", "next": "/"}).status_code == 302


# What opens before a second factor is there: the way to get one, the way out, and what strangers may see too.
BEFORE = {
    "people:factor_app",
    "people:factor_passkey",
    "people:factors",
    "people:password",
    "people:sessions",
    "people:vault_lost",
}


def test_without_a_second_factor_every_address_leads_to_it(secretary: Account) -> None:
    client = Client()
    client.force_login(secretary, factor="")
    setting_up = reverse("people:factors")
    opened = {
        name for name, address, _view in addresses() if client.get(address).get("Location", "") != setting_up
    }
    assert opened == BEFORE | {"people:sign_out"} | set(OPEN_ADDRESSES)


def test_a_new_browser_is_told_to_the_others_without_content(awa: Account) -> None:
    armed(awa)
    own, other = Client(), Client(HTTP_USER_AGENT="Inconnu/1.0")
    knock(own, "awa")
    own.post(SECOND, {"code": code()})
    assert "nouvel appareil" not in text(own.get("/"))
    knock(other, "awa")
    other.post(SECOND, {"code": code(1)})
    told = text(own.get("/"))
    assert "Connexion depuis un nouvel appareil" in told
    assert "Inconnu" not in told
    assert "nouvel appareil" in text(own.get(reverse("people:me")))
    page = text(own.get(reverse("people:sessions")))
    assert ("nouvel appareil" in page, "Inconnu/1.0" in page) == (True, True)
    # Read once, it does not stay in the way.
    assert "nouvel appareil" not in text(own.get("/"))


def test_a_known_browser_is_not_told_again(awa: Account) -> None:
    armed(awa)
    client = Client()
    for shift in (0, 1):
        knock(client, "awa")
        client.post(SECOND, {"code": code(shift)})
        client.post(reverse("people:sign_out"))
    assert acts(awa, "people.give_grant") == [
        "people.sign_in_new_device",
        "people.sign_in password totp",
        "people.sign_out",
        "people.sign_in password totp",
        "people.sign_out",
    ]
