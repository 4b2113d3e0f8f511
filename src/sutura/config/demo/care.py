"""Invented needs: of a victim of an incident, of a child of an alert; one who refuses; what was said of a service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sutura.alerts.models import Alert
from sutura.incidents.models import Victim
from sutura.incidents.services import change_victim
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Referral
from sutura.response.offering import offered
from sutura.response.services.needs import begin_from_alert, begin_from_victim, flag_needs
from sutura.response.services.referrals import answer_by_link, feedback_by_link, refer

REGION, PLACE = "ML05", "ML0504"
AGREED: dict[str, Any] = {
    "consent_sharing": "yes", "consent_sharing_with": ["partners"], "consent_contact": "yes", "needs_services": "yes",
}  # fmt: skip


def begin(*, cast: dict[str, Account], today: date) -> None:
    """Binta asks and flags; a service answers; the child says what it did."""
    by, place = cast["binta"], Unit.objects.get(code=PLACE)
    maimed = Victim.objects.standing().filter(
        incident__region=REGION, incident__state="open", kind="individual", links__violation__type="maiming"
    )
    found = maimed.exclude(incident__violations__type="sexual_violence").distinct().order_by("id")
    for victim in found[:1]:
        change_victim(victim=victim, by=by, consent_sharing="no", consent_contact="no")
    for victim in found[1:2]:
        change_victim(victim=victim, by=by, **AGREED)
        docket = begin_from_victim(
            victim=victim, needs=["medical", "psychosocial"], place=place, sex=victim.sex, age=victim.age,
            age_basis="family" if victim.age else "", by=by,
        )  # fmt: skip
        sent(docket, "medical", "24", cast["salimata"], today)
    alert = Alert.objects.reports().filter(region=REGION, sexual_violence=False).order_by("id").last()
    if alert is not None:
        begin_from_alert(
            alert=alert, needs=["safety", "tracing"], place=place, sex="girl", given_by="carer", given_on=today,
            shared_with=["partners"], contact="no", by=by,
        )  # fmt: skip
    for served in Referral.objects.served().order_by("id"):
        flag_needs(docket=served.docket, needs=[served.need], by=cast["salimata"])
        feedback_by_link(
            referral=served,
            said="partly",
            still_needed="yes",
            said_by="both",
            asked_by="service",
            said_on=today,
        )
        answered(sent(served.docket, "education", "336", cast["salimata"], today))


def sent(docket: Docket, need: str, urgency: str, by: Account, today: date) -> Referral | None:
    """To the service offered first, where the map has one."""
    services = offered(docket, need=need, urgency=urgency)
    if not services:
        return None
    return refer(
        docket=docket, service=services[0].service, need=need, urgency=urgency, given_by="both", given_on=today,
        expires_on=today + timedelta(days=90), by=by,
    )  # fmt: skip


def answered(referral: Referral | None) -> None:
    """The service was given, and nobody has said yet what it did."""
    if referral is not None:
        for state in ("accepted", "given"):
            answer_by_link(referral=referral, state=state)
