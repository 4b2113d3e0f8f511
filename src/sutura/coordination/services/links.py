"""Tie a body to others, name the documents that are its own, and keep the signed sheets of its meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination.models import Body, BodyDocument, Meeting, Scan, Tie
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security import uploads
from sutura.security.filetypes import NotTaken, ending_of


@transaction.atomic
def tie(
    *,
    body: Body,
    organisation: Organisation,
    liaison: str,
    starts_on: date,
    by: Any,
    known: Body | None = None,
    other: str = "",
    rhythm: str = "",
    ends_on: date | None = None,
) -> Tie:
    """Name who keeps up with another body."""
    require(by, "coordination.manage", body.region)
    made = Tie(
        body=body, known=known, other=other.strip(), organisation=organisation, liaison=liaison.strip(),
        rhythm=rhythm.strip(), starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    _check(made)
    keep(made, by=by)
    record(by, "coordination.tie", of=made)
    return made


@transaction.atomic
def change_tie(*, link: Tie, by: Any, **said: Any) -> Tie:
    """Another liaison person, another rhythm, or its end."""
    require(by, "coordination.manage", link.body.region)
    changed = [name for name, value in said.items() if getattr(link, name) != value]
    for name in changed:
        setattr(link, name, said[name])
    _check(link)
    if changed:
        keep(link, by=by)
        record(by, "coordination.change_tie", of=link, fields=" ".join(changed))
    return link


@transaction.atomic
def add_document(*, body: Body, document: Document, by: Any) -> BodyDocument:
    """A document of the library becomes the body's own."""
    require(by, "coordination.manage", body.region)
    if not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise NotAllowed
    if body.documents.filter(document=document).exists():
        raise Invalid(
            _("This document is already among those of the body. Choose another."), field="document"
        )
    made = keep(BodyDocument(body=body, document=document), by=by)
    record(by, "coordination.add_body_document", of=made)
    return made


@transaction.atomic
def drop_document(*, link: BodyDocument, by: Any) -> None:
    """It is no longer the body's own; the library keeps it."""
    require(by, "coordination.manage", link.body.region)
    record(by, "coordination.drop_body_document", of=link)
    drop(link, by=by)


@transaction.atomic
def keep_scan(*, meeting: Meeting, file: File, by: Any) -> Scan:
    """Keep the signed sheet: a picture without what its camera wrote beside it, or a document as it came."""
    require(by, "coordination.manage", meeting.body.region)
    if meeting.held_on is None:
        raise Invalid(_("This meeting is not held yet: its sheet is signed there."), field="file")
    try:
        taken = uploads.cleaned(file, settings.SUTURA_ATTACHMENT_BYTES)
    except NotTaken as reason:
        raise Invalid(reason.sentence, field="file") from reason
    if meeting.scans.filter(sha256=taken.sha256).exists():
        raise Invalid(_("This sheet is kept already."), field="file")
    scan = Scan(
        meeting=meeting, content_type=taken.kind, size=len(taken.content), sha256=taken.sha256, kept_by=by,
        ending=ending_of(taken.kind, file.name or ""),
        file=ContentFile(taken.content, name="scan"),
    )  # fmt: skip
    try:
        keep(scan, by=by)
        record(by, "coordination.keep_scan", of=scan)
    except BaseException:
        # The transaction takes the row back; the file must go with it.
        if scan.file._committed:  # type: ignore[attr-defined]  # as Django marks it
            scan.file.storage.delete(scan.file.name or "")
        raise
    return scan


def _check(link: Tie) -> None:
    if link.known is not None:
        link.other = link.known.name_fr
    if not link.other:
        raise Invalid(_("Choose a body kept here, or write the name of another."), field="other")
    if link.known_id == link.body_id:
        raise Invalid(_("Choose another body than this one."), field="known")
    if link.ends_on and link.ends_on < link.starts_on:
        raise Invalid(_("The end is before the beginning."), field="ends_on")
