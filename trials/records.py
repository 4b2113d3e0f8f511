"""What a monitor saves while the machine fails, and how one sees afterwards that all of it is there, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SHAPE = (3, 5)  # violations and victims of an incident
PAPER = b"%PDF-1.4 " + b"invented " * 600


class Monitor:
    """Awa at work: each act is acknowledged by its reference, once the service has answered."""

    def __init__(self, first: int = 0) -> None:
        from sutura.people.models import Account
        from sutura.places.models import Unit

        self.awa = Account.objects.get(username="awa")
        self.mopti = Unit.objects.get(code="ML05")
        self.number = first

    def acts(self) -> Iterator[str]:
        """One act a step, for ever: an incident of nine records, a paper with it, a violation taken out."""
        from django.core.files.base import ContentFile

        from bench.bundles import three_and_five
        from sutura.incidents.services import add_attachment, open_incident, void_violation

        while True:
            self.number += 1
            incident = open_incident(bundle=three_and_five(self.mopti, self.number), by=self.awa)
            yield f"incident {incident.ref}"
            file = ContentFile(PAPER, name="paper.pdf")
            kept = add_attachment(incident=incident, file=file, by=self.awa, kind="document")
            yield paper(Path(kept.file.path), kept.file.name or "")
            violation = incident.violations.order_by("pk")[0]
            void_violation(violation=violation, by=self.awa, why="Invented.")
            yield f"void {violation.ref}"


def faults(acknowledged: Iterable[str], files: Path, shape: tuple[int, int] = SHAPE) -> list[str]:
    """What is wrong with the database as it now is: something lost, something half there, figures that do not hold."""
    from django.db import connection

    from sutura.incidents.booking import all_lines
    from sutura.ledger.services import verify

    with connection.cursor() as cursor:
        whole = cursor.execute("PRAGMA integrity_check").fetchall()
    found = [] if whole == [("ok",)] else [f"the database is broken: {whole[:1]}"]
    found += [f"lost: {one}" for one in sorted(set(acknowledged) - set(there(files)))]
    found += [f"lost: {one}" for one in unkept(files)]
    found += list(halves(shape))
    return found + [f"ledger: {fault}" for fault in verify(all_lines()).faults]


def there(files: Path) -> Iterator[str]:
    """Every act that can be read back, told as it was acknowledged."""
    from sutura.incidents.models import Attachment, Incident, Violation

    for ref in Incident.objects.values_list("ref", flat=True):
        yield f"incident {ref}"
    for ref in Violation.objects.exclude(voided_reason="").values_list("ref", flat=True):
        yield f"void {ref}"
    for name in Attachment.objects.values_list("file", flat=True):
        if (files / name).is_file():
            yield paper(files / name, name)


def paper(path: Path, name: str) -> str:
    """A paper as it lies: sealed, so that nobody here can read it, and known by what it is to the last byte."""
    return f"paper {name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def unkept(files: Path) -> Iterator[str]:
    """Papers that a record names, also when nobody was told so, of which the file is not there or not whole."""
    from sutura.incidents.models import Attachment
    from sutura.security.files import sealed_size

    for name, size in Attachment.objects.values_list("file", "size"):
        path = files / name
        if not path.is_file() or path.stat().st_size != sealed_size(size):
            yield f"paper {name}"


def halves(shape: tuple[int, int]) -> Iterator[str]:
    """Incidents that are there in part: records, versions and the log belong together."""
    from django.db.models import Count

    from sutura.audit.models import Entry
    from sutura.incidents.models import Attachment, Incident, Violation

    counted = Incident.objects.annotate(
        violated=Count("violations", distinct=True), harmed=Count("victims", distinct=True)
    )
    for ref, violated, harmed in counted.values_list("ref", "violated", "harmed"):
        if (violated, harmed) != shape:
            yield f"half an incident: {ref}"
    voided = Violation.objects.exclude(voided_reason="").count()
    count = {model: model.objects.count() for model in (Incident, Violation, Attachment)}
    wanted: dict[str, Any] = {
        "incidents.open_incident": count[Incident],
        "incidents.add_attachment": count[Attachment],
        "incidents.void_violation": voided,
    }
    for act, number in wanted.items():
        logged = Entry.objects.filter(act=act).count()
        if logged != number:
            yield f"the log tells {logged} {act}, there are {number}"
    for model, versions in ((Incident, count[Incident]), (Attachment, count[Attachment])):
        kept = model.history.filter(history_type="+").count()
        if kept != versions:
            yield f"{versions} {model.__name__}, {kept} first versions"
