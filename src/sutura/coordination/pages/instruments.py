"""What the boards of conclusions and of action plans of parties show: paragraph by paragraph, what was made of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sutura.access.rules import may
from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.models import Instrument, Paragraph, Recommendation
from sutura.coordination.pages.board import shown
from sutura.coordination.pages.paging import paged
from sutura.coordination.rules.instruments import STANDINGS, Told, standing
from sutura.library.models import Document
from sutura.ui.statuses import Status

LOOKS = {
    "nothing": ("circle-dashed", "attention"),
    "late": ("triangle-alert", "attention"),
    "open": ("circle-dot", ""),
    "done": ("badge-check", "accent"),
    "set_aside": ("circle-minus", "quiet"),
}
SAID = ("reference", "title", "dated_on", "party_code", "review_on")


def words() -> dict[str, str]:
    """Where a paragraph may stand, in words."""
    return {
        "nothing": _("Nothing recommended yet"),
        "late": _("Late"),
        "open": _("Under way"),
        "done": pgettext("paragraph", "Carried out"),
        "set_aside": _("Calls for nothing here"),
    }


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """The texts that one's bodies follow, each with where its paragraphs stand; four statements in all."""
    kinds = {"": _("All"), **{kind.value: str(kind.label) for kind in InstrumentKind}}
    kind = query.get("kind", "") if query.get("kind") in kinds else ""
    mine = Instrument.objects.visible_to(user).select_related("body")
    found, turns = paged(mine.filter(kind=kind) if kind else mine, query)
    paragraphs = Paragraph.objects.visible_to(user).filter(instrument__in=found)
    counts: dict[int, dict[str, int]] = {each.pk: dict.fromkeys(STANDINGS, 0) for each in found}
    for paragraph, stands, _rows in stood(user, paragraphs, timezone.localdate()):
        counts[paragraph.instrument_id][stands] += 1
    return {
        "rows": [
            {"instrument": each, "cells": cells(each, counts[each.pk]), "total": sum(counts[each.pk].values())}
            for each in found
        ],
        **turns,
        "columns": [words()[name] for name in STANDINGS],
        "tabs": [
            {"label": label, "url": f"?kind={name}", "current": name == kind, "count": None}
            for name, label in kinds.items()
        ],
        "keeper": may(user, "coordination.manage"),
    }  # fmt: skip


def cells(instrument: Instrument, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The numbers of one text, each opening its paragraphs."""
    here = instrument.get_absolute_url()
    labels = words()
    return [
        {"label": labels[name], "value": count, "url": f"{here}?show={name}" if count else ""}
        for name, count in counts.items()
    ]


def stood(
    user: Any, paragraphs: Iterable[Paragraph], today: date
) -> list[tuple[Paragraph, str, list[Recommendation]]]:
    """Each paragraph, where it stands, and the recommendations born of it; two statements."""
    held = list(paragraphs)
    born: dict[int, list[Recommendation]] = {}
    rows = Recommendation.objects.visible_to(user).filter(paragraph__in=held).select_related("responsible")
    for each in rows.order_by("ref"):
        born.setdefault(each.paragraph_id or 0, []).append(each)
    return [(one, where(one, born.get(one.pk, []), today), born.get(one.pk, [])) for one in held]


def where(paragraph: Paragraph, born: Sequence[Recommendation], today: date) -> str:
    """Where a paragraph stands."""
    told = [Told(each.state, each.days_late(today) > 0) for each in born]
    return standing(told, set_aside=bool(paragraph.aside))


def board(user: Any, found: Instrument, query: QueryDict) -> dict[str, Any]:
    """One text: its numbers, and each paragraph with what was made of it."""
    today, labels = timezone.localdate(), words()
    paragraphs = found.paragraphs.select_related("instrument")
    held = stood(user, paragraphs, today)
    counts = dict.fromkeys(STANDINGS, 0)
    for _paragraph, stands, _born in held:
        counts[stands] += 1
    show = query.get("show", "") if query.get("show") in counts else ""
    document = found.document
    readable = document and Document.objects.visible_to(user).filter(pk=document.pk).exists()
    return {
        "instrument": found,
        "figures": figures(found, counts),
        "tabs": [
            {"label": _("All"), "url": "?", "current": not show, "count": len(held)},
            *(
                {"label": labels[name], "url": f"?show={name}", "current": name == show, "count": count}
                for name, count in counts.items()
            ),
        ],
        "rows": [
            {
                "paragraph": one,
                "look": Status(labels[stands], *LOOKS[stands]),
                "born": [shown(each, today) for each in born],
            }
            for one, stands, born in held
            if show in ("", stands)
        ],
        "total": len(held),
        "document_url": document.get_absolute_url() if document and readable else "",
        "keeper": may(user, "coordination.manage", found.body.region),
        "review_late": found.review_on is not None and found.review_on < today,
    }


def figures(found: Instrument, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The numbers to look at first."""
    total = sum(counts.values()) - counts["set_aside"]
    labels = words()
    done = f"{round(100 * counts['done'] / total)}\u00a0%" if total else None
    return [
        {
            "label": labels["nothing"], "value": counts["nothing"], "url": "?show=nothing",
            "basis": _("no recommendation was born of them, or all were closed without effect"),
            "tone": "attention" if counts["nothing"] else "",
        },
        {
            "label": labels["late"], "value": counts["late"], "url": "?show=late",
            "basis": _("at least one recommendation is past its day"), "tone": "attention" if counts["late"] else "",
        },
        {
            "label": labels["done"], "value": done, "url": "?show=done",
            "basis": ngettext(
                "all recommendations verified: %(done)s of %(n)s that calls for something",
                "all recommendations verified: %(done)s of %(n)s that call for something", total,
            ) % {"done": counts["done"], "n": total},
        },
    ]  # fmt: skip


def said(found: Instrument) -> dict[str, Any]:
    """What the form of a text begins with."""
    document = found.document
    return {name: getattr(found, name) for name in SAID} | {"document": document and document.public_id}
