"""The page on which one notes who came: a line for each organisation, saved one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from sutura.access.errors import DomainError
from sutura.coordination.forms.meetings import AttendanceForm
from sutura.coordination.models import Attendance, Meeting
from sutura.coordination.services.minutes import ATTENDED, write_attendance
from sutura.partners.models import Organisation


@dataclass
class Line:
    """One organisation on the page."""

    organisation: Organisation
    form: AttendanceForm


class Roll:
    """Every member of the day, and whoever else was noted."""

    def __init__(self, meeting: Meeting, typed: QueryDict | None = None) -> None:
        self.meeting = meeting
        known = {row.organisation_id: row for row in meeting.attendance.select_related("organisation")}
        day = meeting.held_on or meeting.planned_on
        seats = meeting.body.memberships.running(day).in_order().select_related("organisation")
        organisations = {seat.organisation_id: seat.organisation for seat in seats}
        organisations |= {pk: row.organisation for pk, row in known.items() if pk not in organisations}
        self.lines = [
            Line(organisation, AttendanceForm(typed, prefix=str(pk), initial=_as_noted(known.get(pk))))
            for pk, organisation in organisations.items()
        ]

    def kept(self, *, by: Any) -> bool:
        """Keep each line that was changed since it was shown; whether all of them stand."""
        return all([self._kept(line, by=by) for line in self.lines])  # noqa: C419 - every line is tried

    def _kept(self, line: Line, *, by: Any) -> bool:
        form = line.form
        if not form.is_valid():
            return False
        if not form.has_changed():
            return True
        try:
            write_attendance(
                meeting=self.meeting,
                organisation=line.organisation,
                said=form.cleaned_data,
                seen=form.seen(),
                by=by,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        # Whoever sends again has seen what is noted now.
        row = self.meeting.attendance.filter(organisation=line.organisation).first()
        form.data = dict(form.data.items()) | {
            form.add_initial_prefix(name): str(value) for name, value in _as_noted(row).items()
        }
        return form.is_valid()


def _as_noted(row: Attendance | None) -> dict[str, Any]:
    return {name: getattr(row, name) if row else "" for name in ATTENDED}
