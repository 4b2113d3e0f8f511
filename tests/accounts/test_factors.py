"""Second factors of one's own account: kept encrypted, added on proof, never removed where one is needed."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutura.access.errors import Invalid, NotAllowed
from sutura.people import factors, services
from sutura.people.models import Account
from tests.accounts.doors import SECOND, SECRET, acts, armed, code, is_in, knock, with_password
from tests.people import cast

APP, FACTORS, CODES = (reverse(f"people:{name}") for name in ("factor_app", "factors", "codes"))


def text(answer: Any) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def stored() -> str:
    """Every byte of the tables where a second factor could lie."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = [str(row) for row in cursor.fetchall()]
    return "\n".join([*rows, *(str(session.get_decoded()) for session in Session.objects.all())])


def test_nobody_touches_the_second_factors_of_another(awa: Account, secretary: Account) -> None:
    armed(awa)
    (factor,) = factors.of(awa)
    with pytest.raises(NotAllowed):
        services.remove_factor(by=secretary, account=awa, number=factor.pk)
    with pytest.raises(NotAllowed):
        services.add_app(by=secretary, account=awa, secret=SECRET, code=code())
    with pytest.raises(NotAllowed):
        services.add_passkey(by=secretary, account=awa, name="x", credential={})
    with pytest.raises(NotAllowed):
        services.renew_codes(by=secretary, account=awa)
    client = Client()
    client.force_login(secretary)
    address = reverse("people:factor_remove", args=[factor.pk])
    assert [client.get(address)["Location"], client.post(address)["Location"]] == [FACTORS, FACTORS]
    assert factors.of(awa) == [factor]


def test_a_machine_has_no_second_factor(machine: Account) -> None:
    with pytest.raises(NotAllowed):
        services.add_app(by=machine, account=machine, secret=SECRET, code=code())


def test_the_last_one_stays_where_the_role_needs_it(awa: Account) -> None:
    armed(awa)
    (factor,) = factors.of(awa)
    with pytest.raises(Invalid):
        services.remove_factor(by=awa, account=awa, number=factor.pk)
    client = Client()
    client.force_login(awa)
    page = client.post(reverse("people:factor_remove", args=[factor.pk]), follow=True)
    assert "Votre rôle demande un second facteur" in text(page)
    assert factors.of(awa) == [factor]


def test_the_application_is_added_by_its_code_and_its_secret_is_nowhere_in_clear(awa: Account) -> None:
    with_password(awa)
    client = Client()
    knock(client, "awa")
    page = text(client.get(APP))
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found is not None
    secret = found.group(1)
    assert 'src="data:image/svg+xml;base64,' in page
    assert secret not in stored()  # not even before the first code
    for wrong in ("000000", "", "abc", "1" * 20):
        answer = client.post(APP, {"code": wrong})
        assert (answer.status_code, secret in text(answer)) == (200, True)  # the same picture still holds
    assert factors.of(awa) == []
    assert client.post(APP, {"code": code(secret=secret)})["Location"] == CODES
    assert client.get("/").status_code == 200  # shown just now: the work opens
    codes = factors.codes_of(awa)
    assert codes is not None
    words = factors.unused(codes)
    assert (len(words), len(set(words))) == (10, 10)
    kept = stored()
    assert [word for word in [secret, *words] if word in kept] == []
    assert get_adapter().decrypt(factors.of(awa)[0].data["secret"]) == secret
    assert acts(awa, "people.give_grant")[-1] == "people.add_factor totp"


def test_a_second_application_is_refused(awa: Account) -> None:
    armed(awa)
    with pytest.raises(Invalid):
        services.add_app(by=awa, account=awa, secret=SECRET, code=code())


@given(st.text(max_size=60))
def test_what_is_encrypted_is_read_again(secret: str) -> None:
    sealed = get_adapter().encrypt(secret)
    assert get_adapter().decrypt(sealed) == secret
    assert get_adapter().encrypt(secret) != sealed


def test_every_changed_byte_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = base64.b64decode(get_adapter().encrypt(SECRET))
    for place in range(len(sealed)):
        for bit in (1, 128):
            changed = bytearray(sealed)
            changed[place] ^= bit
            with pytest.raises(InvalidTag):
                get_adapter().decrypt(base64.b64encode(changed).decode())
    monkeypatch.setattr("django.conf.settings.SECRET_KEY", "another-installation")
    with pytest.raises(InvalidTag):
        get_adapter().decrypt(base64.b64encode(sealed).decode())


@pytest.mark.parametrize("kept", ["", "AAAA", "not base64!", "AQ" * 40])
def test_a_secret_changed_on_the_disk_opens_nothing_and_breaks_nothing(awa: Account, kept: str) -> None:
    armed(awa)
    Authenticator.objects.filter(user=awa, type="totp").update(data={"secret": kept})
    client = Client()
    knock(client, "awa")
    assert client.post(SECOND, {"code": code()}).status_code == 200
    assert not is_in(client)
    codes = factors.codes_of(awa)
    assert codes is not None
    assert client.post(SECOND, {"code": factors.unused(codes)[0]}).status_code == 302


