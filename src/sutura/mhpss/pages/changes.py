"""The bulletin of changes: what opened, closed, changed, was verified or went stale on the map since a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.mhpss.blurring import spot
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.forms.filters import SinceForm
from sutura.mhpss.models import Service, Staff
from sutura.mhpss.pages.services import display, labels_of, region_names
from sutura.mhpss.pages.trend import region_tabs
from sutura.mhpss.rules import changes
from sutura.mhpss.shape import COLUMNS, text_of
from sutura.places.resolver import Register
from sutura.ui import wording

USUAL = 30  # days that a bulletin looks back unless told otherwise
HEADINGS = {
    changes.OPENED: gettext_lazy("Opened or new on the map"),
    changes.CLOSED: gettext_lazy("Closed services"),
    changes.CHANGED: gettext_lazy("Changed"),
    changes.VERIFIED: gettext_lazy("Verified, nothing changed"),
    changes.STALE: gettext_lazy("Not verified for too long"),
}
HIDDEN = {"site", "site_kind", "place", "coverage", "precision", "is_sensitive"}
"""What a bulletin does not tell of a sensitive site, for it is printed and handed on."""
QUIET = {"updated_on", "focal_name", "focal_phone", "focal_email"}
UNSAID = {"staff", "place", "organisation"}  # changed, that is all: their values are not text of the service


def bulletin(user: Any, query: QueryDict) -> dict[str, Any]:
    """The bulletin of one's regions, or of one of them."""
    regions = region_names(user)
    region = query.get("region", "") if query.get("region") in regions else ""
    today = timezone.localdate()
    form = SinceForm(query if query.get("since") else None, initial={"since": today - timedelta(days=USUAL)})
    since = form.cleaned_data["since"] if form.is_valid() else today - timedelta(days=USUAL)
    services = Service.objects.visible_to(user).filter(region__in=[region] if region else list(regions))
    found = _changes(services, since, today)
    return {
        "form": form, "since": since, "today": today, "region": region, "name": regions.get(region, ""),
        "tabs": region_tabs(regions, region, since=since.isoformat()),
        "parts": [
            {"kind": kind, "title": str(title), "rows": found[kind]} for kind, title in HEADINGS.items()
        ],
        "total": sum(map(len, found.values())),
        "query": f"region={region}&since={since.isoformat()}",
    }  # fmt: skip


def _changes(services: Any, since: date, today: date) -> dict[str, list[dict[str, Any]]]:
    moment = timezone.make_aware(datetime.combine(since, time.min))
    touched = Service.history.filter(history_date__gte=moment).values("id")
    worked = set(Staff.history.filter(history_date__gte=moment).values_list("service_id", flat=True))
    before = {each.pk: each for each in Service.history.as_of(moment).filter(id__in=touched)}
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in changes.KINDS}
    telling = Telling()
    rows = services.select_related("organisation", "place").order_by(
        "organisation__name", "description", "id"
    )
    for service in rows.filter(pk__in=touched):
        then = before.get(service.pk)
        old, now = then and _facts(then), _facts(service)
        if old is not None and service.pk in worked:
            now["staff"] = "?"  # who works there is told apart: the bulletin says only that it changed
        verified = bool(then and service.verified_on != then.verified_on)
        kind = changes.change(old, now, verified=verified)
        if kind:
            found[kind].append(telling.row(service, old if kind == changes.CHANGED else None, now))
    for service in rows.on_the_map().exclude(verified_on=None):
        if changes.went_stale(
            service.verified_on, since=since, today=today, stale=settings.SUTURA_SERVICE_STALE_DAYS
        ):
            found[changes.STALE].append(telling.row(service, None, {}))
    return found


def _facts(service: Any) -> dict[str, str]:
    """What a bulletin compares, as text."""
    facts = {name: text_of(name, getattr(service, name)) for name in COLUMNS if name not in QUIET}
    return facts | {"place": str(service.place_id), "organisation": str(service.organisation_id)}


class Telling:
    """Puts services and their changes into words, with the lists read once."""

    def __init__(self) -> None:
        self.catalogue, self.register, self.labels = Catalogue(), Register.current(), labels_of()

    def row(self, service: Any, before: changes.Facts | None, now: changes.Facts) -> dict[str, Any]:
        """One service, and what changed if that is the news."""
        return {
            "service": service,
            "place": spot(service, self.register).words,
            "changes": list(self._lines(service, before, now)) if before is not None else [],
        }

    def _lines(self, service: Any, before: changes.Facts, now: changes.Facts) -> Iterable[str]:
        for name in changes.differing(before, now):
            kept = service.is_sensitive and name in HIDDEN
            words = (
                _("told otherwise") if kept or name in UNSAID
                else f"{self._words(name, before[name])} → {self._words(name, now[name])}"
            )  # fmt: skip
            yield wording.says(self.labels.get(name, name), words)

    def _words(self, name: str, text: str) -> str:
        return display(name, text, self.catalogue, self.register) or _("not stated")
