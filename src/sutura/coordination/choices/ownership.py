"""Words for the figures of a body: what each is called, and the definition that is printed beside it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEETINGS, RECOMMENDATIONS = "meetings", "recommendations"


class Figure(NamedTuple):
    """One figure: of which rows it is counted, its name, and what it means."""

    rows: str
    label: Promise
    definition: Promise


FIGURES: dict[str, Figure] = {
    "regularity": Figure(
        MEETINGS, _("Meetings held"),
        _("Held, of those planned for a day that has come; a cancelled or postponed one counts as planned."),
    ),
    "chaired": Figure(
        MEETINGS, _("Chaired by State services"),
        _("Of the meetings held; those whose chair nobody noted are left out and told apart."),
    ),
    "minuted": Figure(
        MEETINGS, _("Minuted by State services"),
        _("Of the meetings held; those whose writer nobody noted are left out and told apart."),
    ),
    "led": Figure(
        MEETINGS, _("Held under the lead of a State service"),
        _("Of the meetings held: a State service had the seat of lead that day."),
    ),
    "actions": Figure(
        RECOMMENDATIONS, _("Actions answered for by State services"),
        _("Of the recommendations adopted in the period."),
    ),
    "carried_out": Figure(
        RECOMMENDATIONS, _("Carried out"),
        _("Verified, of those adopted whose day came in the period; lapsed and replaced ones left out."),
    ),
    "on_time": Figure(
        RECOMMENDATIONS, _("On time"),
        _("Verified by their last day, deferrals included, of those verified in the period."),
    ),
    "median_days": Figure(
        RECOMMENDATIONS, _("Median days"),
        _("From adoption to verification, of those verified in the period."),
    ),
}  # fmt: skip
OWNERSHIP = ("regularity", "chaired", "minuted", "led", "actions")
FOLLOW_UP = ("carried_out", "on_time", "median_days")
