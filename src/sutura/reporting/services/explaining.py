"""Why did this number change? The records that entered, left or moved between two moments, with who, when and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.ledger.models import Line, Posting
from sutura.ledger.rules import LineFacts
from sutura.ledger.writing import chunks
from sutura.reporting.choices import Geography
from sutura.reporting.models import Edition
from sutura.reporting.rules import addresses, explaining
from sutura.reporting.rules.explaining import Change
from sutura.reporting.rules.figures import Figures
from sutura.reporting.rules.periods import Period
from sutura.reporting.services.collecting import collect, lines_in, period_of


@dataclass(frozen=True, slots=True)
class Because:
    """One change with the acts that made it, oldest first."""

    change: Change
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two states of one report and all that lies between them."""

    before: Figures
    after: Figures
    changes: tuple[Because, ...]
    deltas: dict[str, int]
    """Difference of each number by its address; the deltas of the changes sum exactly to it."""

    def of(self, figure: str) -> list[Because]:
        """Changes that moved one number."""
        return [because for because in self.changes if figure in because.change.deltas]


def explain(
    product: str,
    period: str | Period,
    *,
    before: datetime,
    after: datetime,
    geography: str = Geography.COD_AB_2021,
    user: object = None,
) -> Explanation:
    """Compare a report at two moments and name every violation that entered, left or moved."""
    when = period_of(product, period)
    if user is not None:
        require(user, "reporting.read")
    if before > after:
        raise Invalid(_("The first moment must come before the second."), field="before")
    old = collect(product, when, as_at=before, geography=geography, user=user)
    new = collect(product, when, as_at=after, geography=geography, user=user)
    lines_old, lines_new = _lines(when, before, user), _lines(when, after, user)
    changed = {ref for ref in lines_old.keys() | lines_new.keys() if lines_old.get(ref) != lines_new.get(ref)}
    postings = _postings(changed, before, after)
    order = {ref: found[-1].pk for ref, found in postings.items()}
    changes = explaining.changes(lines_old, lines_new, when, geography, order)
    return Explanation(
        before=old,
        after=new,
        changes=tuple(Because(one, tuple(postings.get(one.violation, ()))) for one in changes),
        deltas=explaining.difference(addresses.flat(old), addresses.flat(new)),
    )


def explain_editions(before: Edition, after: Edition, *, user: object = None) -> Explanation:
    """Compare two editions of one report; a person needs to read figures of the whole country."""
    if user is not None:
        require(user, "reporting.read", "")
    same = ("product", "period", "geography")
    if any(getattr(before, name) != getattr(after, name) for name in same):
        raise Invalid(_("Compare two editions of the same report."))
    return explain(
        before.product, before.period, before=before.as_at, after=after.as_at, geography=before.geography
    )


def _lines(when: Period, as_at: datetime, user: object) -> dict[UUID, list[LineFacts]]:
    found: defaultdict[UUID, list[LineFacts]] = defaultdict(list)
    for ref, facts in lines_in(when, as_at, user):
        found[ref].append(facts)
    return dict(found)


def _postings(refs: set[UUID], before: datetime, after: datetime) -> dict[UUID, list[Posting]]:
    """Postings that touched these violations after one moment and not after another, in their order."""
    touching: defaultdict[UUID, set[int]] = defaultdict(set)
    window = (before, after)
    for part in chunks(sorted(refs, key=lambda ref: ref.hex)):
        rows = (
            Line.objects.among(violation_ref__in=part)
            .filter(
                Q(recorded_at__gt=before, recorded_at__lte=after)
                | Q(superseded_at__gt=before, superseded_at__lte=after)
            )
            .order_by()
            .values_list("violation_ref", "posting_id", "recorded_at", "superseded_by_id", "superseded_at")
        )
        for ref, made, made_at, closed, closed_at in rows:
            touching[ref].update(_inside(made, made_at, window) | _inside(closed, closed_at, window))
    wanted = {number for numbers in touching.values() for number in numbers}
    known: dict[int, Posting] = {}
    for numbers in chunks(sorted(wanted)):
        known.update(Posting.objects.in_bulk(numbers))
    return {ref: [known[number] for number in sorted(numbers)] for ref, numbers in touching.items()}


def _inside(posting: int | None, moment: datetime | None, window: tuple[datetime, datetime]) -> set[int]:
    if posting is None or moment is None or not window[0] < moment <= window[1]:
        return set()
    return {posting}
