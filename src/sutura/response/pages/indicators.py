"""The indicators of release, detention and return, each opening its children; and the way home as a picture."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sutura.response import flow
from sutura.response.choices import Kind
from sutura.response.forms.dockets import IndicatorFilter
from sutura.response.models import Docket, Step, TimeLimits
from sutura.response.pages.care import chosen as served_of
from sutura.response.pages.care import into_of
from sutura.response.pages.worklist import region_names
from sutura.response.rules.indicators import (
    FLOW,
    LENGTHS,
    SHARES,
    Answer,
    Case,
    Middle,
    Share,
    middle,
    passed,
    share,
)
from sutura.response.settling import Episode, episodes, limits_of
from sutura.response.words import length

LABELS: dict[str, Promise] = {
    "in_time": gettext_lazy("Handed over within the limit"),
    "planned": gettext_lazy("Care plan within the limit"),
    "detained": gettext_lazy("In detention today, of children detained"),
    "lawyer": gettext_lazy("Saw a lawyer, of children detained"),
    "reunified": gettext_lazy("Reunified, of children handed over"),
    "six_months": gettext_lazy("Visited after six months, of those due"),
    "again": gettext_lazy("Recruited again, of children reunified"),
    "notified": gettext_lazy("From the encounter to the notification"),
    "handed_over": gettext_lazy("From the encounter to the handover"),
    "returned": gettext_lazy("From the handover to the reunification"),
    "held_for": gettext_lazy("Time in detention"),
}
SAYS: dict[str, Promise] = {
    Answer.YES: gettext_lazy("yes"),
    Answer.NO: gettext_lazy("no"),
    Answer.UNSURE: pgettext_lazy("indicator", "not sure"),
}


class Followed(NamedTuple):
    """One encounter of a child, as the indicators read it."""

    docket: Docket
    episode: Episode
    case: Case


class Asked(NamedTuple):
    """What the filter finds: the encounters, how many have no date to judge by, and the filter itself."""

    found: list[Followed]
    undated: int
    form: IndicatorFilter


def asked(user: Any, query: QueryDict) -> Asked:
    """The encounters that one may read and the filter means: three questions, whatever their number."""
    form = IndicatorFilter(query or None, regions=region_names(user))
    said = (
        {name: value for name, value in form.cleaned_data.items() if value}
        if form.is_bound and form.is_valid()
        else {}
    )
    dockets = Docket.objects.visible_to(user).select_related("double")
    if said.get("ages"):
        dockets = dockets.of_ages(said["ages"])
    dockets = dockets.filter(**{name: said[name] for name in ("region", "sex", "party") if name in said})
    by_docket: defaultdict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.visible_to(user).filter(docket__in=dockets).order_by("id"):
        by_docket[step.docket_id].append(step)
    versions, found, undated = list(TimeLimits.objects.visible_to(user)), [], 0
    for docket in dockets:
        for episode in episodes(by_docket[docket.pk]):
            if Kind.ENCOUNTER not in {step.kind for step in episode.steps}:
                continue  # needs were flagged, and nobody noted an encounter
            day = next((step.day for step in episode.steps if step.kind == Kind.ENCOUNTER), None)
            bounded = "since" in said or "until" in said
            undated += bounded and day is None
            if not bounded or (day and said.get("since", day) <= day <= said.get("until", day)):
                found.append(
                    Followed(docket, episode, Case(episode.facts, limits_of(episode, versions).limits))
                )
    return Asked(found, undated, form)


def overview(user: Any, query: QueryDict) -> dict[str, Any]:
    """Every indicator with its bounds, and the picture of the way home."""
    found, undated, form = asked(user, query)
    now, cases = timezone.now(), [one.case for one in found]
    steps = [(kind, sum(passed(case, kind) for case in cases)) for kind in FLOW]
    return {
        "form": form,
        "undated": undated,
        "children": len({into_of(one.docket) or one.docket.pk for one in found}),
        "encounters": len(found),
        "served": served_of(user, form).children(),
        "served_url": reverse("response:served") + (f"?{query.urlencode()}" if query else ""),
        "svg": flow.drawn(steps, lambda kind: address(kind, query)),
        "shares": [
            {"label": LABELS[name], "url": address(name, query)} | share_words(share(judge, cases, now))
            for name, judge in SHARES.items()
        ],
        "lengths": [
            {"label": LABELS[name], "url": address(name, query)}
            | middle_words(middle(measure(case, now) for case in cases))
            for name, measure in LENGTHS.items()
        ],
    }


def address(name: str, query: QueryDict) -> str:
    """Where the children of an indicator are, by the same filter."""
    asked_for = query.urlencode()
    return reverse("response:indicator", args=[name]) + (f"?{asked_for}" if asked_for else "")


def share_words(told: Share) -> dict[str, Any]:
    """A share in words: per cent, or from a least to a most where some are not sure."""
    if told.low is None:
        said = "–"
    elif not told.unsure:
        said = _("%(n)s %%") % {"n": round(100 * told.yes / told.asked)}
    else:
        said = _("%(low)s to %(high)s %%") % {"low": told.low, "high": told.high}
    return {"said": said, "yes": told.yes, "asked": told.asked, "unsure": told.unsure}


def middle_words(told: Middle) -> dict[str, Any]:
    """A median in words."""
    return {"said": length(told.least, told.most) or "–", "known": told.known, "left_out": told.left_out}


def records(user: Any, name: str, query: QueryDict) -> dict[str, Any] | None:
    """The children of one indicator or step, each with what it says; None where there is no such indicator."""
    if name not in LABELS and name not in FLOW:
        return None
    found, now = asked(user, query).found, timezone.now()
    names, label = region_names(user), LABELS.get(name) or Kind(name).label
    told = [(one, answer_of(name, one.case, now)) for one in found]
    return {
        "title": label,
        "back": reverse("response:indicators") + (f"?{query.urlencode()}" if query else ""),
        "rows": [
            {
                "docket": one.docket,
                "number": one.episode.number,
                "where": names.get(one.docket.region, ""),
                "said": said,
            }
            for one, said in told
            if said
        ],
    }


def answer_of(name: str, case: Case, now: Any) -> str:
    """What one encounter says to an indicator; nothing where it is not asked."""
    if name in SHARES:
        answer = SHARES[name](case, now)
        return "" if answer == Answer.OUT else str(SAYS[answer])
    if name in LENGTHS:
        return length(*LENGTHS[name](case, now))
    return str(SAYS[Answer.YES]) if passed(case, name) else ""
