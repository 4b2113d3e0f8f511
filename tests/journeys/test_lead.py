"""One real event of a public list: lead, incident, verification, a cell of the note, the document, and back again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sutura.alerts.models import Alert
from sutura.incidents.booking import all_lines
from sutura.incidents.models import Incident, Violation
from sutura.ledger.services import verify
from tests.journeys.conftest import Walk
from tests.journeys.test_secretary import taken, words_of
from tests.journeys.walking import Walker
from tests.shared import shared

EVENT, HAPPENED, DECIDED, QUARTER = "35162", date(2022, 5, 26), date(2022, 6, 20), "2022-Q2"
REASON = "La liste publique, une visite et un témoin concordent (essai)."


def bring_the_list(kadidia: Walker, file: Path) -> None:
    kadidia.go("intake:leads")
    kadidia.look()
    kadidia.page.locator("input[type=file]").set_input_files(file)
    source = kadidia.page.locator("[name=source]").first
    if source.evaluate("one => one.tagName") == "SELECT":
        source.select_option("insecurity-insight")
    else:
        kadidia.page.locator("[name=source][value=insecurity-insight]").check()
    kadidia.press("Essayer le fichier")
    kadidia.look()
    assert Alert.objects.count() == 0
    kadidia.press("Recevoir les pistes")


def document(binta: Walker, lead: Alert) -> Violation:
    binta.go("alerts:detail", lead.public_id)
    assert binta.misses("health centre was ransacked") == []
    binta.look()
    binta.follow("Ouvrir un incident")
    binta.page.get_by_label("Titre").fill("Centre de santé pillé (essai sur une liste publique)")
    binta.page.get_by_label("Attaque contre un hôpital").check()
    assert binta.page.get_by_label("Jour, ou premier jour").input_value() == HAPPENED.isoformat()
    binta.press("Ouvrir l’incident et continuer")
    incident = Incident.objects.get()
    binta.go("incidents:step", incident.public_id, "sources")
    binta.page.get_by_label("Primaire : un témoin").check()
    binta.page.get_by_label("Fiabilité de la source").select_option("high")
    binta.page.get_by_label("Crédibilité du propos").select_option("high")
    binta.press("Ajouter une source")
    binta.go("incidents:step", incident.public_id, "accounts")
    binta.page.get_by_label("Récit partageable").fill("Un centre de santé a été pillé (essai).")
    binta.press("Enregistrer et continuer")
    return incident.violations.get(type="attack_hospital")


def judge(walker: Walker, violation: Violation, button: str) -> None:
    walker.go("verification:violation", violation.public_id)
    walker.page.get_by_label("Vérifiée", exact=True).check()
    walker.page.get_by_label("Date", exact=True).fill(DECIDED.isoformat())
    walker.page.get_by_label("Motif").fill(REASON)
    walker.look()
    walker.press(button)


def test_a_real_event_is_followed_from_the_list_to_the_note_and_back(walk: Walk) -> None:
    file = shared("data", "incidents", "insecurity_insight_mali_2016-2022.csv")
    kadidia = walk("kadidia")
    bring_the_list(kadidia, file)
    lead = Alert.objects.get(source="insecurity-insight", source_event_id=EVENT)
    assert (lead.region, lead.happened_on, lead.is_lead) == ("ML05", HAPPENED, True)
    assert Incident.objects.count() == 0  # never straight to an incident

    binta = walk("binta")
    violation = document(binta, lead)
    judge(binta, violation, "Donner cet avis")
    judge(walk("moussa"), violation, "Donner cet avis")
    judge(walk("seydou"), violation, "Décider")
    violation.refresh_from_db()
    assert (violation.status, violation.decided_on) == ("verified", DECIDED)
    assert verify(all_lines()).faults == []

    kadidia.go("reporting:note", QUARTER)
    cell = kadidia.page.locator("a[href*='verified%2Fevents%2Fattack_hospital']").first
    assert cell.inner_text() == "1"
    kadidia.look()
    told = words_of(taken(kadidia.page, "Word, français"))
    assert violation.incident.ref not in told  # numbers alone: rows by code leave by request
    assert "hôpitaux" in told
    cell.click()
    assert kadidia.misses(violation.incident.ref) == []
    kadidia.look()
    kadidia.follow(violation.incident.ref, exact=False)
    assert kadidia.misses(violation.incident.ref, "Un centre de santé a été pillé (essai).") == []
    kadidia.follow(lead.ref, exact=False)
    assert kadidia.heading() != ""
    assert kadidia.page.url.endswith(f"/alerts/{lead.public_id}/")
