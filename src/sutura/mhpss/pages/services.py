"""The list of services that a question finds, one service with its history, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.rules import may, regions
from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.forms.filters import NONE_DECLARED, MapFilter
from sutura.mhpss.forms.services import ServiceForm
from sutura.mhpss.models import Proposal, Service
from sutura.mhpss.querysets import READ, REVIEW, ServiceQuerySet
from sutura.mhpss.rules import coding, freshness
from sutura.mhpss.shape import CHOICES, DAYS, FIELDS, staff_of, told
from sutura.mhpss.statuses import fresh, working
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.places.resolver import Register
from sutura.ui import wording

SIZE = 50
SHOWN = {
    "": gettext_lazy("All services"),
    "ending": gettext_lazy("Funding ends within 90 days"),
    "recode": gettext_lazy("Codes to look at"),
}


def days() -> dict[str, Any]:
    """What is fresh today, as the server is set."""
    return {
        "today": timezone.localdate(), "fresh": settings.SUTURA_SERVICE_FRESH_DAYS,
        "stale": settings.SUTURA_SERVICE_STALE_DAYS,
    }  # fmt: skip


def region_names(user: Any) -> dict[str, str]:
    """Names of the regions whose map one reads, by code."""
    held = regions(user, READ)
    return {code: name for code, name in Unit.objects.region_names().items() if code in held}


def filter_for(user: Any, query: QueryDict, catalogue: Catalogue) -> MapFilter:
    """The filter of the address, with the choices that one may make."""
    return MapFilter(
        query or None, catalogue=catalogue, organisations=Organisation.objects.visible_to(user).in_use(),
        regions=region_names(user),
    )  # fmt: skip


def narrowed(found: ServiceQuerySet, wanted: dict[str, Any]) -> ServiceQuerySet:
    """The services that a filter leaves."""
    if "q" in wanted:
        found = found.searched(wanted["q"])
    if "region" in wanted:
        found = found.filter(region=wanted["region"])
    if "cercle" in wanted:
        found = found.in_place(wanted["cercle"])
    if "within" in wanted:
        found = found.filter(place__region_2023=wanted["within"])
    if "layer" in wanted:
        found = found.of_layer("" if wanted["layer"] == NONE_DECLARED else wanted["layer"])
    if "code" in wanted:
        found = found.of_code(wanted["code"])
    if "theme" in wanted:
        found = found.of_theme(wanted["theme"])
    if "organisation" in wanted:
        found = found.filter(organisation=wanted["organisation"])
    return found.verified_as(wanted["fresh"], **days()) if "fresh" in wanted else found


def service_list(user: Any, query: QueryDict) -> dict[str, Any]:
    """The services that a question finds, and three piles of them: all, funding that ends, codes to look at."""
    catalogue = Catalogue()
    form = filter_for(user, query, catalogue)
    found = narrowed(Service.objects.visible_to(user).on_the_map(), form.in_force)
    show = query.get("show", "") if query.get("show") in SHOWN else ""
    others = [code for code, flags in catalogue.flags(ListKind.ACTIVITY).items() if coding.OTHER in flags]
    piles = {"": found, "ending": found.ending(timezone.localdate()), "recode": found.to_recode(others)}
    page = Paginator(piles[show].select_related("organisation", "place"), SIZE).get_page(query.get("page"))
    return {
        "form": form,
        "tabs": [
            {"label": label, "url": with_query(query, show=name), "current": name == show,
             "count": page.paginator.count if name == show else piles[name].count()}
            for name, label in SHOWN.items()
        ],
        "show": show,
        "rows": list(rows(page, catalogue, user)),
        "newer_url": with_query(query, page=page.previous_page_number()) if page.has_previous() else "",
        "older_url": with_query(query, page=page.next_page_number()) if page.has_next() else "",
        "proposes": may(user, "mhpss.propose"),
        "waiting": Proposal.objects.visible_to(user).waiting().count(),
        "query": query.urlencode(),
    }  # fmt: skip


def with_query(query: QueryDict, **changed: object) -> str:
    """The address with another pile or page; a pile begins at its first page."""
    kept = query.copy()
    kept.pop("page", None)
    for name, value in changed.items():
        kept[name] = str(value)
    return "?" + kept.urlencode()


def rows(found: Iterable[Any], catalogue: Catalogue, user: Any) -> Iterable[dict[str, Any]]:
    """Services as a list shows them."""
    names, register = Unit.objects.region_names(), Register.current()
    for service in found:
        yield {
            "service": service,
            "where": where(service.place, names, register),
            "codes": catalogue.words(ListKind.ACTIVITY, service.codes.split()),
            "layers": catalogue.words(ListKind.LAYER, service.layers.split()),
            "fresh": fresh(service.freshness),
            "working": working(service.working),
            "reviews": may(user, REVIEW, service.region),
        }


def where(place: Any, names: dict[str, str], register: Register) -> str:
    """A place with what it lies in: commune, cercle, region."""
    cercle = register.by_code.get(place.cercle)
    steps = [place.name, cercle.name if cercle and cercle.pk != place.pk else "", names.get(place.region, "")]
    return ", ".join(dict.fromkeys(filter(None, steps)))


def service_page(user: Any, service: Any) -> dict[str, Any]:
    """One service: what one needs to send somebody there first, then the rest, its proposals and its history."""
    catalogue = Catalogue()
    names, register = Unit.objects.region_names(), Register.current()
    said = told(service, service.staff.all())
    shown = {name: display(name, said[name], catalogue, register) for name in FIELDS}
    shown["place"] = where(service.place, names, register)
    labels = labels_of()
    flags = catalogue.flags(ListKind.ACTIVITY)
    known = [code for code in service.codes.split() if code in flags]
    return {
        "service": service,
        "fresh": fresh(service.freshness),
        "working": working(service.working),
        "parts": [
            {
                "title": title,
                "rows": [{"label": labels[name], "value": shown[name]} for name in fields if shown[name]],
            }
            for title, fields in _parts()
        ],
        "missing": [labels[name] for _title, fields in _parts() for name in fields if not shown[name]],
        "warnings": [catalogue.of(ListKind.ACTIVITY)[code].note for code in coding.discouraged(known, flags)],
        "suggested": _suggested(service, catalogue),
        "recode": coding.to_recode(known, flags) and service.recoded_on is None,
        "proposals": Proposal.objects.visible_to(user).waiting().filter(service=service),
        "history": list(service.history.select_related("history_user")[:10]),
        "reviews": may(user, REVIEW, service.region),
        "proposes": may(user, "mhpss.propose", service.region),
        "ends_soon": freshness.ends_soon(service.funded_until, today=timezone.localdate()),
    }


def _parts() -> list[tuple[Any, tuple[str, ...]]]:
    parts = [(title, tuple(names)) for title, names in ServiceForm.PARTS]
    return [(title, (*names, "staff") if "trained_in" in names else names) for title, names in parts]


def _suggested(service: Any, catalogue: Catalogue) -> list[str]:
    """Layers that the codes suggest and nobody declared: shown, never written."""
    if service.layers:
        return []
    ties = [(code, layer) for kind, code, layer in catalogue.suggestions if kind == ListKind.ACTIVITY]
    return catalogue.words(ListKind.LAYER, coding.suggested(service.codes.split(), ties))


def labels_of() -> dict[str, Any]:
    """The question of each field, as the form asks it."""
    return {name: field.label for name, field in ServiceForm.base_fields.items()} | {"staff": _("Staff")}


def display(name: str, text: str, catalogue: Catalogue, register: Register) -> str:
    """One value in the reader's words."""
    if not text:
        return _("no") if name in ("is_sensitive", "is_public") else ""
    if name in LISTS:
        return "; ".join(catalogue.words(LISTS[name], text.split()))
    if name in CHOICES:
        return str(CHOICES[name](text).label)
    if name in ("is_sensitive", "is_public", "supervised"):
        return _("yes") if text == "1" else _("no")
    if name in DAYS:
        return wording.day(date.fromisoformat(text))
    if name == "staff":
        return "; ".join(staff_words(text, catalogue))
    if name in ("place", "coverage"):
        units = [register.by_code.get(code) for code in text.split()]
        return "; ".join(str(unit) for unit in units if unit)
    return text


