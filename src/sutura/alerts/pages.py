"""What a page of alerts lays out: rows with their clocks, tabs with their counts, the file of one alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.alerts import rules
from sutura.alerts.choices import OPEN_STATES, ViolationType
from sutura.alerts.forms import InboxFilter
from sutura.alerts.likenesses import likenesses
from sutura.alerts.models import Alert
from sutura.alerts.paging import page
from sutura.alerts.querysets import AlertQuerySet
from sutura.alerts.timeline import entries, said
from sutura.alerts.triage import form_for, open_acts
from sutura.places.models import Unit
from sutura.security.sealed import held
from sutura.ui import wording
from sutura.vault.models import Opening
from sutura.vault.revealing import reveal, vault_of
from sutura.vault.rules import NAMED
from sutura.vault.sharing import holders

TYPE_LABELS = dict(ViolationType.choices)
SHOWN = 5
"""Openings shown on the page of an alert."""


@dataclass(frozen=True)
class Shown:
    """An alert as a list shows it."""

    alert: Alert
    regions: dict[str, str]

    @property
    def where(self) -> str:
        """Commune or cercle, and region; the country when the source knows no better."""
        return where(self.alert, self.regions)

    @property
    def what(self) -> str:
        return what(self.alert)

    @property
    def due(self) -> datetime:
        return due(self.alert)


def due(alert: Alert) -> datetime:
    """Until when somebody should have triaged it."""
    return alert.received_at + timedelta(hours=settings.SUTURA_TRIAGE_HOURS)


def what(alert: Alert) -> str:
    """The suspected violations in words."""
    return ", ".join(str(TYPE_LABELS[kind]) for kind in alert.types) or _("Violation not told")


def where(alert: Alert, regions: dict[str, str]) -> str:
    """The place in words, from the finest known up to the region."""
    if alert.place is None or alert.place.level == 0:
        return _("Mali, no region known")
    region = regions.get(alert.region, "")
    return alert.place.name if alert.place.level == 1 else f"{alert.place.name}, {region}"


def lists(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form that hold several values, so that none is lost when the page comes back."""
    return {name: data.getlist(name) for name in ("types", "needs")}


def inbox(user: Any, query: QueryDict) -> dict[str, Any]:
    """The inbox that a person sees: three queries at any length."""
    tab = "leads" if query.get("tab") == "leads" else "alerts"
    mine = Alert.objects.visible_to(user).readable_by(user)
    form = InboxFilter(query or None, user=user)
    found = filtered(mine.leads() if tab == "leads" else mine.reports(), form)
    rows = page(
        found.select_related("place"), tab=tab, after=query.get("after", ""), before=query.get("before", "")
    )
    return {
        "tab": tab,
        "tabs": tabs(mine, tab),
        "form": form,
        "page": rows,
        "rows": [Shown(alert, form.regions) for alert in rows.rows],
        "may_import": may(user, "intake.import"),
        "may_send": may(user, "alerts.create"),
    }


def tabs(mine: AlertQuerySet, tab: str) -> list[dict[str, Any]]:
    """The two tabs, each with what still waits."""
    waiting = mine.order_by().aggregate(
        alerts=Count("id", filter=Q(origin="report", state__in=OPEN_STATES)),
        leads=Count("id", filter=Q(origin="lead", state__in=OPEN_STATES)),
    )
    labels = {"alerts": _("Alerts"), "leads": _("Leads")}
    return [
        {"label": label, "url": f"?tab={name}", "current": name == tab, "count": waiting[name]}
        for name, label in labels.items()
    ]


def filtered(found: AlertQuerySet, form: InboxFilter) -> AlertQuerySet:
    """The rows that answer to the filters; what is not understood filters nothing."""
    chosen = form.in_force
    columns = {name: chosen[name] for name in ("region", "cercle") if name in chosen}
    found = found.filter(**columns)
    if chosen.get("type"):
        found = found.suspecting(chosen["type"])
    if chosen.get("state") == "pending":
        found = found.pending()
    elif chosen.get("state"):
        found = found.filter(state=chosen["state"])
    if chosen.get("since"):
        found = found.since(chosen["since"])
    if chosen.get("age"):
        found = found.older_than(24 * int(chosen["age"]), timezone.now())
    return found


def detail(
    user: Any, alert: Alert, bound: dict[str, Any] | None = None, *, same_as: str = "", reason: str = ""
) -> dict[str, Any]:
    """The page of one alert; its sealed words open with a reason, which is kept before, and on this page only.

    `same_as` is the reference of another, to fill the act which marks a duplicate.
    """
    if reason:
        reveal([alert], by=user, reason=reason)
    among = Alert.objects.visible_to(user).readable_by(user)
    alike = likenesses(alert, among)
    names = Unit.objects.region_names()
    may_triage = may(user, "alerts.triage", alert.region)
    return {
        "alert": alert,
        "what": what(alert),
        "where": where(alert, names),
        "facts": Facts(alert, names).rows(),
        "reason": reason,
        "words": alert.told_by_list or said(alert.told),
        "sealed": bool(held([alert])),
        "named": holders(alert.region, NAMED) if alert.sexual_violence else [],
        "why": _("Triage of the alert") if may_triage else "",
        "openings": Opening.objects.filter(file=str(alert.public_id))[:SHOWN],
        "entries": entries(alert, vault_of(user) if reason else None),
        "likenesses": [(Shown(like.alert, names), like.reasons) for like in alike],
        "due": due(alert),
        "told_late": told_late(alert),
        "acts": panels(alert, among, bound or {}, same_as) if may_triage else [],
        "open_url": open_incident_url(user, alert),
        "refer_url": refer_url(user, alert),
    }


