"""Point 1: Fatou keeps a body, its seats and its liaison; its terms are commented, validated twice, and rewritten.

Where each point of the working groups' cycle has its journey: 1 here, 2 test_meeting, 3 and 4 test_recommendation,
5 and 10 test_plan, 6 and 9 test_work, 7 test_library, 8 test_partners, 11 and 12 test_figures.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone

from sutura.coordination.models import Body, Terms
from sutura.coordination.services import bodies
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def a_body(people: dict[str, Account]) -> Body:
    """A group of Mopti in which Mariam sits."""
    by = machine("demo")
    body = bodies.open_body(
        by=by, kind="working_group", name_fr="Groupe de Mopti (inventé)", acronym="GT-MOPTI", level="regional",
        region="ML05",
    )  # fmt: skip
    organisation = add_organisation(by=by, name="ONG fictive", acronym="OF", kind="nngo")
    bodies.add_member(
        body=body, organisation=organisation, starts_on=date(2026, 1, 1), account=people["mariam"], by=by
    )
    return body


def write(fatou: Walker, text: str) -> None:
    """Write the tasks of the body."""
    fatou.page.get_by_role("link", name="Écrire Tâches").click()
    fatou.page.get_by_label("Texte").fill(text)
    fatou.press("Enregistrer")


def seat_and_tie(fatou: Walker) -> None:
    """The same organisation twice is refused with everything typed; then somebody keeps up with a cluster."""
    fatou.follow("Ajouter un membre")
    fatou.page.get_by_label("Organisation").select_option(label="OF – ONG fictive")
    fatou.page.get_by_label("Titulaire").fill("Une cheffe de bureau (inventée)")
    fatou.page.get_by_label("Du", exact=True).fill("2026-02-01")
    fatou.press("Enregistrer")
    assert fatou.sees("Cette organisation siège déjà ici", "Mettez d’abord fin à ce siège")
    assert fatou.page.get_by_label("Titulaire").input_value() == "Une cheffe de bureau (inventée)"
    fatou.follow("Ne rien changer")
    fatou.follow("Nommer une liaison")
    fatou.page.get_by_label("Autre instance").fill("Un cluster inventé")
    fatou.page.get_by_label("Personne de liaison", exact=True).fill("Une déléguée (inventée)")
    fatou.page.get_by_label("Organisation").select_option(label="OF – ONG fictive")
    fatou.page.get_by_label("Du", exact=True).fill("2026-02-01")
    fatou.press("Enregistrer")
    assert fatou.sees("Un cluster inventé", "Une déléguée (inventée)")


def test_point_1_a_body_its_members_its_liaison_and_its_terms(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    body, today = a_body(people), timezone.localdate().isoformat()
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    fatou.go("coordination:body", body.public_id)
    seat_and_tie(fatou)
    fatou.press("Nouvelle version")
    write(fatou, "Trier les alertes chaque mois (inventé).")
    fatou.follow("Ouvrir aux commentaires")
    fatou.page.get_by_label("Au", exact=True).fill(today)
    fatou.press("Enregistrer")
    terms = Terms.objects.get()
    assert oumar.go("coordination:terms_version", terms.public_id) == 403

    mariam.go("coordination:terms_version", terms.public_id)
    mariam.page.get_by_role("link", name="Commenter Tâches").click()
    mariam.page.get_by_label("Ce qui devrait changer").fill("Plutôt chaque semaine (inventé).")
    mariam.press("Envoyer")
    assert mariam.sees("Plutôt chaque semaine (inventé).")
    mariam.look(album / "terms-phone.png")

    fatou.go("coordination:terms_version", terms.public_id)
    fatou.follow("Décider de ce commentaire")
    fatou.page.get_by_label("rejeté").check()
    fatou.press("Décider")
    assert fatou.sees("Dites pourquoi.")
    fatou.page.get_by_label("Réponse").fill("Les moyens manquent (inventé).")
    fatou.press("Décider")
    for validation, authority in (
        ("technique", "Le groupe (inventé)"),
        ("politique", "Une direction (inventée)"),
    ):
        fatou.follow(f"Noter la validation {validation}")
        fatou.page.get_by_label("Par quelle autorité").fill(authority)
        fatou.press("Enregistrer")
    fatou.look(album / "terms-laptop.png")

    fatou.go("coordination:body", body.public_id)
    fatou.press("Nouvelle version")
    write(fatou, "Trier les alertes chaque semaine (inventé).")
    fatou.follow("Ce qui a changé")
    assert (fatou.page.locator("del").inner_text(), fatou.page.locator("ins").inner_text()) == (
        "mois",
        "semaine",
    )
    fatou.look(album / "terms-difference-laptop.png")
    mariam.go("coordination:body", body.public_id)
    mariam.look(album / "body-terms-phone.png")
