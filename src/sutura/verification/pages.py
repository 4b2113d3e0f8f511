"""What the pages of verification lay out: the bench, and the judgement of one violation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.access.rules import may
from sutura.incidents.apart import shown, when
from sutura.incidents.choices import Attribution, Grade, Sex, SourceCategory, SourceKind, Status, Type
from sutura.incidents.models import Source, Victim, Violation
from sutura.incidents.rules import may_tell
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.ui import wording
from sutura.verification import bench, rules
from sutura.verification.choices import PERMISSION, GradeWord, Lack, Level, Refusal
from sutura.verification.evidence import evidence_of, lacks_of
from sutura.verification.forms import BenchFilter, OpinionForm
from sutura.verification.judging import documented_by, fault
from sutura.verification.models import Opinion, Sitting
from sutura.verification.rules import CTFMR, DECIDED, FOCAL_POINT, PENDING, VERIFIED, Given


def bench_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The bench a person sees: as many statements at any length."""
    form, now = BenchFilter(query or None, user=user), timezone.now()
    found = bench.filtered(bench.waiting(user), form.chosen)
    listed = bench.page(
        bench.older_than(found, form.days, now), after=query.get("after", ""), before=query.get("before", "")
    )
    today = timezone.localdate()
    return {
        "form": form,
        "tabs": age_tabs(bench.ages(found, now), form.days, query),
        "rows": bench.rows_of(listed.rows, today, user),
        "page": listed,
        "regions": form.regions,
        "quarter": wording.quarter(today),
        "closes": rules.quarter_closes(today),
        "may_sit": may_sit(user),
    }


def may_sit(user: Any) -> bool:
    """Whether the sittings are open to a person."""
    return any(may(user, f"verification.{act}") for act in ("sitting", "technical", "ctfmr"))


def age_tabs(counts: dict[int, int], current: int, query: QueryDict) -> list[dict[str, Any]]:
    """All that wait, and those longer than each step, each with its number and its address."""
    found = []
    for days, count in counts.items():
        kept = query.copy()
        for name in ("age", "after", "before"):
            kept.pop(name, None)
        if days:
            kept["age"] = str(days)
        words = _("More than %(days)s days") % {"days": days} if days else _("All that wait")
        found.append(
            {"label": words, "url": f"?{kept.urlencode()}", "current": days == current, "count": count}
        )
    return found


def judgement(user: Any, violation: Violation, bound: dict[str, OpinionForm] | None = None) -> dict[str, Any]:
    """The page of one violation: facts, evidence, the three levels, the forms open to this person."""
    opinions = list(
        Opinion.objects.visible_to(user).filter(violation=violation).select_related("by").order_by("id")
    )
    given = [opinion.as_given for opinion in opinions]
    evidence = evidence_of([violation])[violation.pk]
    told = shown([violation], user)[0]
    restricted = may(user, "incidents.restricted", violation.region)
    return {
        "violation": told,
        "incident": told.incident,
        "type": Type(violation.type).label,
        "facts": facts(told),
        "restricted": restricted,
        "victims": victims(violation, user),
        "sources": sources(violation, user),
        "evidence": evidence,
        "minimum": settings.SUTURA_MIN_PRIMARY_SOURCES,
        "lacks": [Lack(code).label for code in lacks_of(evidence)],
        "steps": stepper(violation.status, given),
        "entries": entries(opinions),
        "incident_url": address("incidents:detail", violation.incident.public_id),
        **acts(user, violation, given, bound or {}),
    }


