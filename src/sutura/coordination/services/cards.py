"""Gather what a body learns: members write cards, their source consents, another person validates them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed, given_reason
from sutura.access.rules import may, require
from sutura.audit.services import keep, record
from sutura.coordination.choices.publications import WRITTEN, CardState
from sutura.coordination.following import needed
from sutura.coordination.models import Body, Card, Theme
from sutura.coordination.querysets.bodies import seats_of
from sutura.library.choices import Access
from sutura.library.models import Document
from sutura.partners.models import Organisation

WRITING = "written"
"""The mark of each version that somebody wrote: none of these persons validates the card."""


@transaction.atomic
def write_card(
    *,
    body: Body,
    kind: str,
    title: str,
    context: str,
    action: str,
    organisation: Organisation,
    by: Any,
    evidence: str = "",
    document: Document | None = None,
    region: str = "",
    theme: Theme | None = None,
    consent_by: str = "",
    consent_on: date | None = None,
    written_on: date | None = None,
) -> Card:
    """A member of the body, or who keeps it, tells what others may learn from; it waits to be validated."""
    require(by, "coordination.read")
    if not takes_part(by, body):
        raise NotAllowed
    card = Card(
        body=body, kind=kind, title=title, context=context, action=action, organisation=organisation,
        evidence=evidence, document=document, region=region, theme=theme, consent_by=consent_by.strip(),
        consent_on=consent_on, written_by=by, written_on=written_on or timezone.localdate(),
    )  # fmt: skip
    _check(card)
    keep(card, by=by, why=WRITING)
    record(by, "coordination.write_card", of=card)
    return card


@transaction.atomic
def change_card(*, card: Card, by: Any, **said: Any) -> Card:
    """Write it anew while it is not validated; one that was sent back waits again."""
    held = _writable(card, by=by)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    _check(held)
    if changed or held.state == CardState.RETURNED:
        held.state, held.reason = CardState.PROPOSED, ""
        keep(held, by=by, why=WRITING)
        record(by, "coordination.change_card", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def validate_card(*, card: Card, by: Any) -> Card:
    """A person who keeps the body, and did not write it, stands for it."""
    require(by, "coordination.manage", card.body.region)
    held = _held(card, CardState.PROPOSED)
    if held.history.filter(history_user=by.pk, history_change_reason=WRITING).exists():
        raise NotAllowed(_("You wrote this card: another person who keeps the body validates it."))
    held.state, held.validated_by, held.validated_on = CardState.VALIDATED, by, timezone.localdate()
    keep(held, by=by)
    record(by, "coordination.validate_card", of=held, fields="state")
    return held


@transaction.atomic
def return_card(*, card: Card, why: str, by: Any) -> Card:
    """Send it back to whoever wrote it, and say what is missing."""
    require(by, "coordination.manage", card.body.region)
    held = _held(card, CardState.PROPOSED)
    held.state, held.reason = CardState.RETURNED, given_reason(why)
    keep(held, by=by, why=held.reason)
    record(by, "coordination.return_card", of=held, fields="state")
    return held


@transaction.atomic
def withdraw_card(*, card: Card, why: str, by: Any) -> Card:
    """Take it out of what reports may tell; a report that is validated keeps what it told."""
    require(by, "coordination.read")
    held = _own(card, by=by, states=(*WRITTEN, CardState.VALIDATED))
    held.state, held.reason = CardState.WITHDRAWN, given_reason(why)
    held.validated_by = held.validated_on = None
    keep(held, by=by, why=held.reason)
    record(by, "coordination.withdraw_card", of=held, fields="state")
    return held


@transaction.atomic
def note_consent(*, card: Card, consent_by: str, consent_on: date, by: Any) -> Card:
    """Note who agreed that it be told, and when."""
    require(by, "coordination.read")
    held = _own(card, by=by, states=(*WRITTEN, CardState.VALIDATED))
    held.consent_by = needed(consent_by, "consent_by", _("Say who agreed: a name and an office."))
    held.consent_on = consent_on
    _check_consent(held)
    keep(held, by=by)
    record(by, "coordination.note_consent", of=held, fields="consent_by consent_on")
    return held


@transaction.atomic
def end_consent(*, card: Card, why: str, by: Any) -> Card:
    """The source no longer agrees: no report to come tells it."""
    require(by, "coordination.read")
    held = _own(card, by=by, states=tuple(CardState))
    if held.consent_on is None:
        raise Invalid(_("No consent is noted on this card."))
    held.consent_by, held.consent_on = "", None
    keep(held, by=by, why=given_reason(why))
    record(by, "coordination.end_consent", of=held, fields="consent_by consent_on")
    return held


def takes_part(by: Any, body: Body) -> bool:
    """Whether a person sits in the body today, or keeps it."""
    return may(by, "coordination.manage", body.region) or seats_of(by).filter(body=body).exists()


def _writable(card: Card, *, by: Any) -> Card:
    require(by, "coordination.read")
    return _own(card, by=by, states=WRITTEN)


def _own(card: Card, *, by: Any, states: tuple[str, ...]) -> Card:
    """The card as it stands now, for whoever wrote it and still takes part, or keeps the body."""
    wrote = card.written_by_id == by.pk and takes_part(by, card.body)
    if not wrote and not may(by, "coordination.manage", card.body.region):
        raise NotAllowed
    return _held(card, *states)


def _held(card: Card, *states: str) -> Card:
    """The card as it stands now, if the act follows its state; two people may have it open."""
    held = Card.objects.select_for_update(of=("self",)).select_related("body").get(pk=card.pk)
    if held.state not in states:
        raise Invalid(
            _("This can no longer be done: the card is now “%(state)s”. Open its page again.")
            % {"state": held.get_state_display()}
        )
    return held


def _check(card: Card) -> None:
    """Everything is said, something shows it, and members may read the document that does."""
    for field, message in (
        ("title", _("Give it a title.")),
        ("context", _("Say where and when it was, and what was the matter.")),
        ("action", _("Say what was done.")),
    ):
        setattr(card, field, needed(getattr(card, field), field, message))
    card.evidence = card.evidence.strip()
    if not card.evidence and card.document is None:
        raise Invalid(_("Say what shows it, or choose a document of the library."), field="evidence")
    if card.document is not None and card.document.access not in (Access.PUBLIC, Access.MEMBERS):
        raise Invalid(_("Choose a document that every member may read."), field="document")
    _check_consent(card)


def _check_consent(card: Card) -> None:
    if bool(card.consent_by) != (card.consent_on is not None):
        field = "consent_on" if card.consent_by else "consent_by"
        raise Invalid(_("Say both who agreed and on which day, or leave both empty."), field=field)
    if card.consent_on and card.consent_on > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field="consent_on")
