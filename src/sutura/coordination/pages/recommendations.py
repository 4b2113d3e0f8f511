"""The page of one recommendation: its facts, what proves it, its story, and what this person may do now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.choices.bodies import Seat
from sutura.coordination.choices.recommendations import State
from sutura.coordination.following_acts import Act, form_for, offered
from sutura.coordination.models import Axis, Evidence, Meeting, Recommendation, ReportLink, Theme
from sutura.coordination.rules import recommendations as rules
from sutura.coordination.services.recommendations import FACTS
from sutura.coordination.statuses import deferred, lateness, status, whole_country
from sutura.coordination.story import entries
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.ui import wording


def detail(user: Any, found: Recommendation, bound: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the page shows; `bound` holds the form in which a mistake was made, by its act."""
    today = timezone.localdate()
    reports = list(found.reports.select_related("account", "link"))
    acts = offered(user, found)
    keeps = may(user, "coordination.manage", found.body.region)
    return {
        "recommendation": found,
        "look": status(found),
        "late": lateness(found, today),
        "deferred": deferred(found),
        "facts": facts(found),
        "evidence": evidence(found),
        "entries": entries(found, reports),
        "acts": panels(acts, found, bound or {}),
        "keeps": keeps,
        "leads": leads(found, today),
        "waits": found.state == State.DECLARED and "verify" not in {act.name for act in acts},
        "link": open_link(found) if keeps else None,
        "replaces": list(found.replaces.all()),
    }


def leads(found: Recommendation, today: date) -> str:
    """Who leads the body, once two of its meetings were held since the day; nothing before."""
    met = Meeting.objects.of_body(found.body).filter(held_on__lte=today).order_by()
    held = [day for day in met.values_list("held_on", flat=True) if day]
    if not rules.is_escalated(state=found.state, due_on=found.due_on, today=today, held=held):
        return ""
    seats = found.body.memberships.running(today).filter(seat__in=(Seat.LEAD, Seat.CO_LEAD))
    names = [each.organisation.short for each in seats.in_order().select_related("organisation")]
    return ", ".join(names) or _("the lead of the body")


def panels(acts: list[Act], found: Recommendation, bound: dict[str, Any]) -> list[dict[str, Any]]:
    """The acts, each with its form; the first, or the one in which a mistake was made, is open."""
    return [
        {
            "act": act,
            "form": bound.get(act.name) or form_for(act, found),
            "open": act.name in bound if bound else number == 0,
        }
        for number, act in enumerate(acts)
    ]


def facts(found: Recommendation) -> list[dict[str, Any]]:
    """What is known of it, filled lines only but for those that matter when empty."""
    regions = Unit.objects.region_names()
    helping = [each.organisation.short for each in found.contributions.select_related("organisation")]
    origin = f"{found.get_origin_display()} · {found.source}" if found.source else found.get_origin_display()
    theme, need, event, paragraph = found.theme, found.need, found.event, found.paragraph
    budget = f"{wording.number(found.budget_need)} FCFA" if found.budget_need else ""
    known: list[dict[str, Any]] = [
        {"label": _("Responsible organisation"), "value": found.responsible, "note": found.person},
        {"label": _("To be done by"), "value": wording.day(found.due_on) if found.due_on else ""},
        {"label": _("Priority"), "value": found.get_priority_display()},
        {"label": _("Born in"), "value": origin, "url": event.get_absolute_url() if event else ""},
    ]
    more: list[dict[str, Any]] = [
        {"label": _("Organisations that help"), "value": ", ".join(helping)},
        {"label": _("Code of the party"), "value": found.party_code},
        {"label": _("Region"), "value": whole_country(found.region, regions)},
        {"label": _("Strategic axis"), "value": found.axis or found.axis_words},
        {"label": _("Theme"), "value": theme, "url": theme.get_absolute_url() if theme else ""},
        {
            "label": _("Paragraph or article"),
            "value": paragraph,
            "url": paragraph.get_absolute_url() if paragraph else "",
        },
        {"label": _("Need it answers"), "value": need, "url": need.get_absolute_url() if need else ""},
        {"label": _("Budget needed"), "value": budget},
        {"label": _("Verified by"), "value": found.verifier, "note": wording.day(found.verified_on)},
    ]  # fmt: skip
    return [*known, *(row for row in more if row["value"])]


def evidence(found: Recommendation) -> list[dict[str, Any]]:
    """Each line that proves something, with where its file is fetched; those taken back are told, not offered."""
    lines = found.evidence.select_related("report__account", "report__link")
    return [
        {
            "line": line,
            "by_link": line.report.link_id is not None,
            "file_url": reverse("coordination:evidence_file", args=[line.public_id])
            if servable(line)
            else "",
        }
        for line in lines
    ]


def servable(line: Evidence) -> bool:
    """Whether its file is handed out."""
    return bool(line.file) and not line.voided_reason


def lists(user: Any) -> dict[str, Any]:
    """What the forms choose from."""
    return {
        "organisations": Organisation.objects.visible_to(user).in_use(),
        "themes": Theme.objects.visible_to(user),
        "axes": Axis.objects.visible_to(user).select_related("document"),
    }


def initial(query: QueryDict) -> dict[str, Any]:
    """What the page that leads here already knows: the body, where it is born, the region."""
    return {name: query[name] for name in ("body", "origin", "source", "region", "theme") if query.get(name)}


def as_typed(found: Recommendation) -> dict[str, Any]:
    """The words of a recommendation as its form holds them."""
    helping = found.contributions.values_list("organisation__public_id", flat=True)
    return {
        **{name: getattr(found, name) for name in FACTS},
        "theme": found.theme.public_id if found.theme else None,
        "axis": found.axis.public_id if found.axis else None,
        "contributors": list(helping),
    }


def void_page(line: Evidence) -> dict[str, Any]:
    """What is said before a line of evidence is taken back."""
    return {
        "title": _("Take this evidence back"),
        "text": line.words,
        "confirm_label": _("Take it back"),
        "cancel_url": line.recommendation.get_absolute_url(),
    }


def open_link(found: Recommendation) -> ReportLink | None:
    """The link that opens now, if there is one."""
    return found.links.filter(revoked_at=None, used_at=None, expires_at__gt=timezone.now()).first()
