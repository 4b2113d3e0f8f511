"""Awa, monitor in Mopti, on a phone: an alert is told, she finds it, opens the incident and documents it to the end."""

from __future__ import annotations

from pathlib import Path

from sutura.alerts.models import Alert
from sutura.incidents.booking import all_lines
from sutura.incidents.models import Incident
from sutura.ledger.services import verify
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker

TOLD = "Deux enfants près du puits, un père l’a dit (inventé)."


def send_the_alert(awa: Walker) -> None:
    awa.go("alerts:new")
    awa.look()
    awa.page.get_by_label("Meurtre").check()
    awa.page.get_by_label("En quelques mots").fill(TOLD)
    awa.page.get_by_label("Hier").check()
    awa.page.get_by_label("Commune ou village").fill("Mopti / Sio")
    awa.page.get_by_label("Garçons").fill("2")
    awa.press("Envoyer l’alerte")


def open_the_incident(awa: Walker, alert: Alert) -> None:
    awa.go("alerts:inbox")
    awa.look()
    awa.follow(alert.ref)
    awa.look()
    awa.follow("Ouvrir un incident")
    assert awa.page.get_by_label("Meurtre").is_checked()
    assert awa.page.get_by_label("Commune (facultatif)").input_value() != ""
    awa.look()
    awa.page.get_by_label("Titre").fill("Deux garçons tués près d’un puits (inventé)")
    awa.press("Ouvrir l’incident et continuer")


def count_the_children(awa: Walker) -> None:
    awa.look()
    awa.follow("Modifier V1")
    awa.page.get_by_label("Garçons").fill("2")
    awa.page.get_by_label("Total annoncé").fill("3")
    assert awa.page.locator(".total-line").inner_text().split() == ["Total", "2", "sur", "3"]
    awa.press("Enregistrer")
    assert (
        awa.page.get_by_label("Garçons").input_value() == "2"
    )  # refused in a sentence, nothing typed is lost
    awa.look()
    awa.page.get_by_label("Total annoncé").fill("2")
    awa.press("Enregistrer")
    awa.follow("Remplir les détails V1")
    awa.look()
    awa.page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_from_an_alert_to_a_file_ready_for_verification(walk: Walk, album: Path) -> None:
    awa = walk("awa", PHONE)
    send_the_alert(awa)
    alert = Alert.objects.get()
    assert awa.misses(alert.ref) == []
    open_the_incident(awa, alert)
    incident = Incident.objects.get()
    assert awa.misses(f"{incident.ref} est ouvert.") == []
    count_the_children(awa)

    awa.go("incidents:step", incident.public_id, "victims")
    awa.look()
    awa.page.get_by_label("Garçon", exact=True).check()
    awa.page.get_by_label("Âge au moment des faits").fill("9")
    awa.press("Ajouter une victime")
    assert awa.misses("Garçon, 9 ans") == []

    awa.go("incidents:step", incident.public_id, "perpetrators")
    awa.look()
    awa.page.get_by_label("Pourquoi l’auteur non identifié est tenu pour une partie").fill(
        "Armes de guerre (inventé)."
    )
    awa.press("Ajouter un auteur")

    awa.go("incidents:step", incident.public_id, "sources")
    awa.look()
    awa.page.get_by_label("Primaire : un témoin").check()
    awa.page.get_by_label("Fiabilité de la source").select_option("high")
    awa.page.get_by_label("Crédibilité du propos").select_option("medium")
    awa.press("Ajouter une source")

    awa.go("incidents:step", incident.public_id, "accounts")
    awa.look()
    assert awa.page.get_by_label("Récit restreint").input_value() == ""
    awa.page.get_by_label("Pourquoi l’ouvrez-vous ?").fill("relire avant la vérification")
    awa.press("Ouvrir")
    assert awa.page.get_by_label("Récit restreint").input_value() == TOLD
    awa.page.get_by_label("Récit partageable").fill("Deux garçons tués (inventé).")
    awa.press("Enregistrer et continuer")

    awa.go("incidents:step", incident.public_id, "check")
    awa.look(album / "check-phone.png")
    awa.go("incidents:detail", incident.public_id)
    awa.look(album / "file-phone.png")
    assert awa.misses(incident.ref, "Deux garçons tués (inventé).", "2 (garçons 2)") == []
    awa.go("incidents:sheet", incident.public_id)
    awa.look()
    alert.refresh_from_db()
    assert (alert.state, alert.incident_ref) == ("incident", incident.ref)
    violation = incident.violations.get()
    assert (violation.boys, violation.status, violation.party_label) == (2, "pending", "unidentified")
    assert verify(all_lines()).faults == []
