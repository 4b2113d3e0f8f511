"""One docket: what is waited for, its clocks, the detention, and every line with what it corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.places.models import Unit
from sutura.response.choices import IN_DETENTION, WAY_HOME, Correction, Custody, Due, Kind, Stage, Verdict
from sutura.response.models import Docket, Move, Step, TimeLimits, Visit
from sutura.response.pages.care import needs, origins
from sutura.response.pages.referrals import row
from sutura.response.querysets import KEEP
from sutura.response.rules.clocks import (
    Limits,
    Span,
    custody,
    follow_ups,
    handover_clock,
    notified_after,
    owed,
    plan_clock,
)
from sutura.response.settling import Episode, episodes, last, limits_of
from sutura.response.words import clock_facts, day_of, length, reason, when
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKS = {
    Verdict.WITHIN: ("check", "accent"),
    Verdict.OUTSIDE: ("triangle-alert", "attention"),
    Verdict.OVERDUE: ("triangle-alert", "attention"),
    Verdict.RUNNING: ("hourglass", ""),
    Verdict.ENDED: ("circle-minus", "quiet"),
    Verdict.UNSTARTED: ("circle-dashed", "quiet"),
}
STAGES = {
    Stage.NEEDS: ("flag", ""),
    Stage.MET: ("user-round", ""),
    Stage.HELD: ("lock", "attention"),
    Stage.HANDED_OVER: ("handshake", "accent"),
    Stage.IN_CARE: ("hand-heart", "accent"),
    Stage.REUNIFIED: ("house", "accent"),
    Stage.FOLLOWED: ("sprout", "accent"),
    Stage.CLOSED: ("archive", "quiet"),
}
TOLD_ONCE = (
    Kind.LEGAL_BASIS,
    Kind.CHARGE,
    Kind.SEPARATED,
    Kind.JUDGE,
    Kind.LAWYER,
    Kind.ILL_TREATMENT,
    Kind.VISIT,
)


def look(code: Any, looks: dict[Any, tuple[str, str]]) -> Status:
    """A state as its word, icon and tone."""
    return Status(code.label, *looks.get(code, ("circle-question-mark", "")))


def page(user: Any, docket: Docket) -> dict[str, Any]:
    """Everything of a child, the latest encounter first."""
    now = timezone.now()
    steps = list(
        docket.steps.select_related(
            "organisation", "place", "site", "noted_by", "matter__approach", "seen__visit"
        )
        .prefetch_related("evidence")
        .order_by("id")
    )
    versions = list(TimeLimits.objects.all())
    found = episodes(steps)
    latest, limits = found[-1], limits_of(found[-1], versions)
    return {
        "docket": docket,
        "stage": look(Stage(docket.stage), STAGES),
        "keeper": may(user, KEEP, docket.region),
        "elsewhere": elsewhere(user, docket),
        "moves": moves(docket),
        "about": about(docket),
        "dues": [
            {"what": Due(one.what), "by": one.by, "reason": reason(one, latest, limits)}
            for one in owed(latest.facts, limits.limits)
        ],
        "clocks": clocks(latest, limits, now),
        "visits": visits(latest, limits.limits, now),
        "limits": limits,
        "detention": detention(user, latest, limits.limits, now),
        "episodes": [(each.number, lines(each, steps)) for each in reversed(found)],
        "taken_back": taken_back(steps),
        "referrals": [
            row(each) for each in docket.referrals.select_related("service__organisation", "feedback")
        ],
        "several": len(found) > 1,
        "met": bool(steps),
        **beside(user, docket),
        "way": [(kind, Kind(kind).label) for kind in WAY_HOME],
        "held": [(kind, Kind(kind).label) for kind in (*IN_DETENTION, Kind.NEXT_ACTION)],
    }


def beside(user: Any, docket: Docket) -> dict[str, Any]:
    """What hangs on the child rather than on an encounter: needs, beginnings, other dockets."""
    readable = Docket.objects.visible_to(user)
    return {
        "needs": needs(docket),
        "origins": origins(user, docket),
        "consents": docket.consents.filter(withdrawn_at=None).exists() or docket.origins.exists(),
        "double": readable.filter(doubles__docket=docket).first(),
        "doubles": docket.doubles.filter(docket__in=readable).select_related("docket"),
    }


def elsewhere(user: Any, docket: Docket) -> dict[str, str]:
    """The other regions where one keeps dockets, by code."""
    names = Unit.objects.region_names().items()
    return {code: name for code, name in names if code != docket.region and may(user, KEEP, code)}


def moves(docket: Docket) -> list[dict[str, Any]]:
    """From where to where the docket went, and why."""
    names = Unit.objects.region_names()
    return [
        {
            "move": each,
            "origin": names.get(each.origin, each.origin),
            "region": names.get(each.region, each.region),
        }
        for each in Move.objects.among(docket=docket)
    ]


def about(docket: Docket) -> list[dict[str, Any]]:
    """What is known of the child."""
    names = Unit.objects.region_names()
    age = "" if docket.age is None else f"{docket.age} ({docket.get_age_basis_display()})"
    return [
        {"label": _("Sex"), "value": docket.get_sex_display()},
        {"label": _("Age at the encounter"), "value": age},
        {"label": _("Region"), "value": names.get(docket.region, docket.region)},
        {
            "label": _("Association"),
            "value": docket.get_association_display(),
            "note": str(docket.party or ""),
        },
        {"label": _("Opened"), "value": wording.day(docket.opened_at)},
    ]


def clocks(episode: Episode, limits: TimeLimits, now: datetime) -> list[dict[str, Any]]:
    """The clocks of an encounter, each with what can be said of its limit and the source of it."""
    facts, rules = episode.facts, limits.limits
    told = clock_facts(
        _("From the encounter to the handover"), handover_clock(facts, rules, now), limits.handover_hours
    )
    plan = clock_facts(_("From care to the care plan"), plan_clock(facts, rules, now), limits.plan_hours)
    found = [told | {"source": limits.handover_source}, plan | {"source": limits.plan_source}]
    for each in found:
        each["look"] = look(Verdict(each["verdict"]), LOOKS)
    notified = length(*notified_after(facts))
    return [{"label": _("From the encounter to the notification"), "value": notified or "–"}, *found]


def visits(episode: Episode, limits: Limits, now: datetime) -> list[dict[str, Any]]:
    """The follow-up visits after the return: made, overdue, or to come."""
    return [
        {"month": month, "by": by, "made": made, "late": not made and by is not None and by < now}
        for month, by, made in follow_ups(episode.facts, limits)
    ]


def detention(user: Any, episode: Episode, limits: Limits, now: datetime) -> dict[str, Any]:
    """What is known of a detention; what nobody noted is said to be not noted."""
    state, span = custody(episode.facts, limits, now)
    if state == Custody.NONE:
        return {}
    rows: list[dict[str, Any]] = [
        {"label": _("State"), "value": state.label, "note": seen_words(state, span)}
    ]
    held = last(episode, Kind.DETENTION)
    rows.append(
        {
            "label": _("Held in"),
            "value": held and (held.site or held.answer_words),
            "note": held and when(held),
        }
    )
    rows += place_visited(user, held)
    for kind in TOLD_ONCE:
        found = last(episode, kind)
        rows.append({"label": kind.label, "value": found and told(found), "note": found and when(found)})
    hearing, action = last(episode, Kind.HEARING), last(episode, Kind.NEXT_ACTION)
    rows += [
        {"label": _("Hearing"), "value": hearing and hearing.answer_words, "note": hearing and when(hearing)},
        {"label": _("Next action"), "value": action and action.answer_words, "note": action and when(action)},
    ]
    return {
        "rows": rows,
        "advocacy": [step for step in episode.steps if step.kind == Kind.ADVOCACY],
        "unsure": state == Custody.NO_RELEASE,
    }


def place_visited(user: Any, held: Step | None) -> list[dict[str, Any]]:
    """The last visit planned to the place where the child is held: a door that stayed shut says why nobody knows."""
    if held is None or held.site is None:
        return []
    visit = Visit.objects.visible_to(user).filter(site=held.site).order_by("-planned_on", "-id").first()
    if visit is None:
        return []
    found = {"label": _("Last visit to this place"), "value": visit.get_standing_display()}
    return [found | {"url": visit.get_absolute_url(), "note": wording.day(visit.planned_on)}]


def seen_words(state: Custody, span: Span) -> str:
    """When the child was last known to be held, or when it ended."""
    if state == Custody.RELEASED:
        return day_of(span)
    return _("last known to be held: %(when)s") % {"when": day_of(span)}


def told(step: Step) -> str:
    """A code with the office that goes with it."""
    return " · ".join(part for part in (step.answer_words, step.get_actor_display()) if part)


def lines(episode: Episode, steps: list[Step]) -> list[dict[str, Any]]:
    """The standing lines of an encounter as they happened, each with those it took the place of."""
    by_pk = {step.pk: step for step in steps}
    ordered = sorted(
        episode.steps, key=lambda step: (step.span.first is None, step.span.first or step.noted_at, step.pk)
    )
    return [
        {
            "step": step,
            "kind": Kind(step.kind).label,
            "when": when(step),
            "told": step.answer_words,
            "who": [part for part in (step.get_actor_display(), step.organisation and step.organisation.short) if part],
            "where": [part for part in (step.site, step.place) if part],
            "corrected": corrected(step, by_pk),
            "evidence": step.evidence.all(),
            "correct_url": reverse("response:correct", args=[step.public_id]),
        }
        for step in ordered
    ]  # fmt: skip


def corrected(step: Step, by_pk: dict[int, Step]) -> list[str]:
    """What a line took the place of, and why."""
    found, at = [], step
    while at.corrects_id:
        before = by_pk[at.corrects_id]
        words = {"before": " · ".join(part for part in (when(before), before.answer_words) if part)}
        found.append(_("before: %(before)s") % words + f" – {Correction(at.why).label}")
        at = before
    return found


def taken_back(steps: list[Step]) -> list[dict[str, Any]]:
    """The lines that no longer hold, and why."""
    by_pk = {step.pk: step for step in steps}
    found = [(by_pk[step.corrects_id], step) for step in steps if not step.kind and step.corrects_id]
    return [
        {
            "kind": Kind(gone.kind).label,
            "when": when(gone),
            "told": gone.answer_words,
            "why": step.get_why_display(),
        }
        for gone, step in found
    ]


def asks(docket: Docket) -> dict[str, Any]:
    """What the form of a line needs to know: the months of follow-up, and how many encounters there were."""
    found = episodes(list(docket.steps.order_by("id")))
    limits = limits_of(found[-1], list(TimeLimits.objects.all()))
    return {"months": limits.limits.months, "encounters": len(found)}
