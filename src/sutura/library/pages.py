"""What the pages of the library lay out: the funnel and its rows; a document with its whole way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.rules import may
from sutura.library.choices import Stage
from sutura.library.forms import LibraryFilter
from sutura.library.models import Dissemination, Document, Use, Version
from sutura.library.querysets import DocumentQuerySet
from sutura.library.rules import later
from sutura.places.models import Unit
from sutura.ui.statuses import Status

SIZE = 50
STEPS = {
    "": (gettext_lazy("Produced or gathered"), Q()),
    "disseminated": (gettext_lazy("Disseminated"), Q(is_disseminated=True)),
    "used": (gettext_lazy("Used"), Q(is_used=True)),
}
LOOKS = {
    Stage.DRAFT: ("pencil", ""),
    Stage.TECHNICAL: ("check", ""),
    Stage.POLITICAL: ("stamp", ""),
    Stage.ADOPTED: ("badge-check", "accent"),
}


def status(stage: str) -> Status:
    """The pill of a stage of validation."""
    return Status(str(Stage(stage).label), *LOOKS[Stage(stage)])


def regions_of(user: Any, permission: str) -> list[tuple[str, str]]:
    """Where a person holds a permission: the whole country, if she does, and the regions by name."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    places = [("", _("The whole country")), *names]
    return [(code, name) for code, name in places if may(user, permission, code)]


def library(user: Any, query: QueryDict) -> dict[str, Any]:
    """The documents that a search finds, and the funnel over them; each count opens its rows."""
    form = LibraryFilter(query or None)
    step = query.get("step", "") if query.get("step") in STEPS else ""
    disseminations = Dissemination.objects.visible_to(user)
    found = Document.objects.visible_to(user).followed(disseminations, Use.objects.visible_to(user))
    found = _filtered(found.with_last(), form.in_force)
    counts = found.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=rule) for name, (_label, rule) in STEPS.items()}
    )
    page = Paginator(found.filter(STEPS[step][1]).by_year(), SIZE).get_page(query.get("page"))
    return {
        "form": form,
        "funnel": [
            {"label": label, "url": _with(query, step=name), "current": name == step, "count": counts[f"n_{name}"]}
            for name, (label, _rule) in STEPS.items()
        ],
        "rows": _rows(page, form.regions),
        "newer_url": _with(query, page=page.previous_page_number()) if page.has_previous() else "",
        "older_url": _with(query, page=page.next_page_number()) if page.has_next() else "",
        "keeper": may(user, "coordination.manage"),
    }  # fmt: skip


def document_page(user: Any, document: Document) -> dict[str, Any]:
    """One document: what it is, its versions and how far each is validated, where it went, what is done with it."""
    names = Unit.objects.region_names()
    uses = Use.objects.visible_to(user).filter(document=document).select_related("organisation")
    sent = Dissemination.objects.visible_to(user).filter(version__document=document)
    return {
        "document": document,
        "facts": _facts(document, names),
        "versions": [_version(each) for each in document.versions.prefetch_related("validations")],
        "sent": list(sent.select_related("organisation", "version")),
        "uses": [{"use": use, "where": _where(use.region, names)} for use in uses],
        "keeps": may(user, "coordination.manage", document.region),
    }


def _filtered(found: DocumentQuerySet, wanted: dict[str, Any]) -> DocumentQuerySet:
    if wanted.get("q"):
        found = found.searched(wanted["q"])
    if wanted.get("layer"):
        found = found.in_layer(wanted["layer"])
    exact = {"kind": "kind", "region": "region", "stage": "last_stage"}
    return found.filter(**{exact[name]: value for name, value in wanted.items() if name in exact})


def _with(query: QueryDict, **changed: object) -> str:
    """The address with another step or page; a step begins at its first page."""
    kept = query.copy()
    kept.pop("page", None)
    for name, value in changed.items():
        kept[name] = str(value)
    return "?" + kept.urlencode()


def _rows(found: Iterable[Any], names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "document": each,
            "look": status(each.last_stage) if each.last_stage else None,
            "where": _where(each.region, names),
        }
        for each in found
    ]


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "look": status(version.stage),
        "validations": list(version.validations.all()),
        "ahead": bool(later(version.stage)),
    }


def _facts(document: Document, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"label": _("Issuer"), "value": document.issuer},
        {"label": _("Language"), "value": document.get_language_display()},
        {"label": _("Year"), "value": document.year},
        {"label": _("Axis of the action plan"), "value": document.axis},
        {"label": _("Layers of the pyramid"), "value": ", ".join(document.layer_words)},
        {"label": _("Theme"), "value": document.theme},
        {"label": _("Licence"), "value": document.licence},
        {"label": _("Who may read it"), "value": document.get_access_display()},
        {"label": _("Region"), "value": _where(document.region, names)},
    ]


def _where(region: str, names: dict[str, str]) -> str:
    return names.get(region, region) if region else _("The whole country")
