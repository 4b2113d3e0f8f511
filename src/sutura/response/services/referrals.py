"""Send a child to a service on a consent, follow answer and feedback, withdraw the consent: it closes at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.incidents.choices import Answer as SharingAnswer
from sutura.incidents.choices import SharingWith
from sutura.mhpss.models import Service
from sutura.response.agreement import agreed_of, covering, sharings
from sutura.response.choices import AskedBy, Declined, State
from sutura.response.codes import new_code
from sutura.response.models import Consent, Docket, Feedback, Referral
from sutura.response.querysets import KEEP
from sutura.response.rules import referrals as rules

LINK_REFUSALS = {
    "withdrawn": _("This consent was withdrawn: nothing is shown any more."),
    "expired": _("This consent has ended: nothing is shown any more. Ask whoever sent it."),
    "answered": _("The last answer was given through this link. Thank you."),
}


@transaction.atomic
def refer(
    *,
    docket: Docket,
    service: Service,
    need: str,
    urgency: str,
    given_by: str,
    given_on: date,
    expires_on: date,
    by: Any,
    association: bool = False,
) -> Referral:
    """Send a child to a service of the map, on a consent given for the organisation that runs it."""
    require(by, KEEP, docket.region)
    _agreed(docket, service, need, given_on=given_on, expires_on=expires_on, association=association)
    _fits(service, docket)
    consent = Consent(
        docket=docket, organisation=service.organisation, given_by=given_by, association=association,
        given_on=given_on, expires_on=expires_on,
    )  # fmt: skip
    keep(consent, by=by)
    now = timezone.now()
    referral = Referral(
        ref=new_code("O"), docket=docket, region=docket.region, consent=consent, service=service, need=need,
        urgency=urgency, sent_at=now, sent_by=by, due_at=rules.due(now, urgency),
    )  # fmt: skip
    keep(referral, by=by)
    record(by, "response.refer", of=referral)
    return referral


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Any) -> Consent:
    """The child or a carer no longer agrees: whatever link rests on it shows nothing from the next request on."""
    require(by, KEEP, consent.docket.region)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        keep(consent, by=by)
        record(by, "response.withdraw_consent", of=consent.docket)
    return consent


@transaction.atomic
def withdraw_all(*, docket: Docket, by: Any) -> Docket:
    """They agree to nothing any more: every consent of the child ends, also what was agreed with an alert."""
    require(by, KEEP, docket.region)
    for consent in docket.consents.filter(withdrawn_at=None):
        consent.withdrawn_at = timezone.now()
        keep(consent, by=by)
    for origin in docket.origins.exclude(alert=None):
        origin.shared_with, origin.contact = [SharingWith.NO_ONE], SharingAnswer.NO  # type: ignore[assignment]
        keep(origin, by=by)
    record(by, "response.withdraw_all", of=docket)
    return docket


@beyond(
    "whoever holds the link of a referral has no account; the service judges the link and its consent first"
)
@transaction.atomic
def answer_by_link(*, referral: Referral, state: str, declined: str = "") -> Referral:
    """What the receiver answers through the link: in the order of the states, while the consent holds."""
    found = _open(referral)
    if state not in rules.NEXT.get(found.state, ()):
        raise Invalid(_("Choose one of the answers."), field="state")
    if state == State.DECLINED and declined not in Declined.values:
        raise Invalid(_("Say why, so that another service can be found."), field="declined")
    found.state, found.declined = state, declined if state == State.DECLINED else ""
    found.answered_at = timezone.now()
    keep(found, by=None, why=state)
    record(None, "response.answer_by_link", of=found, fields=state)
    return found


@beyond(
    "whoever holds the link of a referral has no account; the service judges the link and its consent first"
)
@transaction.atomic
def feedback_by_link(*, referral: Referral, **said: Any) -> Feedback:
    """What the child or a carer says of the service, told by the receiver while the consent holds."""
    feedback = _write(_open(referral), said, by=None)
    record(None, "response.feedback_by_link", of=feedback.referral, fields=feedback.said)
    return feedback


@transaction.atomic
def note_feedback(*, referral: Referral, by: Any, **said: Any) -> Feedback:
    """The same, noted by whoever follows the child; nobody is asked who does not agree to be contacted again."""
    require(by, KEEP, referral.docket.region)
    found = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    feedback = _write(found, said, by=by)
    record(by, "response.note_feedback", of=found, fields=feedback.said)
    return feedback


@beyond(
    "whoever holds the link of a referral has no account; the service judges the link and its consent first"
)
def refusal_of(referral: Referral) -> str:
    """Why its link opens nothing now, as a code."""
    heard = Feedback.objects.filter(referral=referral).exists()
    receiver, today = referral.consent.organisation_id, timezone.localdate()
    return rules.refusal(referral.state, agreed_of(referral), receiver=receiver, today=today, heard=heard)


def _open(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("consent__organisation", "docket")
    found = rows.get(pk=referral.pk)
    refusal = refusal_of(found)
    if refusal:
        raise Invalid(LINK_REFUSALS[refusal])
    return found


def _write(referral: Referral, said: dict[str, Any], *, by: Any) -> Feedback:
    if referral.state != State.GIVEN:
        raise Invalid(_("Feedback is for a service that was given."))
    if Feedback.objects.filter(referral=referral).exists():
        raise Invalid(_("Feedback on this service was noted already."))
    asks = said["asked_by"] != AskedBy.CAME
    if asks and not all(one.may_contact for one in sharings(referral.docket)):
        raise Invalid(
            _("They did not agree to be contacted again: note only what they came to tell by themselves."),
            field="asked_by",
        )
    if not timezone.localdate(referral.sent_at) <= said["said_on"] <= timezone.localdate():
        raise Invalid(_("Choose a day between the referral and today."), field="said_on")
    return keep(Feedback(docket_id=referral.docket_id, referral=referral, noted_by=by, **said), by=by)


def _agreed(
    docket: Docket, service: Service, need: str, *, given_on: date, expires_on: date, association: bool
) -> None:
    today = timezone.localdate()
    if not given_on <= today <= expires_on:
        raise Invalid(_("The consent must hold today. Correct its days."), field="expires_on")
    if need in rules.TELLING and not association:
        raise Invalid(
            _("This need tells that the child was with a force or group: that needs its own consent."),
            field="association",
        )
    if not covering(docket)(service.organisation):
        raise Invalid(
            _(
                "The consent in the incident or alert does not cover this organisation. Ask again, or choose another."
            ),
            field="service",
        )


def _fits(service: Service, docket: Docket) -> None:
    age = docket.age
    if service.region != docket.region or service.working == "closed":
        raise Invalid(_("Choose a service of this region which works."), field="service")
    too_young = age is not None and service.min_age is not None and age < service.min_age
    too_old = age is not None and service.max_age is not None and age > service.max_age
    if too_young or too_old:
        raise Invalid(
            _("This service does not receive children of this age. Choose another."), field="service"
        )
