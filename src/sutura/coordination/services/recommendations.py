"""What may happen to a recommendation: proposed, adopted, blocked, deferred, and in the end verified by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination import references
from sutura.coordination.choices.recommendations import Blockage, Origin, State
from sutura.coordination.following import (
    authors_of_declaration,
    hold,
    in_order,
    needed,
    organisation_of,
)
from sutura.coordination.models import Body, Contribution, Recommendation
from sutura.coordination.rules import recommendations as rules
from sutura.partners.models import Organisation

REFUSALS = {
    "no_evidence": _("Nothing proves it yet: add at least one line of evidence first."),
    "own_declaration": _("You declared it done, or handed out the link that did: someone else verifies it."),
    "no_organisation": _("Only whoever sits for a member organisation of this body verifies."),
    "own_organisation": _("Your organisation is the responsible one: another organisation verifies it."),
}
FACTS = ("text", "axis", "theme", "priority", "person", "region", "budget_need", "source", "party_code")


@transaction.atomic
def propose_recommendation(
    *,
    body: Body,
    text: str,
    responsible: Organisation,
    by: Any,
    origin: str = Origin.MEETING,
    raised_on: date | None = None,
    due_on: date | None = None,
    contributors: Iterable[Organisation] = (),
    **facts: Any,
) -> Recommendation:
    """Write down what a body asks of an organisation; `facts` are the other fields. It gets its reference for good."""
    require(by, "coordination.manage", body.region)
    day = raised_on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid(_("The day it was raised is after today. Correct it."), field="raised_on")
    _check_due(due_on, day)
    found = Recommendation(
        body=body, origin=origin, text=needed(text, "text", _("Write the recommendation.")),
        responsible=responsible, raised_on=day, due_on=due_on,
        ref=references.of_recommendation(body, day), **facts,
    )  # fmt: skip
    keep(found, by=by, why="proposed")
    _set_contributors(found, contributors, by=by)
    record(by, "coordination.propose_recommendation", of=found)
    return found


@transaction.atomic
def write_down(*, by: Any, adopted: bool = False, **facts: Any) -> Recommendation:
    """Propose, and where the body has already adopted it, adopt at once; `facts` as for `propose_recommendation`."""
    found = propose_recommendation(by=by, **facts)
    return adopt(recommendation=found, by=by, adopted_on=found.raised_on) if adopted else found


@transaction.atomic
def adopt(
    *, recommendation: Recommendation, by: Any, due_on: date | None = None, adopted_on: date | None = None
) -> Recommendation:
    """The body adopts it, with the day by which it must be done."""
    require(by, "coordination.manage", recommendation.body.region)
    found = in_order(hold(recommendation), "adopt")
    found.due_on = due_on or found.due_on
    if found.due_on is None:
        raise Invalid(_("Give the day by which it must be done."), field="due_on")
    found.adopted_on = adopted_on or max(found.raised_on, timezone.localdate())
    _check_due(found.due_on, found.raised_on)
    return _moved(found, State.ADOPTED, act="coordination.adopt", by=by)


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    by: Any,
    why: str = "",
    contributors: Iterable[Organisation] | None = None,
    **said: Any,
) -> Recommendation:
    """Correct the words of a recommendation which is not closed; its day moves by a deferral alone."""
    require(by, "coordination.manage", recommendation.body.region)
    found = hold(recommendation)
    if found.is_closed:
        raise Invalid(_("A closed recommendation no longer changes. Propose a new one."))
    changed = [name for name in FACTS if name in said and getattr(found, name) != said[name]]
    for name in changed:
        setattr(found, name, said[name])
    if found.axis:
        found.axis_words = ""
    found.text = needed(found.text, "text", _("Write the recommendation."))
    if changed:
        keep(found, by=by, why=why)
    if contributors is not None:
        _set_contributors(found, contributors, by=by)
    record(by, "coordination.change_recommendation", of=found, fields=" ".join(changed))
    return found


@transaction.atomic
def block(*, recommendation: Recommendation, by: Any, blockage: str, reason: str) -> Recommendation:
    """Say what stands in the way, by its code and in words; the day does not move."""
    require(by, "coordination.manage", recommendation.body.region)
    found = in_order(hold(recommendation), "block")
    if blockage not in Blockage.values:
        raise Invalid(_("Choose what blocks it."), field="blockage")
    found.blockage = blockage
    found.reason = needed(reason, "reason", _("Say in one sentence what stands in the way."))
    return _moved(found, State.BLOCKED, act="coordination.block", by=by)


@transaction.atomic
def defer(*, recommendation: Recommendation, by: Any, due_on: date, reason: str) -> Recommendation:
    """Give it a later day, with the reason; how often that was done is kept."""
    require(by, "coordination.manage", recommendation.body.region)
    found = in_order(hold(recommendation), "defer")
    if due_on <= timezone.localdate() or (found.due_on is not None and due_on <= found.due_on):
        raise Invalid(_("Choose a day after today and after the present one."), field="due_on")
    found.reason = needed(reason, "reason", _("Say in one sentence why it needs more time."))
    found.due_on, found.deferrals = due_on, found.deferrals + 1
    return _moved(found, State.DEFERRED, act="coordination.defer", by=by)


@transaction.atomic
def lapse(*, recommendation: Recommendation, by: Any, reason: str) -> Recommendation:
    """Close it as no longer of use, with the reason."""
    require(by, "coordination.manage", recommendation.body.region)
    found = in_order(hold(recommendation), "lapse")
    found.reason = needed(reason, "reason", _("Say in one sentence why it is no longer of use."))
    return _moved(found, State.LAPSED, act="coordination.lapse", by=by)


@transaction.atomic
def replace_recommendation(
    *, recommendation: Recommendation, by: Any, successor: Recommendation, reason: str
) -> Recommendation:
    """Close it in favour of another one of the same body."""
    require(by, "coordination.manage", recommendation.body.region)
    found, successor = in_order(hold(recommendation), "replace"), hold(successor)
    if successor.pk == found.pk or successor.body_id != found.body_id:
        raise Invalid(_("Choose another recommendation of the same body."), field="successor")
    if successor.state in (State.REPLACED, State.LAPSED):
        raise Invalid(_("That one is itself closed. Choose one that still runs."), field="successor")
    found.reason = needed(reason, "reason", _("Say in one sentence why another one replaces it."))
    found.successor = successor
    return _moved(found, State.REPLACED, act="coordination.replace", by=by)


@transaction.atomic
def verify_recommendation(*, recommendation: Recommendation, by: Any, closing: str) -> Recommendation:
    """Close it as really done: evidence, another organisation, and not an author of the declaration."""
    require(by, "coordination.read")
    found = in_order(hold(recommendation), "verify")
    organisation = organisation_of(by, found)
    refusal = rules.refusal_of_verifier(
        rules.Declaration(authors_of_declaration(found), found.responsible_id),
        verifier=by.pk,
        organisation=organisation,
        evidence=found.evidence.standing().count(),
    )
    if refusal:
        raise Invalid(REFUSALS[refusal])
    found.closing = needed(closing, "closing", _("Say in one sentence how you saw that it is done."))
    found.verified_on, found.verified_by, found.verifier_id = timezone.localdate(), by, organisation
    found.progress = 100
    return _moved(found, State.VERIFIED, act="coordination.verify", by=by)


@transaction.atomic
def send_back(*, recommendation: Recommendation, by: Any, reason: str) -> Recommendation:
    """What was declared done is not: it is owed again, and says why."""
    require(by, "coordination.read")
    found = in_order(hold(recommendation), "send_back")
    organisation = organisation_of(by, found)
    if organisation is None or organisation == found.responsible_id:
        raise Invalid(REFUSALS["no_organisation" if organisation is None else "own_organisation"])
    found.reason = needed(reason, "reason", _("Say in one sentence what is still missing."))
    return _moved(found, State.UNDER_WAY, act="coordination.send_back", by=by)


def _moved(found: Recommendation, state: str, *, act: str, by: Any) -> Recommendation:
    """Write the new state; what belonged to the one before goes with it."""
    found.state, found.changed_at = state, timezone.now()
    if state != State.BLOCKED:
        found.blockage = ""
    if state in (State.ADOPTED, State.VERIFIED):
        found.reason = ""
    keep(found, by=by, why=act.partition(".")[2])
    record(by, act, of=found, fields="state")
    return found


def _check_due(due_on: date | None, raised_on: date) -> None:
    if due_on is not None and due_on < raised_on:
        raise Invalid(_("It would be due before it was raised. Correct one of the two days."), field="due_on")


def _set_contributors(found: Recommendation, contributors: Iterable[Organisation], *, by: Any) -> None:
    wanted = {each.pk: each for each in contributors if each.pk != found.responsible_id}
    held = {each.organisation_id: each for each in found.contributions.all()}
    for number in held.keys() - wanted.keys():
        drop(held[number], by=by)
    for number in sorted(wanted.keys() - held.keys()):
        keep(Contribution(recommendation=found, organisation=wanted[number]), by=by)
