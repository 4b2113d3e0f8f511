"""Invented documents: what the bodies produced, to whom it went, and what is done with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.files.base import ContentFile

from sutura.coordination.models import Body
from sutura.coordination.services import links
from sutura.library import services
from sutura.library.models import Document, Version
from sutura.partners.models import Organisation
from sutura.people.models import Account


class Written(NamedTuple):
    """One document: its facts, the stages it reached, who received it, who uses it and where."""

    facts: dict[str, Any]
    stages: tuple[str, ...]
    sent: tuple[str, ...] = ()
    used: tuple[tuple[str, str, str], ...] = ()


DIRECTION = "Direction nationale inventée"
WRITTEN = (
    Written(
        {"kind": "framework", "title": "Cadre opérationnel SMSPS (inventé)", "issuer": DIRECTION,
         "axis": "Axe 1 – Coordination", "theme": "Coordination", "layers": ("L1", "L2", "L3", "L4"),
         "summary": "Qui fait quoi en santé mentale et soutien psychosocial, du village à l’hôpital.",
         "access": "public"},
        ("technical",), ("DNI", "IFS", "OTE"),
    ),
    Written(
        {"kind": "module", "title": "Module communautaire de soutien psychosocial (inventé)", "issuer": "IFS",
         "axis": "Axe 3 – Capacités", "theme": "Premiers secours psychologiques", "layers": ("L2", "L3"),
         "summary": "Trois jours pour les relais : écouter, apaiser, orienter sans interroger l’enfant."},
        ("technical", "political", "adopted"), ("AJI", "OTE", "CHF"),
        (("AJI", "ML05", "Deux sessions de relais à Mopti."), ("OTE", "ML07", "Traduit à l’oral à Gao.")),
    ),
    Written(
        {"kind": "tool", "title": "Fiche d’écoute d’un espace ami des enfants (inventée)", "issuer": "AJI",
         "theme": "Écoute", "layers": ("L2",), "region": "ML05", "summary": "Une page, sans nom d’enfant."},
        (), ("IFS",),
    ),
    Written(
        {"kind": "report", "title": "Atelier régional de Mopti : recommandations (inventé)", "issuer": DIRECTION,
         "theme": "Prévention des addictions", "region": "ML05", "layers": ("L3",)},
        ("technical",),
    ),
)  # fmt: skip


def shelve(*, cast: dict[str, Account], today: date) -> None:
    """Fill the library."""
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    for number, written in enumerate(WRITTEN):
        document = keep(written, known, today - timedelta(days=200 - 30 * number), by=cast["fatou"])
        body = Body.objects.get(acronym="GT-MOPTI" if document.region else "CCT")
        links.add_document(body=body, document=document, by=cast["fatou"])


def keep(written: Written, known: dict[str, Organisation], day: date, *, by: Account) -> Document:
    """One document, its file, and its way."""
    facts = {"language": "fr", "year": day.year, **written.facts}
    document = services.add_document(by=by, **facts)
    version = services.add_version(document=document, dated_on=day, file=paper(), by=by)
    for step, stage in enumerate(written.stages, start=1):
        reached = day + timedelta(days=10 * step)
        services.validate_version(
            version=version, stage=stage, authority=DIRECTION, reached_on=reached, by=by
        )
    for acronym in written.sent:
        send(version, known[acronym], day + timedelta(days=40), acknowledged=acronym != "OTE", by=by)
    for acronym, region, how in written.used:
        services.note_use(
            document=document, organisation=known[acronym], region=region, how=how, by=by,
            used_on=day + timedelta(days=80), evidence="Rapport de session (inventé).",
        )  # fmt: skip
    return document


def send(version: Version, organisation: Organisation, day: date, *, acknowledged: bool, by: Account) -> None:
    """It goes out at a meeting; not everybody says that it arrived."""
    sent = services.disseminate(
        version=version, organisation=organisation, sent_on=day, channel="meeting", by=by
    )
    if acknowledged:
        services.acknowledge(
            dissemination=sent, acknowledged_on=day + timedelta(days=2), acknowledged_by="Le bureau (inventé)", by=by
        )  # fmt: skip


def paper() -> ContentFile:
    """An empty page, as a PDF."""
    return ContentFile(PAGE, name="document.pdf")


PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
