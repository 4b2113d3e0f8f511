"""A record from a phone: kept as it came, sealed, then taken over by the services that the pages call.

Two acts on purpose: what was sent is on the disk before anything is made of it, so that no fault of ours loses it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.access.acting import beyond
from sutura.access.errors import DomainError, Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.intake import shipped
from sutura.intake.choices import Became
from sutura.intake.keeping import hold, hold_waiting, put, put_files, settled
from sutura.intake.models import Outcome, Phone, Questionnaire, Submission, Version
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.lists import usable
from sutura.intake.openrosa.records import Record
from sutura.places.models import Unit

OURS = _("A fault of Sutura itself. Tell who keeps the server, then try again.")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A record here, whether this sending brought anything new, and whether it was another text under its number."""

    submission: Submission
    new: bool = False
    conflict: bool = False


@transaction.atomic
def receive(*, told: Record, sent: Sent, phone: Phone, by: Any) -> Kept:
    """Keep a record as it came. Sent again it is there once; another text under its number waits for a person."""
    require(by, shipped.right_to_send(by))
    form = _form(told, phone)
    known, new = _known(form, told.instance_id), False
    if known is None:
        made = _submission(told, sent, form, phone)
        _check_edit(made)
        new = put(made)
        known = made if new else _known(form, told.instance_id)
    if known is None:  # the record that it corrects was corrected at this very moment
        raise Refusal(409, EDITED)
    if known.sha256 != sha256(sent.xml).hexdigest():
        other = _submission(told, sent, form, phone)
        other.conflicts_with, other.deprecated_id = known, ""
        if put(other):
            record(by, "intake.receive_conflict", of=known)
        else:
            other = _known_conflict(known, other.sha256)
        _keep_files(other, told, sent)
        return Kept(known, conflict=True)
    added = _keep_files(known, told, sent)
    if new or added:
        record(by, "intake.receive_submission", of=known, fields=f"form={told.form_id} files={added}")
    return Kept(known, new=bool(new or added))


@transaction.atomic
def take_over(*, submission: Submission, told: Record, by: Any) -> Outcome | None:
    """Make of a record what its form says, once; what cannot be waits for a person, with the reason."""
    require(by, shipped.right_to_send(by, told.form_id))
    hold(submission)
    if Outcome.objects.among(submission=submission).exclude(became=Became.WAITS).exists():
        return None
    try:
        with transaction.atomic():
            outcome = _made(submission, told, by)
    except DomainError as refusal:
        outcome = _waits(submission, refusal.message, field=refusal.field, by=by)
    except Exception as fault:
        logger.error("record %s not taken over: %s", submission.public_id, type(fault).__name__)
        outcome = _waits(submission, OURS, by=by)
    record(by, "intake.take_over", of=submission, fields=outcome.became)
    return outcome


@transaction.atomic
def set_aside(*, submission: Submission, why: str, by: Any) -> Outcome:
    """A person says that nothing is to be made of a record; it stays, with her reason."""
    require(by, "alerts.triage", submission.region)
    hold_waiting(submission)
    outcome = settled(submission, Became.ASIDE, reason=given_reason(why, 300), by=by)
    record(by, "intake.set_aside", of=submission)
    return outcome


EDITED = _("This record was corrected already. Ask the office before you correct it again.")


def _form(told: Record, phone: Phone) -> Questionnaire:
    form = Questionnaire.objects.filter(form_id=told.form_id).first()
    if form is None or not usable(phone, told.form_id):
        raise Refusal(404, _("This form is not on the list of this phone."))
    if form.closed_at is not None:
        raise Refusal(403, _("This form is closed. Ask which one takes its place."))
    return form


@beyond("a number of a record is taken, whichever phone has sent it")
def _known(form: Questionnaire, instance_id: str) -> Submission | None:
    rows = Submission.objects.filter(questionnaire=form, instance_id=instance_id, conflicts_with=None)
    return rows.first()


@beyond("another text under a number of a record is kept once, whichever phone has sent it")
def _known_conflict(known: Submission, mark: str) -> Submission:
    return Submission.objects.get(conflicts_with=known, sha256=mark)


def _submission(told: Record, sent: Sent, form: Questionnaire, phone: Phone) -> Submission:
    """The record as it will be kept: where it tells of, else where its phone is."""
    region, apart = shipped.belongs(told, phone.account, phone.region, Unit.objects.region_names())
    return Submission(
        questionnaire=form, version=Version.objects.filter(questionnaire=form, version=told.version).first(),
        instance_id=told.instance_id, deprecated_id=told.deprecated_id, phone=phone, account=phone.account,
        region=region, apart=apart, encrypted=told.encrypted,
        sha256=sha256(sent.xml).hexdigest(), xml=sent.xml.decode(),
    )  # fmt: skip


def _check_edit(made: Submission) -> None:
    """A correction holds for the record that it names, as long as no other has corrected it."""
    if not made.deprecated_id:
        return
    if _known(made.questionnaire, made.deprecated_id) is None:
        raise Refusal(409, _("The record that this one corrects is not here. Send that one first."))
    with beyond("a record is corrected once, whichever phone does it"):
        if Submission.objects.filter(
            questionnaire=made.questionnaire, deprecated_id=made.deprecated_id, conflicts_with=None
        ).exists():
            raise Refusal(409, EDITED)


def _keep_files(submission: Submission, told: Record, sent: Sent) -> int:
    """Keep the files which the record names, each once; how many are new."""
    return put_files(submission, {name: sent.files[name] for name in told.names & sent.files.keys()})


def _made(submission: Submission, told: Record, by: Any) -> Outcome:
    """What the form's mapping makes of a record. Raises DomainError."""
    mapping = shipped.MAPPINGS.get(told.form_id)
    if submission.conflicts_with_id:
        raise Invalid(_("Another record bears its number, and says something else."))
    if told.encrypted:
        raise Invalid(_("It is encrypted: whoever holds the key has to open it."))
    if mapping is None:
        return settled(submission, Became.KEPT, by=by)
    if submission.version_id is None:
        raise Invalid(_("It was filled in with a version of the form that was never published here."))
    if told.deprecated_id:
        raise Invalid(_("It corrects a record that was taken over already: compare the two."))
    made = mapping.make(told, by)
    return settled(submission, Became.MADE, kind=made._meta.label_lower, made=str(made), by=by)


def _waits(submission: Submission, reason: object, *, by: Any, field: str = "") -> Outcome:
    """Waits, with the reason in the words of the code: it is shown in the language of whoever reads it."""
    with override("en"):
        said = str(reason)[:300]
    last = Outcome.objects.among(submission=submission).order_by("pk").last()
    if last is not None and (last.reason, last.field) == (said, field):
        return last
    return settled(submission, Became.WAITS, reason=said, field=field, by=by)
