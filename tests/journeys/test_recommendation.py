"""Points 3 and 4: from a need to its proof by an organisation without account; a need answered, and its theme."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from sutura.coordination.models import Need, Recommendation, Theme
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


def test_point_3_from_a_need_to_its_proof(walk: Walk, people: dict[str, Account], album: Path) -> None:
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


def test_point_4_a_need_is_answered_by_a_reason_and_its_theme_followed(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    open_a_body(people)
    fatou, mariam = walk("fatou"), walk("mariam", PHONE)
    fatou.go("coordination:themes")
    fatou.follow("Nouveau thème")
    fatou.page.get_by_label("Nom en français").fill("Prévention du suicide (inventé)")
    fatou.press("Ajouter")
    theme = Theme.objects.get()
    mariam.go("coordination:need_new")
    mariam.page.get_by_label("Remonté à").select_option(label="Cadre inventé")
    mariam.page.get_by_label("Que manque-t-il ?").fill("Personne à qui parler (inventé).")
    mariam.page.get_by_label("Comment le sait-on ?").fill("Visite inventée")
    mariam.page.get_by_label("Thème").select_option(label="Prévention du suicide (inventé)")
    mariam.press("Le remonter")
    assert mariam.page.locator(".wrong").count() > 0
    assert mariam.page.get_by_label("Que manque-t-il ?").input_value() == "Personne à qui parler (inventé)."
    mariam.page.get_by_label("Région").select_option(label="Mopti")
    mariam.press("Le remonter")
    need = Need.objects.get()

    fatou.go("coordination:themes")
    assert fatou.sees("Prévention du suicide (inventé)", "personne n’y travaille")
    fatou.look(album / "themes.png")
    fatou.go("coordination:partner_new", theme.public_id)
    fatou.page.get_by_label("Organisation").select_option(label="OSF – ONG Sahel fictive")
    fatou.press("Ajouter")
    assert fatou.sees("ONG Sahel fictive", "Personne à qui parler (inventé).")
    fatou.go("coordination:need", need.public_id)
    fatou.press("Noter qu’il a été examiné")
    fatou.press("Enregistrer la réponse")
    assert fatou.sees("Choisissez la recommandation qui y répond, ou dites pourquoi il n’y en a pas.")
    fatou.page.get_by_label("Ou pourquoi n’y en a-t-il pas ?").fill("Un service ouvre en mai (inventé).")
    fatou.press("Enregistrer la réponse")
    mariam.go("coordination:need", need.public_id)
    assert mariam.sees("Un service ouvre en mai (inventé).")
    fatou.press("Clore le besoin")
    fatou.go("coordination:needs")
    assert fatou.sees("Aucun besoin n’attend de réponse")
    need.refresh_from_db()
    assert need.state == "closed"
