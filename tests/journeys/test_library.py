"""Point 7: Fatou keeps a module, validated, handed out and acknowledged; Mariam finds it and says who works with it."""

from __future__ import annotations

from pathlib import Path

from sutura.library.models import Document
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def fill(walker: Walker, **said: str) -> None:
    """Type into fields of the form by their labels."""
    for label, value in said.items():
        walker.page.get_by_label(label.replace("_", " ")).fill(value)


def test_point_7_a_module_from_its_file_to_its_use(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    add_organisation(by=machine("demo"), name="ONG fictive", acronym="OF", kind="nngo")
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    fatou.go("library:new")
    fatou.page.get_by_label("Nature").select_option("module")
    fill(fatou, Titre="Module d’écoute (inventé)", Émetteur="ONG fictive", Thème="Écoute")
    fatou.press("Garder")
    found = Document.objects.get()
    assert oumar.go("library:document", found.public_id) == 403

    fatou.follow("Nouvelle version")
    fill(fatou, Daté_du="2026-03-02")
    fatou.page.get_by_label("Fichier").set_input_files(
        {"name": "module.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 invented"}
    )
    fatou.press("Garder cette version")
    fatou.follow("Noter une validation 1")
    fatou.page.get_by_label("validé techniquement").check()
    fatou.page.get_by_label("Par quelle autorité ?").fill("Le groupe (inventé)")
    fatou.page.get_by_label("Quel jour ?").fill("2026-03-01")
    fatou.press("Noter")
    assert fatou.sees("Ce jour est avant la version")
    fatou.page.get_by_label("Quel jour ?").fill("2026-04-01")
    fatou.press("Noter")
    fatou.follow("Noter une diffusion 1")
    fatou.page.get_by_label("À quelle organisation ?").select_option(label="OF – ONG fictive")
    fatou.page.get_by_label("Comment ?").select_option("hand")
    fatou.press("Noter")
    fatou.follow("Noter la réception OF – ONG fictive")
    fatou.page.get_by_label("Par qui ?").fill("Le bureau de Mopti")
    fatou.press("Noter")
    assert fatou.misses("validé techniquement", "Le groupe (inventé)", "Le bureau de Mopti") == []
    fatou.look(album / "library-document.png")

    mariam.go("/library/?q=ECOUTE")
    assert mariam.sees("Module d’écoute (inventé)", "Diffusés 1", "Utilisés 0")
    mariam.look(album / "library-phone.png")
    mariam.follow("Module d’écoute (inventé)")
    mariam.follow("Noter une utilisation")
    mariam.page.get_by_label("Quelle organisation l’utilise ?").select_option(label="OF – ONG fictive")
    mariam.page.get_by_label("Quel jour l’a-t-on constaté ?").fill("2026-05-04")
    mariam.page.get_by_label("Comment est-il utilisé ?").fill("En formation des relais (inventé).")
    mariam.press("Noter")
    assert mariam.sees("Dites ce qui le montre, ou joignez un fichier.")
    mariam.page.get_by_label("Qu’est-ce qui le montre ?").fill("Rapport de mai (inventé)")
    mariam.press("Noter")
    assert mariam.sees("En formation des relais (inventé).", "Rapport de mai (inventé)")
    fatou.go("/library/?step=used")
    assert fatou.sees("Module d’écoute (inventé)", "Utilisés 1")
    fatou.look(album / "library.png")
