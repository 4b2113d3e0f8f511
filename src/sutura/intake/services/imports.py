"""A workbook of incidents taken in: the whole file or nothing, through the same services as a form."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import DomainError, Invalid, NotAllowed
from sutura.access.rules import may, require
from sutura.audit.services import record
from sutura.incidents.models import Incident, Violation
from sutura.incidents.parts import Applied
from sutura.incidents.references import KNOWN
from sutura.incidents.services import apply_changes
from sutura.intake import bundling, marks
from sutura.intake.budgets import Unreadable
from sutura.intake.bundling import Parcel, Told
from sutura.intake.checking import Checked, check
from sutura.intake.choices import Outcome
from sutura.intake.columns import INCIDENTS, SHEETS, VIOLATIONS
from sutura.intake.faults import Fault, FileFault, rows_with_fault
from sutura.intake.known import chunks, known
from sutura.intake.layout import layout
from sutura.intake.models import ImportedRow, ImportRun, StagedFile
from sutura.intake.querysets import GIVEN
from sutura.intake.reading import Workbook, read_file
from sutura.intake.services.batches import remember_batch
from sutura.intake.staging import content as content_of
from sutura.intake.staging import seal
from sutura.ledger.writing import insert
from sutura.parties.models import Party
from sutura.places.resolver import Register
from sutura.verification.services import record_imported_decisions

NOBODY = "unidentified"  # a register may hold a name for nobody: no party is named by leaving the cell empty
PARCELS = 500  # incidents written at once: enough to spread the cost of a statement, few enough for memory
Progress = Callable[[str, int, int], None]


@dataclass
class Result:
    """What an import did, or would do; counts are rows of all four sheets.

    `notes`: (sheet, heading) → cells kept aside; `others`: sheets not looked at.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    dry_run: bool = False
    run: ImportRun | None = None
    new: list[tuple[int, Model]] = field(default_factory=list)  # incidents made, and violations of known ones

    def as_json(self) -> dict[str, Any]:
        """The answer of the format: four counts and the faults."""
        counts = {name: getattr(self, name) for name in ("created", "updated", "unchanged", "rejected")}
        return counts | {"faults": [fault.as_json() for fault in self.faults]}


class _Refused(Exception):
    """Ends the transaction of a file which is not taken."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        super().__init__()
        self.faults = list(faults)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def import_incidents(
    *, source: Path | bytes, by: Any, dry_run: bool = False, progress: Progress = _silent
) -> Result:
    """Take in a workbook (.xlsx, .ods, folder or zip of CSV), whole or not at all; a dry run keeps nothing.

    Raises NotAllowed. Every other reason why the file is not taken is among the faults of the result.
    """
    require(by, "intake.import")
    result = Result(dry_run=dry_run)
    digest = fingerprint(source)
    try:
        with transaction.atomic():
            _take(source, result, by=by, why=f"Import {digest[:12]}", progress=progress)
            if dry_run or result.faults:
                raise _Refused
    except _Refused as refusal:
        result.faults += refusal.faults
    except Unreadable as reason:
        result.faults.append(FileFault(reason.code, reason.sheet, reason.row, sentence=reason.message))
    except IntegrityError:
        result.faults.append(Fault("meanwhile", "", 0))
    if result.faults:
        result.created = result.updated = result.unchanged = 0
        result.rejected = rows_with_fault(result.faults)
    _log(result, digest, by=by)
    if result.run is not None and result.run.outcome == Outcome.TAKEN and result.new:
        remember_batch(run=result.run, created=result.new, updated=(), started=None, by=by)
    return result


def fingerprint(source: Path | bytes) -> str:
    """sha256 of a file, or of all the files of a folder in order of name; of nothing when it cannot be read."""
    mark = sha256()
    if isinstance(source, bytes):
        mark.update(source)
        return mark.hexdigest()
    paths = sorted(source.iterdir()) if source.is_dir() else [source]
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    mark.update(piece)
    return mark.hexdigest()


def _take(source: Path | bytes, result: Result, *, by: Any, why: str, progress: Progress) -> None:
    progress("open", 0, 0)
    book = read_file(source, layout(), progress)
    progress("check", 0, 0)
    checked = check(
        book,
        layout(),
        places=Register.current(),
        parties=set(Party.objects.exclude(type=NOBODY).values_list("code", flat=True)),
        today=timezone.localdate(),
        known=known,
        watch=lambda done, total: progress("check", done, total),
    )
    _within_regions(checked, by=by)
    result.faults, result.notes, result.others = checked.faults, checked.notes, book.others
    if result.faults:
        return
    columns = _columns(book)
    book.tables.clear()  # the raw cells have been typed: a hundred thousand rows are not held twice
    rows = bundling.fresh_rows(checked, columns, _marks(checked))
    fresh = sum(len(told) for told in rows.values())
    result.unchanged = sum(len(checked.rows[sheet]) for sheet in SHEETS) - fresh
    if fresh:
        with _at_rest():
            Writing(result, by=by, why=why, progress=progress).write(rows, checked)
            result.new = _new(rows, checked)
            _remember(told for sheet in SHEETS for told in rows[sheet])


@beyond(KNOWN)
def _within_regions(checked: Checked, *, by: Any) -> None:
    """Whoever imports for some regions touches no other, by a place of the file or by a record which it names."""
    if may(by, "intake.import", ""):
        return
    places = (row.get("place") for row in checked.rows[INCIDENTS])
    regions = {place.region for place in places if place is not None}
    named = set(checked.known.incidents) | {one.incident_ref for one in checked.known.violations.values()}
    for refs in chunks(named):
        rows = Incident.objects.filter(import_ref__in=refs)
        regions.update(rows.order_by().values_list("region", flat=True).distinct())
    for region in sorted(regions):
        require(by, "intake.import", region=region)


@contextmanager
def _at_rest() -> Iterator[None]:
    """The rows of a large file outlive all that is made meanwhile: the garbage collector need not walk them again.

    Measured on 100,000 rows: a quarter less time, and growth that stays linear.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _columns(book: Workbook) -> dict[str, set[str]]:
    """The columns which the file speaks for."""
    return {name: set(table.at) for name, table in book.tables.items()}


