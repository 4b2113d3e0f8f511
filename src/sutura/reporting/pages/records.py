"""The records behind a number: violations with their incidents, within what the reader may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.ledger.services import last_moment
from sutura.reporting import papers
from sutura.reporting.pages import links
from sutura.reporting.render import words
from sutura.reporting.rules.addresses import Address, address
from sutura.reporting.rules.counting import WHOLE_COUNTRY
from sutura.reporting.rules.periods import Period
from sutura.reporting.services import Record, records_behind

SIZE = 100


def moment_of(text: str) -> datetime | None:
    """The instant that an address names; none means now. 404 for what is no instant, or is still to come."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not date.min.year < found.year < date.max.year:
        raise Http404  # at the ends of the calendar another time zone is another year, which there is not
    found = found if timezone.is_aware(found) else timezone.make_aware(found)
    if found > timezone.now() and found > (last_moment() or found):
        raise Http404
    return found


def records_page(user: Any, asked: QueryDict) -> dict[str, Any]:
    """Read what the address asks for; 404 when it names no figure."""
    when = links.period_or_404(asked.get("product", "ghn"), asked.get("period", ""))
    geography, as_at = asked.get("geography", "2021"), moment_of(asked.get("as_at", ""))
    figure = asked.get("figure", "")
    try:
        found = records_behind(when.product, when, figure, as_at=as_at, geography=geography, user=user)
    except DomainError as error:
        raise Http404 from error
    place = address(figure)
    refs = papers.incident_refs((one.incident_ref for one in found), user)
    shown = [one for one in found if one.incident_ref in refs]
    labels = papers.party_words(
        {one.party_label for one in shown} | ({place.party} if place.party else set())
    )
    page = Paginator(shown, SIZE).get_page(asked.get("page"))
    return {
        "title": figure_words(place, labels[words.language()]),
        "period": words.period(when),
        "days": words.days(when),
        "basis": [words.bases(when.product)[block] for block in place.blocks],
        "as_at": as_at,
        "rows": [row(one, refs[one.incident_ref], labels[words.language()], geography) for one in page],
        "total": sum(one.count for one in shown),
        "violations": len(shown),
        "hidden": len(found) - len(shown),
        "children_once": place.children_once,
        "by_child": place.multiple,
        "page": page,
        "back": back(when, geography, as_at),
        "is_empty": not found,
    }


def back(when: Period, geography: str, as_at: datetime | None) -> str:
    """Where the number stood."""
    return links.report(when, geography, as_at)


def row(one: Record, ref: str, labels: dict[str, str], geography: str) -> dict[str, Any]:
    """One violation as listed."""
    names = papers.region_names()
    region = (one.region if geography == "2021" else one.region_2023) or WHOLE_COUNTRY
    return {
        "ref": ref,
        "url": links.incident(one.incident_ref),
        "type": words.types()[one.type],
        "status": one.status,
        "party": labels.get(one.party_label, one.party_label),
        "region": _("Not located in a region") if region == WHOLE_COUNTRY else names.get(region, region),
        "days": words.occurred(one.occurred_on, one.occurred_to, one.open_ended),
        "decided_on": one.decided_on,
        "boys": one.boys,
        "girls": one.girls,
        "unknown": one.unknown,
        "count": one.count,
        "events": one.events,
        "late_for_quarter": one.late_for_quarter,
        "late_for_year": one.late_for_year,
        "children": one.children,
    }


def figure_words(place: Address, labels: dict[str, str]) -> str:
    """The address of a figure in words: `Verified · Killing · Boys · Mopti`."""
    names = papers.region_names()
    parts = [" + ".join(words.blocks()[block] for block in place.blocks)]
    if place.multiple:
        parts.append(_("in several violations"))
    if place.child:
        parts.append(place.child)
    if len(place.types) == 1:
        parts.append(words.types()[place.types[0]])
    elif place.children_once:
        parts.append(_("children counted once"))
    elif not place.multiple:
        parts.append(_("all grave violations"))
    if place.sex:
        parts.append({"boy": _("boys"), "girl": _("girls")}.get(place.sex, _("sex unknown")))
    if place.party is not None:
        parts.append(labels.get(place.party, place.party))
    if place.region is not None:
        unplaced = place.region == WHOLE_COUNTRY
        parts.append(_("Not located in a region") if unplaced else names.get(place.region, place.region))
    return " · ".join(parts)
