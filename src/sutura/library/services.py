"""What may happen in the library. Nothing is deleted: a mistake is put right by the next version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.library.choices import Access, Layer
from sutura.library.models import Dissemination, Document, Use, Validation, Version
from sutura.library.rules import refusal_of_stage, searchable
from sutura.partners.models import Organisation
from sutura.security import uploads
from sutura.security.filetypes import NotTaken, ending_of

STAGE_REFUSALS = {
    "not_forward": (_("This version is already that far: choose a stage ahead of it."), "stage"),
    "future": (_("This day is after today. Correct it."), "reached_on"),
    "before": (_("This day is before the version, or before its last validation. Correct it."), "reached_on"),
}


@transaction.atomic
def add_document(
    *,
    kind: str,
    title: str,
    issuer: str,
    language: str,
    by: Any,
    year: int | None = None,
    summary: str = "",
    axis: str = "",
    layers: Iterable[str] = (),
    theme: str = "",
    licence: str = "",
    access: str = Access.MEMBERS,
    region: str = "",
) -> Document:
    """A document of the library; without a region it is of the whole country."""
    require(by, "coordination.manage", region)
    document = Document(
        kind=kind, title=title.strip(), issuer=issuer.strip(), language=language, year=year,
        summary=summary.strip(), axis=axis.strip(), layers=_codes(layers), theme=theme.strip(),
        licence=licence.strip(), access=access, region=region,
    )  # fmt: skip
    _keep_document(document, by=by)
    record(by, "library.add_document", of=document)
    return document


@transaction.atomic
def change_document(*, document: Document, by: Any, **said: Any) -> Document:
    """Change what the library says of a document; the old words stay."""
    require(by, "coordination.manage", document.region)
    require(by, "coordination.manage", said.get("region", document.region))
    if "layers" in said:
        said["layers"] = _codes(said["layers"])
    changed = [name for name, value in said.items() if getattr(document, name) != value]
    for name in changed:
        setattr(document, name, said[name])
    if changed:
        _keep_document(document, by=by)
        record(by, "library.change_document", of=document, fields=" ".join(changed))
    return document


@transaction.atomic
def add_version(
    *, document: Document, dated_on: date, by: Any, file: File | None = None, address: str = ""
) -> Version:
    """The next version of a document, a draft: its file, or the address where its issuer keeps it."""
    require(by, "coordination.manage", document.region)
    if not file and not address:
        raise Invalid(_("Choose the file, or give the address where the document stands."), field="file")
    _not_after_today(dated_on, "dated_on")
    held = Document.objects.select_for_update().get(pk=document.pk)  # two people add one at once
    last = held.versions.first()
    number = last.number + 1 if last else 1
    version = Version(document=held, number=number, dated_on=dated_on, address=address)
    _keep_with_file(version, file, by=by)
    record(by, "library.add_version", of=version)
    return version


@transaction.atomic
def validate_version(
    *, version: Version, stage: str, authority: str, reached_on: date, by: Any
) -> Validation:
    """A version reached a further stage of its validation: by which authority, on which day."""
    require(by, "coordination.manage", version.document.region)
    held = Version.objects.select_for_update().get(pk=version.pk)
    last = held.validations.last()
    since = last.reached_on if last else held.dated_on
    refusal = refusal_of_stage(held.stage, stage, since=since, on=reached_on, today=timezone.localdate())
    if refusal:
        sentence, field = STAGE_REFUSALS[refusal]
        raise Invalid(sentence, field=field)
    made = keep(
        Validation(version=held, stage=stage, authority=authority.strip(), reached_on=reached_on), by=by
    )
    held.stage = stage
    keep(held, by=by, why="validated")
    record(by, "library.validate_version", of=held, fields="stage")
    return made


@transaction.atomic
def disseminate(
    *,
    version: Version,
    sent_on: date,
    channel: str,
    by: Any,
    organisation: Organisation | None = None,
    body: str = "",
) -> Dissemination:
    """A version went to an organisation, or to a body or an audience named in words."""
    require(by, "coordination.manage", version.document.region)
    body = body.strip()
    if (organisation is None) == (not body):
        raise Invalid(_("Choose the organisation, or name the body: one of the two."), field="organisation")
    _not_after_today(sent_on, "sent_on")
    made = keep(
        Dissemination(
            version=version, organisation=organisation, body=body, sent_on=sent_on, channel=channel
        ),
        by=by,
    )
    record(by, "library.disseminate", of=version)
    return made


@transaction.atomic
def acknowledge(
    *, dissemination: Dissemination, acknowledged_on: date, acknowledged_by: str, by: Any
) -> Dissemination:
    """Whoever received a version said so: when, and who."""
    require(by, "coordination.manage", dissemination.version.document.region)
    held = Dissemination.objects.select_for_update().get(pk=dissemination.pk)
    if held.acknowledged_on:
        raise Invalid(_("This was acknowledged already. Open the page again."))
    if acknowledged_on < held.sent_on:
        raise Invalid(_("This day is before it was sent. Correct it."), field="acknowledged_on")
    _not_after_today(acknowledged_on, "acknowledged_on")
    held.acknowledged_on, held.acknowledged_by = acknowledged_on, acknowledged_by.strip()
    keep(held, by=by, why="acknowledged")
    record(by, "library.acknowledge", of=held.version)
    return held


@transaction.atomic
def note_use(
    *,
    document: Document,
    organisation: Organisation,
    used_on: date,
    how: str,
    by: Any,
    region: str = "",
    evidence: str = "",
    file: File | None = None,
) -> Use:
    """An organisation works with a document somewhere, told by whoever takes part in coordination there."""
    require(by, "coordination.read", region)
    if not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise NotAllowed
    if not evidence.strip() and not file:
        raise Invalid(_("Say what shows it, or join a file."), field="evidence")
    _not_after_today(used_on, "used_on")
    use = Use(
        document=document, organisation=organisation, region=region, used_on=used_on, how=how.strip(),
        evidence=evidence.strip(),
    )  # fmt: skip
    _keep_with_file(use, file, by=by)
    record(by, "library.note_use", of=document)
    return use


def _codes(layers: Iterable[str]) -> str:
    chosen = set(layers)
    return " ".join(layer for layer in Layer.values if layer in chosen)


def _keep_document(document: Document, *, by: Any) -> None:
    document.folded = searchable(document.title, document.summary, document.issuer, document.theme)
    keep(document, by=by)


def _not_after_today(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field=field)


def _keep_with_file(row: Version | Use, file: File | None, *, by: Any) -> None:
    """Keep a row and what came with it, told by its first bytes."""
    if file:
        try:
            taken = uploads.cleaned(file, settings.SUTURA_ATTACHMENT_BYTES)
        except NotTaken as reason:
            raise Invalid(reason.sentence, field="file") from reason
        row.content_type, row.size, row.sha256 = taken.kind, len(taken.content), taken.sha256
        row.ending = ending_of(taken.kind, file.name or "")
        row.file = ContentFile(taken.content, name="document")
    try:
        keep(row, by=by)
    except Exception:
        # The transaction takes the row back; the file must go with it.
        if row.file and row.file._committed:  # type: ignore[attr-defined]  # as Django marks it
            row.file.storage.delete(row.file.name or "")
        raise
