"""The only writers of the ledger. Below permission: the services above ask `require` first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from sutura.audit.services import record
from sutura.audit.writing import insert as write_new
from sutura.ledger import rollup
from sutura.ledger.models import Line, Posting
from sutura.ledger.rules import FACTS, Difference, LineFacts, difference
from sutura.ledger.writing import LINE_COLUMNS, chunks, column, facts_writer, insert, marks, uuid_writer
from sutura.people.models import Account

LOCK = 0x5EED6E4  # any number of our own: PostgreSQL's advisory locks are named by numbers
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found: how many violations and lines it compared, and each fault as one line of text."""

    violations: int
    lines: int
    faults: list[str]


@transaction.atomic
def post(
    *, changes: Mapping[UUID, Sequence[LineFacts]], by: Account, act: str, why: str = ""
) -> Posting | None:
    """Book what each violation counts from now on: equal lines stay, the rest is superseded or added.

    `changes` maps the public id of a violation to all its lines (none = it no longer counts). Returns the
    posting, or None when nothing changed. One call is one posting, whatever the number of violations.
    """
    if not changes:
        return None
    _hold()
    found = _difference(changes)
    if not found:
        return None
    posting = _open_posting(by=by, act=act, why=why)
    _supersede(posting, [line_id for line_id, _ref, _facts in found.superseded])
    _add(posting, found.added)
    rollup.move([facts for _id, _ref, facts in found.superseded], [facts for _ref, facts in found.added])
    return posting


@transaction.atomic
def mark(*, by: Account, act: str, why: str = "") -> Posting:
    """Book a moment without lines: whatever is posted later has a later moment."""
    _hold()
    return _open_posting(by=by, act=act, why=why)


def last_moment() -> datetime | None:
    """The moment of the last posting. Moments follow the order of commits, so all up to it is settled."""
    found = column("SELECT moment FROM ledger_posting ORDER BY id DESC LIMIT 1", [])
    if not found:
        return None
    moment: datetime = found[0]
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite's are in UTC and do not say so


@transaction.atomic
def rebuild_rollup(*, by: Account) -> None:
    """Make the roll-up again from the open lines (after a restore, or when `check_rollup` finds a fault)."""
    _hold()
    rollup.rebuild()
    record(by, "ledger.rebuild_rollup")


def check_rollup() -> list[str]:
    """Compare the roll-up with a recount in every cell; no fault means an empty list."""
    return rollup.faults()


def verify(recomputed: Iterable[tuple[UUID, Sequence[LineFacts]]]) -> Verification:
    """Compare the open lines with the lines recomputed from all the records, and the roll-up with a recount.

    `recomputed` yields each violation with the lines it should have; a violation it does not name should
    have none. The caller gives it, since the ledger stands below the records.
    """
    faults: list[str] = []
    seen: set[UUID] = set()
    lines = 0
    for part in chunks(recomputed):
        changes = dict(part)
        seen.update(changes)
        lines += sum(len(facts) for facts in changes.values())
        found = _difference(changes)
        faults += [
            f"violation {ref}: line {line_id} should not be open" for line_id, ref, _f in found.superseded
        ]
        faults += [
            f"violation {ref}: a line is missing ({facts.type}, {facts.count})" for ref, facts in found.added
        ]
    booked = Line.objects.open().order_by().values_list("violation_ref", flat=True).distinct()
    faults += [
        f"violation {ref}: has open lines and no record" for ref in booked.iterator() if ref not in seen
    ]
    return Verification(violations=len(seen), lines=lines, faults=faults + check_rollup())


def _hold() -> None:
    """Let one writer in at a time until commit: moments must follow the order of commits.

    SQLite's transactions are IMMEDIATE (settings), so the writer holds the database already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _open_posting(*, by: Account, act: str, why: str) -> Posting:
    """Write the posting, with a moment later than every other even when the clock was set back."""
    last = last_moment()
    now = timezone.now()
    moment = now if last is None or now > last else last + TICK
    posting = Posting(moment=moment, by=by, by_name=str(by)[:150], act=act, why=why[:500])
    write_new(Posting, [posting])
    return posting


def _difference(changes: Mapping[UUID, Sequence[LineFacts]]) -> Difference:
    """Read the open lines of these violations and compare; a new violation has none, which is asked cheaply."""
    found: list[tuple[int, UUID, LineFacts]] = []
    stored = uuid_writer()
    for refs in chunks(changes):
        ids = column(
            f"SELECT id FROM ledger_line WHERE superseded_at IS NULL AND violation_ref IN ({marks(len(refs))})",  # noqa: S608
            [stored(ref) for ref in refs],
        )
        if not ids:
            continue
        rows = Line.objects.filter(pk__in=ids).order_by("id").values_list("id", "violation_ref", *FACTS)
        found += [(line_id, ref, LineFacts(*facts)) for line_id, ref, *facts in rows]
    return difference(found, dict(changes))


def _supersede(posting: Posting, ids: list[int]) -> None:
    """Close lines; the database allows it once for each."""
    moment = connection.ops.adapt_datetimefield_value(posting.moment)
    with connection.cursor() as cursor:
        for part in chunks(ids):
            which = marks(len(part))
            cursor.execute(
                f"UPDATE ledger_line SET superseded_at = %s, superseded_by_id = %s WHERE id IN ({which})",  # noqa: S608
                [moment, posting.pk, *part],
            )


def _add(posting: Posting, added: list[tuple[UUID, LineFacts]]) -> None:
    """Write new lines."""
    moment = connection.ops.adapt_datetimefield_value(posting.moment)
    stored, written = uuid_writer(), facts_writer()
    rows = [(posting.pk, moment, stored(ref), *written(facts)) for ref, facts in added]
    insert("ledger_line", LINE_COLUMNS, rows)
