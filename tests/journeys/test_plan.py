"""Points 5 and 10: Fatou plans, Mariam reports and downloads; Fatou follows the Council paragraph by paragraph."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from django.utils import timezone

from sutura.coordination.models import Activity, Instrument, PlanVersion
from sutura.people.models import Account
from tests.journeys.conftest import Walk
from tests.journeys.test_body import a_body
from tests.journeys.test_library import fill
from tests.journeys.walking import PHONE


def test_point_5_a_plan_from_its_draft_to_its_figures_and_its_workbook(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    body, today = a_body(people), timezone.localdate()
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    fatou.go(f"/coordination/plans/?body={body.public_id}")
    fatou.follow("Nouveau plan d’action")
    fill(fatou, Titre="Plan de Mopti (inventé)", Du=f"{today.year}-01-01", Au=f"{today.year - 1}-12-31")
    fatou.press("Commencer le plan")
    assert fatou.sees("La fin est avant le début.")
    assert fatou.page.get_by_label("Titre").input_value() == "Plan de Mopti (inventé)"
    fill(fatou, Au=f"{today.year}-12-31")
    fatou.press("Commencer le plan")
    version = PlanVersion.objects.get()
    assert oumar.go("coordination:plan_version", version.public_id) == 403
    fatou.follow("Prévoir une activité")
    fill(fatou, Budget="2 000 000")
    fatou.page.get_by_label("Que faut-il faire ?").fill("Former les relais (inventé)")
    fatou.page.get_by_label("Mobilisation de fonds").check()
    fatou.page.get_by_label("Organisation chef de file").select_option(label="OF – ONG fictive")
    fatou.press("Enregistrer")
    fatou.follow("Noter la validation")
    fatou.page.get_by_label("Par quelle autorité").fill("Le groupe (inventé)")
    fatou.press("Enregistrer")
    assert fatou.sees("En vigueur", "Taux d’exécution 0 %", "réalisées : 0 activités sur 1, hors abandonnées")
    fatou.look(album / "plan-laptop.png")

    activity = Activity.objects.get()
    mariam.go("coordination:activity", activity.public_id)
    mariam.page.get_by_label("Réalisée").check()
    fill(mariam, Financé_à_ce_jour="3 000 000")
    mariam.press("Rendre compte")
    assert mariam.sees("Le financement dépasse le budget de")
    assert mariam.page.get_by_label("Financé à ce jour").input_value() == "3 000 000"
    fill(mariam, Financé_à_ce_jour="500000")
    mariam.press("Rendre compte")
    assert mariam.sees("Réalisée", "il manque")
    mariam.look(album / "activity-phone.png")
    mariam.go("coordination:plan", version.plan.public_id)
    assert mariam.sees("Taux d’exécution 100 %")
    mariam.look(album / "plan-phone.png")
    with mariam.page.expect_download() as taken:
        mariam.follow("En classeur")
    sheet = openpyxl.load_workbook(BytesIO(taken.value.path().read_bytes())).worksheets[0]
    assert [sheet.cell(2, column).value for column in (3, 10, 11)] == [
        "Former les relais (inventé)",
        2_000_000,
        500_000,
    ]


def test_point_10_conclusions_become_recommendations(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    a_body(people)
    fatou, mariam, oumar = walk("fatou"), walk("mariam", PHONE), walk("oumar")
    fatou.go("coordination:instruments")
    fatou.follow("Suivre un texte")
    fatou.page.get_by_label("Quelle instance le suit ?").select_option(label="Groupe de Mopti (inventé)")
    fill(fatou, Référence_du_document="S/AC.51/0000/0", Titre="Conclusions (inventées)", Daté_du="2026-01-05")
    fatou.press("Le suivre")
    found = Instrument.objects.get()
    assert oumar.go("coordination:instrument", found.public_id) == 403
    fatou.follow("Ajouter des paragraphes")
    fatou.page.get_by_label("Paragraphes ou articles").fill(
        "4. Protéger les écoles (inventé).\n4. Former (inventé)."
    )
    fatou.press("Les ajouter")
    assert fatou.sees("Le numéro 4 y serait deux fois")
    fatou.page.get_by_label("Paragraphes ou articles").fill(
        "4. Protéger les écoles (inventé).\n7 (a). Former (inventé)."
    )
    fatou.press("Les ajouter")
    fatou.follow("Recommander § 7 (a)")
    fatou.page.get_by_label("Que recommande-t-on ?").fill("Former deux unités (inventé).")
    fatou.page.get_by_label("Organisation responsable").select_option(label="OF – ONG fictive")
    fill(fatou, À_réaliser_avant_le="2026-02-01", Formulée_le="2026-01-10")
    fatou.page.get_by_label("L’instance l’a adoptée").check()
    fatou.press("Enregistrer")
    fatou.look(album / "instrument-laptop.png")
    mariam.go("coordination:instrument", found.public_id)
    assert mariam.misses("§ 4 Rien encore", "§ 7 (a) En retard", "Former deux unités (inventé).") == []
    mariam.look(album / "instrument-phone.png")
    mariam.page.get_by_role("link", name="Rien encore 1").click()
    assert (mariam.sees("§ 4"), mariam.sees("§ 7 (a)")) == (True, False)
