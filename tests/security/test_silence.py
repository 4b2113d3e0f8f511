"""An exception may carry a child's words: neither the page nor any log repeats them."""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime, timedelta

import pytest

from sutura.config.server import Server
from sutura.people.models import Account
from tests.security.conftest import visiting

CANARY = "zqR001 Awa, fille du forgeron"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the product's own handlers print."""
    printed = io.StringIO()
    for name in ("", "django", "sutura"):
        for handler in logging.getLogger(name).handlers:
            if type(handler) is logging.StreamHandler:
                monkeypatch.setattr(handler, "stream", printed)
    return printed


class Deep(Exception):
    """An exception with a word of a record in its text, its notes, its cause and its locals."""


def failing(*_args: object, **_more: object) -> None:
    child = CANARY
    try:
        raise ValueError(child)
    except ValueError as cause:
        error = Deep(child)
        error.add_note(child)
        raise error from cause


def test_a_failure_tells_its_class_and_its_place_alone(
    awa: Account, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sutura.desk.views.piles", failing)
    answer = visiting(awa).get("/", {"q": CANARY})
    assert answer.status_code == 500
    assert "zqR001" not in answer.content.decode()
    assert "Deep at failing:" in log.getvalue()
    assert "zqR001" not in log.getvalue()
    assert "forgeron" not in log.getvalue()


@pytest.mark.parametrize(
    "name", ["sutura.reporting", "django.request", "whitenoise", "fontTools", "any.package", ""]
)
def test_no_logger_prints_the_text_of_an_exception(log: io.StringIO, name: str) -> None:
    try:
        failing()
    except Deep:
        logging.getLogger(name).exception("something failed")
    assert "something failed" in log.getvalue()
    assert "Deep at failing:" in log.getvalue()
    assert "forgeron" not in log.getvalue()


def test_a_line_says_its_moment_in_utc(log: io.StringIO) -> None:
    logging.getLogger("sutura").warning("said")
    moment, rest = log.getvalue().split(" ", 1)
    written = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)
    assert rest == "WARNING sutura said\n"


def test_no_address_forges_a_line(awa: Account, log: io.StringIO) -> None:
    visiting(awa).get("/nowhere%0A2026-01-01T00:00:00Z%20INFO%20forged%0D%1B[31m")
    (line,) = log.getvalue().splitlines()
    assert "django.request Not Found: /nowhere" in line
    assert "\x1b" not in line


def test_the_server_prints_no_text_of_an_exception(capsys: pytest.CaptureFixture[str]) -> None:
    """gunicorn has loggers of its own, for what fails outside the product: a file that breaks off, a header."""
    server = Server("127.0.0.1", 0, workers=1, threads=1)
    before = {name: list(logging.getLogger(name).handlers) for name in ("gunicorn.error", "gunicorn.access")}
    try:
        logger = server.cfg.logger_class(server.cfg)
        try:
            failing()
        except Deep:
            logger.exception("Error handling request %s", "/search/?q=x")
        printed = capsys.readouterr()
        assert "Deep at failing:" in printed.err
        assert "forgeron" not in printed.err + printed.out
    finally:
        for name, handlers in before.items():
            logging.getLogger(name).handlers[:] = handlers
