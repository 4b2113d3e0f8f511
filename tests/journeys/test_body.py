"""Fatou keeps a body: its terms of reference are written, commented by a member, validated twice, and rewritten."""

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


def test_terms_of_reference_in_two_versions(walk: Walk, people: dict[str, Account], album: Path) -> None:
    body, today = a_body(people), timezone.localdate().isoformat()
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    fatou.go("coordination:body", body.public_id)
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
