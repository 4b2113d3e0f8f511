"""Mariam proposes a service, Fatou accepts it; it comes back by its sheet, and is confirmed by one tap."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser

from sutura.mhpss.models import Proposal, Service
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def test_a_service_from_its_proposal_to_its_confirmation(
    walk: Walk, people: dict[str, Account], album: Path, browser: Browser, live_server: object
) -> None:
    add_organisation(by=machine("demo"), name="ONG fictive", acronym="OF", kind="nngo")
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    assert oumar.go("mhpss:map") == 403
    proposed(mariam, album)
    accepted(fatou, album)
    brought_back(fatou, album)
    asked(fatou, album)
    url = fatou.page.locator("main a[href*='/confirm/']").get_attribute("href") or ""
    stranger = Walker(browser, url, "", PHONE)
    stranger.page.goto(url)
    stranger.look(album / "services-confirm-phone.png")
    stranger.press("Oui, rien n’a changé")
    assert stranger.sees("Merci : c’est gardé.")
    stranger.close()
    fatou.go(Service.objects.get().get_absolute_url())
    assert fatou.sees("vérifié le", "par OF")
    for name in ("map", "gaps", "list", "directory", "campaigns", "codes", "twins"):
        fatou.go(f"mhpss:{name}")
        fatou.look(album / f"services-{name}.png")
    fatou.go("mhpss:poster", "ML05")
    fatou.look(album / "services-poster.png")


def proposed(mariam: Walker, album: Path) -> None:
    """Points 1 and 2: a specialist’s code without a specialist is refused, then the form becomes a proposal."""
    mariam.go("mhpss:new")
    page = mariam.page
    page.get_by_label("Organisation qui le met en œuvre").select_option(label="OF – ONG fictive")
    page.get_by_label("Le service en une phrase").fill("Écoute au centre (inventé)")
    page.get_by_label("Codes d’activité").select_option(["10.1"])
    page.get_by_label("Soutien ciblé non spécialisé").check()
    page.get_by_label("Où ?", exact=True).fill("Mopti / Djenné")
    for part in ("Qui y travaille", "Contacts et publication"):
        page.get_by_role("heading", name=part).click()
    page.get_by_label("Conseillers, écoutants, femmes").fill("2")
    page.get_by_label("L’organisation accepte").check()
    mariam.press("Enregistrer")
    assert mariam.sees("Le code 10 est celui des spécialistes")
    page.get_by_label("Codes d’activité").select_option(["8.1"])
    mariam.press("Enregistrer")
    assert (Proposal.objects.count(), Service.objects.count()) == (1, 0)
    mariam.look(album / "services-proposal-phone.png")


def accepted(fatou: Walker, album: Path) -> None:
    """It waits for Fatou, who accepts it; the map shows it."""
    fatou.go(Proposal.objects.get().get_absolute_url())
    fatou.press("Accepter")
    assert fatou.sees("Écoute au centre (inventé)", "jamais vérifié")
    fatou.look(album / "services-detail.png")
    fatou.go("mhpss:map")
    fatou.follow("Mopti")
    assert fatou.sees("Djenné", "OF")


def brought_back(fatou: Walker, album: Path) -> None:
    """Point 5: the sheet comes out, is corrected; a wrong day is told at its cell, then it is taken."""
    fatou.go("mhpss:list")
    with fatou.page.expect_download() as waiting:
        fatou.page.get_by_role("link", name="Feuille QQQO de ces services").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    sheet = book["4Ws"]
    sheet["V2"], sheet["P2"] = "samedi", "hier"
    give(fatou, book)
    assert fatou.sees("P2", "n’est pas un jour")
    fatou.look(album / "services-import-faults.png")
    sheet["P2"] = None
    give(fatou, book)
    fatou.look(album / "services-import.png")
    fatou.press("Importer le fichier")
    assert Service.objects.get().hours == "samedi"


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


def asked(fatou: Walker, album: Path) -> None:
    """Points 3 and 4: a round makes silence mean something, and hands out a link."""
    fatou.go("mhpss:gaps")
    assert fatou.sees("non évalué")
    fatou.go("mhpss:campaign_new")
    fatou.page.get_by_label("Titre").fill("Atelier de Mopti (inventé)")
    fatou.page.get_by_label("Région").select_option("ML05")
    fatou.page.get_by_label("Au", exact=True).fill("2099-01-01")
    fatou.press("Commencer")
    fatou.follow("Inviter des organisations")
    fatou.page.get_by_label("OF – ONG fictive").check()
    fatou.press("Inviter")
    fatou.look(album / "services-round.png")
    fatou.go("mhpss:gaps")
    assert fatou.sees("pas de réponse", "1 attendue")
    fatou.go("mhpss:campaigns")
    fatou.follow("Atelier de Mopti (inventé)")
    fatou.press("Lien pour confirmer OF")
