"""The papers of a meeting: invitation, agenda, sign-in sheet, minutes; built once, printed or written as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.coordination.choices.bodies import Seat
from sutura.coordination.choices.meetings import Presence
from sutura.coordination.choices.recommendations import Origin
from sutura.coordination.models import AgendaItem, Attendance, Meeting, Recommendation
from sutura.ui.wording import day, says


@dataclass(frozen=True)
class Text:
    """Paragraphs, or points of a list."""

    lines: Sequence[str]
    listed: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: its headings, its rows, and how wide each column is in parts of the page."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: Sequence[int]
    signed: bool = False  # rows high enough to write in by hand


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    blocks: Sequence[Text | Grid]
    cut: bool = False  # torn off: a line to cut along stands over it


@dataclass(frozen=True)
class Paper:
    """One paper: over which body, its title, what stands at its head, its parts."""

    name: str  # of the file: codes only
    over: str
    title: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part] = field(default_factory=list)
    draft: bool = False
    upright: bool = False  # A4 on its short side


def minutes_paper(meeting: Meeting) -> Paper:
    """The minutes: who came, the agenda, then point | discussions | recommendations and decisions."""
    items, came = list(meeting.items.all()), _attendance(meeting)
    here = [row for row in came if row.presence in (Presence.PRESENT, Presence.REPRESENTED)]
    facts = [
        (_("Participants"), _people(here)),
        (_("Chaired by"), str(meeting.chaired_by or "")),
        (_("Minutes written by"), str(meeting.minuted_by or "")),
    ]
    who = Grid(
        (_("Organisation"), _("Attendance"), _("Women"), _("Men"), _("Who sat")),
        [_came(row) for row in came],
        (38, 16, 10, 10, 26),
    )
    heads = (_("Point"), _("Discussions"), _("Recommendations and decisions"))
    said = Grid(heads, [(item.title, _told(item), item.decisions) for item in items], (22, 42, 36))
    return Paper(
        name=f"{meeting.ref}-pv",
        over=str(meeting.body),
        title=_("Minutes of meeting %(ref)s") % {"ref": meeting.ref},
        facts=[*_when(meeting), *[fact for fact in facts if fact[1]]],
        parts=[
            Part(_("Organisations"), [who]),
            Part(_("Agenda"), [Text([item.title for item in items], numbered=True)]),
            Part(_("What was said and decided"), [said]),
            *_followed(meeting),
        ],
        draft=meeting.validated_on is None,
    )


def _followed(meeting: Meeting) -> list[Part]:
    """The recommendations born in a meeting: who answers for each, and by when."""
    born = Recommendation.objects.of_body(meeting.body).filter(origin=Origin.MEETING, source=meeting.ref)
    rows = [
        (each.ref, each.text, str(each.responsible), day(each.due_on) if each.due_on else "")
        for each in born.select_related("responsible").by_day()
    ]
    heads = (_("Reference"), _("Recommendation"), _("Responsible organisation"), _("Due"))
    return [Part(_("Recommendations adopted"), [Grid(heads, rows, (16, 46, 24, 14))])] if rows else []


def agenda_paper(meeting: Meeting) -> Paper:
    """The agenda: each point with who presents it, how long, and what it is about."""
    rows = [
        (str(place), "\n".join(filter(None, (item.title, item.detail))), item.presenter, _time(item))
        for place, item in enumerate(meeting.items.all(), start=1)
    ]
    heads = (_("No."), _("Point"), _("Presented by"), _("Time"))
    return Paper(
        name=f"{meeting.ref}-odj",
        over=str(meeting.body),
        title=_("Agenda of meeting %(ref)s") % {"ref": meeting.ref},
        facts=_when(meeting),
        parts=[Part(_("Agenda"), [Grid(heads, rows, (6, 57, 22, 15))])],
        upright=True,
    )


def sheet_paper(meeting: Meeting) -> Paper:
    """The sheet that is signed at the door: a line for each member, and empty ones."""
    seats = meeting.body.memberships.running(meeting.planned_on).in_order().select_related("organisation")
    lines = [(str(seat.organisation), seat.titular, "", "", "") for seat in seats]
    heads = (_("Organisation"), _("Name and office"), _("Sex"), _("Telephone or e-mail"), _("Signature"))
    empty = [("", "", "", "", "")] * 8
    return Paper(
        name=f"{meeting.ref}-presence",
        over=str(meeting.body),
        title=_("Sign-in sheet of meeting %(ref)s") % {"ref": meeting.ref},
        facts=_when(meeting),
        parts=[Part(_("Who came"), [Grid(heads, [*lines, *empty], (30, 26, 7, 20, 17), signed=True)])],
    )


def convening_paper(meeting: Meeting) -> Paper:
    """The message that convenes the members, to be printed, copied or sent."""
    body, place = meeting.body, meeting.venue or meeting.get_mode_display()
    seats = list(body.memberships.running(meeting.planned_on).in_order().select_related("organisation"))
    keeper = next((seat for seat in seats if seat.seat == Seat.SECRETARIAT), None)
    told = _("You are invited to meeting %(ref)s of %(body)s, on %(day)s%(hour)s, %(place)s.") % {
        "ref": meeting.ref, "body": body, "day": day(meeting.planned_on),
        "hour": f" {hours_of(meeting)}" if meeting.starts_at else "", "place": place,
    }  # fmt: skip
    signed = str(keeper.organisation) if keeper else _("The secretariat of %(body)s") % {"body": body.acronym}
    return Paper(
        name=f"{meeting.ref}-convocation",
        over=str(body),
        title=_("Invitation to meeting %(ref)s") % {"ref": meeting.ref},
        facts=[(_("For the attention of"), ", ".join(seat.organisation.short for seat in seats))],
        parts=[
            Part(_("Ladies and gentlemen,"), [Text([told])]),
            Part(_("Proposed agenda"), [Text([item.title for item in meeting.items.all()], numbered=True)]),
            Part("", [Text([_("Please confirm who will sit for your organisation."), signed])]),
        ],
        upright=True,
    )


PAPERS = {
    "minutes": minutes_paper,
    "agenda": agenda_paper,
    "sheet": sheet_paper,
    "convening": convening_paper,
}


def _when(meeting: Meeting) -> list[tuple[str, str]]:
    """The day, the hours and the place, as they are known."""
    told = [
        (_("Date"), " ".join(filter(None, (day(meeting.held_on or meeting.planned_on), hours_of(meeting))))),
        (_("Place"), meeting.venue or str(meeting.get_mode_display())),
    ]
    return [fact for fact in told if fact[1]]


def hours_of(meeting: Meeting) -> str:
    """From when to when, as far as it is known: `09:00–12:00`."""
    hours = [hour.strftime("%H:%M") for hour in (meeting.starts_at, meeting.ends_at) if hour]
    return "–".join(hours)


def _time(item: AgendaItem) -> str:
    return _("%(n)s min") % {"n": item.duration} if item.duration else ""


def _told(item: AgendaItem) -> str:
    """What is under discussion, then what was said of it."""
    return "\n".join(filter(None, (item.detail, item.discussion)))


def _attendance(meeting: Meeting) -> list[Attendance]:
    ranks = list(Presence.values)
    rows = meeting.attendance.select_related("organisation")
    return sorted(rows, key=lambda row: (ranks.index(row.presence), str(row.organisation)))


def _came(row: Attendance) -> tuple[str, ...]:
    here = row.presence in (Presence.PRESENT, Presence.REPRESENTED)
    counts = (str(row.women), str(row.men)) if here else ("", "")
    return (str(row.organisation), str(row.get_presence_display()), *counts, row.persons)


def _people(here: Sequence[Attendance]) -> str:
    """How many persons and organisations came: « 14 (8 femmes, 6 hommes), 9 organisations »."""
    women, men = sum(row.women for row in here), sum(row.men for row in here)
    bodies = ngettext("%(n)s organisation", "%(n)s organisations", len(here)) % {"n": len(here)}
    if not women + men:
        return bodies if here else ""
    split = ", ".join((says(_("women"), women), says(_("men"), men)))
    return f"{women + men} ({split}), {bodies}"
