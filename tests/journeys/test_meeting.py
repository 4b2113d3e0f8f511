"""Point 2: Fatou, coordination, and Mariam, member of a body: from a new body to the minutes sent, in one morning."""

from __future__ import annotations

import io
from pathlib import Path

from django.core import mail
from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from sutura.coordination.models import Body, Meeting
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.people.services import machine
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker


def open_the_body(fatou: Walker, album: Path) -> Body:
    fatou.follow("Coordonner")
    fatou.look()
    fatou.follow("Nouvelle instance")
    fatou.page.get_by_label("Nature").select_option("working_group")
    fatou.page.get_by_label("Sigle").fill("gt-mopti")
    fatou.page.get_by_label("Nom en français").fill("Groupe de Mopti (inventé)")
    fatou.page.get_by_label("Niveau").select_option("regional")
    fatou.press("Ouvrir cette instance")
    assert fatou.sees("Choisissez une région sous le niveau national")
    fatou.page.get_by_label("Région").select_option(label="Mopti")
    fatou.look(album / "body-form-laptop.png")
    fatou.press("Ouvrir cette instance")
    for name, account in (("ONG fictive", "mariam"), ("Direction inventée", "")):
        fatou.follow("Ajouter un membre")
        fatou.page.get_by_label("Organisation").select_option(label=name)
        fatou.page.get_by_label("Compte dans cet outil").fill(account)
        fatou.page.get_by_label("Du", exact=True).fill("2026-01-01")
        fatou.press("Enregistrer")
    fatou.look(album / "body-laptop.png")
    return Body.objects.get(acronym="GT-MOPTI")


def plan_with_the_members(fatou: Walker, mariam: Walker, album: Path) -> Meeting:
    today = timezone.localdate().isoformat()
    fatou.follow("Planifier une réunion")
    fatou.page.get_by_label("Jour").fill(today)
    fatou.page.get_by_label("Lieu").fill("Mopti")
    fatou.press("Planifier")
    meeting = Meeting.objects.get()
    fatou.follow("Appeler à proposer des points")
    fatou.page.get_by_label("Au", exact=True).fill("2020-01-01")
    fatou.press("Appeler à proposer des points")
    assert fatou.sees("Choisissez un jour entre aujourd’hui et le jour de la réunion.")
    fatou.page.get_by_label("Au", exact=True).fill(today)
    fatou.press("Appeler à proposer des points")
    mariam.go("coordination:meeting", meeting.public_id)
    mariam.follow("Proposer un point")
    mariam.page.get_by_label("Point", exact=True).fill("Prévention du suicide (inventé)")
    mariam.press("Proposer")
    mariam.look(album / "meeting-member-phone.png")
    fatou.go("coordination:meeting", meeting.public_id)
    fatou.look(album / "meeting-called-laptop.png")
    fatou.page.get_by_role("link", name="Décider Prévention du suicide (inventé)").click()
    fatou.page.get_by_label("Retenu").check()
    fatou.press("Décider")
    fatou.follow("Compléter l’ordre du jour")
    fatou.look(album / "agenda-laptop.png")
    fatou.page.get_by_role("button", name="Monter Prévention du suicide (inventé)").click()
    fatou.go("coordination:meeting", meeting.public_id)
    fatou.follow("Publier l’ordre du jour")
    fatou.press("Publier l’ordre du jour")
    assert fatou.sees("Ordre du jour publié")
    fatou.follow("Envoyer la convocation")
    fatou.press("Envoyer la convocation")
    assert fatou.misses("Message parti à 1 organisation.", "Sans adresse de convocation") == []
    fatou.look(album / "meeting-convened-laptop.png")
    return meeting


