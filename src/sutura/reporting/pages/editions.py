"""Freezing, clearing, and what stands beside a report: its editions and its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from sutura.reporting.choices import CLEARING, Level
from sutura.reporting.models import Edition
from sutura.reporting.pages import links
from sutura.reporting.pages.notes import edition_row, may_freeze
from sutura.reporting.render import words
from sutura.reporting.render.paper import Paper
from sutura.reporting.rules.figures import instant
from sutura.reporting.rules.periods import GHN, Period
from sutura.reporting.services import is_intact
from sutura.ui.wording import moment


def edition_panel(user: Any, paper: Paper, found: Edition | None = None) -> dict[str, Any]:
    """What may be done with a report, and the editions there are of it."""
    known = Edition.objects.visible_to(user).of(paper.period, paper.geography).prefetch_related("clearances")
    rows = [edition_row(one) for one in known]
    return {
        "edition": found,
        "row": edition_row(found) if found else None,
        "intact": is_intact(found) if found else None,
        "fingerprint": [found.sha256[start : start + 8] for start in range(0, 64, 8)] if found else [],
        "draft_url": links.report(paper.period, paper.geography),
        "editions": rows,
        "freeze_url": _freeze(paper, found, user),
        "new_edition": bool(rows),
        "clear_urls": _clearing(user, found) if found else [],
        "changed_url": _changed(paper, found, rows),
        "files": _files(user, paper, found),
        "is_note": paper.period.product == GHN,
        "state": rows_state(found, rows),
    }


def rows_state(found: Edition | None, rows: list[dict[str, Any]]) -> str:
    """The pill beside the title: a draft is a draft, also when editions exist."""
    if found is None:
        return "draft"
    return next((row["state"] for row in rows if row["edition"].pk == found.pk), "frozen")


def _freeze(paper: Paper, found: Edition | None, user: Any) -> str:
    if found is not None or not may_freeze(user):
        return ""
    query = {} if paper.geography == "2021" else {"geography": paper.geography}
    return links.named("reporting:freeze", paper.period.product, paper.period.text, **query)


def _clearing(user: Any, found: Edition) -> list[dict[str, str]]:
    """The clearances which this person may still give: not at both levels."""
    given = list(found.clearances.all())
    if any(one.by_id == user.pk for one in given):
        return []
    done = {one.level for one in given}
    return [
        {"label": words.level(level), "url": links.named("reporting:clear", found.public_id, level)}
        for level, permission in CLEARING.items()
        if level not in done and user.may(permission, "")
    ]


def _changed(paper: Paper, found: Edition | None, rows: list[dict[str, Any]]) -> str:
    """From this edition to now; from the latest edition to the draft."""
    if found is not None:
        return links.compare(paper.period, paper.geography, str(found.public_id))
    if rows:
        return links.compare(paper.period, paper.geography, str(rows[0]["edition"].public_id))
    return links.compare(paper.period, paper.geography, "")


def _files(user: Any, paper: Paper, found: Edition | None) -> list[dict[str, str]]:
    """The files which this person may take away, or ask for: what has rows by code needs a second person."""
    query: dict[str, str] = {}
    if found:
        query["edition"] = str(found.public_id)
    else:
        query["as_at"] = instant(paper.as_at)
    if paper.geography != "2021":
        query["geography"] = paper.geography
    listed = [
        ("disclosure:note_docx", _("Word, French and English"), {"lang": "both"}),
        ("disclosure:note_docx", _("Word, French"), {"lang": "fr"}),
        ("disclosure:note_docx", _("Word, English"), {"lang": "en"}),
        ("disclosure:note_html", _("Printable page"), {}),
        ("disclosure:figures_xlsx", _("Excel workbook"), {}),
        ("disclosure:figures_json", _("Figures (JSON)"), {}),
    ]
    if paper.period.product != GHN:
        listed = listed[4:]
    found_urls = [
        {"label": label, "url": links.named(name, paper.period.product, paper.period.text, **query, **more)}
        for name, label, more in (listed if user.may("disclosure.export") else ())
    ]
    if user.may("disclosure.request"):
        asked = {"product": paper.period.product, "period": paper.period.text, **query}
        label = _("Ask for the rows by code…")
        found_urls.append({"label": label, "url": links.named("disclosure:export_new", **asked)})
    return [one for one in found_urls if one["url"]]


def freeze_page(user: Any, when: Period, geography: str) -> dict[str, Any]:
    """The question before freezing, with its consequence."""
    if not may_freeze(user):
        raise Http404
    latest = Edition.objects.visible_to(user).of(when, geography).first()
    number = latest.number + 1 if latest else 1
    said = {"n": number, "period": words.period(when)}
    text = _(
        "The figures of %(period)s are kept as they stand at this moment, with a number and "
        "a fingerprint. Nobody can change or delete an edition; a correction is a new "
        "edition with a reason."
    )
    return {
        "title": _("Freeze edition %(n)s") % said,
        "text": text % said,
        "confirm_label": _("Freeze edition %(n)s") % said,
        "cancel_url": links.report(when, geography),
        "latest": latest,
    }


def clear_page(found: Edition, level: str) -> dict[str, Any]:
    """The question before clearing, with its consequence."""
    said = {"n": found.number, "period": words.period(found.when), "level": words.level(level)}
    said["when"] = moment(found.as_at)
    text = _(
        "%(level)s: you confirm that edition %(n)s of %(period)s, frozen on %(when)s, may be "
        "sent. Two different people clear an edition, one at each level. A clearance cannot "
        "be taken back."
    )
    return {
        "title": _("Clear edition %(n)s") % said,
        "text": text % said,
        "confirm_label": _("Clear this edition"),
        "cancel_url": links.edition(found),
    }


def level_or_404(level: str) -> str:
    """A level of clearance that exists."""
    if level not in Level.values:
        raise Http404
    return level
