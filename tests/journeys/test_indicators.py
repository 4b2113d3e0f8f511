"""Fatou defines what is counted, asks for it month by month, and takes the numbers away: points 11, 12 and 13."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from sutura.coordination.models import Body
from sutura.coordination.services.bodies import open_body
from sutura.indicators.models import Bulletin, Indicator, Report, Round
from sutura.indicators.rules import dhis2_period, period_of
from sutura.indicators.services.reports import accept, send_report
from sutura.indicators.services.rounds import expect, open_round
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.indicators.conftest import definition, numbers
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


class Asking(NamedTuple):
    """A body that asks and an organisation that owes, with the last two whole months."""

    body: Body
    organisation: Organisation
    before: tuple[date, date]
    month: tuple[date, date]


@pytest.fixture
def asking(people: dict[str, Account]) -> Asking:
    """What stands before anybody is asked for numbers."""
    by, day = machine("demo"), timedelta(days=1)
    month = period_of("month", timezone.localdate().replace(day=1) - day)
    body = open_body(
        by=by, kind="consultation", name_fr="Cadre fictif", name_en="Invented body", acronym="CFI", level="national"
    )  # fmt: skip
    organisation = add_organisation(by=by, name="ONG fictive", acronym="OF", kind="nngo")
    return Asking(body, organisation, period_of("month", month[0] - day), month)


def reported(asking: Asking, people: dict[str, Account], month: tuple[date, date], count: int) -> Round:
    """The organisation told of Mopti how many sessions it held in a month, and another person accepted it."""
    fatou, (first, last) = people["fatou"], month
    made = open_round(
        title="Période (inventée)", body=asking.body, first=first, last=last, due_on=last,
        definitions=[definition("CCT11")], by=fatou,
    )  # fmt: skip
    expect(round=made, organisations=[asking.organisation], regions=["ML05"], by=fatou)
    sent = send_report(report=made.reports.get(), given=numbers("CCT11", count), by=fatou)
    accept(report=sent, by=people["kadidia"])
    return made


def corrected(walker: Walker, sentence: str, **kept: str) -> None:
    """One sentence says what to do, and what was typed in these fields is still there."""
    said = [" ".join(each.split()) for each in walker.page.locator(".errors li").all_inner_texts()]
    typed = {name: walker.page.locator(f"[name={name}]").input_value() for name in kept}
    assert (said, typed) == ([sentence], kept)


def test_point_11_an_indicator_is_defined(walk: Walk, album: Path) -> None:
    """A percentage without its whole is told at its field; then the page shows the definition."""
    assert walk("oumar").go("indicators:list") == 403
    fatou = walk("fatou")
    fatou.go("indicators:indicator_new")
    page = fatou.page
    page.get_by_label("Code").fill("TST1")
    page.get_by_label("But ou effet").select_option("CCT")
    page.get_by_label("Libellé en français").fill("Causeries tenues (inventé)")
    page.get_by_label("Libellé en anglais").fill("Talks held (invented)")
    page.get_by_label("Ce qui est compté, en français").fill("causeries")
    page.get_by_label("pourcentage : une partie d’un tout").check()
    fatou.press("Enregistrer")
    corrected(
        fatou, "De quel tout, en français : Un pourcentage est celui d’un tout : écrivez-le.", code="TST1", aim="CCT",
        text_fr="Causeries tenues (inventé)", text_en="Talks held (invented)", numerator_fr="causeries",
    )  # fmt: skip
    assert page.get_by_label("pourcentage : une partie d’un tout").is_checked()
    page.get_by_label("nombre", exact=True).check()
    fatou.press("Enregistrer")
    assert fatou.misses("Causeries tenues (inventé)", "libellé non officiel", "Version 1") == []
    fatou.look(album / "indicators-definition.png")
    fatou.go("indicators:list")
    assert (
        fatou.misses("G – Réduire la souffrance", "CCT1 – Réunions tenues calculée depuis les registres")
        == []
    )
    fatou.look(album / "indicators-list.png")


def test_point_12_from_what_is_asked_to_what_is_frozen(
    walk: Walk, people: dict[str, Account], album: Path, asking: Asking, browser: Browser
) -> None:
    """A stranger answers by a link, the report comes back and goes again; the figure opens its records."""
    reported(asking, people, asking.before, 30)
    fatou, kadidia = walk("fatou"), walk("kadidia")
    asked(fatou, asking)
    fatou.press("Lien pour rendre compte une fois")
    url = fatou.page.locator("main a[href*='/answer/']").get_attribute("href") or ""
    stranger = Walker(browser, url, "", PHONE)
    stranger.page.goto(url)
    stranger.page.get_by_label("CCT11").fill("120")
    stranger.look(album / "indicators-answer-phone.png")
    stranger.press("Envoyer")
    assert stranger.sees("Merci : c’est gardé.")
    stranger.close()
    judged(fatou, kadidia)
    told(fatou, asking, album)
    frozen(fatou, asking, album)


def asked(fatou: Walker, asking: Asking) -> None:
    """A round due before its days are over is told so; then who owes it."""
    fatou.go("indicators:round_new")
    page, (first, last) = fatou.page, asking.month
    page.get_by_label("Titre").fill("Le mois dernier (inventé)")
    page.get_by_label("Quelle instance demande ?").select_option(label="Cadre fictif")
    for label, day in (("Valeurs du", first), ("Valeurs au", last), ("À envoyer pour le", first)):
        page.get_by_label(label).fill(day.isoformat())
    page.get_by_label("CCT11").check()
    fatou.press("Enregistrer")
    corrected(
        fatou, "À envoyer pour le : Un rapport est attendu après les jours dont il parle. Corrigez ce jour.",
        title="Le mois dernier (inventé)", first=first.isoformat(), last=last.isoformat(),
        body=str(asking.body.public_id),
    )  # fmt: skip
    assert page.get_by_label("CCT11").is_checked()
    page.get_by_label("À envoyer pour le").fill(timezone.localdate().isoformat())
    fatou.press("Enregistrer")
    fatou.follow("Qui rend compte ?")
    page.get_by_label("OF – ONG fictive").check()
    page.get_by_label("Mopti").check()
    fatou.press("Enregistrer")
    fatou.follow("OF – ONG fictive", exact=False)


def judged(fatou: Walker, kadidia: Walker) -> None:
    """Another person sends it back with the reason, then accepts what comes instead."""
    url = Report.objects.get(round__title="Le mois dernier (inventé)").get_absolute_url()
    kadidia.go(url)
    kadidia.follow("Renvoyer ce rapport")
    kadidia.page.get_by_label("Que faut-il corriger ?").fill("Un zéro de trop (inventé).")
    kadidia.press("Renvoyer ce rapport")
    fatou.go(url)
    assert fatou.misses("Renvoyé", "Un zéro de trop (inventé).") == []
    fatou.follow("Envoyer ces nombres")
    fatou.page.get_by_label("CCT11").fill("12")
    fatou.press("Envoyer")
    kadidia.go(url)
    kadidia.follow("Accepter")
    kadidia.press("Accepter")
    assert kadidia.misses("accepté", "12") == []


def told(fatou: Walker, asking: Asking, album: Path) -> None:
    """How complete the round is; the sum of two months opens the two reports, and a chart shows both."""
    fatou.go(Round.objects.get(title="Le mois dernier (inventé)").get_absolute_url())
    assert fatou.misses("Complétude 100 % 1 sur 1", "Promptitude 100 % 1 sur 1") == []
    fatou.look(album / "indicators-round.png")
    span = f"?first={asking.before[0]}&last={asking.month[1]}"
    fatou.go(Indicator.objects.get(code="CCT11").get_absolute_url() + span)
    assert fatou.page.locator(".figure-number").inner_text() == "42"
    assert fatou.misses("Au fil du temps") == []
    fatou.look(album / "indicators-figure.png")
    fatou.page.locator(".figure-number a").click()
    rows = fatou.page.locator("main tbody th").all_inner_texts()
    assert sorted(rows) == ["OF – Le mois dernier (inventé)", "OF – Période (inventée)"]
    fatou.look(album / "indicators-records.png")


def frozen(fatou: Walker, asking: Asking, album: Path) -> None:
    """A bulletin keeps the figures of the month; the mandate stands beside them."""
    fatou.go("indicators:bulletin_new")
    days = zip(("Du", "Au"), asking.month, strict=True)
    for label, said in (("Titre", "Bulletin inventé"), *((label, day.isoformat()) for label, day in days)):
        fatou.page.get_by_label(label, exact=True).fill(said)
    fatou.press("Figer")
    assert (fatou.misses("CCT11", "empreinte"), Bulletin.objects.count()) == ([], 1)
    fatou.look(album / "indicators-bulletin.png")
    for name in ("rounds", "mandate"):
        fatou.go(f"indicators:{name}")
        fatou.look(album / f"indicators-{name}.png")


def test_point_13_numbers_leave_as_files(
    walk: Walk, people: dict[str, Account], album: Path, asking: Asking
) -> None:
    """What lacks a code is told, and a code of nothing refused; with its codes the file leaves."""
    month = reported(asking, people, asking.month, 12)
    fatou = walk("fatou")
    fatou.go("indicators:dhis2", month.public_id)
    assert fatou.misses("jeu de données", "indicateur (dataElement) – CCT11") == []
    named(fatou, "dataElement", "CCT99", "CAUSERIES")
    corrected(
        fatou,
        "Ici : Aucun indicateur n’a ce code. Prenez-le dans la liste des indicateurs, par exemple CCT11.",
        subject="CCT99",
        code="CAUSERIES",
    )
    fatou.page.get_by_label("Ici").fill("CCT11")
    fatou.press("Enregistrer")
    for kind, subject, code in (("jeu de données", "", "JEU"), ("orgUnit", "ML05", "MOPTI")):
        named(fatou, kind, subject, code)
    fatou.look(album / "indicators-exports.png")
    first, last = asking.month
    fatou.go(f"{reverse('indicators:exports')}?first={first}&last={last}")
    book = openpyxl.load_workbook(io.BytesIO(taken(fatou, "Classeur (.xlsx)")))
    assert [row[6] for row in book["Chiffres"].iter_rows(values_only=True) if row[0] == "CCT11"] == [12]
    assert taken(fatou, "CSV avec HXL et P-codes").count(b"#indicator+code") == 1
    fatou.go("indicators:dhis2", month.public_id)
    fatou.look(album / "indicators-dhis2.png")
    assert json.loads(taken(fatou, "Fichier pour DHIS2 (.json)")) == {
        "dataSet": "JEU", "completeDate": last.isoformat(), "period": dhis2_period(first, last),
        "dataValues": [{"dataElement": "CAUSERIES", "orgUnit": "MOPTI", "value": "12"}],
    }  # fmt: skip


def named(fatou: Walker, kind: str, subject: str, code: str) -> None:
    """Type what something is called in DHIS2."""
    fatou.go("indicators:code_new")
    fatou.page.get_by_label(kind).check()
    fatou.page.get_by_label("Ici").fill(subject)
    fatou.page.get_by_label("Dans DHIS2").fill(code)
    fatou.press("Enregistrer")


def taken(fatou: Walker, name: str) -> bytes:
    """What is in the file behind a link."""
    with fatou.page.expect_download() as waiting:
        fatou.follow(name)
    return Path(waiting.value.path()).read_bytes()
