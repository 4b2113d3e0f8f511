"""The way of a message to its address: one connection for all, each address for itself, bounded in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from sutura.coordination.choices.mailings import Notice, Outcome
from sutura.coordination.letters import notice as letter_of
from sutura.coordination.models import Mailing, Meeting
from sutura.coordination.services import mailings, meetings

SECONDS = 20
"""For all of them: whoever waits before the page is not kept; what is left waits for `./sutura remind`."""
PATIENCE = 10


def announce(*, meeting: Meeting, notice: str, by: Any) -> Meeting:
    """Mail to the members that there is something to read, unless they got it."""
    post(mailings.announce(meeting=meeting, notice=notice, by=by), by=by)
    return meeting


def convene(*, meeting: Meeting, by: Any) -> Meeting:
    """Mail the invitation."""
    return announce(meeting=meeting, notice=Notice.CONVENING, by=by)


def send_minutes(*, meeting: Meeting, by: Any, mailed: bool) -> Meeting:
    """Note that the minutes went out; mail it to the members unless they were given them otherwise."""
    sent = meetings.send_minutes(meeting=meeting, by=by)
    return announce(meeting=sent, notice=Notice.MINUTES, by=by) if mailed else sent


def post(rows: Iterable[Mailing], *, by: Any) -> Counter[str]:
    """Mail each and keep what became of it; once the server does not answer, the rest waits."""
    connection, over, found = get_connection(timeout=PATIENCE), monotonic() + SECONDS, Counter[str]()
    for row in rows:
        answers = monotonic() < over
        try:
            outcome = _outcome(row, connection) if answers else Outcome.WAITING
        except OSError:  # refused, unreachable, gone
            answers, outcome = False, Outcome.WAITING
        mailings.note_mailing(mailing=row, outcome=outcome, by=by)
        found[outcome] += 1
        if not answers:
            break
    with suppress(OSError):
        connection.close()
    return found


def _outcome(row: Mailing, connection: Any) -> Outcome:
    """What the server says to one message; raises OSError when it does not speak."""
    written = letter_of(row)
    try:
        connection.open()
        EmailMessage(written.subject, written.text, to=[row.address], connection=connection).send()
    except SMTPRecipientsRefused as answer:
        return _refusal(max(code for code, _words in answer.recipients.values()))
    except SMTPDataError as answer:
        return _refusal(answer.smtp_code)
    return Outcome.SENT if is_set() else Outcome.PRINTED


def _refusal(code: int) -> Outcome:
    """From 500 on the address is wrong and a person corrects it; below, the server asks to come back later."""
    return Outcome.REFUSED if code >= 500 else Outcome.WAITING


def is_set() -> bool:
    """Whether a server takes our mail; without one, messages are only printed."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
