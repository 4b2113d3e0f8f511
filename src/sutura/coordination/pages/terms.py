"""What the pages of terms of reference show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.rules import may
from sutura.coordination.choices.terms import Stage
from sutura.coordination.models import Terms
from sutura.coordination.papers import Paper, Part, Text
from sutura.coordination.querysets.bodies import seats_of
from sutura.coordination.rules.terms import BEFORE, compared
from sutura.ui.wording import day

ACTS = {
    "comment": gettext_lazy("Open for comments"),
    "technical": gettext_lazy("Note the technical validation"),
    "political": gettext_lazy("Note the political validation"),
}
ROAD = (Stage.DRAFT, Stage.COMMENT, Stage.TECHNICAL, Stage.POLITICAL)


def version(terms: Terms, user: Any) -> dict[str, Any]:
    """One version as its page shows it."""
    keeper = may(user, "coordination.manage", terms.body.region)
    sections = terms.sections.prefetch_related("comments__organisation")
    older = Terms.objects.visible_to(user).of_body(terms.body).filter(version__lt=terms.version).first()
    return {
        "terms": terms,
        "body": terms.body,
        "keeper": keeper,
        "writing": keeper and terms.is_written,
        "may_comment": terms.takes_comments and seats_of(user).filter(body=terms.body).exists(),
        "sections": sections,
        "steps": steps(terms),
        "acts": [
            {"label": label, "url": reverse("coordination:terms_act", args=[terms.public_id, name])}
            for name, label in ACTS.items()
            if keeper and terms.stage in BEFORE[name]
        ],
        "older": older,
    }


def steps(terms: Terms) -> list[dict[str, Any]]:
    """The road of a version: written, commented, validated twice."""
    at = len(ROAD) if terms.stage == Stage.REPEALED else ROAD.index(Stage(terms.stage))
    notes = {
        Stage.TECHNICAL: (terms.technical_by, terms.technical_on),
        Stage.POLITICAL: (terms.political_by, terms.political_on),
    }
    found = []
    for place, stage in enumerate(ROAD):
        skipped = stage == Stage.COMMENT and place < at and terms.comments_until is None
        over = place < at or (place == at and stage == Stage.POLITICAL)
        state = "skipped" if skipped else "done" if over else "current" if place == at else "waiting"
        note, on = notes.get(stage, ("", None))
        found.append({"label": stage.label, "state": state, "note": note, "on": on})
    return found


def differences(terms: Terms, older: Terms) -> list[dict[str, Any]]:
    """Each section with what became of its words since another version."""
    before, after = (
        {section.heading: section.text for section in one.sections.all()} for one in (older, terms)
    )
    return [
        {"heading": heading, "pieces": pieces, "same": all(piece.sign == "=" for piece in pieces)}
        for heading, pieces in compared(before, after)
    ]


def paper(terms: Terms) -> Paper:
    """A version to be printed: who validated it, then its sections."""
    facts = [(_("Version"), str(terms.version)), (_("Stage"), str(terms.get_stage_display()))]
    for label, on, by in (
        (_("Validated technically"), terms.technical_on, terms.technical_by),
        (_("Validated politically"), terms.political_on, terms.political_by),
    ):
        if on:
            facts.append((label, f"{day(on)}, {by}"))
    return Paper(
        name=f"{terms.body.acronym}-tdr-v{terms.version}",
        over=str(terms.body),
        title=_("Terms of reference"),
        facts=facts,
        parts=[Part(section.heading, [Text(section.text.splitlines())]) for section in terms.sections.all()],
        draft=terms.technical_on is None,
    )