def address(name: str, *args: Any) -> str:
    """A page of another app, or nothing while it has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def facts(violation: Violation) -> list[dict[str, Any]]:
    """The violation as a file reads, without the details that identify."""
    incident = violation.incident
    rows = [
        (_("When"), when(incident)),
        (_("Where"), incident.place.name),
        (_("Children"), children(violation)),
        (_("Attributed to"), attributed(violation)),
        (_("Across a border"), violation.get_cross_border_display()),
        (_("In the queue since"), wording.day(violation.added_at)),
        (_("Decided on"), wording.day(violation.decided_on) if violation.decided_on else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value or label != _("Decided on")]


def children(violation: Violation) -> str:
    """`3 boys, 1 girl`: the children counted, by sex."""
    parts = (
        (violation.boys, ngettext("%(n)s boy", "%(n)s boys", violation.boys)),
        (violation.girls, ngettext("%(n)s girl", "%(n)s girls", violation.girls)),
        (
            violation.unknown,
            ngettext("%(n)s child of unknown sex", "%(n)s children of unknown sex", violation.unknown),
        ),
    )
    return ", ".join(words % {"n": wording.number(n)} for n, words in parts if n)


def attributed(violation: Violation) -> str:
    """The parties by their codes, and how; or that none is identified."""
    if violation.attribution == Attribution.UNIDENTIFIED:
        return str(Attribution.UNIDENTIFIED.label)
    codes = violation.party_label.removeprefix("crossfire:").replace("+", ", ")
    if violation.attribution == Attribution.SOLE:
        return codes
    return wording.says(Attribution(violation.attribution).label, codes)


def victims(violation: Violation, user: Any) -> list[dict[str, Any]]:
    """The children who did not refuse to be told of, by reference: sex and age, or the numbers of a group."""
    rows = Victim.objects.visible_to(user).standing().filter(links__violation=violation)
    told = [victim for victim in rows.order_by("id") if may_tell(victim.consent_reporting)]
    return [
        {
            "ref": victim.ref,
            "what": Sex(victim.sex).label if victim.kind == "individual" else children_of(victim),
            "age": victim.age,
        }
        for victim in told
    ]


def children_of(victim: Victim) -> str:
    """A group in words."""
    return _("Group: %(boys)s boys, %(girls)s girls, %(unknown)s of unknown sex") % {
        "boys": victim.boys,
        "girls": victim.girls,
        "unknown": victim.unknown,
    }


def sources(violation: Violation, user: Any) -> list[dict[str, Any]]:
    """The sources which corroborate and did not refuse to be told of, each with its two grades and its weight."""
    rows = Source.objects.visible_to(user).standing().filter(links__violation=violation).order_by("id")
    found = []
    for source in rows:
        if not may_tell(source.consent_reporting):
            continue
        told = rules.weight(source.category, source.reliability, source.credibility, source.trained)
        found.append(
            {
                "source": source,
                "category": SourceCategory(source.category).label,
                "kind": label(SourceKind, source.kind),
                "reliability": label(Grade, source.reliability),
                "credibility": label(Grade, source.credibility),
                "trained": told.trained,
                "weight": GradeWord(told.grade or "none").label,
                "tone": {"high": "accent", "": "attention"}.get(told.grade, ""),
            }
        )
    return found


def label(choices: Any, code: str) -> str:
    """The word of a code, nothing for none."""
    return str(choices(code).label) if code else ""


def stepper(status: str, given: list[Given]) -> list[dict[str, Any]]:
    """The three levels for the stepper: who has spoken, who is next."""
    found = []
    for step in rules.steps(status, given):
        state = "waiting"
        if step.waits:
            state = "current"
        elif step.given is not None and step.given.status != PENDING:
            state = "done" if step.given.status == VERIFIED else "refused"
        elif status in DECIDED:
            state = "skipped"
        found.append(
            {
                "label": Level(step.level).label,
                "state": state,
                "note": Status(step.given.status).label if step.given else "",
                "on": step.given.given_on if step.given else None,
            }
        )
    return found


def entries(opinions: list[Opinion]) -> list[dict[str, Any]]:
    """The opinions as a timeline, latest first."""
    found = []
    for opinion in reversed(opinions):
        title = wording.says(Level(opinion.level).label, Status(opinion.status).label)
        if opinion.reopened:
            title = wording.says(Level(opinion.level).label, _("reopened"))
        if opinion.imported:
            title = _("%(opinion)s (imported)") % {"opinion": title}
        text = opinion.reason
        if opinion.exception:
            exception = _("Exception")
            text = f"{text} {wording.says(exception, opinion.exception)}"
        icon = {"verified": "circle-check", "pending": "clock"}.get(opinion.status, "circle-dot")
        day = opinion.given_on or opinion.recorded_at
        found.append({"title": title, "text": text, "day": day, "by": str(opinion.by), "icon": icon})
    return found


def acts(
    user: Any, violation: Violation, given: list[Given], bound: dict[str, OpinionForm]
) -> dict[str, Any]:
    """The forms of the levels at which this person may speak now, and why not at the others she holds."""
    documented = documented_by(violation, user)
    forms, refusals = [], []
    for level in Level:
        if not may(user, PERMISSION[level], violation.region):
            continue
        code = fault(violation, given, level, user, documented=documented)
        code = code or rules.transition_fault(violation.status, given, level, rules.NOT_MRM)
        if code:
            refusals.append({"level": level.label, "words": Refusal(code).label})
            continue
        form = bound.get(level) or opinion_form(violation, level)
        forms.append(
            {"level": level.value, "label": level.label, "form": form, "says": consequence(level, violation)}
        )
    return {"forms": forms, "refusals": refusals}


def opinion_form(violation: Violation, level: str, data: Any = None) -> OpinionForm:
    """The form of one level, empty or with what was typed."""
    return OpinionForm(data, level=level, current=violation.status, prefix=level)


def consequence(level: str, violation: Violation) -> list[str]:
    """What the opinion will do, said before (ui.md, principle 3)."""
    if level == FOCAL_POINT:
        return [_("Your opinion goes to the co-chairs at technical level. No status and no figure changes.")]
    if level != CTFMR:
        return [_("Your opinion goes to the task force. No status and no figure changes.")]
    today = timezone.localdate()
    said = [_("Your decision sets the status at once, and with it the figures.")]
    if violation.status != VERIFIED:
        said.append(counted(violation, today))
        incident = violation.incident
        ended = incident.occurred_to or incident.occurred_on
        if not incident.open_ended and rules.is_late(ended, today):
            said.append(_("It will be told among the late verifications."))
    else:
        said.append(_("It is verified now: another decision takes it out of the figures from today on."))
    return [*said, _("Editions already frozen do not change.")]


def counted(violation: Violation, today: date) -> str:
    """What enters the figures if it is verified today."""
    quarter = wording.quarter(today)
    if violation.type not in CHILD_COUNTED_TYPES:
        return _("Verified, one violation enters the figures of %(quarter)s.") % {"quarter": quarter}
    told = ngettext(
        "Verified, %(n)s child enters the figures of %(quarter)s.",
        "Verified, %(n)s children enter the figures of %(quarter)s.",
        violation.total,
    )
    return told % {"n": wording.number(violation.total), "quarter": quarter}


def export_url(user: Any, sitting: Sitting) -> str:
    """Where the extract of a sitting is asked for as a document; nothing for who may not ask."""
    there = address("disclosure:export_new") if may(user, "disclosure.request") else ""
    return f"{there}?sitting={sitting.public_id}" if there else ""
