"""Files kept with an incident: under a random name, with their fingerprint, served by a permitted view alone."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import Attachment, Incident, Violation
from sutura.security import files, uploads
from sutura.security.filetypes import NotTaken

APART = (
    "id", "public_id", "incident", "file", "original_name", "content_type", "sha256", "size", "added_by",
    "added_at", "voided_reason",
)  # fmt: skip


@transaction.atomic
def add_attachment(
    *,
    incident: Incident,
    file: File,
    violation: Violation | None = None,
    by: Any,
    why: str = "",
    **values: Any,
) -> Attachment:
    """Keep a file with an incident, and with the violation it proves if one is named."""
    require(by, "incidents.document", region=hold_live(incident).region)
    if violation is not None and violation.incident_id != incident.pk:
        raise Invalid(_("The file proves a violation of its own incident."), field="violation")
    size, fingerprint, kind = _inspected(file)
    attachment = Attachment(
        incident=incident,
        violation=violation,
        original_name=PurePath(file.name or "").name[-200:],
        content_type=kind,
        sha256=fingerprint,
        size=size,
        added_by=by,
    )
    alter(attachment, {"kind": "other", **values}, apart=(*APART, "violation"))
    attachment.file = files.sealed(attachment, file)
    try:
        keep(attachment, by=by, why=why)
        record(by, "incidents.add_attachment", of=attachment)
    except Exception:
        # The transaction takes the row back; the file must go with it.
        if attachment.file._committed:
            attachment.file.storage.delete(attachment.file.name or "")
        raise
    return attachment


@transaction.atomic
def change_attachment(*, attachment: Attachment, by: Any, why: str = "", **values: Any) -> Attachment:
    """Change what is said of a file, and which violation it proves; the file itself never changes."""
    require(by, "incidents.document", region=hold_live(attachment.incident).region)
    changed = alter(hold_standing(attachment), values, apart=APART)
    violation = attachment.violation
    if violation is not None and violation.incident_id != attachment.incident_id:
        raise Invalid(_("The file proves a violation of its own incident."), field="violation")
    if changed:
        keep(attachment, by=by, why=why)
        record(by, "incidents.change_attachment", of=attachment, fields=" ".join(changed))
    return attachment


@transaction.atomic
def void_attachment(*, attachment: Attachment, by: Any, why: str) -> Attachment:
    """Take a file away for good reason; it is kept and no longer served."""
    require(by, "incidents.void", region=hold(attachment.incident).region)
    hold_standing(attachment).voided_reason = given_reason(why)
    keep(attachment, by=by, why=why)
    record(by, "incidents.void_attachment", of=attachment)
    return attachment


def _inspected(file: File) -> uploads.Inspected:
    try:
        return uploads.inspected(file, settings.SUTURA_ATTACHMENT_BYTES)
    except NotTaken as reason:
        raise Invalid(reason.sentence, field="file") from reason
