"""How every test runs: the database emptied in spite of its guards, the system's Chromium, skips told with reasons."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from sutura.access.acting import beyond
from sutura.security.crypto import new_pair
from tests import walls
from tests.people import (  # noqa: F401 - the cast
    awa,
    binta,
    chair,
    come_in,
    fatou,
    keeper,
    lead,
    machine,
    moussa,
    oumar,
    secretary,
)

PUBLIC = new_pair()[1]
CHROMIUM = os.environ.get("SUTURA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# No test judges by time: on a busy machine an example may take as long as it likes.
hypothesis_settings.register_profile("sutura", deadline=None)
hypothesis_settings.load_profile("sutura")

# pytest-playwright keeps an event loop in the thread where Django's test database is used.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for a page is a browser test; without Chromium or LibreOffice it is skipped, saying so."""
    elsewhere = {"postgresql": "once"}.get(connection.vendor, "postgresql")
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(elsewhere)])
    items[:] = [item for item in items if not item.get_closest_marker(elsewhere)]
    for item in items:
        if {"page", "browser", "context", "playwright"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="chromium is not installed"))
        if item.get_closest_marker("office") and not shutil.which("soffice"):
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not installed (soffice)"))
        if item.get_closest_marker("java") and not shutil.which("javac"):
            item.add_marker(pytest.mark.skip(reason="Java is not installed (javac)"))
        if item.get_closest_marker("node") and not (shutil.which("node") and shutil.which("npm")):
            item.add_marker(pytest.mark.skip(reason="Node is not installed (node, npm)"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's Chromium: nothing is downloaded."""
    return {"executable_path": CHROMIUM, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """A reader in Bamako."""
    return {"locale": "fr-FR", "timezone_id": "Africa/Bamako", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(autouse=True)
def escrow(request: pytest.FixtureRequest) -> None:
    """As in a real office: whatever a test seals can be opened again, also where nobody of its cast may read."""
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        from sutura.vault.models import EscrowKey

        EscrowKey(public=PUBLIC, asked_by=1, agreed_by=2, agreed_at=timezone.now()).save()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database, with the second wall where it has one."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock(), walls.around_tests():
        yield


@pytest.fixture(autouse=True, scope="session")
def whole_country() -> Iterator[None]:
    """A test looks at everything; the pages it asks for do not."""
    with beyond("tests"):
        yield


@pytest.fixture
def as_owner(request: pytest.FixtureRequest) -> Iterator[None]:
    """For a test that changes the schema: what the server's role cannot."""
    asked = request.fixturenames
    request.getfixturevalue("transactional_db" if "transactional_db" in asked else "db")
    with walls.as_owner():
        yield


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Append-only tables refuse to be emptied; between two tests, and only there, they must be."""
    with walls.as_owner(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [row[0] for row in cursor.fetchall()]
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(autouse=True, scope="session")
def empty_in_spite_of_guards() -> Iterator[None]:
    """Django empties the tables after each test that commits; let it."""
    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with guards_lifted():
            original(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(autouse=True, scope="session")
def signed_in_means_through_the_door() -> Iterator[None]:
    """`force_login` opens the visit that the door opens, second factor shown; `factor=""`: by the password alone."""
    original = Client.force_login

    def force_login(client: Client, user: Any, backend: str | None = None, factor: str = "totp") -> None:
        original(client, user, backend)
        come_in(client, factor=factor)

    Client.force_login = force_login
    yield
    Client.force_login = original


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell `./sutura test` what was counted and skipped."""
    wanted = os.environ.get("SUTURA_TEST_REPORT")
    if not wanted:
        return
    stats = terminalreporter.stats
    told = {
        "passed": len(stats.get("passed", [])),
        "failed": len(stats.get("failed", [])) + len(stats.get("error", [])),
        "skipped": {report.nodeid: reason_of(report) for report in stats.get("skipped", [])},
    }
    Path(wanted).write_text(json.dumps(told))


def reason_of(report: pytest.TestReport) -> str:
    """Why a test was skipped, in its own words."""
    longrepr = report.longrepr
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")
