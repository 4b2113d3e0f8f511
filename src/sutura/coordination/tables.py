"""The tables of a body, for whoever takes it over: each with its headings, and its rows once they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sutura.coordination.models import (
    Attendance,
    Body,
    Card,
    Event,
    Membership,
    Need,
    Paragraph,
    Recommendation,
    Tie,
)
from sutura.coordination.querysets.work import EventQuerySet
from sutura.coordination.workbooks import Cell, as_xlsx


@dataclass(frozen=True)
class Table:
    """One table: its file, its title, its headings, how its rows are read."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: Callable[[], Iterable[Sequence[Cell]]]

    def made(self) -> bytes:
        """As a workbook."""
        return as_xlsx(self.title, self.heads, self.rows())


def tables(body: Body, user: Any) -> list[Table]:
    """The tables of a body, as far as this person may read them."""
    return [
        events(Event.objects.visible_to(user).of_body(body)),
        Table("textes-suivis", _("Council and parties"), (
            _("Reference of the document"), _("Title"), _("Code of the party"), _("Paragraph or article"),
            _("What it asks"),
            _("Recommendations"),
        ), lambda: _paragraphs(body, user)),
        Table("membres", _("Members"), (
            _("Organisation"), _("Sits as"), _("Titular"), _("Alternate"), _("From"), _("Until"),
        ), lambda: _members(body, user)),
        Table("presences", _("Attendance"), (
            _("Meeting"), _("Day"), _("Organisation"), _("Attendance"), _("Women"), _("Men"),
        ), lambda: _attendance(body, user)),
        Table("recommandations", _("Recommendations"), (
            _("Reference"), _("Recommendation"), _("Responsible organisation"), _("State"), _("Axis"), _("Region"),
            _("Adopted on"), _("To be done by"), _("Progress, in percent"), _("Deferrals"), _("Verified on"),
            _("Verified by"), _("Reason"),
        ), lambda: _recommendations(body, user)),
        Table("besoins", _("Needs"), (
            _("Reference"), _("Need"), _("Region"), _("Severity"), _("State"), _("Raised on"), _("Answer"),
        ), lambda: _needs(body, user)),
        Table("liaisons", _("Links with other bodies"), (
            _("Body"), _("Liaison person"), _("Organisation"), _("How often"), _("From"), _("Until"),
        ), lambda: _ties(body, user)),
        Table("fiches", _("Capitalisation cards"), (
            _("Kind"), _("Title"), _("Organisation"), _("Region"), _("Theme"), _("Context"), _("What was done"),
            _("What shows it"), _("State"), _("Consent given by"), _("Consent given on"),
        ), lambda: _cards(body, user)),
    ]  # fmt: skip


def events(found: EventQuerySet) -> Table:
    """Workshops, conferences and missions, the first of them first: numbers of participants, never their names."""
    return Table("ateliers-et-missions", _("Workshops and missions"), (
        _("Reference"), _("Kind"), _("Title"), _("Body"), _("Region"), _("First day"), _("Last day"), _("State"),
        _("Participants"), _("of whom women"), _("Facilitators"), _("What came out"), _("Actions raised"),
        _("Cost in FCFA"),
    ), lambda: _events(found))  # fmt: skip


def _events(found: EventQuerySet) -> Iterable[Sequence[Cell]]:
    parts = ("turnout", "facilitators__organisation", "outputs", "recommendations")
    for each in found.select_related("body").prefetch_related(*parts).order_by("starts_on", "pk"):
        came = each.turnout.all()
        yield (
            each.ref, each.get_kind_display(), each.title, each.body.acronym, each.region, each.starts_on,
            each.ends_on, each.get_state_display(), sum(one.participants for one in came),
            sum(one.women for one in came),
            "\n".join(f"{one.name} ({one.organisation.short})" for one in each.facilitators.all()),
            "\n".join(one.title for one in each.outputs.all()),
            ", ".join(one.ref for one in each.recommendations.all()), each.cost,
        )  # fmt: skip


def _paragraphs(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    found = Paragraph.objects.visible_to(user).of_body(body).select_related("instrument")
    for each in found.prefetch_related("recommendations"):
        said, asked = each.instrument, ", ".join(one.ref for one in each.recommendations.all())
        yield said.reference, said.title, said.party_code, each.number, each.text, asked


def _members(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    for each in Membership.objects.visible_to(user).of_body(body).in_order().select_related("organisation"):
        yield (
            str(each.organisation), each.get_seat_display(), each.titular, each.alternate, each.starts_on,
            each.ends_on,
        )  # fmt: skip


def _attendance(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    found = Attendance.objects.visible_to(user).of_body(body).select_related("meeting", "organisation")
    for each in found.order_by("meeting__held_on", "meeting_id", "organisation__name"):
        yield (
            each.meeting.ref, each.meeting.held_on, str(each.organisation), each.get_presence_display(), each.women,
            each.men,
        )  # fmt: skip


def _recommendations(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    found = (
        Recommendation.objects.visible_to(user)
        .of_body(body)
        .select_related("responsible", "verifier", "axis")
    )
    for each in found.order_by("ref").iterator(chunk_size=500):
        yield (
            each.ref, each.text, str(each.responsible), each.get_state_display(), str(each.axis or each.axis_words),
            each.region, each.adopted_on, each.due_on, each.progress, each.deferrals, each.verified_on,
            str(each.verifier or ""), each.reason,
        )  # fmt: skip


def _needs(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    for each in Need.objects.visible_to(user).of_body(body).order_by("ref"):
        yield (
            each.ref, each.text, each.region, each.get_severity_display(), each.get_state_display(), each.raised_on,
            each.answer,
        )  # fmt: skip


def _ties(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    for each in Tie.objects.visible_to(user).of_body(body).select_related("organisation", "known"):
        yield str(each), each.liaison, str(each.organisation), each.rhythm, each.starts_on, each.ends_on


def _cards(body: Body, user: Any) -> Iterable[Sequence[Cell]]:
    found = Card.objects.visible_to(user).of_body(body).select_related("organisation", "theme", "document")
    for each in found.in_order():
        shown = "\n".join(filter(None, (each.evidence, str(each.document or ""))))
        yield (
            each.get_kind_display(), each.title, str(each.organisation), each.region, str(each.theme or ""),
            each.context, each.action, shown, each.get_state_display(), each.consent_by, each.consent_on,
        )  # fmt: skip