def two_write_at_once(fatou: Walker, kadidia: Walker, album: Path) -> None:
    """Kadidia writes into a point that Fatou has open: what is hers comes to Fatou's page, field by field; only where
    both wrote is Fatou asked."""
    point, name = fatou.page.get_by_role("group", name="1. Prévention"), "1. Prévention"
    kadidia.page.goto(fatou.page.url)
    hers = kadidia.page.get_by_role("group", name=name)
    hers.get_by_label("Recommandations et décisions").fill("Former vingt agents\nen mai (inventé).")
    kadidia.press("Enregistrer")
    point.get_by_label("Discussions").fill("Trois cercles, et bientôt quatre (inventé).")
    point.get_by_label("Discussions").press("Tab")
    decisions = point.get_by_label("Recommandations et décisions")
    expect(decisions).to_have_value("Former vingt agents\nen mai (inventé).")

    kadidia.page.go_back()
    kadidia.page.reload()
    hers.get_by_label("Discussions").fill("Quatre cercles (inventé).")
    kadidia.press("Enregistrer")
    point.get_by_label("Discussions").fill("Cinq cercles (inventé).")
    point.get_by_label("Discussions").press("Tab")
    fatou.page.get_by_text("Deux personnes ont écrit au même endroit").wait_for()
    assert fatou.sees("Discussions, tel que quelqu’un d’autre l’a écrit", "Quatre cercles (inventé).")
    assert point.get_by_label("Discussions").input_value() == "Cinq cercles (inventé)."
    fatou.look(album / "minutes-clash-laptop.png")
    fatou.press("Enregistrer")


def test_point_2_a_meeting_in_one_morning(walk: Walk, people: dict[str, Account], album: Path) -> None:
    add_organisation(by=machine("demo"), name="ONG fictive", kind="nngo")
    box = "direction@exemple.invalid"
    add_organisation(by=machine("demo"), name="Direction inventée", kind="state", contact_email=box)
    fatou, mariam, kadidia = walk("fatou"), walk("mariam", PHONE), walk("kadidia")
    body = open_the_body(fatou, album)
    meeting = plan_with_the_members(fatou, mariam, album)

    fatou.follow("La réunion se tient : écrire le procès-verbal")
    fatou.page.get_by_label("Présidée par").select_option(label="Direction inventée")
    fatou.press("La réunion se tient : écrire le procès-verbal")
    point = fatou.page.get_by_role("group", name="1. Prévention du suicide (inventé)")
    point.get_by_label("Discussions").fill("Trois cercles sans service (inventé).")
    point.get_by_label("Recommandations et décisions").fill("Former dix agents (inventé).")
    point.get_by_label("Recommandations et décisions").press("Tab")
    fatou.page.get_by_text("Enregistré à").wait_for()
    item = meeting.items.get(position=1)
    assert (item.discussion, item.decisions) == (
        "Trois cercles sans service (inventé).",
        "Former dix agents (inventé).",
    )
    fatou.look(album / "minutes-laptop.png")

    two_write_at_once(fatou, kadidia, album)

    fatou.follow("Noter qui est venu")
    row = fatou.page.get_by_role("group", name="Direction inventée")
    row.get_by_label("Présence").select_option("present")
    row.get_by_label("Femmes").fill("2")
    fatou.look(album / "attendance-laptop.png")
    fatou.press("Enregistrer")
    for act in ("Valider le procès-verbal", "Diffuser le procès-verbal"):
        fatou.follow(act)
        fatou.press(act)
    fatou.look(album / "meeting-sent-laptop.png")
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["direction@exemple.invalid"], f"Sutura\u202f: {what} {meeting.ref}")
        for what in ("convocation", "procès-verbal")
    ]

    mariam.go("coordination:paper", meeting.public_id, "minutes")
    mariam.look(album / "minutes-paper-phone.png")
    with mariam.page.expect_download() as arriving:
        mariam.page.get_by_role("link", name="Word").click()
    document = Document(io.BytesIO(Path(arriving.value.path()).read_bytes()))
    told = [cell.text for cell in document.tables[-1].rows[1].cells]
    assert told == [
        "Prévention du suicide (inventé)",
        "Cinq cercles (inventé).",
        "Former vingt agents\nen mai (inventé).",
    ]
    with mariam.page.expect_download() as arriving:
        mariam.page.get_by_role("link", name="PDF").click()
    assert Path(arriving.value.path()).read_bytes().startswith(b"%PDF-")
    mariam.go("coordination:body", body.public_id)
    mariam.look(album / "body-phone.png")
