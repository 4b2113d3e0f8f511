"""Pages of tables for the public: the list, the preview with its reasons, the copy that anybody may read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.disclosure import gathering
from sutura.disclosure.choices import Shape, State
from sutura.disclosure.models import Release
from sutura.disclosure.rules.copies import SMALLEST, TOTAL, Copy, Key, table
from sutura.disclosure.services import is_intact
from sutura.ledger.rules import PERSON_TYPES
from sutura.reporting.choices import Block
from sutura.reporting.pages import links
from sutura.reporting.papers import is_demo
from sutura.reporting.render import words
from sutura.ui.wording import moment, number

SIGN = "c"
"""Printed in the place of a number that is hidden, whatever the reason."""
SMALL = "‹5"
"""Shown to whoever prepares, where the number is hidden because it is small."""


def title_of(release: Release) -> str:
    """What the table is about."""
    return f"{words.period(release.when)}\u00a0· {Block(release.block).label}\u00a0· {Shape(release.shape).label}"


def about(release: Release) -> list[tuple[str, str]]:
    """Basis, period, unit, moment and what is hidden: printed with every copy."""
    unit = "victims" if release.shape in (Shape.SEX, Shape.AGE) else "by_region"
    told = [
        (_("Period"), words.days(release.when)),
        (_("Basis"), words.bases(release.product)[release.block]),
        (_("What is counted"), words.units()[unit]),
        (_("As known on"), moment(release.as_at)),
        (_("Release"), str(release.number)),
        (_("Hidden numbers"), hidden_note(release.copy)),
        (_("Nought"), _("Nothing was verified. It does not say that nothing happened.")),
    ]
    if release.reason:
        told.append((_("Why this release"), release.reason))
    if is_demo():
        told.insert(0, (_("Demonstration"), words.invented()))
    return [*told, (_("Fingerprint"), release.sha256), (_("Version of the software"), release.code_version)]


def hidden_note(copy: Copy) -> str:
    """What the sign means, in one sentence."""
    if not copy.hidden:
        return _("None: no number of this table is small.")
    return _(
        "%(sign)s: hidden to protect children. Numbers from 1 to 4 are hidden, and others with them, so that "
        "no hidden number can be worked out from this table, its totals and the tables published before."
    ) % {"sign": SIGN}


def heads(release: Release) -> list[str]:
    """Heads of the columns: the types, then the total."""
    return [*(words.types()[kind] for kind in release.copy.types), _("Total")]


def printed(release: Release) -> list[tuple[str, list[int | None]]]:
    """The rows of the public copy with their labels, the totals last."""
    labels = [row[words.language()] for row in release.told["rows"]]
    return list(zip([*labels, _("Total")], release.told["cells"], strict=True))


def public_page(release: Release) -> dict[str, Any]:
    """The copy that anybody may read: no link from a number, no name of anybody."""
    rows = [
        {
            "label": label,
            "total": index == len(release.told["rows"]),
            "cells": [{"value": SIGN if value is None else value} for value in values],
        }
        for index, (label, values) in enumerate(printed(release))
    ]
    return {
        "release": release,
        "heading": title_of(release),
        "corner": Shape(release.shape).label,
        "columns": heads(release),
        "rows": rows,
        "about": about(release),
        "files": files_of(release),
    }


def files_of(release: Release) -> list[dict[str, str]]:
    """The copies to take away, once the table is published."""
    if release.state != State.PUBLISHED:
        return []
    return [
        {"label": label, "url": reverse("disclosure:public_file", args=[release.public_id, ending])}
        for ending, label in (("xlsx", "Excel"), ("csv", "CSV"), ("html", _("Printable page")))
    ]


def preview_page(user: Any, release: Release) -> dict[str, Any]:
    """The same table for whoever prepares or decides: why each cell is hidden, the records behind each number."""
    true = truth(release)
    copy = release.copy
    shown = public_page(release)
    for row, line in zip((*copy.rows, TOTAL), shown["rows"], strict=True):
        for kind, cell in zip((*copy.types, ""), line["cells"], strict=True):
            key = (row, kind)
            if copy.cells[key] is None:
                cell["value"] = SMALL if 0 < (true.cells[key] or 0) < SMALLEST else SIGN
            cell["url"] = behind(user, release, key)
    return shown | {
        "state": release.state,
        "intact": is_intact(release),
        "attack": attack_sentence(release),
        "hidden": reasons(copy, true),
        "decision": getattr(release, "decision", None),
        "decide_url": _decide(user, release),
        "earlier": [
            one
            for one in Release.objects.visible_to(user).of(
                release.product, release.period, release.block, release.shape
            )
            if one.pk != release.pk
        ],
    }


def truth(release: Release) -> Copy:
    """The table with all its numbers, counted again from the ledger at its moment."""
    universe = (release.when, release.block)
    facts = gathering.facts_at(release.as_at, [universe])
    copy = release.copy
    return table(facts, universe=copy.universe, moment=copy.moment, types=copy.types, rows=copy.rows)


def reasons(copy: Copy, true: Copy) -> str:
    """How many cells are hidden, and why."""
    small = sum(0 < (true.cells[key] or 0) < SMALLEST for key in copy.hidden)
    return _(
        "%(small)s hidden because they are 1 to 4 (%(sign)s), %(more)s hidden to protect them (%(other)s)."
    ) % {
        "small": small,
        "sign": SMALL,
        "more": len(copy.hidden) - small,
        "other": SIGN,
    }


def attack_sentence(release: Release) -> str:
    """The result of the attack."""
    return _(
        "Numbers that the attack tried to work out from all that is published: %(n)s. It narrowed none below five."
    ) % {"n": number(release.targets)}


def behind(user: Any, release: Release, key: Key) -> str:
    """The records behind a cell, for whoever may read them; cells that no address names open nothing."""
    if not may(user, "reporting.read", ""):
        return ""
    figure = figure_of(release, key)
    geography = "2023" if release.shape == Shape.REGION_2023 else "2021"
    return links.records(release.when, figure, as_at=release.as_at, geography=geography) if figure else ""


def figure_of(release: Release, key: Key) -> str:
    """The address of a cell among the figures of a report."""
    (level, code), kind = key
    under = f"/{kind}" if kind else ""
    if level in ("region", "region_2023"):
        return f"{release.block}/by_region/{code}{under}"
    if level == "party":
        return f"{release.block}/by_party/{code}{under}"
    if level == "sex" and kind:
        return f"{release.block}/victims/{kind}/{ {'boy': 'boys', 'girl': 'girls'}.get(code, 'unknown') }"
    if not level and kind:
        counted = "victims" if kind in PERSON_TYPES else "events"
        return f"{release.block}/{counted}/{kind}" + ("/total" if counted == "victims" else "")
    if not level and release.shape not in (Shape.SEX, Shape.AGE):
        return f"{release.block}/totals/violations"
    return ""


def _decide(user: Any, release: Release) -> str:
    """Where this person decides, if there is something to decide."""
    if release.state != State.WAITING or release.prepared_by == user:
        return ""
    if not may(user, "disclosure.approve", ""):
        return ""
    return reverse("disclosure:decide", args=[release.public_id])


def list_page(user: Any) -> dict[str, Any]:
    """Every release that this person may see, the latest first."""
    prepares = may(user, "disclosure.publish", "")
    page = (
        "disclosure:table" if prepares or may(user, "disclosure.approve", "") else "disclosure:public_table"
    )
    known = Release.objects.visible_to(user).select_related("decision")
    return {
        "rows": [
            {
                "release": one,
                "label": title_of(one),
                "state": one.state,
                "url": reverse(page, args=[one.public_id]),
            }
            for one in known
        ],
        "may_prepare": prepares,
    }


def decide_page(release: Release) -> dict[str, Any]:
    """The question before deciding, with its consequence."""
    return {
        "title": _("Publish this table?"),
        "text": _(
            "%(table)s. Once published it can be read by whoever the settings let in, and it cannot be taken back: "
            "a correction is a new release, compared with this one."
        )
        % {"table": title_of(release)},
        "confirm_label": _("Confirm the decision"),
        "cancel_url": reverse("disclosure:table", args=[release.public_id]),
    }


def open_or_404(user: Any) -> None:
    """The public pages do not exist for strangers unless the setting opens them."""
    if not settings.SUTURA_PUBLIC_TABLES and not user.is_authenticated:
        raise Http404


def public_list(request: HttpRequest) -> dict[str, Any]:
    """What anybody may read."""
    known = Release.objects.visible_to(request.user).published().select_related("decision")
    return {"rows": [{"release": one, "label": title_of(one)} for one in known]}