def test_under_another_key_the_pages_still_open(awa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    armed(awa)
    client = Client()
    client.force_login(awa)
    monkeypatch.setattr("sutura.people.adapters._key", lambda _secret: b"k" * 32)
    assert "Il reste 0 code" in text(client.get(FACTORS))
    assert "Il ne reste aucun code." in text(client.get(CODES))


def test_new_codes_end_the_old_ones(awa: Account) -> None:
    armed(awa)
    client = Client()
    client.force_login(awa)
    old = factors.unused(factors.codes_of(awa))
    assert client.post(CODES)["Location"] == CODES
    new = factors.unused(factors.codes_of(awa))
    assert set(old) & set(new) == set()
    assert [factors.shown(awa, code=word, credential=None) for word in (old[0], new[0])] == [
        "",
        "recovery_codes",
    ]
    assert acts(awa, "people.give_grant") == ["people.renew_codes"]


def test_codes_stand_in_for_something(fatou: Account) -> None:
    client = Client()
    client.force_login(fatou)
    assert "ajoutez-en un d’abord" in text(client.post(CODES, follow=True))
    assert factors.codes_of(fatou) is None


def test_who_needs_none_removes_the_last_one_and_its_codes(fatou: Account) -> None:
    armed(fatou)
    client = Client()
    client.force_login(fatou)
    (factor,) = factors.of(fatou)
    address = reverse("people:factor_remove", args=[factor.pk])
    assert "n’ouvrira plus rien" in text(client.get(address))
    assert "est retiré" in text(client.post(address, follow=True))
    assert Authenticator.objects.filter(user=fatou).count() == 0
    assert acts(fatou, "people.give_grant") == ["people.remove_factor totp"]


@pytest.mark.parametrize(
    "credential",
    [
        "{}",
        "[]",
        "null",
        '"x"',
        '{"id": "x"}',
        "not json",
        json.dumps(
            {
                "id": "a",
                "rawId": "a",
                "type": "public-key",
                "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
            }
        ),
    ],
)
def test_a_passkey_that_answers_nothing_is_refused(awa: Account, credential: str) -> None:
    armed(awa)
    client = Client(SERVER_NAME="localhost")
    client.force_login(awa)
    address = reverse("people:factor_passkey")
    assert "data-passkey" in text(client.get(address))
    answer = client.post(address, {"name": "clé bleue", "credential": credential})
    assert answer.status_code == 200
    assert [factor.type for factor in factors.of(awa)] == ["totp"]
    # At the door too.
    door = Client(SERVER_NAME="localhost")
    knock(door, "awa")
    assert door.post(SECOND, {"credential": credential}).status_code == 200
    assert not is_in(door)


BYTES = st.binary(max_size=80).map(lambda some: base64.urlsafe_b64encode(some).decode().rstrip("="))
WORDS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | BYTES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=8,
)
ANSWERS = WORDS | st.fixed_dictionaries(
    {
        "id": BYTES,
        "rawId": BYTES,
        "type": st.just("public-key") | WORDS,
        "response": st.fixed_dictionaries(
            {
                "clientDataJSON": BYTES | WORDS,
                "attestationObject": BYTES | WORDS,
                "authenticatorData": BYTES | WORDS,
                "signature": BYTES | WORDS,
            }
        ),
    }
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS)
def test_no_answer_of_a_key_breaks_anything(fatou: Account, rf: RequestFactory, answer: Any) -> None:
    request = rf.get("/", headers={"host": "localhost"})
    request.session = SessionStore()
    with request_context(request):
        factors.offer_passkey(fatou)
        assert factors.keep_passkey(fatou, "clé", answer) is None
        assert factors.shown(fatou, code="", credential=answer) == ""


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
@pytest.mark.parametrize("word", [2**33, 10**15, -1, "A" * 20_000, ["A"], {"A": "A"}, "gY" * 2000])
def test_an_answer_cannot_ask_for_memory(fatou: Account, rf: RequestFactory, part: str, word: Any) -> None:
    """The library makes as many bytes as a number says."""
    request = rf.get("/", headers={"host": "localhost"})
    request.session = SessionStore()
    answer: dict[str, Any] = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}
    answer["response"] = {"clientDataJSON": "e30", "attestationObject": "oA", part: word}
    with request_context(request):
        factors.offer_passkey(fatou)
        assert factors.keep_passkey(fatou, "clé", answer) is None
        assert factors.shown(fatou, code="", credential=answer) == ""


@pytest.mark.parametrize(
    ("host", "offered"), [("localhost", True), ("127.0.0.1", False), ("sutura.exemple.ml", False)]
)
@override_settings(ALLOWED_HOSTS=["*"])
def test_passkeys_are_offered_where_browsers_keep_them(fatou: Account, host: str, offered: bool) -> None:
    client = Client(SERVER_NAME=host)
    client.force_login(fatou)
    assert ("data-passkey" in text(client.get(reverse("people:factor_passkey")))) == offered
    assert (
        "data-passkey" in text(client.get(reverse("people:factor_passkey"), secure=True))
        or host == "127.0.0.1"
    )


def test_the_need_follows_the_grants(db: None) -> None:
    from sutura.access.roles import ROLES
    from sutura.people.rules import needs_second_factor

    found = {role: needs_second_factor(cast(f"a-{role}", role)) for role in ROLES if role != "machine"}
    assert {role for role, needed in found.items() if not needed} == {
        "alert_partner",
        "body_member",
        "coordinator",
    }
