"""What is reported of a recommendation, with its evidence: by an account, or once by a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.choices.recommendations import State
from sutura.coordination.following import hold, in_order, needed, speaks_for
from sutura.coordination.models import Evidence, ProgressReport, Recommendation, ReportLink
from sutura.coordination.rules import recommendations as rules
from sutura.coordination.services.recommendations import REFUSALS
from sutura.security import uploads
from sutura.security.filetypes import ending_of

LINK_REFUSALS = {
    "used": _("A report was already sent through this link. Ask the secretariat of the body for a new one."),
    "withdrawn": _("This link was withdrawn. Ask the secretariat of the body for a new one."),
    "expired": _("This link has expired. Ask the secretariat of the body for a new one."),
    "closed": _("Nothing more is expected here: this recommendation is done or closed. Thank you."),
}


@transaction.atomic
def report(*, recommendation: Recommendation, by: Any, **told: Any) -> ProgressReport:
    """What a person reports: `words`, `progress` in percent, `done`, `evidence` in words and its `file`."""
    require(by, "coordination.read")
    found = hold(recommendation)
    if not speaks_for(by, found):
        raise NotAllowed
    made = _told(found, ProgressReport(recommendation=found, account=by), by=by, **told)
    record(by, "coordination.report", of=found, fields="state progress")
    return made


@transaction.atomic
def hand_out_link(*, recommendation: Recommendation, by: Any, days: int) -> ReportLink:
    """A link for one report of the responsible organisation; an earlier one dies."""
    require(by, "coordination.manage", recommendation.body.region)
    found = hold(recommendation)
    if found.state not in rules.OWED:
        raise Invalid(_("Nothing is owed on this recommendation now: a link would open nothing."))
    _close_links(found, by=by)
    expires = timezone.now() + timedelta(days=days)
    link = keep(ReportLink(recommendation=found, made_by=by, expires_at=expires), by=by)
    record(by, "coordination.hand_out_link", of=found)
    return link


@transaction.atomic
def withdraw_link(*, recommendation: Recommendation, by: Any) -> Recommendation:
    """The link of a recommendation opens nothing any more."""
    require(by, "coordination.manage", recommendation.body.region)
    found = hold(recommendation)
    _close_links(found, by=by)
    record(by, "coordination.withdraw_link", of=found)
    return found


@transaction.atomic
def report_by_link(*, link: ReportLink, **told: Any) -> ProgressReport:
    """What an organisation reports through its link: kept as such, verified by nothing of it, and the link is spent."""
    found = hold(link.recommendation)
    held = ReportLink.objects.select_for_update().get(pk=link.pk)
    refusal = refusal_of(held, found)
    if refusal:
        raise Invalid(LINK_REFUSALS[refusal])
    made = _told(found, ProgressReport(recommendation=found, link=held), by=None, **told)
    held.used_at = timezone.now()
    keep(held, by=None, why="used")
    record(None, "coordination.report_by_link", of=found, fields="state progress")
    return made


@transaction.atomic
def void_evidence(*, evidence: Evidence, by: Any, why: str) -> Evidence:
    """Take back a line which proves nothing; it is kept with the reason, and no longer counts."""
    require(by, "coordination.manage", evidence.recommendation.body.region)
    if hold(evidence.recommendation).is_closed:
        raise Invalid(_("This recommendation is closed: its evidence stays."))
    evidence.voided_reason = given_reason(why)
    keep(evidence, by=by, why=why)
    record(by, "coordination.void_evidence", of=evidence.recommendation)
    return evidence


def refusal_of(link: ReportLink, found: Recommendation) -> str:
    """Why a link opens nothing now, as a code."""
    facts = rules.LinkFacts(
        expires_at=link.expires_at, revoked=link.revoked_at is not None, used=link.used_at is not None,
        state=found.state,
    )  # fmt: skip
    return rules.link_refusal(facts, now=timezone.now())


def _told(
    found: Recommendation,
    made: ProgressReport,
    *,
    by: Any,
    words: str,
    progress: int,
    done: bool = False,
    evidence: str = "",
    file: File | None = None,
) -> ProgressReport:
    """Keep a report and its evidence, and move the recommendation."""
    in_order(found, "declare" if done else "report")
    made.words = needed(words, "words", _("Say in a few words what was done."))
    made.progress, made.done = 100 if done else progress, done
    keep(made, by=by)
    if evidence.strip() or file:
        _keep_evidence(made, evidence, file, by=by)
    if done and rules.refusal_of_done(evidence=found.evidence.standing().count()):
        raise Invalid(REFUSALS["no_evidence"], field="evidence")
    found.state = State.DECLARED if done else State.UNDER_WAY
    found.progress, found.changed_at, found.blockage, found.reason = made.progress, made.reported_at, "", ""
    keep(found, by=by, why="declared" if done else "reported")
    return made


def _keep_evidence(made: ProgressReport, words: str, file: File | None, *, by: Any) -> None:
    line = Evidence(recommendation=made.recommendation, report=made)
    line.words = needed(words, "evidence", _("Say in a few words what the file shows."))
    if file:
        taken = _cleaned(file)
        line.content_type, line.size, line.sha256 = taken.kind, len(taken.content), taken.sha256
        line.ending = ending_of(taken.kind, file.name or "")
        line.file = ContentFile(taken.content, name="evidence")
    try:
        keep(line, by=by)
    except Exception:
        # The transaction takes the row back; the file must go with it.
        if line.file and line.file._committed:  # type: ignore[attr-defined]  # as Django marks it
            line.file.storage.delete(line.file.name or "")
        raise


def _cleaned(file: File) -> uploads.Cleaned:
    try:
        return uploads.cleaned(file, settings.SUTURA_ATTACHMENT_BYTES)
    except uploads.NotTaken as reason:
        raise Invalid(reason.sentence, field="file") from reason


def _close_links(found: Recommendation, *, by: Any) -> None:
    for link in found.links.filter(revoked_at=None, used_at=None):
        link.revoked_at = timezone.now()
        keep(link, by=by, why="withdrawn")