def _marks(checked: Checked) -> dict[str, dict[str, str]]:
    if not ImportedRow.objects.exists():
        return {}
    return {
        sheet: ImportedRow.objects.marks(sheet, {row.ref for row in checked.rows[sheet]}) for sheet in SHEETS
    }


def _remember(rows: Iterator[Told]) -> None:
    kept = [(told.row.sheet, told.row.ref, marks.written(told.marks)) for told in rows]
    again = "ON CONFLICT (sheet, ref) DO UPDATE SET marks = excluded.marks"
    insert(ImportedRow._meta.db_table, ("sheet", "ref", "marks"), kept, again)


@beyond(KNOWN)
def _new(rows: dict[str, list[Told]], checked: Checked) -> list[tuple[int, Model]]:
    """What taking the file back voids: the incidents that it made, and its new violations of incidents known before."""
    before = checked.known
    incidents = {
        told.row.ref: told.row.number for told in rows[INCIDENTS] if told.row.ref not in before.incidents
    }
    apart = [told.row for told in rows[VIOLATIONS] if told.row.ref not in before.violations]
    violations = {row.ref: row.number for row in apart if row.get("incident_ref") in before.incidents}
    found: list[tuple[int, Model]] = []
    for model, numbers in ((Incident, incidents), (Violation, violations)):
        for part in chunks(numbers):
            made = model._default_manager.filter(import_ref__in=part).order_by()
            found += [
                (numbers[ref or ""], model(pk=key)) for key, ref in made.values_list("pk", "import_ref")
            ]
    return found


def _log(result: Result, digest: str, *, by: Any) -> None:
    outcome = Outcome.REFUSED if result.faults else Outcome.TRIED if result.dry_run else Outcome.TAKEN
    counts = {name: getattr(result, name) for name in ("created", "updated", "unchanged", "rejected")}
    result.run = ImportRun.objects.create(
        by=by, sha256=digest, outcome=outcome, dry_run=result.dry_run, **counts
    )
    said = " ".join(f"{name}={count}" for name, count in counts.items())
    record(by, "intake.import_incidents", of=result.run, fields=f"{outcome} {said}")


