"""Binta flags what a wounded girl needs; a service answers without an account; the incident takes the consent back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser

from sutura.alerts.services import receive
from sutura.incidents.models import Victim
from sutura.incidents.parts import IncidentBundle, SourcePart, VictimPart, ViolationPart
from sutura.incidents.services import change_victim, open_incident
from sutura.mhpss.services.map import keep_service
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from sutura.places.models import Unit
from sutura.response.models import Docket
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def wounded(people: dict[str, Account], place: Unit) -> Victim:
    """An incident with one girl, of whom nobody has asked anything yet; and a service on the map."""
    by = machine("demo")
    keep_service(
        organisation=add_organisation(by=by, name="ONG fictive", acronym="OF", kind="nngo"), place=place,
        description="Soins au centre (inventé)", codes=["4.1"], layers=["L1"], groups=["children"], by=by,
    )  # fmt: skip
    bundle = IncidentBundle(
        place=place, occurred_on=timezone.localdate(), title="Un tir (inventé)",
        violations=(ViolationPart(key="v", type="maiming", girls=1),),
        victims=(VictimPart(violations=("v",), sex="girl", age=12),),
        sources=(SourcePart(violations=("v",), category="secondary"),),
    )  # fmt: skip
    return open_incident(bundle=bundle, by=people["binta"]).victims.get()


def test_from_the_violation_to_what_the_child_says(
    walk: Walk, people: dict[str, Account], album: Path, browser: Browser
) -> None:
    place = Unit.objects.get(code="ML0504")
    victim = wounded(people, place)
    binta = walk("binta")
    binta.go("incidents:detail", victim.incident.public_id)
    binta.follow("Orienter", exact=False)
    assert binta.sees(victim.ref, "Demandez d’abord si l’enfant ou les parents acceptent")
    binta.look(album / "care-not-asked.png")
    agreed: dict[str, Any] = {
        "consent_sharing": "yes",
        "consent_sharing_with": ["partners"],
        "consent_contact": "yes",
    }
    change_victim(victim=victim, by=people["binta"], **agreed)
    binta.page.reload()
    binta.look(album / "care-violation.png")
    binta.follow("Signaler des besoins", exact=False)
    flag(binta, "soins médicaux")
    binta.look(album / "care-victim.png")
    binta.press("Enregistrer")
    docket = Docket.objects.get()
    assert binta.sees(docket.ref, victim.ref, "pas encore orienté")
    binta.look(album / "care-docket.png")
    assert walk("fatou").go("response:docket", docket.public_id) == 403
    referred(walk("salimata", PHONE), docket, victim, browser, people, album)
    from_alert(binta, people, place, album)


def flag(walker: Walker, need: str) -> None:
    """Fill the form of needs."""
    walker.page.get_by_label(need).check()
    walker.page.get_by_label("Où est l’enfant maintenant").fill("Mopti / Douentza")
    walker.page.get_by_label("fille", exact=True).check()
    if walker.page.locator("#id_age").input_value():
        walker.page.get_by_label("Comment l’âge est-il connu").select_option("family")


def referred(
    salimata: Walker,
    docket: Docket,
    victim: Victim,
    browser: Browser,
    people: dict[str, Account],
    album: Path,
) -> None:
    """On a phone, without reading the incident: the choice with its reasons, the form, the answer, the feedback."""
    salimata.go(docket.get_absolute_url())
    assert salimata.misses(victim.ref) == [victim.ref]
    salimata.page.locator("#needs").get_by_role("link", name="Orienter vers un service", exact=False).click()
    salimata.page.wait_for_load_state()
    assert salimata.sees("reçoit des enfants · étage qui convient · au même endroit")
    salimata.look(album / "care-refer-phone.png")
    for label in ("sous 24 heures", "Soins au centre", "un parent ou la personne"):
        salimata.page.get_by_label(label).check()
    salimata.press("Envoyer")
    url = salimata.page.locator("main a[href*='/answer/']").get_attribute("href") or ""
    referral = salimata.page.url
    salimata.follow("Fiche d’orientation")
    assert salimata.sees("☒ soins médicaux", "Reçu, à détacher")
    salimata.look(album / "care-form-phone.png")
    stranger = Walker(browser, salimata.url, "", PHONE)
    for answer in ("acceptée", "service rendu", "il a aidé en partie"):
        stranger.go(url)
        stranger.page.get_by_label(answer, exact=True).check()
        if answer.startswith("il"):
            stranger.look(album / "care-feedback-phone.png")
            for label in ("Oui", "l’enfant", "le service a demandé"):
                stranger.page.get_by_label(label, exact=True).check()
        stranger.press("Envoyer la réponse")
    assert stranger.sees("La dernière réponse a été donnée")
    salimata.go(referral.removeprefix(salimata.url))
    assert salimata.sees("il a aidé en partie")
    change_victim(victim=victim, by=people["binta"], consent_sharing="no")
    salimata.page.reload()
    assert salimata.sees("le consentement ne tient plus")
    assert stranger.go(url) == 410
    stranger.close()
    salimata.go("response:served")
    assert salimata.sees(docket.ref, "1 enfant")
    salimata.look(album / "care-served-phone.png")


def from_alert(binta: Walker, people: dict[str, Account], place: Unit, album: Path) -> None:
    """A child of an alert, on a consent asked for it."""
    alert = receive(
        by=people["awa"], types=["maiming"], place=place, happened_on=timezone.localdate(), girls=1, told="Inventé.",
        party_type="unidentified", locality="un hameau", source_category="witness", access="unknown",
        organisation="ONG fictive", needs_safety=True,
    )  # fmt: skip
    binta.go(alert.get_absolute_url())
    binta.follow("Orienter un enfant")
    assert binta.page.get_by_label("un lieu sûr").is_checked()
    flag(binta, "un lieu sûr")
    for label in ("un parent ou la personne", "Partenaires et prestataires de services", "Non"):
        binta.page.get_by_label(label, exact=False).last.check()
    binta.look(album / "care-alert.png")
    binta.press("Enregistrer")
    assert binta.sees(alert.ref, "pas encore orienté")
