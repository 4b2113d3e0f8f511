"""Other alerts that may tell of the same event, each with its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.alerts import rules
from sutura.alerts.models import Alert
from sutura.alerts.querysets import AlertQuerySet

LOOKED_AT = 300
SHOWN = 8


@dataclass(frozen=True)
class Likeness:
    """An alert and why it may be the same event; strongest first."""

    alert: Alert
    reasons: list[str]


def likenesses(alert: Alert, among: AlertQuerySet) -> list[Likeness]:
    """The likely duplicates among the alerts a reader may read: at most eight, one query."""
    if alert.happened_on is None or not alert.region:
        return []
    near = among.around(alert.happened_on, alert.happened_to or alert.happened_on).exclude(pk=alert.pk)
    # Thirty kilometres may cross a region's border, so the region is no filter here.
    near = near.exclude(region="").select_related("place").order_by("-happened_on", "-id")[:LOOKED_AT]
    found = [(other, rules.likeness(alert.as_told, other.as_told)) for other in near]
    found = [(other, reasons) for other, reasons in found if reasons]
    found.sort(key=lambda pair: -sum(WEIGHT.get(reason.code, 1) for reason in pair[1]))
    return [Likeness(other, [words(reason) for reason in reasons]) for other, reasons in found[:SHOWN]]


WEIGHT = {
    "same_day": 3, "same_commune": 4, "same_cercle": 2, "same_type": 3, "same_children": 3, "like_children": 2,
    "type_unknown": 0,
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
