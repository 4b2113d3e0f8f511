"""A recommendation from the need of a region to its proof: Fatou, Mariam, and an organisation without account."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from sutura.coordination.models import Need, Recommendation
from sutura.coordination.services import bodies
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def open_a_body(people: dict[str, Account]) -> None:
    """A framework in which Mariam sits for one organisation, and Fatou for another."""
    by, since = machine("demo"), timezone.localdate() - timedelta(days=90)
    body = bodies.open_body(kind="consultation", name_fr="Cadre inventé", acronym="CCT", by=by)
    for name, acronym, account in (
        ("Direction inventée", "DIV", people["fatou"]),
        ("ONG Sahel fictive", "OSF", people["mariam"]),
        ("Association fictive", "ASF", None),
    ):
        organisation = add_organisation(by=by, name=name, acronym=acronym, kind="nngo")
        bodies.add_member(body=body, organisation=organisation, starts_on=since, account=account, by=by)


def raise_a_need(mariam: Walker, album: Path) -> Need:
    mariam.follow("Coordonner")
    mariam.follow("Besoins")
    mariam.follow("Remonter un besoin")
    mariam.page.get_by_label("Remonté à").select_option(label="Cadre inventé")
    mariam.page.get_by_label("Région").select_option(label="Mopti")
    mariam.page.get_by_label("Que manque-t-il ?").fill("Aucun service la nuit (inventé).")
    mariam.page.get_by_label("Comment le sait-on ?").fill("Mission inventée")
    mariam.press("Le remonter")
    mariam.look(album / "need-phone.png")
    return Need.objects.get()


def write_it_down(fatou: Walker, need: Need, album: Path) -> Recommendation:
    fatou.go("coordination:need", need.public_id)
    fatou.look(album / "need-laptop.png")
    fatou.follow("Écrire une recommandation")
    fatou.page.get_by_label("Que recommande-t-on ?").fill("Ouvrir une écoute la nuit (inventé).")
    fatou.page.get_by_label("Organisation responsable").select_option(label="ASF – Association fictive")
    fatou.page.get_by_label("L’instance l’a adoptée").check()
    fatou.press("Enregistrer")
    assert fatou.sees("Donnez le jour avant lequel elle doit être réalisée")
    fatou.look(album / "recommendation-form-laptop.png")
    due = timezone.localdate() + timedelta(days=30)
    fatou.page.get_by_label("À réaliser avant le").fill(due.isoformat())
    fatou.press("Enregistrer")
    found = Recommendation.objects.get()
    fatou.go("coordination:need", need.public_id)
    fatou.page.get_by_label("Par quelle recommandation ?").fill(found.ref)
    fatou.press("Enregistrer la réponse")
    assert fatou.sees("Répondu")
    return found


def hand_out_a_link(fatou: Walker, found: Recommendation, album: Path) -> str:
    fatou.go("coordination:recommendation", found.public_id)
    card = fatou.page.locator("#act-link")
    card.locator("summary").click()
    card.get_by_role("button", name="Créer un lien").click()
    fatou.page.wait_for_load_state()
    address = fatou.page.locator("aside code").inner_text()
    fatou.look(album / "recommendation-link-laptop.png")
    fatou.follow("L’imprimer avec la feuille")
    fatou.look(album / "recommendation-sheet-laptop.png")
    return address


def report_without_an_account(stranger: Walker, address: str, album: Path) -> None:
    stranger.page.goto(address)
    stranger.look(album / "report-link-phone.png")
    stranger.page.get_by_label("Qu’a-t-on fait ?").fill("La ligne est ouverte (inventé).")
    stranger.page.get_by_label("Avancement, en pour cent").fill("100")
    stranger.page.get_by_label("Elle est réalisée").check()
    stranger.press("Envoyer le compte rendu")
    assert stranger.sees("Rien ne le prouve encore")
    stranger.page.get_by_label("Qu’est-ce qui le prouve ?").fill("Affiche et horaires (inventé).")
    stranger.press("Envoyer le compte rendu")
    assert stranger.sees("Merci")
    stranger.page.goto(address)
    assert stranger.sees("Un compte rendu a déjà été envoyé")


def test_from_a_need_to_its_proof(walk: Walk, people: dict[str, Account], album: Path) -> None:
    open_a_body(people)
    fatou, mariam, stranger = walk("fatou"), walk("mariam", PHONE), walk("", PHONE)
    need = raise_a_need(mariam, album)
    found = write_it_down(fatou, need, album)
    report_without_an_account(stranger, hand_out_a_link(fatou, found, album), album)

    # Whoever handed out the link does not close what came by it.
    fatou.go("coordination:recommendation", found.public_id)
    fatou.page.get_by_label("Comment avez-vous constaté").fill("Vu.")
    fatou.press("Elle est vraiment réalisée")
    assert fatou.sees("ou avez remis le lien")

    mariam.go("coordination:recommendation", found.public_id)
    assert mariam.sees("par l’organisation, par un lien")
    mariam.page.get_by_label("Comment avez-vous constaté").fill("J’ai appelé la ligne (inventé).")
    mariam.look(album / "recommendation-verify-phone.png")
    mariam.press("Elle est vraiment réalisée")
    assert mariam.sees("La recommandation est vérifiée.")

    fatou.follow("Recommandations")
    fatou.look(album / "board-laptop.png")
    fatou.page.goto(fatou.page.url + "?show=verified")
    assert fatou.sees(found.ref)
