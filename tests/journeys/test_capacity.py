"""Rokia trains, follows and teaches: each point of the half that keeps capacity, and axe on each of its pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from sutura.capacity.models import (
    Certificate,
    Cohort,
    CourseUnit,
    Enrolment,
    Group,
    Initiative,
    Module,
    Pathway,
    PeerScheme,
    Professional,
    QualityVisit,
    Session,
    Supervision,
)
from sutura.capacity.services import catalogue, people, training
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker

LISTS = (
    "home", "cohorts", "sessions", "modules", "people", "doubles", "refreshers", "groups", "raised", "following",
    "initial", "initiatives", "verify",
)  # fmt: skip
PICTURED = ("home", "groups", "following", "initial", "initiatives")
RECORDS = (
    Cohort, Session, Enrolment, Module, Pathway, Professional, Group, Supervision, PeerScheme, QualityVisit, CourseUnit,
    Initiative,
)  # fmt: skip


def prepared(by: Account) -> None:
    """What stands before the day begins: an institute, a pathway of one module, two professionals."""
    today = timezone.localdate()
    add_organisation(by=machine("demo"), name="Institut fictif", acronym="IFX", kind="training")
    module = catalogue.add_module(code="PSP", title="Module inventé", hours=6, refresh_months=12, by=by)
    catalogue.add_pathway(
        title="Parcours inventé",
        cadre="community",
        modules=[module],
        attendance_percent=50,
        valid_from=today,
        by=by,
    )
    for name in ("Aïssata Diarra (fictive)", "Bintou Formatrice (fictive)"):
        people.add_professional(
            name=name, sex="woman", cadre="community", region="ML05", consented_on=today, by=by
        )


def test_the_registers_of_capacity_point_by_point(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    prepared(people["rokia"])
    rokia = walk("rokia")
    trained(rokia)
    rokia.go("capacity:home")
    assert rokia.sees("218", "142", "Attestations depuis", "elles ne s’additionnent jamais")  # point 7
    assert rokia.page.locator("#since td a").first.inner_text() == "1"
    met(rokia)
    followed(rokia)
    taught(rokia)
    rokia.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    rokia.width = PHONE["width"]
    for name in LISTS:
        rokia.go(f"capacity:{name}")
        rokia.look(album / f"capacity-{name}-phone.png" if name in PICTURED else None)
    for model in RECORDS:
        record = model._default_manager.first()
        assert record is not None
        rokia.go(record.get_absolute_url())
        rokia.look()


def trained(rokia: Walker) -> None:
    """Point 6: a cohort of one place gets a second one; half-days, tests, a certificate that anybody checks."""
    page, today = rokia.page, timezone.localdate().isoformat()
    rokia.go("capacity:cohort_new")
    page.get_by_label("Code").fill("MOPTI-1")
    page.get_by_label("Parcours").select_option(label="Parcours inventé (v1)")
    page.get_by_label("Organisée par").select_option(label="IFX – Institut fictif")
    page.get_by_label("Région").select_option("ML05")
    for label in ("Du", "Au"):
        page.get_by_label(label, exact=True).fill(today)
    page.get_by_label("Nombre de places").fill("1")
    rokia.press("Enregistrer")
    rokia.follow("Modifier")
    page.get_by_label("Nombre de places").fill("2")
    rokia.press("Enregistrer")
    rokia.follow("Inscrire quelqu’un")
    page.get_by_label("Qui ?").select_option(label="Aïssata Diarra (fictive)")
    rokia.press("Enregistrer")
    training.add_session(
        cohort=Cohort.objects.get(), module=Module.objects.get(), held_on=timezone.localdate(), half_days=2,
        trainers=[Professional.objects.get(name__startswith="Bintou")], by=Account.objects.get(username="rokia"),
    )  # fmt: skip
    rokia.go(Session.objects.get().get_absolute_url())
    for half in ("1", "2"):
        page.get_by_label(f"Aïssata Diarra (fictive), demi-journée {half}").check()
    rokia.press("Enregistrer les présences")
    rokia.follow("Aïssata Diarra (fictive)")
    rokia.follow("Délivrer l’attestation")
    page.get_by_label("Signé par").fill("Institut fictif")
    rokia.press("Enregistrer")
    rokia.follow("L’attestation à imprimer")
    assert rokia.sees("Aïssata Diarra (fictive) a suivi jusqu’au bout", "6 heures")
    rokia.look()
    rokia.go("capacity:verify")
    page.get_by_label("Code de l’attestation").fill(Certificate.objects.get().code.lower())
    rokia.press("Vérifier")
    assert (rokia.sees("Cette attestation est valable", "A. D."), rokia.sees("Diarra")) == (True, False)


def met(rokia: Walker) -> None:
    """Point 8: a note with a telephone is refused and nothing typed is lost; what the group asks for is planned."""
    page = rokia.page
    rokia.go("capacity:group_new")
    page.get_by_label("Code").fill("GAPP-MOPTI-1")
    page.get_by_label("Nom", exact=True).fill("Groupe inventé")
    page.get_by_label("Région").select_option("ML05")
    page.get_by_label("Accueilli par").select_option(label="IFX – Institut fictif")
    rokia.press("Enregistrer")
    rokia.follow("Noter une rencontre")
    page.get_by_label("Femmes présentes").fill("6")
    page.get_by_label("deuil").check()
    page.get_by_label("une formation").check()
    page.get_by_label("Note neutre").fill("Rappeler le 70 00 00 01")
    rokia.press("Enregistrer")
    assert rokia.sees("numéro de téléphone")
    assert page.get_by_label("Femmes présentes").input_value() == "6"
    rokia.look()
    page.get_by_label("Note neutre").fill("Règles rappelées.")
    rokia.press("Enregistrer")
    rokia.go("capacity:raised")
    rokia.follow("Prévoir cette formation", exact=False)
    page.get_by_label("Dans quelle cohorte ?").select_option(label="MOPTI-1")
    rokia.press("Enregistrer")
    assert rokia.sees("GAPP-MOPTI-1", "MOPTI-1")


def followed(rokia: Walker) -> None:
    """Point 9: nobody supervises her, then somebody does; peer support by numbers; a visit with its score."""
    page = rokia.page
    rokia.go("capacity:following")
    page.locator(".figure", has_text="Sans supervision").get_by_role("link").click()
    page.wait_for_load_state()
    assert (rokia.sees("Aïssata Diarra"), rokia.sees("Bintou")) == (True, False)
    rokia.go("capacity:supervision_new")
    page.get_by_label("Qui est supervisé ?").select_option(label="Aïssata Diarra (fictive)")
    page.get_by_label("Par qui ?").select_option(label="Bintou Formatrice (fictive)")
    page.get_by_label("individuelle").check()
    begun = timezone.localdate() - timedelta(days=40)
    page.get_by_label("Du", exact=True).fill(begun.isoformat())
    rokia.press("Enregistrer")
    rokia.go("capacity:following")
    assert rokia.sees("10 jours de retard")
    rokia.go("capacity:scheme_new")
    page.get_by_label("par des personnes ayant l’expérience vécue").check()
    page.get_by_label("Nom", exact=True).fill("Pairs inventés")
    page.get_by_label("Région").select_option("ML05")
    page.get_by_label("Organisation").select_option(label="IFX – Institut fictif")
    page.get_by_label("Personnes qui soutiennent").fill("6")
    page.get_by_label("Dont supervisées").fill("4")
    rokia.press("Enregistrer")
    rokia.go("capacity:quality_visit_new")
    page.get_by_label("Quelle cohorte a été visitée ?").select_option(label="MOPTI-1")
    page.get_by_label("Qui a visité ?").fill("Direction fictive")
    for each in page.locator("select").all()[2:]:
        each.select_option(label="oui")
    page.get_by_label("Un lieu sûr et adapté").select_option(label="sans objet")
    rokia.look()
    rokia.press("Enregistrer")
    assert rokia.sees("Liste de contrôle", "100")


def taught(rokia: Walker) -> None:
    """Point 10: a module enters a course step by step; a theme waits for two sectors, one of which is active."""
    page = rokia.page
    rokia.go("capacity:course_new")
    page.get_by_label("Quel institut ?").select_option(label="IFX – Institut fictif")
    page.get_by_label("Nom de la filière").fill("Travail social")
    page.get_by_label("diplôme supérieur").check()
    rokia.press("Enregistrer")
    rokia.follow("Proposer un module")
    page.get_by_label("À quelle filière ?").select_option(label="IFX – Travail social")
    page.get_by_label("Quel module ?").select_option(index=1)
    page.get_by_label("Heures dans la filière").fill("6")
    rokia.press("Enregistrer")
    rokia.follow("Noter l’étape suivante")
    page.get_by_label("étudié").check()
    rokia.press("Enregistrer")
    rokia.go("capacity:initial")
    assert rokia.page.locator("table.matrix tbody td a").inner_text() == "étudié"
    page.get_by_text("Aucune conférence").wait_for()
    rokia.go("capacity:theme_new")
    page.get_by_label("Quel thème ?").select_option("suicide")
    for sector in ("santé", "éducation"):
        page.get_by_label(sector, exact=True).check()
    page.get_by_label("Pourquoi ensemble ?").fill("Nul ne sait à qui passer.")
    rokia.press("Enregistrer")
    rokia.go("capacity:initiative_new")
    page.get_by_label("Titre").fill("Premier recours (inventé)")
    page.get_by_label("Secteur").select_option("health")
    page.get_by_label("Chef de file").select_option(label="IFX – Institut fictif")
    page.get_by_label("hors UNICEF").check()
    page.get_by_label("suicide").check()
    rokia.press("Enregistrer")
    rokia.go("capacity:initiatives")
    assert page.locator("#together tbody td").nth(1).inner_text() == "santé"
    assert page.locator("#together tbody td").nth(2).inner_text() == "éducation"
