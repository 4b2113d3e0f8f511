"""The map of services, point by point: codes, services, a mapping round, what is printed, what goes and comes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from sutura.mhpss.models import Invitation, Proposal, Service
from sutura.mhpss.services.map import confirm_services, keep_service
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from sutura.places.models import Unit
from tests.journeys.conftest import Walk
from tests.journeys.printing import A4, BLACK, cut_off, printed, told_apart
from tests.journeys.walking import LAPTOP, PHONE, Walker

LONG = "Centre d’écoute et d’accompagnement psychosocial du quartier de la gare routière, derrière le marché (inventé) "
LEVELS = (("light", "L2", "4.1"), ("moderate", "L3", "8.1"), ("severe", "L4", "8.1"))


class Stage:
    """Who walks, where photographs go, and the phone of somebody without an account."""

    def __init__(self, walk: Walk, album: Path, browser: Browser) -> None:
        self.fatou, self.mariam, self.oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
        self.album, self.browser = album, browser

    def look(self, walker: Walker, name: str) -> None:
        """No fault of access on the page that is open, nor anything wider than the other screen."""
        walker.look(self.album / f"services-{name}.png")
        other = PHONE if walker.width == LAPTOP["width"] else LAPTOP
        walker.page.set_viewport_size(other)  # type: ignore[arg-type]
        wide = walker.page.evaluate("document.documentElement.scrollWidth")
        assert (walker.page.url, wide) == (walker.page.url, other["width"])
        walker.page.set_viewport_size(LAPTOP if other is PHONE else PHONE)  # type: ignore[arg-type]

    def stranger(self, url: str) -> Walker:
        """Somebody who was sent an address."""
        found = Walker(self.browser, url, "", PHONE)
        found.page.goto(url)
        return found


@pytest.fixture
def stage(walk: Walk, people: dict[str, Account], album: Path, browser: Browser) -> Stage:
    """One invented organisation, and who walks."""
    add_organisation(by=machine("demo"), name="ONG fictive", acronym="OF", kind="nngo")
    return Stage(walk, album, browser)


def test_the_map_point_by_point(stage: Stage, live_server: object, subtests: pytest.Subtests) -> None:
    for point in (codes, services, campaign, outputs, exchange):
        with subtests.test(point.__doc__):
            point(stage)


def codes(stage: Stage) -> None:
    """1. A code asks for the cadre that it names; what is doubtful waits until somebody looks at it."""
    assert stage.oumar.go("mhpss:map") == 403
    fatou, mariam, page = stage.fatou, stage.mariam, stage.mariam.page
    fatou.go("mhpss:codes")
    fatou.page.locator("main summary").first.click()
    assert fatou.sees("8.5", "Débriefing psychologique", "Une séance unique de débriefing")
    stage.look(fatou, "codes")
    mariam.go("mhpss:new")
    stage.look(mariam, "new-phone")
    page.get_by_label("Organisation qui le met en œuvre").select_option(label="OF – ONG fictive")
    page.get_by_label("Le service en une phrase").fill("Écoute au centre (inventé)")
    page.get_by_label("Codes d’activité").select_option(["10.1"])
    page.get_by_label("Où ?", exact=True).fill("Mopti / Djenné")
    for part in ("Qui y travaille", "Contacts et publication"):
        page.get_by_role("heading", name=part).click()
    page.get_by_label("Conseillers, écoutants, femmes").fill("2")
    page.get_by_label("L’organisation accepte").check()
    mariam.press("Enregistrer")
    assert mariam.sees("Le code 10 est celui des spécialistes")
    page.get_by_label("Codes d’activité").select_option(["8.6", "8.5"])
    page.get_by_label("En mots, si le code").fill("Cercle de parole (inventé)")
    mariam.press("Enregistrer")
    assert (Proposal.objects.count(), Service.objects.count()) == (1, 0)


def services(stage: Stage) -> None:
    """2. An organisation proposes, whoever answers for the map accepts, declares the layer, verifies."""
    fatou, page = stage.fatou, stage.fatou.page
    stage.look(stage.mariam, "proposal-phone")
    fatou.go("mhpss:proposals")
    stage.look(fatou, "proposals")
    fatou.go(Proposal.objects.get().get_absolute_url())
    fatou.follow("Refuser")
    stage.look(fatou, "refuse")
    page.go_back()
    fatou.press("Accepter")
    assert fatou.sees("jamais vérifié", "Cette activité est déconseillée", "Aucun étage n’est déclaré")
    stage.look(fatou, "detail")
    fatou.go("/mhpss/services/?show=recode")
    fatou.follow("Revoir le code", exact=False)
    page.get_by_label("Codes d’activité").select_option(["8.1"])
    stage.look(fatou, "recode")
    fatou.press("Enregistrer")
    fatou.follow("Modifier")
    page.get_by_label("Soutien ciblé non spécialisé").check()
    stage.look(fatou, "change")
    fatou.press("Enregistrer")
    fatou.follow("Noter qu’il est confirmé")
    stage.look(fatou, "verify")
    page.get_by_label("Confirmé par").fill("ONG fictive, par téléphone")
    fatou.press("Noter")
    assert fatou.sees("vérifié le", "par ONG fictive, par téléphone", "Historique")


def campaign(stage: Stage) -> None:
    """3. A mapping round asks; paper, sheet or one tap answers."""
    fatou, page = stage.fatou, stage.fatou.page
    fatou.go("mhpss:campaign_new")
    page.get_by_label("Titre").fill("Atelier de Mopti (inventé)")
    page.get_by_label("Région").select_option("ML05")
    page.get_by_label("Au", exact=True).fill("2099-01-01")
    stage.look(fatou, "round-new")
    fatou.press("Commencer")
    fatou.follow("Inviter des organisations")
    page.get_by_label("OF – ONG fictive").check()
    stage.look(fatou, "invite")
    fatou.press("Inviter")
    stage.look(fatou, "round")
    fatou.go("mhpss:gaps")
    assert fatou.sees("pas de réponse", "1 attendue")
    fatou.go("mhpss:campaigns")
    stage.look(fatou, "rounds")
    fatou.follow("Atelier de Mopti (inventé)")
    fatou.follow("Papier à corriger OF")
    assert fatou.sees(Service.objects.get().ref, "rien n’a changé", "Un service que la carte ne connaît pas")
    stage.look(fatou, "paper")
    assert all(sheet.size == A4 and not sheet.edge for sheet in printed(page, stage.album / "paper.pdf"))
    fatou.go("mhpss:answer", Invitation.objects.get().public_id)
    stage.look(fatou, "answer")
    page.go_back()
    page.go_back()
    fatou.press("Lien pour confirmer OF")
    stage.look(fatou, "link")
    stranger = stage.stranger(page.locator("main a[href*='/confirm/']").get_attribute("href") or "")
    stage.look(stranger, "confirm-phone")
    stranger.press("Oui, rien n’a changé")
    assert stranger.sees("Merci : c’est gardé.")
    stranger.close()
    fatou.go(Service.objects.get().get_absolute_url())
    assert fatou.sees("par OF")


def outputs(stage: Stage) -> None:
    """4. Matrix, gaps, themes, bulletin, trend; poster, card and directory come out of the printer in black."""
    fatou, page = stage.fatou, stage.fatou.page
    fatou.go("mhpss:map")
    fatou.follow("Mopti")
    assert fatou.sees("Djenné", "OF")
    fill()
    for name in ("map", "gaps", "themes", "trend", "changes", "twins", "list"):
        fatou.go(f"mhpss:{name}")
        stage.look(fatou, name)
    fatou.go("mhpss:gaps")
    assert told_apart(page, ".signs:first-child .symbol", stage.album) == 4
    assert told_apart(page, ".signs:last-child .symbol", stage.album) == 4
    for name, address, sheets in handouts():
        fatou.go(address)
        stage.look(fatou, name)
        assert (name, cut_off(page, ".panel-of, .levels > li")) == (name, [])
        found = printed(page, stage.album / f"{name}.pdf")
        assert (name, len(found) in sheets, {sheet.size for sheet in found}) == (name, True, {A4})
        assert [
            sheet for sheet in found if sheet.edge or sheet.darkest > BLACK or not 0.001 < sheet.ink < 0.5
        ] == []


def handouts() -> Iterator[tuple[str, str, range]]:
    """What is printed, where, and on how many sheets."""
    yield "poster", "/mhpss/poster/ML05/", range(1, 2)
    yield "card", "/mhpss/card/ML05/", range(1, 2)
    yield "directory", "/mhpss/directory/?region=ML05&for=public", range(2, 9)
    yield "directory-members", "/mhpss/directory/?region=ML05", range(2, 9)


def fill() -> None:
    """More services than a page holds, each as long as a service may be told, verified or not."""
    by, today, place = machine("demo"), timezone.localdate(), Unit.objects.get(code="ML050103")
    whose = Organisation.objects.get(acronym="OF")
    for number in range(7):
        for level, layer, code in LEVELS:
            service = keep_service(
                organisation=whose, place=place, site=f"{number} {level} {LONG}"[:150], description=(LONG * 2)[:215],
                codes=[code], layers=[layer], distress=[level], is_public=True, phone="+223 00 00 00 00", cost="free",
                hours="lundi, mardi, mercredi, jeudi et le premier samedi du mois, de 8 h à 12 h et de 14 h à 17 h",
                is_sensitive=number == 0, precision="cercle" if number == 0 else "site", themes=["suicide"], by=by,
            )  # fmt: skip
            if number:
                day = today - timedelta(days=50 * (number - 1))
                confirm_services(services=[service], verified_by="OF", verified_on=day, by=by)


def exchange(stage: Stage) -> None:
    """5. A sheet goes out, is corrected, comes back, a fault told at its cell; the public reads blurred points."""
    fatou, page = stage.fatou, stage.fatou.page
    fatou.go("/mhpss/services/?q=centre+djenne")
    fatou.follow("Emporter ces services dans un fichier")
    stage.look(fatou, "take")
    fatou.follow("Régions de 2023")
    with page.expect_download() as waiting:
        fatou.page.get_by_role("link", name="Feuille QQQO (.xlsx)").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    sheet = book["4Ws"]
    assert sheet.max_row == 2
    sheet["V2"], sheet["P2"] = "samedi", "hier"
    give(fatou, book)
    assert fatou.sees("P2", "n’est pas un jour")
    stage.look(fatou, "import-faults")
    sheet["P2"] = None
    give(fatou, book)
    stage.look(fatou, "import")
    fatou.press("Importer le fichier")
    assert Service.objects.filter(hours="samedi").count() == 1
    fatou.go("mhpss:take")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="GeoJSON").click()
    points = json.loads(waiting.value.path().read_bytes())["features"]
    assert sorted({point["properties"]["point_of"] for point in points}) == ["cercle", "commune"]


def give(fatou: Walker, book: openpyxl.Workbook) -> None:
    """Give the sheet at the door."""
    out = io.BytesIO()
    book.save(out)
    fatou.go("intake:services")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    fatou.page.get_by_label("Feuille QQQO").set_input_files(
        {"name": "q.xlsx", "mimeType": kind, "buffer": out.getvalue()}
    )
    fatou.press("Essayer le fichier")
