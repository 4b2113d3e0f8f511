"""A visit ends in time, everywhere at once when its owner wants, and asks again before what cannot be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sutura.people import factors, services, sessions
from sutura.people.models import Account
from tests.accounts.doors import DOOR, PASSWORD, SECOND, acts, armed, code, is_in, knock
from tests.people import cast

SESSIONS = reverse("people:sessions")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let minutes pass on the clock of visits."""
    start = timezone.now().timestamp()

    def pass_by(minutes: float) -> None:
        monkeypatch.setattr("sutura.people.sessions.clock", lambda: start + minutes * 60)

    return pass_by


def text(answer: Any) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_left_alone_for_fifteen_minutes_it_is_over(awa: Account, later: Any) -> None:
    client = Client()
    client.force_login(awa)
    for minutes in (14, 28, 42):  # each page begins the wait anew
        later(minutes)
        assert is_in(client)
    later(57)
    answer = client.get("/incidents/")
    assert answer["Location"] == f"{DOOR}?next=/incidents/"
    assert "rien n’a été fait pendant 15 minutes" in text(client.get(answer["Location"]))
    assert not is_in(client)
    assert acts(awa, "people.give_grant") == ["people.end_visit idle"]


def test_what_is_noted_of_a_visit_is_written_before_the_page_and_not_after(awa: Account, later: Any) -> None:
    """A disk that fails once an act is saved must not call it unsaved."""
    client = Client()
    client.force_login(awa)
    later(5)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("incidents:list")).status_code == 200
    told = [query["sql"] for query in asked]
    written = [at for at, sql in enumerate(told) if sql.startswith('UPDATE "django_session"')]
    page = next(at for at, sql in enumerate(told) if 'FROM "incidents_incident"' in sql)
    assert (len(written), written[0] < page) == (1, True)


def test_after_eight_hours_it_is_over_however_busy(awa: Account, later: Any) -> None:
    client = Client()
    client.force_login(awa)
    for minutes in range(0, 480, 10):
        later(minutes)
        assert is_in(client)
    later(480.5)
    assert not is_in(client)
    assert "après 8 heures" in text(client.get(DOOR))
    assert acts(awa, "people.give_grant") == ["people.end_visit long"]


def test_a_form_sent_past_the_end_says_so_and_is_handed_back(awa: Account, later: Any) -> None:
    client = Client()
    client.force_login(awa)
    later(16)
    answer = client.post(
        "/alerts/new/", {"told": "deux enfants <b>près</b> du puits", "password": "zq-secret"}
    )
    page = text(answer)
    assert answer.status_code == 403
    assert "Votre formulaire n’a pas été enregistré" in page
    assert "deux enfants &lt;b&gt;près&lt;/b&gt; du puits" in page
    assert "zq-secret" not in page
    assert not is_in(client)
    # The same when the session was ended elsewhere, and nothing is left to tell whose it was.
    client.force_login(awa)
    services.end_sessions(by=awa, account=awa)
    SessionStore(client.session.session_key).delete()
    answer = client.post("/alerts/new/", {"told": "un seul mot"})
    assert (answer.status_code, "un seul mot" in text(answer)) == (403, True)


def test_a_session_that_did_not_come_by_the_door_opens_nothing(awa: Account) -> None:
    client = Client()
    client.force_login(awa)
    session = client.session
    del session[sessions.KEY]
    session.save()
    assert not is_in(client)


@pytest.mark.parametrize("opened", [0, 1e12])
def test_a_clock_that_jumped_ends_the_visit(awa: Account, opened: float) -> None:
    client = Client()
    client.force_login(awa)
    session = client.session
    session[sessions.KEY] = session[sessions.KEY] | {"opened": opened, "seen": opened}
    session.save()
    assert not is_in(client)


def test_a_stolen_or_forged_cookie_is_worth_nothing_after_all_sessions_end(awa: Account) -> None:
    armed(awa)
    phone, laptop = Client(), Client()
    for shift, client in enumerate((phone, laptop)):
        knock(client, "awa")
        client.post(SECOND, {"code": code(shift)})
        assert is_in(client)
    stolen = Client()
    stolen.cookies["sessionid"] = phone.session.session_key
    assert is_in(stolen)
    assert text(phone.get(SESSIONS)).count('<th scope="row">') == 2
    assert phone.post(SESSIONS)["Location"] == DOOR
    assert [is_in(client) for client in (phone, laptop, stolen)] == [False, False, False]
    forged = Client()
    forged.cookies["sessionid"] = "a" * 32
    assert not is_in(forged)
    assert "people.end_sessions 2" in acts(awa)


def test_nobody_ends_the_sessions_of_another_but_a_keeper(
    awa: Account, oumar: Account, keeper: Account
) -> None:
    from sutura.access.errors import NotAllowed

    with pytest.raises(NotAllowed):
        services.end_sessions(by=oumar, account=awa)
    armed(awa)
    client = Client()
    knock(client, "awa")
    client.post(SECOND, {"code": code()})
    assert services.end_sessions(by=keeper, account=awa) == 1
    assert not is_in(client)


