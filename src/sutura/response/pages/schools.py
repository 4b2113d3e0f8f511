"""Safe schools: what happened to each school of one's regions, in figures by region, and where commitments stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sutura.access.rules import may
from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.models import Paragraph
from sutura.coordination.pages.instruments import LOOKS, stood
from sutura.coordination.pages.instruments import words as standings
from sutura.response.choices.schools import Shown
from sutura.response.forms.schools import SchoolFilter
from sutura.response.models import SchoolAction
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import KEEP
from sutura.response.rules.schools import Stretch, during, inside, stretches
from sutura.response.schooling import Happening, Known, all_seen, spanned
from sutura.response.turning import turned
from sutura.response.words import day_of, length
from sutura.ui import wording
from sutura.ui.statuses import Status

COLUMNS = (Shown.ATTACKED, Shown.USED, Shown.VACATED, Shown.CLOSED, Shown.REOPENED)
Period = tuple[datetime | None, datetime | None]


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """The schools by the filters of the address, those in use first, and the figures of the same period."""
    names, today = region_names(user), timezone.localdate()
    form = SchoolFilter(query or None, regions=names)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    period = bounds(said)
    found = [one for one in all_seen(user) if said.get("region") in (None, "", one.region)]
    chosen = sorted(
        ((one, sure) for one in found if (sure := belongs(one, said, period, today)) is not False),
        key=lambda pair: turn(pair[0], today),
    )
    shown, pages = turned(chosen, query)
    return {
        **pages,
        "form": form,
        "rows": [row(one, names, today, sure=sure) for one, sure in shown],
        "columns": [column.label for column in COLUMNS],
        "counts": by_region(found, names, said, today),
        "undated": sum(vague(one, today) for one in found) if any(period) else 0,
        "blind": unread(user),
        "keeper": may(user, KEEP),
        "commitments": commitments(user),
    }


def bounds(said: dict[str, Any]) -> Period:
    """The period of a filter as moments."""
    return spanned(said.get("since")).first, spanned(said.get("until")).last


def belongs(one: Known, said: dict[str, Any], period: Period, today: date) -> bool | None:
    """Whether a school is in the list; without a choice, all are that something happened to in the period."""
    if said.get("show"):
        return one.answers(said["show"], *period, today)
    if not any(period):
        return True
    found = {one.answers(column, *period, today) for column in COLUMNS}
    return True if True in found else None if None in found else False


def vague(one: Known, today: date) -> bool:
    """Whether something of it has no day at all, so that no period surely holds it."""
    return any(
        not span.known
        for marks in (one.marks_of_use, one.marks_of_closure)
        for side in marks
        for span in side
    )


def turn(one: Known, today: date) -> tuple[bool, bool, bool, str]:
    """Used without a vacating first, then late actions, then closed; then by name."""
    return (
        not one.answers(Shown.IN_USE, None, None, today), not one.answers(Shown.LATE, None, None, today),
        not one.answers(Shown.SHUT, None, None, today), one.name,
    )  # fmt: skip


def unread(user: Any) -> bool:
    """Whether there are regions where one follows without reading incidents."""
    return any(not may(user, "incidents.read", region) for region in region_names(user))


def row(one: Known, names: dict[str, str], today: date, *, sure: bool | None) -> dict[str, Any]:
    """One school as the list shows it."""
    return {
        "school": one,
        "where": f"{one.place} · {names.get(one.region, one.region)}",
        "sure": sure,
        "told": told(one),
        "states": [*states(one.use, use_words), *states(one.closure, closure_words)],
        "late": sum(action.late(today) for action in one.actions),
    }


def told(one: Known) -> str:
    """How many attacks and uses incidents tell of, and how many of them are verified."""
    if not one.told:
        return ""
    attacks, uses = len(one.attacks), sum(1 for each in one.told if each.used[0])
    parts = [
        ngettext("%(n)s attack", "%(n)s attacks", attacks) % {"n": attacks} if attacks else "",
        ngettext("%(n)s military use", "%(n)s military uses", uses) % {"n": uses} if uses else "",
        _("verified: %(n)s") % {"n": sum(each.verified for each in one.told)},
    ]
    return " · ".join(part for part in parts if part)


def states(stretches: Sequence[Stretch], words: Any) -> list[dict[str, Any]]:
    """The last time during which it was so."""
    return [words(stretch) for stretch in stretches[-1:]]


def use_words(stretch: Stretch) -> dict[str, Any]:
    """What can be said of a use; never that it goes on, never that it is over, where nobody said so."""
    if stretch.end is not None:
        return {
            "look": Status(pgettext("school", "vacated"), "door-open", "accent"),
            "said": _("Used: %(length)s. Vacated: %(day)s.")
            % {"length": lasted(stretch), "day": day_of(stretch.end)},
        }
    if stretch.unsure:
        sentence = _("A vacating is noted, which may be of an earlier use. Last seen in use: %(seen)s.")
    elif long(stretch):
        sentence = _("In use for %(length)s, as last confirmed: %(seen)s. No vacating is noted.")
    else:
        sentence = _("Seen in use: %(seen)s. No vacating is noted.")
    return {
        "look": Status(_("no vacating noted"), "triangle-alert", "attention"),
        "said": filled(sentence, stretch),
    }


def closure_words(stretch: Stretch) -> dict[str, Any]:
    """What can be said of a closure."""
    if stretch.end is not None:
        return {
            "look": Status(_("reopened"), "school", "accent"),
            "said": _("Closed: %(length)s. Reopened: %(day)s.")
            % {"length": lasted(stretch), "day": day_of(stretch.end)},
        }
    if stretch.unsure:
        sentence = _("A reopening is noted, which may be of an earlier closing. Last seen closed: %(seen)s.")
    elif long(stretch):
        sentence = _("Closed for %(length)s, as last confirmed: %(seen)s. No reopening is noted.")
    else:
        sentence = _("Seen closed: %(seen)s. No reopening is noted.")
    return {"look": Status(_("no reopening noted"), "lock", "attention"), "said": filled(sentence, stretch)}


def filled(sentence: str, stretch: Stretch) -> str:
    """A sentence on a time that nobody ended."""
    return sentence % {"length": lasted(stretch), "seen": day_of(stretch.seen)}


def long(stretch: Stretch) -> bool:
    """Whether it was confirmed on a day after the first."""
    least = stretch.length[0]
    return least is None or least.days > 0


def lasted(stretch: Stretch) -> str:
    """How long, at least and at most; at least alone while no end is noted."""
    least, most = stretch.length
    if stretch.open:
        days = least.days if least is not None else None
        return (
            _("an unknown time")
            if days is None
            else ngettext("at least %(n)s day", "at least %(n)s days", days) % {"n": wording.number(days)}
        )
    return length(least, most) or _("an unknown time")


def by_region(
    found: Sequence[Known], names: dict[str, str], said: dict[str, Any], today: date
) -> list[dict[str, Any]]:
    """How many schools, each once, region by region; each number opens its schools."""
    period = bounds(said)
    rows = []
    for code, name in names.items():
        here = [one for one in found if one.region == code]
        if here:
            cells = [cell(here, column, code, said, today, period) for column in COLUMNS]
            rows.append(
                {"where": name, "paper": reverse("response:school_paper", args=[code]), "cells": cells}
            )
    return rows


def cell(
    here: Sequence[Known], column: Shown, region: str, said: dict[str, Any], today: date, period: Period
) -> dict[str, Any]:
    """One number: those sure, those perhaps, and of how many the task force verified what happened."""
    answers = [(one, one.answers(column, *period, today)) for one in here]
    sure = [one for one, answer in answers if answer is True]
    asked = {"region": region, "show": column.value}
    asked |= {name: said[name].isoformat() for name in ("since", "until") if said.get(name)}
    return {
        "label": column.label,
        "value": len(sure),
        "perhaps": sum(answer is None for _one, answer in answers),
        "verified": verified(sure, column, period),
        "url": f"?{urlencode(asked)}",
    }


def verified(sure: Sequence[Known], column: Shown, period: Period) -> int | None:
    """Of how many schools the task force verified it; closings are not verified by it."""
    if column == Shown.ATTACKED:
        return sum(any(each.verified and inside(each.when, *period) for each in one.attacks) for one in sure)
    if column == Shown.USED:
        return sum(any(each.verified and used(each, period) for each in one.told) for one in sure)
    return None


def used(each: Happening, period: Period) -> bool:
    """Whether the use that one incident tells of was surely in the period."""
    return any(during(stretch, *period) for stretch in stretches(*each.used))


def commitments(user: Any) -> list[dict[str, Any]]:
    """The commitments that one's bodies follow, where each stands, and the recommendations born of it."""
    rows = Paragraph.objects.visible_to(user).filter(instrument__kind=InstrumentKind.ENDORSED)
    rows = rows.select_related("instrument__body").order_by("instrument_id", "position")
    labels = standings()
    return [
        {"paragraph": one, "look": Status(labels[stands], *LOOKS[stands]), "born": born}
        for one, stands, born in stood(user, rows, timezone.localdate())
    ]


def actions(user: Any) -> dict[str, Any]:
    """What the education cluster waits for: the latest first, then what is to come."""
    today, names = timezone.localdate(), region_names(user)
    rows = SchoolAction.objects.visible_to(user).select_related("school__place")
    shown = [
        {"action": one, "where": names.get(one.school.region, ""), "late": one.late(today)}
        for one in rows.waiting().order_by("due_on", "id")
    ]
    return {"rows": shown, "late": sum(each["late"] for each in shown), "today": today}
