"""What waits for a person, pile by pile, each task with its clock: only of what she may do, where she may do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may, scope
from sutura.alerts.choices import State
from sutura.alerts.models import Alert
from sutura.alerts.pages import due, what, where
from sutura.coordination.digest import sections
from sutura.disclosure.models import Export
from sutura.disclosure.pages import what as what_leaves
from sutura.disclosure.querysets.exports import APPROVE, REQUEST
from sutura.incidents.apart import shown
from sutura.incidents.choices import Type
from sutura.incidents.models import Incident, SourceLink, Violation
from sutura.incidents.retention import to_review
from sutura.places.models import Unit
from sutura.reporting.choices import CLEARING
from sutura.reporting.models import Edition
from sutura.ui import wording
from sutura.verification import bench
from sutura.verification.choices import PERMISSION, Level
from sutura.verification.models import Sitting
from sutura.verification.pages import address, may_sit

SHOWN = 5
MOST = 500
"""Beyond this many a pile is not counted on: the number would change nobody's morning."""


@dataclass(frozen=True)
class Task:
    """One thing to do: a code to open, what it is, and until when."""

    label: str
    url: str
    hint: str = ""
    due: date | datetime | None = None
    status: str = ""


@dataclass(frozen=True)
class Pile:
    """Things of one kind which wait: the first few, how many in all, and where all of them are."""

    title: str
    icon: str
    count: int
    tasks: list[Task] = field(default_factory=list)
    url: str = ""

    @property
    def shown(self) -> str:
        """The number, or that it is more than anyone counts."""
        return f"{MOST}+" if self.count >= MOST else wording.number(self.count)


def piles(user: Any, now: datetime) -> list[Pile]:
    """Every pile of a person, also the empty ones; the number of statements depends on the role alone."""
    found: list[Pile] = []
    regions = Unit.objects.region_names() if _reads_cases(user) else {}
    for pile in (
        _alerts,
        _answers,
        _opinions,
        _sittings,
        _incomplete,
        _editions,
        _exports,
        _reviews,
        _coordination,
    ):
        found.extend(pile(user, regions, now))
    return found


def _reads_cases(user: Any) -> bool:
    return any(
        may(user, permission) for permission in ("alerts.triage", "alerts.create", "verification.read")
    )


def _counted(found: QuerySet) -> int:
    return found.order_by()[:MOST].count()


