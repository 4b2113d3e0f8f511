"""Points 11 and 12: a year of a body ends; Mariam writes what it taught, Fatou makes its bulletin, all may read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from sutura.coordination.models import Body, Card, Edition, Publication
from sutura.coordination.services import meetings, minutes
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.test_body import a_body
from tests.journeys.walking import PHONE


@pytest.fixture
def body(people: dict[str, Account]) -> Body:
    """A group of Mopti with one meeting whose minutes are validated."""
    by, found = machine("demo"), a_body(people)
    seat = found.memberships.get()
    day = timezone.localdate() - timedelta(days=20)
    planned = meetings.plan_meeting(body=found, planned_on=day, by=by)
    held = meetings.open_minutes(meeting=planned, held_on=day, chaired_by=seat.organisation, by=by)
    came = {"presence": "present", "women": 2, "men": 1}
    minutes.write_attendance(meeting=held, organisation=seat.organisation, said=came, by=by)
    item = held.items.get(position=1)
    said = {"discussion": "Dit (inventé).", "decisions": ""}
    minutes.write_point(item=item, version=item.version, said=said, by=by)
    meetings.validate_minutes(meeting=held, by=by)
    return found


def test_point_11_a_bulletin_from_its_figures_to_the_archive(
    walk: Walk, body: Body, album: Path, tmp_path: Path
) -> None:
    fatou, kadidia, mariam, oumar = walk("fatou"), walk("kadidia"), walk("mariam", PHONE), walk("oumar")
    fatou.go("coordination:body", body.public_id)
    fatou.follow("Tableau de bord")
    fatou.look(album / "dashboard.png")
    fatou.page.locator(".figure-number a").first.click()
    assert fatou.heading() == "Réunions tenues"
    assert fatou.sees("1 sur 1", "GT-MOPTI")
    fatou.look()
    fatou.go("coordination:attendance_matrix", body.public_id)
    fatou.look(album / "attendance.png")
    assert [oumar.go(f"coordination:{name}", body.public_id) for name in ("dashboard", "publications")] == [
        403
    ] * 2

    fatou.go("coordination:publications", body.public_id)
    fatou.follow("Nouvelle publication")
    fatou.page.get_by_label("En quelques mots").fill("Un mois calme (inventé).")
    last = fatou.page.get_by_label("Au", exact=True).input_value()
    fatou.page.get_by_label("Au", exact=True).fill("2020-01-01")
    fatou.press("Voir le brouillon")
    assert fatou.sees("La fin est avant le début : changez l’un des deux jours.")
    assert fatou.page.get_by_label("En quelques mots").input_value() == "Un mois calme (inventé)."
    fatou.page.get_by_label("Au", exact=True).fill(last)
    fatou.press("Voir le brouillon")
    made = Publication.objects.get()
    assert fatou.sees("une autre personne qui tient cette instance", "Un mois calme (inventé).")
    assert mariam.go("coordination:publication", made.public_id) == 404
    kadidia.go("coordination:publication", made.public_id)
    kadidia.press("Valider : plus rien n’y changera".replace(" :", "\u202f:"))
    assert Edition.objects.get().validated_by.username == "kadidia"
    kadidia.look(album / "bulletin.png")
    mariam.go("coordination:publication", made.public_id)
    assert mariam.sees("Un mois calme (inventé).", "Validé le")
    mariam.look(album / "bulletin-phone.png")

    fatou.go("coordination:hand_over", body.public_id)
    fatou.look(album / "handover.png")
    with fatou.page.expect_download() as taken:
        fatou.page.get_by_role("button", name="Prendre l’archive").click()
    taken.value.save_as(tmp_path / "archive.zip")
    assert "publications/GT-MOPTI-bulletin-01.docx" in ZipFile(tmp_path / "archive.zip").namelist()


def test_point_12_a_card_from_a_phone_to_the_report(walk: Walk, body: Body, album: Path) -> None:
    mariam, fatou, oumar = walk("mariam", PHONE), walk("fatou"), walk("oumar")
    mariam.go("coordination:cards")
    mariam.follow("Nouvelle fiche")
    mariam.page.get_by_label("Pour quelle instance ?").select_option(label=str(body))
    mariam.page.get_by_label("Titre").fill("Cercles du marché (inventé)")
    mariam.page.get_by_label("De qui est ce travail ?").select_option(index=1)
    mariam.page.get_by_label("Contexte").fill("Les femmes ne venaient pas (inventé).")
    mariam.page.get_by_label("Ce qui a été fait").fill("Le jour du marché (inventé).")
    mariam.press("Envoyer")
    assert mariam.sees("Dites ce qui le montre, ou choisissez un document de la bibliothèque.")
    mariam.page.get_by_label("Ce qui le montre").fill("Registre (inventé).")
    mariam.press("Envoyer")
    mariam.look(album / "card-phone.png")
    card = Card.objects.get()
    assert oumar.go("coordination:card", card.public_id) == 403

    fatou.go("coordination:cards")
    fatou.follow("Cercles du marché (inventé)")
    fatou.follow("Valider")
    fatou.press("Valider")
    fatou.follow("Noter l’accord")
    fatou.page.get_by_label("Qui est d’accord pour qu’on le raconte ?").fill("La cheffe de projet (fictive)")
    fatou.page.get_by_label("Quel jour ?").fill(timezone.localdate().isoformat())
    fatou.press("Noter l’accord")
    fatou.look(album / "card.png")
    fatou.go("coordination:publication_new", body.public_id)
    fatou.page.get_by_label("Rapport de capitalisation").check()
    fatou.press("Voir le brouillon")
    assert fatou.sees("Cercles du marché (inventé)", "Sans thème · Tout le pays")
    fatou.look(album / "capitalisation.png")
