"""Point 8: Fatou keeps the directory, a project and a support visit; its follow-up is done, and a member reads."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from sutura.partners.models import Organisation, Project, Visit
from sutura.people.models import Account
from tests.journeys.conftest import Walk
from tests.journeys.test_body import a_body
from tests.journeys.test_library import fill
from tests.journeys.walking import PHONE


def test_point_8_an_organisation_its_project_and_the_follow_up_of_a_visit(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    a_body(people)
    today = timezone.localdate()
    fatou, mariam = walk("fatou"), walk("mariam", PHONE)
    fatou.go("partners:new")
    fatou.page.get_by_label("Nature").select_option("state")
    fill(fatou, Nom="ONG fictive", Sigle="SRI")
    fatou.press("Enregistrer")
    assert fatou.sees("L’annuaire a déjà une organisation de ce nom")
    assert fatou.page.get_by_label("Sigle").input_value() == "SRI"
    fill(fatou, Nom="Service régional inventé")
    fatou.press("Enregistrer")
    assert Organisation.objects.filter(acronym="SRI", kind="state").exists()

    fatou.go("partners:project_new")
    fill(fatou, Titre="Écoute au marché (inventé)")
    fatou.page.get_by_label("Du", exact=True).fill("2026-02-01")
    fatou.page.locator("input[name=ends_on]").fill("2026-01-01")
    fatou.page.get_by_label("Chef de file").select_option(label="SRI – Service régional inventé")
    fatou.page.get_by_role("group", name="Qui y participe ?").get_by_label("ONG fictive").check()
    fatou.page.get_by_role("group", name="Régions").get_by_label("Mopti").check()
    fatou.press("Enregistrer")
    assert fatou.sees("La fin est avant le début. Corrigez l’un des deux jours.")
    assert fatou.page.get_by_label("Titre").input_value() == "Écoute au marché (inventé)"
    fatou.page.locator("input[name=ends_on]").fill("2027-01-31")
    fatou.press("Enregistrer")
    fatou.look(album / "project.png")

    fatou.go("partners:visit_new")
    fatou.page.get_by_label("Quelle organisation a été visitée ?").select_option(label="OF – ONG fictive")
    fatou.page.get_by_label("Région").select_option(label="Mopti")
    fatou.page.get_by_label("Quel jour ?").fill((today - timedelta(days=9)).isoformat())
    fatou.page.get_by_label("Qui a visité ?").fill("Le service régional (inventé)")
    fatou.page.get_by_label("Qu’a-t-on constaté ?").fill("Le registre manque (inventé).")
    fatou.page.get_by_label("À suivre avant le").fill((today - timedelta(days=2)).isoformat())
    fatou.press("Enregistrer")
    visit = Visit.objects.get()
    fatou.go("partners:visits")
    assert fatou.sees("OF", "en retard")
    fatou.look(album / "visits.png")
    fatou.go("partners:visit", visit.public_id)
    fatou.page.get_by_label("Qu’a-t-on fait ?").fill("Le registre est ouvert (inventé).")
    fatou.press("Noter")
    assert fatou.sees("fait", "Le registre est ouvert (inventé).")

    mariam.go("partners:project", Project.objects.get().public_id)
    assert mariam.misses("Écoute au marché (inventé)", "Mopti", "ONG fictive") == []
    mariam.look(album / "project-phone.png")
    assert mariam.go("partners:visit", visit.public_id) == 403
