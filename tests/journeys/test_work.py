"""Points 6 and 9: a mission from its plan to its action and its days; who owes something is reminded of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from sutura.coordination.models import Body, Event, Recommendation
from sutura.coordination.services import mandates, recommendations, work
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.coordination.test_work_rules import parsed
from tests.journeys.conftest import Walk
from tests.journeys.test_recommendation import open_a_body
from tests.journeys.walking import PHONE, Walker


def plan_a_mission(fatou: Walker, album: Path) -> Event:
    today = timezone.localdate()
    fatou.follow("Coordonner")
    fatou.follow("Ateliers et missions")
    fatou.follow("Prévoir ou noter")
    fatou.page.get_by_label("Mission de terrain").check()
    fatou.page.get_by_label("Titre").fill("Appui à Gao (inventé)")
    fatou.page.get_by_label("Instance").select_option(label="Cadre inventé")
    fatou.page.get_by_label("Premier jour").fill((today - timedelta(days=5)).isoformat())
    fatou.page.get_by_label("Dernier jour").fill((today - timedelta(days=8)).isoformat())
    fatou.press("Garder")
    assert fatou.sees("Le dernier jour précède le premier")
    fatou.look(album / "event-form-laptop.png")
    fatou.page.get_by_label("Dernier jour").fill((today - timedelta(days=3)).isoformat())
    fatou.press("Garder")
    assert fatou.sees("Choisissez la région où il a lieu")
    fatou.page.locator("select[name=region]").select_option(label="Gao")
    fatou.press("Garder")
    return Event.objects.get()


def tell_it(fatou: Walker, album: Path) -> Recommendation:
    fatou.follow("Qui l’anime ou y va")
    fatou.page.get_by_label("Personne").fill("Point focal (fictif)")
    fatou.page.get_by_label("Organisation").select_option(label="OSF – ONG Sahel fictive")
    fatou.press("Ajouter cette personne")
    fatou.follow("Participants d’une organisation")
    fatou.page.get_by_label("Organisation").select_option(label="ASF – Association fictive")
    fatou.page.locator("input[name=participants]").fill("4")
    fatou.page.get_by_label("dont femmes").fill("5")
    fatou.press("Garder ces nombres")
    assert fatou.sees("Il y a plus de femmes (5) que de participants (4)")
    fatou.page.get_by_label("dont femmes").fill("3")
    fatou.press("Garder ces nombres")
    fatou.follow("A eu lieu : écrire le rapport")
    fatou.page.get_by_label("Qu’en est-il sorti ?").fill("Deux centres visités (inventé).")
    fatou.press("Garder le rapport")
    fatou.follow("Remonter une action")
    fatou.page.get_by_label("Que recommande-t-on ?").fill("Équiper le centre (inventé).")
    fatou.page.get_by_label("Organisation responsable").select_option(label="OSF – ONG Sahel fictive")
    fatou.page.get_by_label("À réaliser avant le").fill(
        (timezone.localdate() + timedelta(days=9)).isoformat()
    )
    fatou.page.get_by_label("L’instance l’a adoptée").check()
    fatou.press("L’écrire")
    fatou.look(album / "event-laptop.png")
    return Recommendation.objects.get()


def count_it(fatou: Walker, event: Event, album: Path) -> None:
    """The targets, and the days of the mandate."""
    today = timezone.localdate()
    fatou.go("coordination:target_set")
    fatou.page.get_by_label("Instance").select_option(label="Cadre inventé")
    fatou.page.get_by_label("Du", exact=True).fill((today - timedelta(days=60)).isoformat())
    fatou.page.get_by_label("Au", exact=True).fill((today + timedelta(days=290)).isoformat())
    for region in ("Gao", "Mopti", "Sikasso", "Tombouctou"):
        fatou.page.get_by_label(region, exact=True).check()
    fatou.press("Garder ces objectifs")
    assert fatou.sees("sur 3", "sur 4", "sur 2")
    fatou.look(album / "targets-laptop.png")
    mandate = mandates.open_mandate(
        body=event.body, person="Consultante (fictive)", days=180, starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=290), by=machine("demo"),
    )  # fmt: skip
    fatou.go("coordination:mandate", mandate.public_id)
    fatou.page.get_by_label("Premier jour").fill(event.starts_on.isoformat())
    fatou.page.get_by_label("Dernier jour").fill(event.ends_on.isoformat())
    fatou.page.locator("input[name=days]").fill("2,5")
    fatou.page.get_by_label("À quoi ?").fill("Mission à Gao")
    fatou.press("Les noter")
    assert fatou.sees("2,5 / 180", "177,5 jours restants")
    fatou.look(album / "mandate-laptop.png")


def test_point_6_a_mission_its_action_and_its_days(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    open_a_body(people)
    fatou = walk("fatou")
    event = plan_a_mission(fatou, album)
    found = tell_it(fatou, album)
    assert (found.event, found.source) == (event, event.ref)
    assert fatou.sees(found.ref, "Équiper le centre (inventé).", "Deux centres visités (inventé).")
    count_it(fatou, event, album)
    fatou.go("coordination:body", event.body.public_id)
    fatou.page.get_by_role("main").get_by_role("link", name="Ateliers et missions").click()
    fatou.page.wait_for_load_state()
    assert fatou.sees(event.title)
    with fatou.page.expect_download() as taken:
        fatou.follow("En classeur")
    assert taken.value.suggested_filename == "ateliers-et-missions.xlsx"


def test_point_9_what_is_due_reaches_whoever_owes_it(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    open_a_body(people)
    by, body, day = machine("demo"), Body.objects.get(), timezone.localdate() + timedelta(days=9)
    work.plan_event(
        body=body,
        kind="mission",
        title="Appui à Gao (inventé)",
        region="ML07",
        starts_on=day,
        ends_on=day,
        by=by,
    )
    owes = Organisation.objects.get(acronym="OSF")
    asked = {"text": "Équiper le centre (inventé).", "responsible": owes, "due_on": day, "adopted": True}
    found, event = recommendations.write_down(body=body, by=by, **asked), Event.objects.get()
    mariam = walk("mariam", PHONE)
    assert mariam.sees("Recommandations à réaliser", found.ref, "Ateliers et missions à venir", event.ref)
    mariam.follow("Coordonner")
    mariam.follow("Calendrier")
    mariam.look(album / "calendar-phone.png")
    mariam.follow("Rappels et mon agenda")
    mariam.page.get_by_label("Chaque jour").check()
    mariam.press("Enregistrer")
    assert mariam.sees("Donnez l’adresse où envoyer le rappel.")
    mariam.page.get_by_label("Adresse électronique professionnelle").fill("mariam@exemple.invalid")
    mariam.press("Enregistrer")
    assert mariam.sees("Vos rappels sont réglés.")
    mariam.press("Créer mon adresse")
    mariam.look(album / "feed-phone.png")
    address = mariam.page.locator("#address").inner_text()
    told = {one["SUMMARY"] for one in parsed(mariam.page.request.get(address).text())}
    assert told == {f"Mission de terrain {event.ref}", f"Échéance {found.ref}"}
    mariam.follow("Je l’ai copiée")
    mariam.look(album / "reminders-phone.png")
    mariam.press("La révoquer")
    assert mariam.page.request.get(address).status == 404
