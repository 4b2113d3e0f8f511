"""Schools as incidents and lines tell of them together: which record tells of which school, and how long it lasted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.acting import beyond
from sutura.access.rules import scope
from sutura.incidents.choices import AttackKind, Extent, PerpetratorCategory, Type
from sutura.incidents.models import AttackDetail, Incident, MilitaryUseDetail, PerpetratorLink, Violation
from sutura.incidents.querysets import DetailQuerySet, ViolationQuerySet
from sutura.places.rules import fold
from sutura.response.choices import Precision, Zone
from sutura.response.choices.schools import Line, Shown, Told
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.models.schools import standing_lines
from sutura.response.querysets import COUNTS, READ
from sutura.response.rules import schools as rules
from sutura.response.rules.clocks import Span, span_of

SEALED = ("facility_details", "notes")


@dataclass(frozen=True)
class Happening:
    """What one incident tells of one school."""

    kind: str
    detail: Any
    by: tuple[str, ...] = ()
    """Kinds of party held responsible; their names stay in the incident."""

    @property
    def incident(self) -> Any:
        """Where it is told."""
        return self.detail.violation.incident

    @property
    def verified(self) -> bool:
        """Whether the task force verified it."""
        return bool(self.detail.violation.status == "verified")

    @property
    def key(self) -> rules.Key:
        """Which school it names."""
        return rules.key(
            self.detail.facility_id, self.incident.place_id, fold(self.detail.facility_name), self.detail.pk
        )

    @property
    def when(self) -> Span:
        """The days of the incident."""
        first, last = spanned(self.incident.occurred_on), spanned(self.incident.occurred_to)
        return Span(first.first, last.last if last.known else first.last)

    @property
    def deprived(self) -> int:
        """Children without the service."""
        return sum(getattr(self.detail, f"deprived_{sex}") for sex in ("boys", "girls", "unknown"))

    @property
    def used(self) -> tuple[list[Span], list[Span]]:
        """Days on which it was seen used, and that on which it was vacated.

        “Used until” alone says when use was last known: only a school said to be vacated is.
        """
        if self.kind != Told.USE:
            return [], []
        detail = self.detail
        begins = [
            spanned(day) for day in (detail.from_date or self.incident.occurred_on, detail.to_date) if day
        ]
        return begins, [spanned(detail.to_date)] if detail.vacated == Extent.YES else []

    @property
    def closed(self) -> tuple[list[Span], list[Span]]:
        """The day from which it was closed, and that of its reopening where the incident tells how many days."""
        if self.detail.closed != Extent.YES:
            return [], []
        begun, days = self.incident.occurred_to or self.incident.occurred_on, self.detail.closed_days
        return [spanned(begun)], [spanned(begun + timedelta(days=days))] if days is not None else []


@dataclass
class Known:
    """One school with all that is known of it."""

    name: str
    region: str
    place: Any
    school: School | None = None
    told: list[Happening] = field(default_factory=list)
    lines: list[SchoolLine] = field(default_factory=list)
    actions: list[SchoolAction] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its page; a school that nobody follows yet is found by what an incident tells of it."""
        if self.school:
            return self.school.get_absolute_url()
        return reverse("response:school_of", args=[self.told[0].detail.violation.public_id])

    @cached_property
    def standing(self) -> list[SchoolLine]:
        """The lines that hold."""
        return standing_lines(self.lines)

    @property
    def attacks(self) -> list[Happening]:
        """Attacks; other interference is told on the page and counts nowhere (mrm.md 2.5)."""
        return [
            one
            for one in self.told
            if one.kind == Told.ATTACK and one.detail.attack_kind != AttackKind.OTHER_INTERFERENCE
        ]

    def noted(self, *kinds: str) -> list[Span]:
        """The days of the standing lines of some kinds."""
        return [line.span for line in self.standing if line.kind in kinds]

    @cached_property
    def use(self) -> list[rules.Stretch]:
        """When it was used."""
        return rules.stretches(*self.marks_of_use)

    @property
    def marks_of_use(self) -> tuple[list[Span], list[Span]]:
        """Days on which it was seen used, and days on which it was vacated."""
        begins = [span for one in self.told for span in one.used[0]] + self.noted(Line.STILL_USED)
        ends = [span for one in self.told for span in one.used[1]] + self.noted(Line.VACATED)
        return begins, ends

    @cached_property
    def closure(self) -> list[rules.Stretch]:
        """When it was closed."""
        return rules.stretches(*self.marks_of_closure)

    @property
    def marks_of_closure(self) -> tuple[list[Span], list[Span]]:
        """Days on which it was closed, and days on which it was reopened."""
        begins = [span for one in self.told for span in one.closed[0]]
        ends = [span for one in self.told for span in one.closed[1]]
        return (
            begins + self.noted(Line.CLOSED, Line.STILL_CLOSED),
            ends + self.noted(Line.REOPENED),
        )

    def answers(self, shown: str, since: datetime | None, until: datetime | None, today: date) -> bool | None:
        """Whether it belongs to a list for a period; None: perhaps, its days are too vague to tell."""
        if shown == Shown.IN_USE:
            return any(one.open for one in self.use)
        if shown == Shown.SHUT:
            return any(one.open for one in self.closure)
        if shown == Shown.LATE:
            return any(one.late(today) for one in self.actions)
        found = set(self._found(shown, since, until))
        return True if True in found else None if None in found else False

    def _found(self, shown: str, since: datetime | None, until: datetime | None) -> Iterable[bool | None]:
        if shown == Shown.ATTACKED:
            return (rules.inside(one.when, since, until) for one in self.attacks)
        if shown == Shown.USED:
            return (rules.during(one, since, until) for one in self.use)
        if shown == Shown.CLOSED:
            return (rules.inside(one.start, since, until) for one in self.closure)
        spans = self.marks_of_use[1] if shown == Shown.VACATED else self.marks_of_closure[1]
        return (rules.inside(span, since, until) for span in spans)


