from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from sutura.people.models import Account
from tests.people import KAYES, MOPTI, open_vault
from tests.security import world
from tests.security.addresses import list_cases
from tests.security.canaries import Canaries
from tests.security.pages import steady, text_of

Visit = Callable[[Account | None], Client]


def visiting(account: Account | None, *, strict: bool = False) -> Client:
    """The browser of an account, or of a stranger; a failure of ours comes as a page, as in life."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=strict)
    if account is not None:
        client.force_login(account)
        if account.is_active:
            open_vault(client, account)
    return client


class Reading:
    """What each account reads at each address of the scene, asked once: reading changes nothing."""

    def __init__(self, read: dict[tuple[str, str], tuple[Any, str]]) -> None:
        self._read = read
        self._clients: dict[str, Client] = {}  # a visit ends with its test

    def __call__(self, account: Account, url: str) -> tuple[Any, str]:
        """The answer, and all its words."""
        key = account.username, url
        if key not in self._read:
            if account.username not in self._clients:
                self._clients[account.username] = visiting(account)
            answer = self._clients[account.username].get(url)
            self._read[key] = answer, text_of(answer)
        return self._read[key]


@pytest.fixture
def reading(scene: SimpleNamespace, db: None) -> Reading:
    """Ask for a page of the scene, or look at the answer which another test had."""
    return Reading(scene.read)


@pytest.fixture(scope="module")
def scene(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SimpleNamespace]:
    """Kayes and the country first, then Mopti with a canary in every text.

    `before`, for a module which says COMPARED: what outsiders saw when Mopti had no record.
    """
    files: Path = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=files):
        world.registers()
        who, canaries = world.everybody(), Canaries()
        held = world.sittings(who)
        kayes = world.region_of(KAYES, who, held)
        watched = who.outsiders if getattr(request.module, "COMPARED", False) else {}
        before = {name: lists_seen(account, kayes) for name, account in watched.items()}
        mopti = world.region_of(MOPTI, who, held)
        world.planted(mopti, canaries, who.awa)
        nation = world.nation(who, held, canaries)
        yield SimpleNamespace(
            who=who, canaries=canaries, kayes=kayes, mopti=mopti, nation=nation, before=before, files=files,
            read={},
        )  # fmt: skip
        transaction.set_rollback(True)


def lists_seen(account: Account, region: world.Region) -> dict[str, tuple[int, str]]:
    """What an account sees on every page which lists, before there is anything in Mopti."""
    client = visiting(account)
    seen = {}
    for case in list_cases(region):
        if case.insider:
            answer = client.get(case.url)
            seen[case.url] = (answer.status_code, steady(text_of(answer)))
    return seen
