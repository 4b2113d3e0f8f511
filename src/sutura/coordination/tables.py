"""The tables of a body, for whoever takes it over: each with its headings, and its rows once they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sutura.coordination.models import Attendance, Body, Card, Membership, Need, Recommendation, Tie
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
    """Members, who came, recommendations, needs, liaisons and cards, as far as this person may read them."""
    return [
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
            _("Reference"), _("Need"), _("Region"), _("How grave"), _("State"), _("Raised on"), _("Answer"),
        ), lambda: _needs(body, user)),
        Table("liaisons", _("Links with other bodies"), (
            _("Body"), _("Liaison person"), _("Organisation"), _("How often"), _("From"), _("Until"),
        ), lambda: _ties(body, user)),
        Table("fiches", _("Capitalisation cards"), (
            _("Kind"), _("Title"), _("Organisation"), _("Region"), _("Theme"), _("Context"), _("What was done"),
            _("What shows it"), _("State"), _("Consent given by"), _("Consent given on"),
        ), lambda: _cards(body, user)),
    ]  # fmt: skip


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
    found = Recommendation.objects.visible_to(user).of_body(body).select_related("responsible", "verifier")
    for each in found.order_by("ref").iterator(chunk_size=500):
        yield (
            each.ref, each.text, str(each.responsible), each.get_state_display(), each.axis, each.region,
            each.adopted_on, each.due_on, each.progress, each.deferrals, each.verified_on,
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