def spanned(day: date | None) -> Span:
    """A day, or no day, as bounds."""
    precision = Precision.DAY if day else Precision.UNKNOWN
    return span_of(precision, day=day, moment=None, zone=Zone.BAMAKO)


def all_seen(user: Any) -> list[Known]:
    """The schools of the regions where one follows: as incidents that one reads tell of them, and those followed."""
    of = scope(user, READ, "violation__region")
    whole = Violation.objects.visible_to(user).filter(incident__in=Incident.objects.visible_to(user))
    told = happenings(
        AttackDetail.objects.visible_to(user).filter(of), MilitaryUseDetail.objects.visible_to(user).filter(of),
        whole.filter(scope(user, READ)), user,
    )  # fmt: skip
    return assembled(
        told, School.objects.visible_to(user), SchoolLine.objects.visible_to(user),
        SchoolAction.objects.visible_to(user),
    )  # fmt: skip


@beyond("counts of schools for whoever coordinates, who reads neither incidents nor the register of schools")
def all_counted(user: Any) -> list[Known]:
    """All schools of the regions where one counts; only numbers are made of them."""
    of = scope(user, COUNTS, "violation__region")
    told = happenings(
        AttackDetail.objects.judged().filter(of), MilitaryUseDetail.objects.judged().filter(of),
        Violation.objects.judged().filter(scope(user, COUNTS)), None,
    )  # fmt: skip
    held = scope(user, COUNTS, "school__region")
    return assembled(
        told, School.objects.judged().filter(scope(user, COUNTS)), SchoolLine.objects.judged().filter(held),
        SchoolAction.objects.judged().filter(held),
    )  # fmt: skip


def happenings(
    attacks: DetailQuerySet, uses: DetailQuerySet, violations: ViolationQuerySet, user: Any
) -> list[Happening]:
    """What incidents that count tell of schools; by which kinds of party, where somebody reads it."""
    school = Q(facility_kind="school") | Q(facility_kind="", facility__kind="school")
    rows = violations.counting().filter(type=Type.ATTACK_SCHOOL, attack_detail=None)
    found = [
        *((Told.ATTACK, one) for one in counting(attacks.filter(violation__type=Type.ATTACK_SCHOOL))),
        *((Told.USE, one) for one in counting(uses.filter(school))),
        # An attack of which nobody wrote the details yet is one all the same.
        *((Told.ATTACK, AttackDetail(violation=one)) for one in rows.select_related("incident__place")),
    ]
    kinds = {} if user is None else kinds_of_party(user, [one.pk for _kind, one in found])
    return [Happening(kind, one, tuple(sorted(kinds.get(one.pk, ())))) for kind, one in found]


def counting(rows: DetailQuerySet) -> models.QuerySet:
    """Those of violations that count, without what is sealed."""
    rows = rows.filter(violation__voided_reason="").exclude(
        violation__incident__state__in=["void", "duplicate"]
    )
    return rows.select_related("violation__incident__place", "facility__unit").defer(*SEALED).order_by("pk")


def kinds_of_party(user: Any, violations: list[int]) -> dict[int, set[str]]:
    """Which kinds of party are held responsible for each violation."""
    found: dict[int, set[str]] = {}
    links = PerpetratorLink.objects.visible_to(user).filter(
        violation__in=violations, perpetrator__voided_reason=""
    )
    for violation, category in links.values_list("violation_id", "perpetrator__category"):
        found.setdefault(violation, set()).add(str(PerpetratorCategory(category).label))
    return found


def assembled(
    told: Iterable[Happening], schools: Any, lines: Iterable[SchoolLine], actions: Iterable[SchoolAction]
) -> list[Known]:
    """Each school once: those followed, then those which only incidents name."""
    by_key: dict[rules.Key, Known] = {}
    by_school: dict[int, Known] = {}
    for school in schools.select_related("place", "facility"):
        found = Known(school.name, school.region, school.place, school)
        by_school[school.pk] = found
        by_key |= dict.fromkeys(school.keys, found)
    # Those of the register first: what only names one of them there is found by its name.
    for one in sorted(told, key=lambda one: one.detail.facility_id is None):
        found = by_key.get(one.key) or named_by(one)
        by_key |= dict.fromkeys({one.key} | (register_keys(one) - by_key.keys()), found)
        found.told.append(one)
    for line in lines:
        by_school[line.school_id].lines.append(line)
    for action in actions:
        by_school[action.school_id].actions.append(action)
    unfollowed = {id(one): one for one in by_key.values() if one.school is None}
    return [*by_school.values(), *unfollowed.values()]


def register_keys(one: Happening) -> set[rules.Key]:
    """By which a school of the register is found, and by its name there."""
    facility = one.detail.facility
    return rules.keys(facility.pk, facility.unit_id, facility.folded) if facility else set()


def named_by(one: Happening) -> Known:
    """A school as an incident names it."""
    facility = one.detail.facility
    place = facility.unit if facility else one.incident.place
    name = str(facility or one.detail.facility_name or _("School without a name"))
    return Known(name, one.incident.region, place)
