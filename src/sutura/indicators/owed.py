"""What comes on the next agenda of the body that asked: reports not sent, by organisation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sutura.coordination.models import Meeting
from sutura.indicators.models import Report
from sutura.places.models import Unit
from sutura.ui.wording import day


def not_reported(meeting: Meeting) -> tuple[str, str] | None:
    """The title and the lines of the point, if a report of a round of this body is due by the day of the meeting."""
    found = Report.objects.owed().filter(round__body=meeting.body, round__due_on__lte=meeting.planned_on)
    names = Unit.objects.region_names()
    lines = [
        _("%(organisation)s – %(region)s – %(round)s, due on %(day)s")
        % {
            "organisation": report.organisation.short, "round": report.round.title, "day": day(report.round.due_on),
            "region": names.get(report.region, _("the whole country")),
        }
        for report in found.select_related("organisation", "round").order_by("round__due_on", "pk")
    ]  # fmt: skip
    return (_("Indicators not reported"), "\n".join(lines)) if lines else None
