"""What the library and the partners of one region hold, for the walks: a document, a project, a visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import Axis
from sutura.coordination.services.plans import add_axis
from sutura.library import services
from sutura.library.models import Dissemination, Document, Use, Version
from sutura.partners import services as partners
from sutura.partners.models import Organisation, Project, Visit

OF_DOCUMENT = ("document", "change", "version_new", "use_new")
OF_VERSION = ("validate", "disseminate", "version_file")
OF_LIBRARY = {f"library:{name}" for name in (*OF_DOCUMENT, *OF_VERSION, "acknowledge", "use_file")}
OF_PROJECTS = {f"partners:{name}" for name in ("project", "project_change", "visit")}

LISTS = (
    "library:list",
    "library:new",
    "partners:list",
    "partners:new",
    "partners:projects",
    "partners:project_new",
    "partners:visits",
    "partners:visit_new",
)
LISTS_SHELVED: dict[str, tuple[str, dict[str, str]]] = {name: ("fatou", {}) for name in LISTS}


@dataclass
class Shelved:
    """The records that hang on one document."""

    document: Document
    version: Version
    sent: Dissemination
    use: Use
    project: Project
    visit: Visit
    axis: Axis

    def urls(self) -> Iterator[tuple[str, str]]:
        """Name of the address, and the address."""
        for name in OF_DOCUMENT:
            yield _to(name, self.document)
        for name in OF_VERSION:
            yield _to(name, self.version)
        yield _to("acknowledge", self.sent)
        yield _to("use_file", self.use)
        for name in ("project", "project_change"):
            yield _to(name, self.project, "partners")
        yield _to("visit", self.visit, "partners")
        yield _to("axis_change", self.axis, "coordination")


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
    project = partners.add_project(
        title=f"Projet inventé {region}", lead=organisation, regions=[region], starts_on=today, by=by
    )
    visit = partners.note_visit(
        organisation=organisation, region=region, visited_on=today, visitors="Un service", findings="Rien.",
        follow_up_on=today, by=by,
    )  # fmt: skip
    axis = add_axis(document=document, number=1, title="Un axe inventé", by=by)
    return Shelved(document, version, sent, use, project, visit, axis)


def _pdf() -> ContentFile:
    return ContentFile(b"%PDF-1.4 zq", name="outil.pdf")


def _to(name: str, record: Any, app: str = "library") -> tuple[str, str]:
    return f"{app}:{name}", reverse(f"{app}:{name}", args=[record.public_id])