def _alerts(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Alerts to triage: whoever has waited longest comes first, so the overdue ones lead."""
    if not may(user, "alerts.triage"):
        return
    mine = Alert.objects.visible_to(user).filter(scope(user, "alerts.triage")).to_triage()
    reports, leads = mine.reports(), mine.leads()
    tasks = [
        Task(alert.ref, alert.get_absolute_url(), f"{what(alert)} · {where(alert, regions)}", due(alert))
        for alert in reports.select_related("place").order_by("received_at", "id")[:SHOWN]
    ]
    inbox = address("alerts:inbox")
    yield Pile(_("Alerts to triage"), "bell", _counted(reports), tasks, f"{inbox}?tab=alerts&state=new")
    yield Pile(_("Leads to look at"), "radio-tower", _counted(leads), [], f"{inbox}?tab=leads&state=new")


def _answers(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Alerts of mine about which more was asked."""
    if not may(user, "alerts.create"):
        return
    mine = Alert.objects.visible_to(user).told_by(user).filter(state=State.WAITING)
    tasks = [
        Task(alert.ref, alert.get_absolute_url(), what(alert), status="problem")
        for alert in mine.order_by("triaged_at", "id")[:SHOWN]
    ]
    yield Pile(
        _("Alerts of mine: more was asked"), "message-square", _counted(mine), tasks, address("alerts:mine")
    )


def _opinions(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Violations which wait for the opinion of my level, with the clock of the oldest step of age not yet passed."""
    for level in Level:
        if not may(user, PERMISSION[level]):
            continue
        found = bench.awaiting(user, level)
        tasks = [
            Task(
                violation.ref,
                address("verification:violation", violation.public_id),
                f"{Type(violation.type).label} · {violation.incident.place.name}",
                until(violation.added_at, now),
            )
            for violation in shown(found[:SHOWN], user)
        ]
        titles = {
            Level.FOCAL_POINT: _("First opinion to give"),
            Level.TECHNICAL: _("Second opinion to give"),
            Level.CTFMR: _("To decide for the task force"),
        }
        url = f"{address('verification:bench')}?stage={level.value}"
        yield Pile(titles[level], "gavel", _counted(found), tasks, url)


def until(since: datetime, now: datetime) -> datetime:
    """The end of the step of age a waiting violation is in (30, 60, 90 days); past the last, how long it is over."""
    steps = [since + timedelta(days=days) for days in settings.SUTURA_QUEUE_DAYS]
    return next((end for end in steps if end > now), steps[-1])


def _sittings(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Sittings not closed."""
    if not may_sit(user):
        return
    found = Sitting.objects.visible_to(user).open()
    listed: Any = found.listed()[:SHOWN]
    tasks = [
        Task(each.ref, each.get_absolute_url(), _("%(n)s on the agenda") % {"n": each.listed}, each.held_on)
        for each in listed
    ]
    yield Pile(
        _("Sittings of the task force"), "users", _counted(found), tasks, address("verification:sittings")
    )


def _incomplete(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Open incidents of mine which lack a violation, a source or the shareable account."""
    if not may(user, "incidents.document"):
        return
    found = incomplete(user)
    tasks = [
        Task(
            incident.ref, address("incidents:detail", incident.public_id), _lacks(incident), status="problem"
        )
        for incident in found.order_by("opened_at", "id")[:SHOWN]
    ]
    yield Pile(
        _("Incidents of mine to complete"), "pencil", _counted(found), tasks, address("incidents:list")
    )


def incomplete(user: Any) -> QuerySet[Incident]:
    """Open incidents a person opened or was assigned, of which the file is not ready to be judged."""
    violations = Violation.objects.standing().filter(incident=OuterRef("pk"))
    sourced = SourceLink.objects.filter(violation=OuterRef("pk"), source__voided_reason="")
    unsourced = violations.pending().filter(~Exists(sourced))
    mine = Incident.objects.visible_to(user).filter(
        Q(opened_by=user.pk) | Q(assigned_to=user.pk), state="open"
    )
    return mine.annotate(bare=~Exists(violations), unsourced=Exists(unsourced)).filter(
        Q(bare=True) | Q(unsourced=True) | Q(account_shareable="")
    )


def _lacks(incident: Any) -> str:
    lacks = []
    if incident.bare:
        lacks.append(_("no violation"))
    if incident.unsourced:
        lacks.append(_("no source"))
    if not incident.account_shareable:
        lacks.append(_("no shareable account"))
    return ", ".join(lacks)


def _editions(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Editions which wait for the clearance of my level: the latest of each report, not cleared by me elsewhere."""
    for level, permission in CLEARING.items():
        if not may(user, permission, ""):
            continue
        newer = Edition.objects.filter(
            product=OuterRef("product"),
            period=OuterRef("period"),
            geography=OuterRef("geography"),
            number__gt=OuterRef("number"),
        )
        found = Edition.objects.visible_to(user).filter(~Exists(newer)).exclude(clearances__level=level)
        found = found.exclude(clearances__by=user.pk)
        tasks = [
            Task(str(edition), edition_url(edition), wording.moment(edition.as_at))
            for edition in found.defer("content").order_by("id")[:SHOWN]
        ]
        yield Pile(_("Editions to clear"), "stamp", _counted(found), tasks, address("reporting:notes"))


def _exports(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Requests for coded data which wait for my word, and files made for me."""
    if may(user, APPROVE):
        yield _requests(
            _("Exports to approve"), "list-checks", Export.objects.to_approve(user, now), "to_approve"
        )
    if may(user, REQUEST):
        yield _requests(_("Exports to take"), "download", Export.objects.ready(user, now), "exports")


def _requests(title: str, icon: str, found: QuerySet[Export], view: str) -> Pile:
    listed = list(found.select_related("asked_by", "sitting", "edition").order_by("ends_at", "id")[:SHOWN])
    tasks = [
        Task(one.ref, one.get_absolute_url(), f"{what_leaves(one)} · {one.asked_by}", one.ends_at)
        for one in listed
    ]
    count = _counted(found) if len(listed) == SHOWN else len(listed)
    return Pile(title, icon, count, tasks, address(f"disclosure:{view}"))


def _reviews(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """Files whose time to be kept is over."""
    if not may(user, "incidents.void"):
        return
    count = _counted(to_review(user))
    if count:
        yield Pile(_("Old files to review"), "archive", count, [], address("incidents:retention"))


def _coordination(user: Any, regions: dict[str, str], now: datetime) -> Iterator[Pile]:
    """What coordination waits for: the same sections as its e-mail, with what each line is about."""
    for section in sections(user, timezone.localdate(now)):
        tasks = [Task(line.code, line.url, line.about, line.due) for line in section.lines]
        yield Pile(section.title, section.icon, section.count, tasks, section.url)


def edition_url(edition: Edition) -> str:
    """The page of an edition, or the list of notes while it has none."""
    return address("reporting:edition", edition.public_id) or address("reporting:notes")


def latest(user: Any) -> Edition | None:
    """The latest edition cleared by both levels, for whoever reads figures nationwide."""
    cleared = Edition.objects.visible_to(user)
    for level in CLEARING:
        cleared = cleared.filter(clearances__level=level)
    return cleared.order_by("-as_at", "-id").first()
