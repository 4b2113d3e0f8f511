"""Passwords, numbers of sessions and the signing key: strong, kept as they came, never guessable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from sutura.config import env
from sutura.config import settings as product
from sutura.people.models import Account
from tests.people import cast

LONG = "  " + "é😀 A" * 30 + "  "


@pytest.mark.parametrize("word", ["cheval agrafe batterie", "987654 321098 765432", "ЖЖЖЖЖЖЖЖЖЖЖЖ", LONG])
def test_any_kind_of_character_makes_a_password(word: str) -> None:
    validate_password(word)


@pytest.mark.parametrize("word", ["onze lettre", "password1234", "awatraore2026"])
def test_what_is_short_common_or_ones_own_name_makes_none(word: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(word, Account(username="awatraore", name="Awa Traoré"))


def test_a_long_password_is_checked_to_its_last_space(db: None) -> None:
    account = cast("known", "coordinator")
    Account.objects.filter(pk=account.pk).update(password=make_password(LONG))
    tried = {word: Client() for word in (LONG, LONG.strip(), LONG[:-1], LONG.upper())}
    answers = {
        word: client.post(reverse("people:sign_in"), {"username": "known", "password": word}).status_code
        for word, client in tried.items()
    }
    assert answers == {LONG: 302, LONG.strip(): 200, LONG[:-1]: 200, LONG.upper(): 200}
    assert re.fullmatch(r"[a-z0-9]{32}", tried[LONG].cookies["sessionid"].value)


def test_passwords_are_hashed_slowly(settings: object) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS  # type: ignore[attr-defined]
    method, kind, _version, costs = make_password("x").split("$")[:4]
    memory, passes = (int(cost[2:]) for cost in costs.split(",")[:2])
    assert (method, kind) == ("argon2", "argon2id")
    assert memory >= 64 * 1024
    assert passes >= 2


def test_the_signing_key_is_its_owners_alone_and_of_512_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUTURA_SECRET_KEY", raising=False)
    made = {env.secret_key(tmp_path / str(number)) for number in range(3)}
    assert {len(key) for key in made} == {86}  # 64 bytes in letters
    assert len(made) == 3
    assert env.secret_key(tmp_path / "0") in made
    assert (tmp_path / "0" / "secret_key").stat().st_mode & 0o777 == 0o600