class Writing:
    """Hands parcels to the services of incidents, counts what they did, and finds the incident which they refuse."""

    def __init__(self, result: Result, *, by: Any, why: str, progress: Progress) -> None:
        self.result, self.by, self.why, self.progress = result, by, why, progress
        self.done: dict[tuple[str, str], str] = {}

    def write(self, rows: dict[str, list[Told]], checked: Checked) -> None:
        """Incidents which exist first and together (their children may share a key), then the new ones in batches."""
        every = bundling.parcels(rows, checked)
        old = [parcel for ref, parcel in every.items() if ref in checked.known.incidents]
        new = [parcel for ref, parcel in every.items() if ref not in checked.known.incidents]
        batches = [old] if old else []
        batches += [new[start : start + PARCELS] for start in range(0, len(new), PARCELS)]
        finished = 0
        for batch in batches:
            self._apply(batch)
            finished += len(batch)
            self.progress("write", finished, len(every))
        for how in ("created", "updated", "unchanged"):
            count = sum(1 for done in self.done.values() if done == how)
            setattr(self.result, how, getattr(self.result, how) + count)

    def _apply(self, batch: list[Parcel]) -> None:
        try:
            with transaction.atomic():
                applied = apply_changes(
                    bundles=[bundling.bundle(parcel) for parcel in batch], by=self.by, why=self.why
                )
                self._decisions(applied)
        except NotAllowed:
            raise
        except DomainError as reason:
            raise _Refused(self._refusals(batch) or [_refusal(batch[0], reason)]) from reason
        base = {share: told.row.ref for parcel in batch for told, share, _refs in parcel.sources}
        # A source shared by several incidents is one row: created anywhere is created, else updated anywhere.
        for how in ("unchanged", "updated", "created"):
            for sheet, refs in getattr(applied, how).items():
                for ref in refs:
                    self.done[sheet, base.get(ref, ref) if sheet == "sources" else ref] = how

    def _decisions(self, applied: Applied) -> None:
        """Each status that came with the file is a decision taken before: it has its opinion, marked as imported."""
        refs = applied.created.get("violations", []) + applied.updated.get("violations", [])
        told: list[Violation] = []
        for part in chunks(refs):
            # All that the decisions look at: a field left out would be one statement for each violation.
            told += Violation.objects.filter(import_ref__in=part).only("pk", "region", "status", "decided_on")
        if told:
            record_imported_decisions(violations=told, by=self.by, why=self.why)

    def _refusals(self, batch: list[Parcel]) -> list[Fault]:
        """Which incidents of a refused batch are refused alone, and why."""
        found = []
        for parcel in batch:
            try:
                with transaction.atomic():
                    apply_changes(bundles=[bundling.bundle(parcel)], by=self.by, why=self.why)
            except DomainError as reason:
                found.append(_refusal(parcel, reason))
        return found


def _refusal(parcel: Parcel, reason: DomainError) -> Fault:
    row = parcel.first
    return Fault("refused", row.sheet, row.number, reason.field, row.ref, (("reason", reason.message),))


@transaction.atomic
def stage_file(*, content: bytes, by: Any) -> StagedFile:
    """Keep a file given on the page, with the result of its dry run, until it is confirmed or expires."""
    require(by, "intake.import")
    forget_expired(by=by)
    result = import_incidents(source=content, by=by, dry_run=True)
    staged = StagedFile(by=by)
    seal(staged, content=content, result=result)
    staged.save()
    return staged


@transaction.atomic
def confirm_file(*, staged: StagedFile, by: Any, progress: Progress = _silent) -> Result:
    """Take in a file which waited; it is forgotten when it was taken."""
    require(by, "intake.import")
    still_waiting(staged)
    result = import_incidents(source=content_of(staged, by), by=by, progress=progress)
    if not result.faults:
        staged.delete()
    return result


def still_waiting(staged: StagedFile) -> None:
    """Hold a file that waits until the end of the transaction: of two who confirm it at once, one takes it in."""
    if StagedFile.objects.select_for_update().filter(pk=staged.pk).only("pk").first() is None:
        raise Invalid(_("This file was taken in or forgotten meanwhile. Imports shows what became of it."))


@transaction.atomic
def discard_file(*, staged: StagedFile, by: Any) -> None:
    """Forget a file which waited; it is her own."""
    require(by, GIVEN[staged.kind])
    if staged.by_id != by.pk:
        raise NotAllowed
    record(by, "intake.discard_file", of=staged)
    staged.delete()


@transaction.atomic
def forget_expired(*, by: Any) -> int:
    """Delete the files nobody confirmed in time; how many."""
    require(by, "intake.import")
    expired = StagedFile.objects.expired(timezone.now())
    count = expired.count()
    if count:
        expired.delete()
        record(by, "intake.forget_expired", fields=f"files={count}")
    return count
