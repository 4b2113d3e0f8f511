"""Preparing and approving a table for the public: the slow part, which must keep nobody from writing, then the act."""

from __future__ import annotations

from django.utils import timezone

from sutura.access.rules import require
from sutura.disclosure import services
from sutura.disclosure.choices import State
from sutura.disclosure.gate import Gate, Wanted, Withstood
from sutura.disclosure.models import Decision, Release
from sutura.ledger.services import last_moment
from sutura.people.models import Account
from sutura.reporting.models import Edition
from sutura.reporting.rules.periods import Period
from sutura.reporting.services.collecting import period_of


def prepare(
    *,
    product: str,
    period: str | Period,
    block: str,
    shape: str,
    by: Account,
    edition: Edition | None = None,
    reason: str = "",
) -> Release:
    """Make a table for the public, with all hidden that must be; it waits for a second person.

    From a cleared edition it has the moment of that edition; else that of the last posting, which nothing can join
    later. Raises Invalid when no way was found to hide enough: then nothing is kept. No transaction is open while the
    solver works; what others publish meanwhile is attacked at the approval.
    """
    require(by, "disclosure.publish", "")
    as_at = edition.as_at if edition else last_moment() or timezone.now()
    wanted = Wanted(period_of(product, period), block, shape, as_at, edition, reason.strip())
    services.next_number(wanted)
    return services.keep_release(wanted=wanted, safe=Gate(wanted.universe, as_at).made_safe(shape), by=by)


def decide(*, release: Release, approved: bool, by: Account, reason: str = "") -> Decision:
    """Let a table go to the public once it withstood the attack again, or decline it."""
    require(by, "disclosure.approve", "")
    withstood = Withstood.attacked(release) if approved and release.state == State.WAITING else None
    return services.decide(release=release, approved=approved, by=by, reason=reason, withstood=withstood)
