"""The note for a meeting with the academy: what offices of education said and are waited for; nothing of incidents.

It is handed to an office of the State. Who attacked or uses a school, and that anybody told of it, stays in Sutura.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.coordination.papers import Grid, Paper, Part, Text
from sutura.response.choices.schools import Line, Task
from sutura.response.pages.school import said_day
from sutura.response.pages.schools import closure_words
from sutura.response.pages.worklist import region_names
from sutura.response.rules.schools import stretches
from sutura.response.schooling import Known, all_seen
from sutura.ui.wording import day, number, says

CLOSINGS = (Line.CLOSED, Line.STILL_CLOSED, Line.REOPENED)


def note(user: Any, region: str) -> Paper:
    """One page for a region: closed, reopened, building, and what is waited for from which office."""
    name, today = region_names(user)[region], timezone.localdate()
    found = sorted((one for one in all_seen(user) if one.region == region), key=lambda one: one.name)
    rows = [row for one in found if (row := told(one))]
    waited = sorted((each for one in found for each in asked(one)), key=lambda pair: pair[0])
    basis = _(
        "Only what offices of education and their partners told. Nothing of incidents is on this paper."
    )
    late = sum(due < today for due, _row in waited)
    return Paper(
        name=f"ECOLES-{region}-{today:%Y%m%d}",
        over=_("Safe schools"),
        title=_("Schools closed and reopened: %(region)s") % {"region": name},
        facts=[
            (_("As at"), day(today)),
            (_("Schools followed"), number(len(rows))),
            (_("Actions late"), f"{number(late)} / {number(len(waited))}"),
        ],
        parts=[
            Part(_("Schools"), [Grid([_("School"), _("Where it stands"), _("Building")], rows, [4, 6, 3])])
            if rows else Part(_("Schools"), [Text([_("Nothing is noted yet.")])]),
            *([Part(_("What is waited for"), [Grid(
                [_("Due by"), _("School"), _("Action"), _("Office")], [row for _due, row in waited], [2, 4, 4, 4],
            )])] if waited else []),
            Part("", [Text([basis])]),
        ],
        upright=True,
    )  # fmt: skip


def told(one: Known) -> list[str]:
    """One school by what offices told of it; nothing where they told nothing."""
    times = stretches(one.noted(Line.CLOSED, Line.STILL_CLOSED), one.noted(Line.REOPENED))
    states = [closure_words(time)["said"] for time in times[-1:]]
    if not times:
        states = [
            says(line.get_kind_display(), said_day(line)) for line in one.standing if line.kind in CLOSINGS
        ]
    building = [
        f"{says(line.get_kind_display(), line.answer_words)} ({said_day(line)})"
        for line in sorted(one.standing, key=lambda line: line.pk)
        if line.kind in (Line.DAMAGE, Line.REPAIR)
    ]
    if not states and not building:
        return []
    return [f"{one.name}\n{one.place}", "\n".join(states) or "–", "\n".join(building[-2:]) or "–"]


def asked(one: Known) -> list[tuple[Any, list[str]]]:
    """What is waited for; to ask that a school be vacated would tell that it is used."""
    return [
        (
            action.due_on,
            [day(action.due_on), one.name, action.get_task_display(), action.get_office_display()],
        )
        for action in one.actions
        if action.state in ("planned", "under_way") and action.task != Task.VACATE
    ]
