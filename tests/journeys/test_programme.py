"""Salimata keeps centres and packages and enters a child; Fatou reads steps of five and where nobody is trained."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from sutura.config.demo import children, programme
from sutura.people.models import Account
from sutura.response.models import Docket, Enrolment
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def test_a_place_a_package_and_the_gaps(walk: Walk, people: dict[str, Account], album: Path) -> None:
    today = timezone.localdate()
    children.follow(cast=people, today=today)
    programme.run(cast=people, today=today)
    oumar = walk("oumar")
    assert [oumar.go(f"response:{name}") for name in ("programme", "activities", "coverage")] == [403] * 3
    salimata = walk("salimata")
    salimata.go("response:programme")
    assert salimata.sees("Centre inventé de Sévaré", "Enfants à charge")
    salimata.look(album / "programme.png")
    entered(salimata, album)
    done_in_a_village(salimata, album)
    fatou = walk("fatou", PHONE)
    fatou.go("response:programme")
    assert fatou.sees("au moins 5", "moins de 5, ou non dit")
    fatou.look(album / "programme-counts-phone.png")
    fatou.go("response:coverage")
    assert fatou.sees("personne de formé", "Douentza")
    fatou.look(album / "programme-coverage-phone.png")


def entered(salimata: Walker, album: Path) -> None:
    """Point 4: more places in a centre, a child in a package, and the page of each."""
    page, today = salimata.page, timezone.localdate().isoformat()
    salimata.follow("Centre inventé de Sévaré")
    salimata.follow("Fixer ses places")
    page.get_by_label("Places pour les garçons").fill("6")
    page.get_by_label("Places pour les filles").fill("2")
    salimata.press("Enregistrer")
    salimata.look(album / "programme-centre.png")
    docket = Docket.objects.filter(stage="in_care", enrolments=None).latest("id")
    salimata.go(docket.get_absolute_url())
    salimata.follow("Inscrire à un appui")
    page.get_by_label("Quel appui").select_option(index=1)
    page.get_by_label("Quand ?").fill(today)
    salimata.press("Enregistrer")
    salimata.go(Enrolment.objects.get(docket=docket).offer.get_absolute_url())
    assert salimata.sees(docket.ref)
    salimata.follow("Terminé ou quitté", exact=False)
    page.get_by_label("mené à son terme").check()
    page.get_by_label("Quand ?").fill(today)
    salimata.press("Enregistrer")
    assert salimata.sees(docket.ref, "mené à son terme")
    salimata.look(album / "programme-package.png")


def done_in_a_village(salimata: Walker, album: Path) -> None:
    """Point 4: prevention, by numbers."""
    page = salimata.page
    salimata.go("response:activities")
    salimata.follow("Nouvelle activité")
    page.get_by_label("causerie dans la communauté").check()
    page.get_by_label("recrutement et utilisation d’enfants").check()
    page.get_by_label("Où ?").fill("Mopti / Djenné")
    page.get_by_label("Quel jour ?").fill(timezone.localdate().isoformat())
    page.get_by_label("Quel partenaire").select_option(index=1)
    page.get_by_label("Filles de 12 à 17 ans").fill("23")
    salimata.press("Enregistrer")
    assert salimata.sees("Causerie dans la communauté", "23")
    salimata.look(album / "programme-prevention.png")
