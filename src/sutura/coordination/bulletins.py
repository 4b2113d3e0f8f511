"""What a body publishes, as a paper: a bulletin of its validated figures, or the report of its capitalisation cards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from sutura.coordination.choices.ownership import FIGURES, FOLLOW_UP, OWNERSHIP
from sutura.coordination.choices.publications import CardKind, PublicationKind
from sutura.coordination.models import Attendance, Card, Meeting, Publication, Recommendation
from sutura.coordination.ownership import Ownership
from sutura.coordination.papers import Grid, Paper, Part, Text
from sutura.coordination.rules.ownership import Share
from sutura.coordination.statuses import whole_country
from sutura.places.models import Unit
from sutura.ui import wording


def paper_of(publication: Publication, language: str) -> Paper:
    """The paper in a language: as it was frozen, or as the records stand now."""
    edition = publication.frozen
    if edition is None:
        with override(language):
            return COMPOSED[publication.kind](publication)
    paper = read(edition.papers[language])
    with override(language):
        validated = (pgettext("publication", "Validated on"), wording.day(edition.validated_at))
        return Paper(**{**vars(paper), "facts": [*paper.facts, validated], "draft": False})


def content_of(publication: Publication) -> str:
    """What is frozen: the paper in both languages, in the one way it is written."""
    papers = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            papers[language] = asdict(COMPOSED[publication.kind](publication))
    return json.dumps(papers, ensure_ascii=False, separators=(",", ":"))


def read(kept: dict[str, Any]) -> Paper:
    """A paper as it was kept."""
    parts = [Part(part["heading"], [_block(block) for block in part["blocks"]]) for part in kept["parts"]]
    facts = [(label, value) for label, value in kept["facts"]]
    return Paper(**{**kept, "facts": facts, "parts": parts})


def _block(kept: dict[str, Any]) -> Grid | Text:
    if "heads" not in kept:
        return Text(**kept)
    rows = [tuple(row) for row in kept["rows"]]
    return Grid(**{**kept, "heads": tuple(kept["heads"]), "rows": rows, "wide": tuple(kept["wide"])})


def bulletin(publication: Publication) -> Paper:
    """The figures with their definitions, the meetings they count, and what was verified."""
    told = Ownership(publication.body, publication.span, timezone.localdate(), validated=True)
    waiting = told.unvalidated
    facts = [(_("Period"), wording.days(publication.first, publication.last))]
    if waiting:
        facts.append((_("Left out"), ngettext(
            "%(n)s meeting whose minutes are not validated", "%(n)s meetings whose minutes are not validated", waiting
        ) % {"n": waiting}))  # fmt: skip
    parts = [*_words(publication), *_figures(told), *_meetings(told), *_verified(told)]
    return _paper(publication, "bulletin", facts, parts, upright=True)


def learning(publication: Publication) -> Paper:
    """The cards of the year by theme and region; only those which are validated and whose source consents."""
    cards = Card.objects.of_body(publication.body).ready().written_in(publication.span)
    rows = list(cards.in_order().select_related("theme", "organisation", "document"))
    kinds = [wording.says(kind.label, sum(card.kind == kind for card in rows)) for kind in CardKind]
    facts = [
        (_("Period"), wording.days(publication.first, publication.last)),
        (_("Cards"), f"{wording.number(len(rows))} ({', '.join(kinds)})"),
    ]
    return _paper(publication, "capitalisation", facts, [*_words(publication), *_cards(rows)])


COMPOSED: dict[str, Callable[[Publication], Paper]] = {
    PublicationKind.BULLETIN: bulletin,
    PublicationKind.LEARNING: learning,
}


def _paper(
    publication: Publication,
    name: str,
    facts: list[tuple[str, str]],
    parts: list[Part],
    *,
    upright: bool = False,
) -> Paper:
    body = publication.body
    return Paper(
        name=f"{body.acronym}-{name}-{publication.number:02d}", over=str(body), title=str(publication),
        facts=facts, parts=parts, draft=True, upright=upright,
    )  # fmt: skip


def _words(publication: Publication) -> list[Part]:
    return [Part(_("In a few words"), [Text(publication.words.splitlines())])] if publication.words else []


def _figures(told: Ownership) -> list[Part]:
    heads = (_("Figure"), _("Value"), _("Counted"), _("What it means"))
    return [
        Part(heading, [Grid(heads, [_figure(told, name) for name in names], (24, 12, 18, 46))])
        for heading, names in (
            (_("Who holds this body"), OWNERSHIP),
            (_("What came of what it asked"), FOLLOW_UP),
        )
    ]


def _figure(told: Ownership, name: str) -> tuple[str, ...]:
    figure, share = FIGURES[name], told.share(name)
    return str(figure.label), told.value(name), counts(name, share), str(figure.definition)


def _meetings(told: Ownership) -> list[Part]:
    found = Meeting.objects.filter(pk__in=[row.pk for row in told.held]).order_by("held_on", "pk")
    present = Attendance.objects.filter(meeting__in=found, presence__in=("present", "represented"))
    came: dict[int, list[int]] = {}
    for meeting, women, men in present.values_list("meeting_id", "women", "men"):
        came.setdefault(meeting, []).append(women + men)
    rows = [
        (
            wording.day(each.held_on), str(each.chaired_by or wording.NONE), str(each.minuted_by or wording.NONE),
            wording.number(len(came.get(each.pk, []))), wording.number(sum(came.get(each.pk, []))),
        )
        for each in found.select_related("chaired_by", "minuted_by")
    ]  # fmt: skip
    heads = (_("Meeting"), _("Chaired by"), _("Minutes written by"), _("Organisations present"), _("Persons"))
    return (
        [Part(_("Meetings whose minutes are validated"), [Grid(heads, rows, (18, 30, 30, 12, 10))])]
        if rows
        else []
    )


def _verified(told: Ownership) -> list[Part]:
    found = Recommendation.objects.filter(pk__in=[row.pk for row in told.verified])
    rows = [
        (each.ref, each.text, each.responsible.short, wording.day(each.verified_on))
        for each in found.select_related("responsible").order_by("verified_on", "ref")
    ]
    heads = (_("Reference"), _("Recommendation"), _("Responsible organisation"), _("Verified on"))
    return (
        [Part(_("Done, and verified by another organisation"), [Grid(heads, rows, (18, 44, 20, 18))])]
        if rows
        else []
    )


def _cards(rows: Iterable[Card]) -> list[Part]:
    """One part for each theme and region."""
    regions = Unit.objects.region_names()
    heads = (_("Card"), _("Context"), _("What was done"), _("What shows it"))

    def place(card: Card) -> tuple[str, str]:
        return str(card.theme or _("No theme named")), whole_country(card.region, regions)

    return [
        Part(" · ".join(where), [Grid(heads, [_card(card) for card in cards], (22, 26, 32, 20))])
        for where, cards in groupby(rows, key=place)
    ]


def _card(card: Card) -> tuple[str, ...]:
    title = "\n".join((str(card.get_kind_display()), card.title, str(card.organisation)))
    shown = "\n".join(filter(None, (card.evidence, str(card.document or ""))))
    return title, card.context, card.action, shown


def counts(name: str, share: Share) -> str:
    """`5 of 8`, and how many nobody noted."""
    part = len(share.part)
    if name == "median_days":
        return ngettext("%(n)s verified", "%(n)s verified", part) % {"n": wording.number(part)}
    told = _("%(part)s of %(whole)s") % {
        "part": wording.number(part), "whole": wording.number(len(share.whole)),
    }  # fmt: skip
    missing = len(share.unknown)
    if not missing:
        return told
    return f"{told}, " + ngettext("%(n)s not noted", "%(n)s not noted", missing) % {"n": missing}
