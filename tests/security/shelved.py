"""What the library of one region holds, for the walks: a document with its file, sent once, used once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sutura.library import services
from sutura.library.models import Dissemination, Document, Use, Version
from sutura.partners.models import Organisation

OF_DOCUMENT = ("document", "change", "version_new", "use_new")
OF_VERSION = ("validate", "disseminate", "version_file")
OF_LIBRARY = {f"library:{name}" for name in (*OF_DOCUMENT, *OF_VERSION, "acknowledge", "use_file")}


@dataclass
class Shelved:
    """The records that hang on one document."""

    document: Document
    version: Version
    sent: Dissemination
    use: Use

    def urls(self) -> Iterator[tuple[str, str]]:
        """Name of the address, and the address."""
        for name in OF_DOCUMENT:
            yield name, _to(name, self.document.public_id)
        for name in OF_VERSION:
            yield name, _to(name, self.version.public_id)
        yield "acknowledge", _to("acknowledge", self.sent.public_id)
        yield "use_file", _to("use_file", self.use.public_id)


def shelve(region: str, organisation: Organisation, *, by: Any) -> Shelved:
    """One of each in a region."""
    today = timezone.localdate()
    document = services.add_document(
        kind="tool",
        title=f"Outil inventé {region}",
        issuer="ONG fictive",
        language="fr",
        region=region,
        by=by,
    )
    version = services.add_version(document=document, dated_on=today, file=_pdf(), by=by)
    sent = services.disseminate(
        version=version, organisation=organisation, sent_on=today, channel="hand", by=by
    )
    use = services.note_use(
        document=document, organisation=organisation, region=region, used_on=today, how="En formation.",
        file=_pdf(), by=by,
    )  # fmt: skip
    return Shelved(document, version, sent, use)


def _pdf() -> ContentFile:
    return ContentFile(b"%PDF-1.4 zq", name="outil.pdf")


def _to(name: str, *arguments: object) -> str:
    return reverse(f"library:{name}", args=arguments)
