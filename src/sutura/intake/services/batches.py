"""What an import made and changed, kept as a batch; and the batch taken back through the services of its app."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import DomainError, Invalid, NotAllowed, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.intake.choices import How, Outcome
from sutura.intake.known import chunks
from sutura.intake.models import BatchRow, ImportRun, Undoing
from sutura.intake.querysets import GIVEN
from sutura.intake.registers.ways_back import BACK
from sutura.ledger.writing import insert

NAMED = 12
"""Signs of the fingerprint by which records name their batch."""
Watch = Callable[[int, int], None]
Numbered = Iterable[tuple[int, Model]]
COLUMNS = ("run_id", "number", "model", "record", "how", "before")


@transaction.atomic
def log_run(
    *, kind: str, digest: str, by: Any, outcome: str, dry_run: bool = False, **counts: int
) -> ImportRun:
    """Keep that a file was given, what it did or would have done, and by whom."""
    require(by, GIVEN[kind])
    run = ImportRun.objects.create(
        kind=kind, by=by, sha256=digest, outcome=outcome, dry_run=dry_run, **counts
    )
    said = " ".join(f"{name}={count}" for name, count in counts.items())
    record(by, "intake.import_register", of=run, fields=f"{kind} {outcome} {said}")
    return run


@transaction.atomic
def remember_batch(*, run: ImportRun, created: Numbered, updated: Numbered, started: Any, by: Any) -> int:
    """Keep which records a run made and changed, by number of row, and the version that stood before a change.

    `started`: when the run began to write. Returns how many.
    """
    require(by, GIVEN[run.kind])
    new, old = list(created), list(updated)
    before: dict[tuple[str, int], int] = {}
    for model in {type(one) for _number, one in old}:
        keys = [one.pk for _number, one in old if type(one) is model]
        for part in chunks(keys):
            older = model.history.filter(id__in=part, history_date__lt=started).order_by()  # type: ignore[attr-defined]
            for key, version in older.values_list("id").annotate(Max("history_id")):
                before[model._meta.label, key] = version
    rows = [
        (run.pk, number, one._meta.label, one.pk, str(how), before.get((one._meta.label, one.pk)))
        for how, several in ((How.CREATED, new), (How.UPDATED, old))
        for number, one in several
    ]
    insert(BatchRow._meta.db_table, COLUMNS, rows)
    record(by, "intake.remember_batch", of=run, fields=f"records={len(rows)}")
    return len(rows)


def batch_named(*, name: str, by: Any) -> ImportRun:
    """The run that a person means by its number, or by the batch that its records name (`Import 0123456789ab`)."""
    said = name.removeprefix("Import").strip().lower()
    taken = ImportRun.objects.visible_to(by).filter(outcome=Outcome.TAKEN)
    try:
        found = list(taken.filter(public_id=UUID(said)))
    except ValueError:
        open_ = taken.filter(undoing=None, rows__isnull=False).distinct()
        found = list(open_.filter(sha256__startswith=said)) if len(said) >= NAMED else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(
            _("Several imports have this name. Give the number in the address of the page of the import.")
        )
    raise Invalid(_("No import that can be taken back has this name."))


@transaction.atomic
def undo_import(*, run: ImportRun, by: Any, why: str, progress: Watch = lambda done, total: None) -> Undoing:
    """Take a batch back: what it made is voided with the reason, what it changed is what it was before.

    What somebody has changed since stays as it is, and is counted.
    """
    if run.kind not in BACK or run.outcome != Outcome.TAKEN:
        raise Invalid(_("Nothing of this import can be taken back."))
    require(by, GIVEN[run.kind])
    why = given_reason(why, 300)
    if Undoing.objects.filter(run=run).exists():
        raise Invalid(_("This import was taken back already."))
    rows = list(run.rows.order_by("-pk"))
    undone = 0
    for done, row in enumerate(rows, 1):
        undone += _undo_row(row, run, by=by, why=why)
        progress(done, len(rows))
    found = Undoing.objects.create(run=run, by=by, why=why, undone=undone, stayed=len(rows) - undone)
    record(by, "intake.undo_import", of=run, fields=f"undone={undone} stayed={found.stayed}")
    return found


def _undo_row(row: BatchRow, run: ImportRun, *, by: Any, why: str) -> bool:
    """Whether it could be taken back."""
    model: Any = apps.get_model(row.model)
    one = model._default_manager.visible_to(by).filter(pk=row.record).first()
    if one is None or one.history.filter(history_date__gt=run.at).exists():
        return False
    before = one.history.filter(history_id=row.before).first() if row.before else None
    try:
        with transaction.atomic():
            BACK[run.kind](one, before, by, why)
    except NotAllowed:
        raise
    except DomainError:
        return False
    return True
