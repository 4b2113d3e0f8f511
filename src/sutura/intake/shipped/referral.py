"""A child who is followed is sent to a service of the map, on the consent that was asked on the spot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.mapping import Mapping, needed, one, some_day, ticked
from sutura.intake.openrosa.records import Record
from sutura.mhpss.models import Service
from sutura.response.choices import Given, Need, Urgency
from sutura.response.models import Docket
from sutura.response.services.referrals import refer

DAYS = {"1": 30, "3": 90, "6": 180}
"""Months, as they are asked → days for which the consent holds."""


def make(record: Record, by: Any) -> Model:
    """Refer the child; without an agreement nothing is told to anybody."""
    if not ticked(record, "agreed"):
        raise Invalid(_("Nobody agreed that this organisation is told: no referral is made."), field="agreed")
    given_on = some_day(record, "given_on")
    days = DAYS.get(record.said("months"))
    if days is None:
        raise Invalid(_("This answer is not on the list."), field="months")
    return refer(
        docket=one(record, "docket", Docket.objects.visible_to(by)),
        service=one(record, "service", Service.objects.select_related("organisation")),
        need=needed(record, "need", Need), urgency=needed(record, "urgency", Urgency),
        given_by=needed(record, "given_by", Given), association=ticked(record, "association"), given_on=given_on,
        expires_on=given_on + timedelta(days=days), by=by,
    )  # fmt: skip


def region(record: Record, by: Any) -> str:
    """Where the child is followed."""
    docket = Docket.objects.visible_to(by).filter(ref=record.said("docket").upper()).first()
    return docket.region if docket else ""


MAPPING = Mapping("sutura_referral", "response.keep", make, region=region)
