"""Other alerts that may tell of the same event, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.alerts import rules
from sutura.alerts.models import Alert
from sutura.alerts.querysets import AlertQuerySet

Other = TypeVar("Other")
LOOKED_AT = 300
SHOWN = 8


@dataclass(frozen=True)
class Likeness:
    """An alert and why it may be the same event; strongest first."""

    alert: Alert
    reasons: list[str]


def likenesses(alert: Alert, among: AlertQuerySet) -> list[Likeness]:
    """The likely duplicates among the alerts a reader may read: at most eight, one query."""
    if not alert.region:
        return []
    return like_alerts(alert.as_told, among.exclude(pk=alert.pk))


def like_alerts(told: rules.Told, among: AlertQuerySet) -> list[Likeness]:
    """Alerts that may tell of the same event as this telling: at most eight, one query."""
    if told.happened_on is None:
        return []
    near = among.around(told.happened_on, told.happened_to or told.happened_on)
    # Thirty kilometres may cross a region's border, so the region is no filter here.
    near = (
        near.exclude(region="").select_related("place", "party").order_by("-happened_on", "-id")[:LOOKED_AT]
    )
    return [Likeness(*pair) for pair in ranked(told, ((other, other.as_told) for other in near))]


def ranked(told: rules.Told, others: Iterable[tuple[Other, rules.Told]]) -> list[tuple[Other, list[str]]]:
    """Those of the others that may tell of the same event, with the reasons in words, the strongest first."""
    found = [(other, rules.likeness(told, its)) for other, its in others]
    found = [(other, reasons) for other, reasons in found if reasons]
    found.sort(key=lambda pair: -sum(WEIGHT.get(reason.code, 1) for reason in pair[1]))
    return [(other, [words(reason) for reason in reasons]) for other, reasons in found[:SHOWN]]


WEIGHT = {
    "same_day": 3, "same_commune": 4, "same_cercle": 2, "same_type": 3, "same_children": 3, "like_children": 2,
    "type_unknown": 0, "same_party": 3, "like_party": 1,
}  # fmt: skip


def words(reason: rules.Reason) -> str:
    """One reason as a reader reads it."""
    plain = {
        "same_day": _("same day"),
        "same_commune": _("same commune"),
        "same_cercle": _("same cercle"),
        "same_type": _("same suspected violation"),
        "kindred_type": _("related suspected violation"),
        "type_unknown": _("violation not told in one of the two"),
        "same_party": _("same party"),
        "like_party": _("same kind of party"),
    }
    counted = {
        "days": ngettext("%(number)s day apart", "%(number)s days apart", reason.number),
        "near": _("%(number)s km away"),
        "same_children": ngettext(
            "same number: %(number)s child", "same number: %(number)s children", reason.number
        ),
        "like_children": ngettext(
            "like number: %(number)s child", "like number: %(number)s children", reason.number
        ),
    }
    return plain.get(reason.code) or counted[reason.code] % {"number": reason.number}