def panels(alert: Alert, among: AlertQuerySet, bound: dict[str, Any], same_as: str) -> list[dict[str, Any]]:
    """The acts, each with its form; the one asked for, or in which a mistake was made, is open."""
    found = []
    for act in open_acts(alert):
        asked = act.name == "duplicate" and bool(same_as)
        form = bound.get(act.name) or form_for(act, among, initial={"of": same_as} if asked else None)
        found.append({"act": act, "form": form, "open": asked or act.name in bound})
    return found


def told_late(alert: Alert) -> rules.Clock | None:
    """The clock from the event to the alert; lists of the past have none."""
    if alert.is_lead:
        return None
    last = alert.happened_to or alert.happened_on
    local = timezone.localtime(alert.received_at)
    return rules.report_clock(happened_on=last, received_at=local, limit=settings.SUTURA_ALERT_HOURS)


def open_incident_url(user: Any, alert: Alert) -> str:
    """Where an incident is opened from this alert, for who may, while it is open, once that page exists."""
    if not alert.is_open or not may(user, "incidents.document", alert.region or None):
        return ""
    try:
        return reverse("incidents:open_from_alert", args=[alert.public_id])
    except NoReverseMatch:
        return ""


def refer_url(user: Any, alert: Alert) -> str:
    """Where a child of this alert is referred, for who may, once that page exists; nobody asked a list for consent."""
    if alert.is_lead or not may(user, "response.keep", alert.region or None):
        return ""
    try:
        return reverse("response:from_alert", args=[alert.public_id])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Facts:
    """The facts of one alert, row by row, as a file shows them."""

    alert: Alert
    regions: dict[str, str]

    def rows(self) -> list[dict[str, Any]]:
        rows = [*self._event(), *self._teller()]
        return [*rows, *(self._lead() if self.alert.is_lead else [])]

    @cached_property
    def _days(self) -> str:
        alert = self.alert
        days = wording.days(alert.happened_on, alert.happened_to) if alert.happened_on else ""
        return _("%(days)s (estimated)") % {"days": days} if days and alert.date_estimated else days

    def _event(self) -> list[dict[str, Any]]:
        alert = self.alert
        how = (
            _("found %(how)s") % {"how": alert.get_place_how_display()}
            if alert.is_lead and alert.region
            else ""
        )
        return [
            {"label": _("Suspected violations"), "value": what(alert)},
            {"label": _("When"), "value": self._days},
            {"label": _("Where"), "value": where(alert, self.regions), "note": how},
            {"label": _("Village or place"), "value": alert.locality},
            {"label": _("Children"), "value": self._children()},
            {"label": _("Help needed now"), "value": self._needs()},
            {"label": _("Said to have done it"), "value": self._party()},
            {"label": _("Access"), "value": alert.get_access_display()},
        ]

    def _teller(self) -> list[dict[str, Any]]:
        alert = self.alert
        if alert.is_lead:
            return []
        return [
            {"label": _("Received"), "value": wording.moment(alert.received_at)},
            {"label": _("Sent by"), "value": alert.organisation or str(alert.received_by)},
            {"label": _("Source"), "value": alert.get_source_category_display()},
            {"label": _("Agrees to be contacted"), "value": alert.get_consent_known_display()},
        ]

    def _lead(self) -> list[dict[str, Any]]:
        alert = self.alert
        return [
            {"label": _("List"), "value": f"{alert.get_source_display()} {alert.source_event_id}"},
            {"label": _("Datasets"), "value": alert.datasets},
            {
                "label": _("Precision of the place"),
                "value": alert.place_precision,
                "note": _("class of the source"),
            },
            {"label": _("Precision of the date"), "value": alert.date_precision},
            {"label": _("Clarity of the event"), "value": alert.event_clarity},
            {"label": _("Deaths of any age"), "value": self._deaths()},
            {"label": _("Received"), "value": wording.moment(alert.received_at)},
        ]

    def _children(self) -> str:
        alert = self.alert
        if alert.children is None:
            return _("number not known")
        words = _("%(total)s: boys %(boys)s, girls %(girls)s, sex not known %(unknown)s") % {
            "total": alert.children, "boys": alert.boys, "girls": alert.girls, "unknown": alert.unknown,
        }  # fmt: skip
        return _("%(count)s (perhaps more)") % {"count": words} if alert.children_unknown else words

    def _needs(self) -> str:
        alert = self.alert
        names = ("needs_medical", "needs_safety", "needs_family", "needs_support")
        labels = {field.name: str(field.verbose_name) for field in alert._meta.concrete_fields}
        return ", ".join(labels[name] for name in names if getattr(alert, name))

    def _party(self) -> str:
        alert = self.alert
        said = alert.party_text or str(alert.get_party_type_display())
        words = _("%(said)s → %(party)s (suggestion)") % {"said": said, "party": alert.party}
        return words if alert.party else said

    def _deaths(self) -> str:
        alert = self.alert
        if alert.deaths_best is None:
            return ""
        return f"{alert.deaths_best} ({alert.deaths_low}–{alert.deaths_high})"
