"""A long file: kept first as it was given, then tried, so that nothing which is cut short loses it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.intake.choices import Kind
from sutura.intake.models import StagedFile
from sutura.intake.querysets import GIVEN
from sutura.intake.registers.kinds import Tell
from sutura.intake.registers.shelf import KINDS
from sutura.intake.services.imports import (
    confirm_file,
    forget_expired,
    import_incidents,
    still_waiting,
)
from sutura.intake.services.registers import confirm_register, import_register, silent
from sutura.intake.staging import content as content_of
from sutura.intake.staging import seal_result, seal_untried, trial


@transaction.atomic
def keep_file(*, kind: str, content: bytes, name: str = "", by: Any) -> StagedFile:
    """Keep a file as it was given, before anything looks into it; it waits two hours, untried."""
    require(by, GIVEN[kind])
    if kind == Kind.INCIDENTS:
        forget_expired(by=by)
    staged = StagedFile(by=by, kind=kind)
    seal_untried(staged, content=content, name=name)
    staged.save()
    record(by, "intake.keep_file", of=staged, fields=kind)
    return staged


@transaction.atomic
def try_file(*, staged: StagedFile, by: Any, progress: Tell = silent) -> StagedFile:
    """The dry run of a file that was kept; what it says waits beside the file."""
    require(by, GIVEN[staged.kind])
    still_waiting(staged)
    before, content = trial(staged, by), content_of(staged, by)
    result: Any
    if staged.kind in KINDS:
        result = import_register(
            kind=KINDS[staged.kind], content=content, by=by, name=before.name, dry_run=True, progress=progress
        )
    else:
        result = import_incidents(source=content, by=by, dry_run=True, progress=progress)
    seal_result(staged, result)
    staged.save()
    record(by, "intake.try_file", of=staged, fields=staged.kind)
    return staged


def take_file(*, staged: StagedFile, by: Any, progress: Tell = silent) -> Any:
    """Take in a file that waits, of whichever kind; its receipt."""
    require(by, GIVEN[staged.kind])
    take = confirm_register if staged.kind in KINDS else confirm_file
    return take(staged=staged, by=by, progress=progress)
