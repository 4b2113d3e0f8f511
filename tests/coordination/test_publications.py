"""Bulletins and capitalisation reports: drafted, validated by another person, and never changed again."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.coordination.bulletins import content_of, paper_of
from sutura.coordination.documents import as_docx
from sutura.coordination.models import Edition, Meeting, Publication
from sutura.coordination.services import cards, meetings, minutes, needs
from sutura.coordination.services import publications as services
from sutura.people.models import Account
from tests.coordination.asked import adopted, day
from tests.coordination.conftest import Room
from tests.coordination.test_dashboard import met
from tests.coordination.test_papers import as_pdf, columns_at, words_of
from tests.people import cast

SAID = {"discussion": "Dit.", "decisions": ""}


@pytest.fixture
def second(db: None) -> Account:
    """Another person who keeps bodies everywhere."""
    return cast("aissata", "coordinator")


@pytest.fixture
def held(room: Room, fatou: Account) -> list[Meeting]:
    """Two meetings chaired by the State service; the minutes of the first alone are validated."""
    found = [met(room, fatou, -60, chair=room.state), met(room, fatou, -30, chair=room.state)]
    item = found[0].items.first()
    assert item is not None
    minutes.write_point(item=item, version=item.version, said=SAID, by=fatou)
    meetings.validate_minutes(meeting=found[0], by=fatou)
    return found


def draft(room: Room, by: Account, **more: Any) -> Publication:
    """A bulletin of the last hundred days."""
    said = {"kind": "bulletin", "first": day(-100), "last": day(0), "words": "Trois points à retenir."}
    return services.draft_publication(body=room.framework, by=by, **(said | more))


def frozen(publication: Publication, by: Account) -> Edition:
    """It is validated as it stands."""
    seen = services.fingerprint(content_of(publication))
    return services.validate_publication(publication=publication, seen=seen, by=by)


def cells(publication: Publication, heading: str, language: str = "fr") -> list[tuple[str, ...]]:
    """The rows of a part of its paper."""
    (part,) = [part for part in paper_of(publication, language).parts if part.heading == heading]
    return [tuple(row) for block in part.blocks for row in block.rows]  # type: ignore[union-attr]


def test_a_stranger_neither_reads_nor_writes(
    client: Client, room: Room, fatou: Account, held: Any, oumar: Account
):
    made = draft(room, fatou)
    body = room.framework.public_id
    urls = [
        *(
            reverse(f"coordination:{name}", args=[made.public_id])
            for name in ("publication", "publication_file", "publication_pdf")
        ),
        reverse("coordination:publications", args=[body]),
    ]
    for person, statuses in (
        (room.stranger, [404] * 4), (oumar, [403] * 4), (room.member, [404, 404, 404, 200]), (fatou, [200] * 4)
    ):  # fmt: skip
        client.force_login(person)
        assert [client.get(url).status_code for url in urls] == statuses
    client.force_login(room.stranger)
    for name in ("change", "validate", "drop"):
        assert (
            client.post(reverse(f"coordination:publication_{name}", args=[made.public_id])).status_code == 404
        )
    for act in (lambda: draft(room, room.stranger), lambda: draft(room, room.member)):
        with pytest.raises(NotAllowed):
            act()
    assert Publication.objects.count() == 1


def test_a_draft_is_the_keepers_and_what_is_validated_the_members(
    room: Room, fatou: Account, second: Account, held: Any
):
    made = draft(room, fatou)
    assert [list(Publication.objects.visible_to(one)) for one in (fatou, room.member, room.stranger)] == [
        [made],
        [],
        [],
    ]
    frozen(made, second)
    assert [list(Publication.objects.visible_to(one)) for one in (room.member, room.stranger)] == [[made], []]
    assert [Edition.objects.visible_to(one).count() for one in (room.member, room.stranger)] == [1, 0]


def test_whoever_wrote_it_does_not_validate_it(room: Room, fatou: Account, second: Account, held: Any):
    made = draft(room, fatou)
    services.change_publication(publication=made, first=made.first, last=made.last, words="Relu.", by=second)
    for writer in (fatou, second):
        with pytest.raises(NotAllowed, match="une autre personne"):
            frozen(Publication.objects.get(), writer)
    assert not Edition.objects.exists()


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    room: Room, fatou: Account, second: Account, held: Any
):
    made = draft(room, fatou)
    seen = services.fingerprint(content_of(made))
    adopted(room, fatou, due=-5)
    with pytest.raises(Invalid, match="regardez à nouveau"):
        services.validate_publication(publication=made, seen=seen, by=second)


def test_only_validated_minutes_count(room: Room, fatou: Account, held: list[Meeting]):
    made = draft(room, fatou)
    told = {row[0]: row[1:3] for row in cells(made, "Qui porte cette instance")}
    assert told["Réunions tenues"] == ("50\u00a0%", "1 sur 2")
    assert told["Présidées par les services de l’État"] == ("100\u00a0%", "1 sur 1")
    assert [row[1] for row in cells(made, "Réunions dont le procès-verbal est validé")] == [str(room.state)]
    assert (
        dict(paper_of(made, "fr").facts)["Laissées de côté"]
        == "1 réunion dont le procès-verbal n’est pas validé"
    )


def test_what_is_validated_never_changes(room: Room, fatou: Account, second: Account, held: list[Meeting]):
    made = draft(room, fatou)
    edition = frozen(made, second)
    before = {language: paper_of(made, language) for language in ("fr", "en")}
    adopted(room, fatou, due=-5)
    item = held[1].items.first()
    assert item is not None
    minutes.write_point(item=item, version=item.version, said=SAID, by=fatou)
    meetings.validate_minutes(meeting=held[1], by=fatou)
    again = Publication.objects.get()
    assert {language: paper_of(again, language) for language in before} == before
    assert hashlib.sha256(edition.content.encode()).hexdigest() == edition.sha256
    assert json.loads(edition.content)["fr"]["title"] == "Bulletin n°\u00a01"
    with pytest.raises(Invalid, match="ne change plus"):
        services.change_publication(publication=again, first=made.first, last=made.last, words="x", by=fatou)
    with pytest.raises(Invalid, match="ne change plus"):
        services.drop_publication(publication=again, by=fatou)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_edition SET content = ''")
    entry = Entry.objects.get(act="coordination.validate_publication")
    assert (entry.actor, entry.fields) == (second.username, edition.sha256[:12])


def test_days_that_cannot_be_are_refused_and_nothing_typed_is_lost(
    client: Client, room: Room, fatou: Account
):
    client.force_login(fatou)
    url = reverse("coordination:publication_new", args=[room.framework.public_id])
    typed = {"kind": "bulletin", "first": day(0), "last": day(-9), "words": "À garder."}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert (answer.status_code, "À garder." in page) == (422, True)
    assert "La fin est avant le début" in page
    assert client.post(url, typed | {"last": day(0)}).status_code == 302
    assert "Il y a déjà un brouillon" in client.post(url, typed | {"last": day(0)}).content.decode()


def test_a_draft_is_validated_in_the_browser(
    client: Client, room: Room, fatou: Account, second: Account, held: Any
):
    made = draft(room, fatou)
    validate = reverse("coordination:publication_validate", args=[made.public_id])
    client.force_login(fatou)
    own = client.get(made.get_absolute_url())
    assert (own.context["wrote"], validate in own.content.decode()) == (True, False)
    client.force_login(second)
    seen = client.get(made.get_absolute_url()).context["seen"]
    client.post(validate, {"seen": "autre chose"})
    assert not Edition.objects.exists()
    client.post(validate, {"seen": seen})
    assert Edition.objects.get().validated_by == second
    document = WordDocument(
        BytesIO(client.get(reverse("coordination:publication_file", args=[made.public_id])).content)
    )
    assert document.paragraphs[1].text == "Bulletin n°\u00a01"
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == ["Chiffre", "Valeur", "Compté", "Ce que cela veut dire"]
    wide = [column.width.cm for column in document.tables[0].columns if column.width is not None]
    assert [round(width, 1) for width in wide] == [4.2, 2.1, 3.1, 8.0]
    printed = client.get(reverse("coordination:publication_pdf", args=[made.public_id])).content
    assert printed.startswith(b"%PDF-")


def a_card(room: Room, by: Account, title: str, **more: Any) -> Any:
    """A card of the NGO."""
    said = {
        "kind": "practice", "title": title, "context": "À Mopti.", "action": "Des cercles de parole.",
        "evidence": "Rapport.", "organisation": room.ngo, "consent_by": "Le directeur (fictif)",
        "consent_on": day(-1),
    }  # fmt: skip
    return cards.write_card(body=room.framework, by=by, **(said | more))


def test_a_report_tells_the_cards_which_are_validated_and_agreed_to(
    room: Room, fatou: Account, second: Account
):
    theme = needs.add_theme(name_fr="Deuil", by=fatou)
    told = a_card(room, room.member, "Cercles", theme=theme, region="ML05")
    silent = a_card(room, room.member, "Sans accord", consent_by="", consent_on=None)
    a_card(room, room.member, "À relire")
    old = a_card(room, room.member, "Ancienne", written_on=day(-300))
    elsewhere = cards.write_card(
        body=room.group, kind="lesson", title="Du groupe", context="x", action="x", evidence="x",
        organisation=room.ngo, consent_by="x", consent_on=day(-1), by=room.member,
    )  # fmt: skip
    for card in (told, silent, old, elsewhere):
        cards.validate_card(card=card, by=fatou)
    made = draft(room, fatou, kind="learning", words="")
    paper = paper_of(made, "fr")
    assert [part.heading for part in paper.parts] == ["Deuil · ML05"]
    (block,) = paper.parts[0].blocks
    assert [row[0].splitlines()[1] for row in block.rows] == ["Cercles"]  # type: ignore[union-attr]
    frozen(made, second)
    cards.end_consent(card=told, why="Le directeur est parti.", by=fatou)
    assert paper_of(Publication.objects.get(), "fr").parts == paper.parts
    following_report = draft(room, fatou, kind="learning", words="")
    assert (following_report.number, paper_of(following_report, "fr").parts) == (2, [])


@pytest.mark.office
def test_libreoffice_reads_the_bulletin(
    room: Room, fatou: Account, second: Account, held: Any, tmp_path: Path
):
    made = draft(room, fatou)
    frozen(made, second)
    source = tmp_path / "bulletin.docx"
    source.write_bytes(as_docx(paper_of(Publication.objects.get(), "fr")))
    pdf = as_pdf(source)
    words = words_of(pdf)
    wanted = ["Bulletin n° 1", "Trois points à retenir.", "Réunions tenues 50 % 1 sur 2", "Validé le"]
    assert [text for text in wanted if text not in words] == []
    assert columns_at(pdf, "Compté") == [24, 12, 18, 46]
