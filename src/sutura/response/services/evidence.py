"""Files kept with a line: sealed under the key of the region, named by chance."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.response.models import Evidence, Step
from sutura.response.querysets import KEEP
from sutura.security import files, uploads
from sutura.security.filetypes import NotTaken


@transaction.atomic
def keep_evidence(*, step: Step, paper: str, file: File, by: Any) -> Evidence:
    """Keep what shows that something happened."""
    docket = step.docket
    require(by, KEEP, docket.region)
    found = _inspected(file)
    if step.evidence.filter(sha256=found.sha256).exists():
        raise Invalid(_("This file is kept already."), field="file")
    kept = Evidence(
        docket=docket, step=step, paper=paper, content_type=found.kind, size=found.size, sha256=found.sha256,
        added_by=by, original_name=PurePath(file.name or "").name[-200:] or "?",
    )  # fmt: skip
    kept.file = files.sealed(kept, file)
    try:
        keep(kept, by=by)
        record(by, "response.keep_evidence", of=docket, fields=step.kind)
    except BaseException:
        # The transaction takes the row back; the file must go with it.
        if kept.file._committed:  # as Django marks it
            kept.file.storage.delete(kept.file.name or "")
        raise
    return kept


def _inspected(file: File) -> uploads.Inspected:
    try:
        return uploads.inspected(file, settings.SUTURA_ATTACHMENT_BYTES)
    except NotTaken as reason:
        raise Invalid(reason.sentence, field="file") from reason
