"""A list of a register taken in: tried, then whole or not at all, by the services of its app; taken back as a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.intake.budgets import Unreadable
from sutura.intake.choices import Outcome
from sutura.intake.faults import Fault, FileFault
from sutura.intake.models import StagedFile, ToldHeading
from sutura.intake.registers.kinds import Kind, Row, Taking, Tell
from sutura.intake.registers.receipts import Receipt
from sutura.intake.registers.sheets import heading_key, sheets_of
from sutura.intake.registers.shelf import KINDS
from sutura.intake.registers.understanding import Understood, describe, match_of, typed
from sutura.intake.services.batches import log_run, remember_batch
from sutura.intake.services.imports import fingerprint, still_waiting
from sutura.intake.staging import content as content_of
from sutura.intake.staging import seal, seal_result, trial


class _Kept(Exception):
    """Ends the transaction of a file of which nothing is kept."""


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def import_register(
    *,
    kind: Kind,
    content: bytes,
    by: Any,
    name: str = "",
    dry_run: bool = False,
    columns: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
    whole: bool = False,
    progress: Tell = silent,
) -> Receipt:
    """Take in a list, whole or not at all; a dry run does all of it and keeps nothing.

    `columns`: column → heading, as somebody said for this file (`whole`: and there are no others); `told`: column →
    one value for all its rows.
    Raises NotAllowed. Every other reason why the file is not taken is among the faults of the receipt.
    """
    require(by, kind.permission)
    receipt, started = Receipt(kind.name, dry_run, name=name), timezone.now()
    words = {one.name: str(one.label) for one in kind.columns}
    taking = Taking(by, f"Import {fingerprint(content)[:12]}", progress, words=words)
    try:
        with transaction.atomic():
            progress("open", 0, 0)
            sheets = sheets_of(content, kind, progress)
            match = match_of(sheets, kind, _remembered(kind, by), columns or {}, whole=whole)
            understood = typed(sheets, kind, describe(receipt, sheets, match), told or {}, receipt, progress)
            _take(kind, understood, taking, receipt)
            if dry_run or receipt.faults:
                raise _Kept
    except _Kept:
        pass
    except Unreadable as reason:
        receipt.faults.append(FileFault(reason.code, reason.sheet, reason.row, sentence=reason.message))
    except IntegrityError:
        receipt.faults.append(Fault("meanwhile", "", 0))
    _log(receipt, taking, content, started, by=by)
    return receipt


def _take(kind: Kind, understood: Understood, taking: Taking, receipt: Receipt) -> None:
    receipt.faults += understood.faults
    bad = {(fault.sheet, fault.row) for fault in understood.faults}
    whole = [row for row in understood.rows if (row.sheet, row.number) not in bad]
    if not receipt.lacking and ("", 0) not in bad:
        kind.take(whole, taking)
    receipt.faults = sorted([*receipt.faults, *taking.faults], key=lambda fault: (fault.sheet, fault.row))
    receipt.created, receipt.updated = _rows(taking.created), _rows(taking.updated, taking.created)
    receipt.unchanged, receipt.repeated = taking.unchanged, len(taking.repeats)


def _rows(several: Iterable[tuple[Row, Any]], others: Iterable[tuple[Row, Any]] = ()) -> int:
    """How many rows, each once, without those of the others: a row that makes two records is one row."""
    counted, apart = ({(row.sheet, row.number) for row, _one in each} for each in (several, others))
    return len(counted - apart)


def _remembered(kind: Kind, by: Any) -> dict[str, str]:
    """Heading as compared → column, as her colleagues told and then as she did herself."""
    rows = list(ToldHeading.objects.visible_to(by).filter(kind=kind.name).order_by("pk"))
    rows.sort(key=lambda one: one.account_id == by.pk)
    return {one.heading: one.column for one in rows}


def _log(receipt: Receipt, taking: Taking, content: bytes, started: Any, *, by: Any) -> None:
    """The run, and of a file that was taken the batch."""
    if receipt.faults:
        receipt.refuse()
    outcome = Outcome.REFUSED if receipt.faults else Outcome.TRIED if receipt.dry_run else Outcome.TAKEN
    counts = {name: getattr(receipt, name) for name in ("created", "updated", "unchanged", "rejected")}
    run = receipt.run = log_run(
        kind=receipt.kind, digest=fingerprint(content), by=by, outcome=outcome, dry_run=receipt.dry_run,
        **counts,
    )  # fmt: skip
    if outcome == Outcome.TAKEN:
        created = [(row.number, one) for row, one in taking.created]
        updated = [(row.number, one) for row, one in taking.updated]
        remember_batch(run=run, created=created, updated=updated, started=started, by=by)


@transaction.atomic
def stage_register(*, kind: Kind, content: bytes, name: str, by: Any) -> StagedFile:
    """Keep a list given on the page, with the result of its dry run, until it is confirmed or expires."""
    require(by, kind.permission)
    receipt = import_register(kind=kind, content=content, by=by, name=name, dry_run=True)
    staged = StagedFile(by=by, kind=kind.name)
    seal(staged, content=content, result=receipt)
    staged.save()
    record(by, "intake.stage_register", of=staged, fields=kind.name)
    return staged


@transaction.atomic
def tell_columns(
    *,
    staged: StagedFile,
    columns: Mapping[str, str],
    told: Mapping[str, str],
    by: Any,
    progress: Tell = silent,
) -> Receipt:
    """Say which heading is which column, and what holds for the whole file: tried anew, and remembered for later."""
    kind = KINDS[staged.kind]
    require(by, kind.permission)
    content, before = content_of(staged, by), trial(staged, by)
    receipt = import_register(
        kind=kind,
        content=content,
        by=by,
        name=before.name,
        dry_run=True,
        columns=columns,
        told=told,
        whole=True,
        progress=progress,
    )
    _remember_headings(kind, columns, by=by)
    seal_result(staged, receipt)
    staged.save()
    record(by, "intake.tell_columns", of=staged, fields=" ".join(sorted(columns)))
    return receipt


def _remember_headings(kind: Kind, columns: Mapping[str, str], *, by: Any) -> None:
    known = {one.heading: one for one in ToldHeading.objects.filter(account=by, kind=kind.name)}
    for column, text in columns.items():
        heading = heading_key(text)
        one = known.get(heading) or ToldHeading(account=by, kind=kind.name, heading=heading)
        if one.column != column:
            one.column = column
            keep(one, by=by)


@transaction.atomic
def confirm_register(*, staged: StagedFile, by: Any, progress: Tell = silent) -> Receipt:
    """Take in a list which waited; it is forgotten when it was taken."""
    kind = KINDS[staged.kind]
    require(by, kind.permission)
    still_waiting(staged)
    tried = trial(staged, by)
    receipt = import_register(
        kind=kind, content=content_of(staged, by), by=by, name=tried.name, columns=tried.columns,
        told=tried.told, whole=True, progress=progress,
    )  # fmt: skip
    if not receipt.faults:
        record(by, "intake.confirm_register", of=staged)
        staged.delete()
    return receipt
