"""The e-mail that tells somebody what waits: codes, days and links; what they are about stays on the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sutura.coordination.choices.mailings import Notice
from sutura.coordination.digest import Line, Section, sections
from sutura.coordination.models import Mailing
from sutura.coordination.papers import hours_of
from sutura.ui import wording


class Letter(NamedTuple):
    """One e-mail."""

    subject: str
    text: str


def letter(account: Any, today: date) -> Letter | None:
    """What waits for an account, in its language; none when nothing waits."""
    with translation.override(account.language):
        waiting = [section for section in sections(account, today) if section.count]
        if not waiting:
            return None
        count = sum(section.count for section in waiting)
        foot = _("Change how often you get this: %(url)s") % {"url": _at(reverse("coordination:reminders"))}
        subject = _("Sutura: what waits for you (%(n)s)") % {"n": count}
        return Letter(subject, "\n\n".join([*map(_part, waiting), f"--\n{foot}\n"]))


def notice(mailing: Mailing) -> Letter:
    """What an organisation is told of a meeting: its reference, its day and hours, and where its members read the rest.

    A mailbox has no language of its own, so it reads French. Neither the paper nor a word of it leaves by mail.
    """
    meeting = mailing.meeting
    with translation.override(settings.LANGUAGE_CODE):
        page = _at(reverse("coordination:paper", args=[meeting.public_id, mailing.notice]))
        what = {"ref": meeting.ref, "day": wording.day(mailing.day), "url": page}
        if mailing.notice == Notice.MINUTES:
            subject = _("Sutura: minutes %(ref)s")
            told = _("The minutes of meeting %(ref)s of %(day)s are validated.")
        else:
            subject = _("Sutura: invitation %(ref)s")
            told = _("You are invited to meeting %(ref)s on %(day)s%(hours)s.")
            what["hours"] = f", {hours}" if (hours := hours_of(meeting)) else ""
        where = _("With an account, read it here: %(url)s")
        other = _("Without one, ask the secretariat of the body for the paper.")
        return Letter(subject % what, "\n\n".join((told % what, where % what, other)) + "\n")


def _part(section: Section) -> str:
    lines = [f"{section.title} ({section.count})", *(_line(line) for line in section.lines)]
    if section.count > len(section.lines):
        lines.append(f"  … {_at(section.url)}")
    return "\n".join(lines)


def _line(line: Line) -> str:
    day = f" · {wording.day(line.due)}" if line.due else ""
    return f"- {line.code}{day}\n  {_at(line.url)}"


def _at(path: str) -> str:
    return settings.SUTURA_ADDRESS + path
