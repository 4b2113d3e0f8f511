"""Everything of a body in one archive, for whoever takes it over: papers, tables, files, and an index of them all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.base import File
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.coordination import plan_book
from sutura.coordination.bulletins import paper_of
from sutura.coordination.documents import as_docx
from sutura.coordination.models import Body, Evidence, Meeting, PlanVersion, Publication, Scan, Terms
from sutura.coordination.pages.terms import paper as terms_paper
from sutura.coordination.papers import Paper, minutes_paper
from sutura.coordination.tables import tables
from sutura.library.models import Version
from sutura.ui.wording import language


@dataclass(frozen=True)
class Entry:
    """One file of the archive: where it lies, what it is, and how it is made; kept ones are copied piece by piece."""

    path: str
    label: str
    made: Callable[[], bytes] | None = None
    kept: File | None = None


@dataclass
class Section:
    """One folder of the archive, as the index tells it."""

    title: str
    entries: list[Entry] = field(default_factory=list)


def pack(body: Body, user: Any) -> IO[bytes]:
    """The archive, in a file of its own that goes with its last reader; one entry at a time is in memory."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed over open
    sections, missing = contents(body, user), []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for section in sections:
            for entry in list(section.entries):
                if not _written(archive, entry):
                    section.entries.remove(entry)
                    missing.append(entry)
        shown = {"body": body, "sections": sections, "missing": missing, "day": timezone.localdate()}
        archive.writestr("index.html", render_to_string("coordination/handover_index.html", shown))
    out.seek(0)
    return out


def name_of(body: Body, day: date) -> str:
    """What the archive is called."""
    return f"{body.acronym}-passation-{day.isoformat()}.zip"


def contents(body: Body, user: Any) -> list[Section]:
    """What there is to hand over, as far as this person may read it; nothing is made yet."""
    return [
        section
        for section in (
            Section(_("Tables"), list(_tables(body, user))),
            Section(_("Terms of reference"), list(_terms(body, user))),
            Section(_("Minutes and signed sheets"), list(_meetings(body, user))),
            Section(_("Action plans"), list(_plans(body, user))),
            Section(_("Bulletins and reports"), list(_publications(body, user))),
            Section(_("What proves that recommendations are done"), list(_evidence(body, user))),
            Section(_("Documents of the library"), list(_documents(body, user))),
        )
        if section.entries
    ]


def _written(archive: ZipFile, entry: Entry) -> bool:
    """Write one entry; one whose file is not on this server is told in the index."""
    if entry.made is not None:
        archive.writestr(entry.path, entry.made())
        return True
    assert entry.kept is not None
    try:
        kept = entry.kept.open("rb")
    except FileNotFoundError:
        return False
    with kept, archive.open(entry.path, "w", force_zip64=True) as target:
        shutil.copyfileobj(kept, target)
    return True


def _terms(body: Body, user: Any) -> Iterator[Entry]:
    for each in Terms.objects.visible_to(user).of_body(body).select_related("body"):
        label = f"{_('Version %(n)s') % {'n': each.version}}, {each.get_stage_display()}"
        yield Entry(f"termes/{body.acronym}-tdr-v{each.version}.docx", label, _docx(terms_paper, each))


def _meetings(body: Body, user: Any) -> Iterator[Entry]:
    found = Meeting.objects.visible_to(user).of_body(body).held()
    for each in found.select_related("body", "chaired_by", "minuted_by"):
        yield Entry(f"reunions/{each.ref}-pv.docx", str(each.ref), _docx(minutes_paper, each))
    for scan in Scan.objects.visible_to(user).filter(meeting__body=body).select_related("meeting"):
        yield Entry(
            f"reunions/{scan.file_name}",
            _("%(ref)s, signed sheet") % {"ref": scan.meeting.ref},
            kept=scan.file,
        )


def _plans(body: Body, user: Any) -> Iterator[Entry]:
    """Every version which was validated, as its workbook."""
    found = PlanVersion.objects.visible_to(user).of_body(body).exclude(validated_on=None)
    for each in found.select_related("plan__body", "plan__document").order_by("plan_id", "number"):
        label = f"{each.plan}, {_('Version %(n)s') % {'n': each.number}}"
        name = f"{body.acronym}-plan-{each.plan_id}-v{each.number}.xlsx"
        yield Entry(f"plans/{name}", label, partial(plan_book.as_xlsx, each, today=timezone.localdate()))


def _publications(body: Body, user: Any) -> Iterator[Entry]:
    found = Publication.objects.visible_to(user).of_body(body).exclude(edition=None)
    for each in found.select_related("body", "edition"):
        name = f"{body.acronym}-{each.kind}-{each.number:02d}.docx"
        yield Entry(f"publications/{name}", str(each), _docx(partial(paper_of, language=language()), each))


def _evidence(body: Body, user: Any) -> Iterator[Entry]:
    lines = Evidence.objects.visible_to(user).standing().filter(recommendation__body=body).exclude(file="")
    for line in lines.select_related("recommendation"):
        yield Entry(f"preuves/{line.file_name}", line.recommendation.ref, kept=line.file)


def _documents(body: Body, user: Any) -> Iterator[Entry]:
    """Those that are its own, and those that went to it by name."""
    named = Q(disseminations__body__in=[body.acronym, body.name_fr, body.name_en])
    found = (
        Version.objects.visible_to(user)
        .filter(Q(document__bodies__body=body) | named)
        .exclude(file="")
        .distinct()
    )
    for each in found.select_related("document").order_by("document__title", "-number"):
        name = f"document-{each.public_id.hex[:8]}.{each.ending}"
        yield Entry(f"bibliotheque/{name}", f"{each.document.title}, v{each.number}", kept=each.file)


def _docx(paper: Callable[[Any], Paper], record: Any) -> Callable[[], bytes]:
    """How a Word document of a record is made, once its turn has come."""
    return lambda: as_docx(paper(record))


def _tables(body: Body, user: Any) -> Iterator[Entry]:
    for table in tables(body, user):
        yield Entry(f"{table.name}.xlsx", table.title, table.made)
