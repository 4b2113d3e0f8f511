"""How what was sent is written: once, its file with it, one process at a time."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.choices import Became
from sutura.intake.models import Outcome, Submission, SubmittedFile
from sutura.security import files

LOCK = 0x0D0E
"""The kind of lock by which one process at a time makes something of a record (PostgreSQL; SQLite has one writer)."""


def put(made: Model) -> bool:
    """Write a record; no, when another process has just written one under its number."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def put_file(made: Any, content: bytes) -> None:
    """Write the row of a file, its bytes sealed before; both or none."""
    made.file = files.sealed(made, ContentFile(content))
    try:
        made.save(force_insert=True)
    except BaseException:
        # The transaction takes the row back; the file must go with it.
        if made.file._committed:  # as Django marks it
            made.file.storage.delete(made.file.name or "")
        raise


def put_files(submission: Submission, files: Mapping[str, bytes]) -> int:
    """Keep the files of a record by name, each content once; how many are new."""
    kept = set(SubmittedFile.objects.among(submission=submission).values_list("sha256", flat=True))
    added = 0
    for name, content in sorted(files.items()):
        mark = sha256(content).hexdigest()
        if mark not in kept:
            row = SubmittedFile(submission=submission, original_name=name, sha256=mark, size=len(content))
            put_file(row, content)
            kept.add(mark)
            added += 1
    return added


def hold(submission: Model) -> None:
    """Until the end of the act, no other process makes something of this record."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, submission.pk % 2**31])


def hold_waiting(submission: Model) -> None:
    """The same, for what a person decides: she saw it wait. Raises Invalid when it waits no more."""
    hold(submission)
    if Outcome.objects.among(submission=submission).exclude(became=Became.WAITS).exists():
        raise Invalid(_("Something became of this record in the meantime. Look at it again."))


def settled(submission: Submission, became: str, *, by: Any, **said: str) -> Outcome:
    """Note what became of a record."""
    outcome = Outcome(submission=submission, became=became, by=by, **said)
    outcome.save(force_insert=True)
    return outcome