def test_signing_out_ends_that_one_alone(awa: Account) -> None:
    armed(awa)
    phone, laptop = Client(), Client()
    for shift, client in enumerate((phone, laptop)):
        knock(client, "awa")
        client.post(SECOND, {"code": code(shift)})
    kept = phone.session.session_key
    phone.post(reverse("people:sign_out"))
    stolen = Client()
    stolen.cookies["sessionid"] = kept
    assert [is_in(client) for client in (phone, stolen, laptop)] == [False, False, True]


# --- asked again ---


@pytest.fixture
def office(db: None, later: Any) -> Client:
    """A keeper of accounts who signed in eleven minutes ago, and was never idle."""
    account = armed(cast("salif", "account_keeper"))
    client = Client()
    client.force_login(account)
    later(11)
    return client


ACCOUNT = {
    "username": "idrissa",
    "name": "Idrissa",
    "organisation": "Test",
    "password": "douze-lettres-au-moins",
}


def test_a_grant_is_not_given_on_an_old_proof(office: Client, awa: Account) -> None:
    address = reverse("people:account", args=[awa.public_id])
    assert "Confirmer que c’est vous" not in text(office.get(address))  # reading asks nothing
    today = timezone.localdate()
    form = {
        "role": "alert_partner",
        "everywhere": "on",
        "purpose": "essai <1>",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=9)).isoformat(),
    }
    asked = office.post(address, form | {"regions": ["ML01", "ML05"]})
    page = text(asked)
    assert (asked.status_code, awa.grants.count()) == (403, 2)
    assert 'value="essai &lt;1&gt;"' in page
    assert [f'name="regions" value="{code}"' in page for code in ("ML01", "ML05")] == [True, True]
    wrong = form | {"proof-of": "POST", "proof-password": "non"}
    assert "Ce n’est pas votre mot de passe." in text(office.post(address, wrong))
    nothing = form | {"proof-of": "POST"}
    assert "Donnez votre mot de passe" in text(office.post(address, nothing))
    assert awa.grants.count() == 2
    # Once proved, the same act goes on with what was typed.
    right = form | {"proof-of": "POST", "proof-password": PASSWORD}
    assert office.post(address, right)["Location"] == address
    assert awa.grants.get(role="alert_partner").purpose == "essai <1>"


@pytest.mark.parametrize("name", ["account_new", "grant_withdraw", "account_password"])
def test_the_page_of_such_an_act_asks_first_then_opens(office: Client, awa: Account, name: str) -> None:
    address = {
        "account_new": reverse("people:account_new"),
        "grant_withdraw": reverse("people:grant_withdraw", args=[awa.grants.get(role="monitor").public_id]),
        "account_password": reverse("people:account_password", args=[awa.public_id]),
    }[name]
    asked = office.get(f"{address}?from=list")
    assert "Confirmer que c’est vous" in text(asked)
    proved = office.post(f"{address}?from=list", {"proof-of": "GET", "proof-code": code()})
    assert proved["Location"] == f"{address}?from=list"
    assert "Confirmer que c’est vous" not in text(office.get(address))


def test_a_claim_of_proof_alone_does_nothing(office: Client) -> None:
    office.post(reverse("people:account_new"), ACCOUNT | {"proof-of": "POST"})
    office.post(reverse("people:account_new"), ACCOUNT | {"proof-of": "GET", "proof-code": "000000"})
    assert not Account.objects.filter(username="idrissa").exists()


def test_proofs_are_counted_as_tries(office: Client) -> None:
    address = reverse("people:account_new")
    tried = [
        "Trop d’essais" in text(office.post(address, {"proof-of": "GET", "proof-password": "non"}))
        for _try in range(8)
    ]
    assert tried == [False] * 5 + [True] * 3


def test_another_person_at_the_screen_does_not_prove_it_with_her_own(office: Client) -> None:
    other = armed(cast("passante", "monitor", regions=("ML05",)))
    factors.of(other)[0].delete()
    own = factors.keep_app(other, totp.generate_totp_secret())
    shown = code(secret=get_adapter().decrypt(own.data["secret"]))
    for proof in ({"proof-password": "son-mot-de-passe"}, {"proof-code": shown}):
        answer = office.post(reverse("people:account_new"), {"proof-of": "GET", **proof})
        assert answer.status_code == 403
    assert "Confirmer que c’est vous" in text(office.get(reverse("people:account_new")))


def test_recovery_codes_are_shown_on_a_fresh_proof_alone(awa: Account, later: Any) -> None:
    armed(awa)
    client = Client()
    client.force_login(awa)
    later(11)
    codes = factors.codes_of(awa)
    assert codes is not None
    for name in ("codes", "codes_file"):
        page = text(client.get(reverse(f"people:{name}")))
        assert [word for word in factors.unused(codes) if word in page] == []
    client.post(reverse("people:codes"), {"proof-of": "GET", "proof-password": PASSWORD})
    page = text(client.get(reverse("people:codes")))
    assert [word for word in factors.unused(codes) if word not in page] == []
    file = client.get(reverse("people:codes_file"))
    assert text(file).split("\n")[1:-1] == factors.unused(codes)
    assert file["Content-Disposition"] == 'attachment; filename="sutura-codes.txt"'