def staff_words(text: str, catalogue: Catalogue) -> list[str]:
    """Numbers by cadre in words."""
    known = catalogue.of(ListKind.CADRE)
    return [
        _("%(cadre)s: women %(women)s, men %(men)s")
        % {"cadre": known.get(code, code), "women": women, "men": men}
        for code, (women, men) in staff_of(text).items()
    ]


def proposal_page(user: Any, proposal: Proposal) -> dict[str, Any]:
    """What would change, field by field, in words."""
    catalogue, register, labels = Catalogue(), Register.current(), labels_of()
    return {
        "proposal": proposal,
        "rows": [
            {"label": labels[each.field], "before": display(each.field, each.before, catalogue, register),
             "after": display(each.field, each.after, catalogue, register)}
            for each in proposal.values.all()
        ],
        "decides": proposal.decision == "waiting" and may(user, REVIEW, proposal.region),
    }  # fmt: skip


def initial_of(service: Any) -> dict[str, Any]:
    """A service as its form shows it."""
    said = told(service, service.staff.all())
    initial: dict[str, Any] = {name: text.split() if name in LISTS else text for name, text in said.items()}
    initial |= {name: said[name] == "1" for name in ("is_sensitive", "is_public")}
    initial["organisation"] = service.organisation
    initial["coverage"] = "; ".join(said["coverage"].split())
    for cadre, (women, men) in staff_of(said["staff"]).items():
        initial |= {f"women_{cadre}": women, f"men_{cadre}": men}
    return initial
