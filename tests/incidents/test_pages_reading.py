"""Reading incidents: refused first, then the list, the file now and as it stood, the sheet, the attachments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Attachment, Incident
from sutura.incidents.parts import ViolationPart
from sutura.people.models import Account
from tests.incidents.conftest import DAY, Opener, Places
from tests.people import open_vault

Visit = Callable[[Account], Client]
LIST = "/incidents/"
SECRET = "Le récit des témoins."


@pytest.fixture
def visit(client: Client) -> Visit:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting


@pytest.fixture
def private_files(settings: Any, tmp_path: Path) -> Path:
    """Attachments of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def paper(private_files: Path, incident: Incident, awa: Account) -> Attachment:
    """A document of the incident, under a name that must not travel."""
    file = ContentFile(b"%PDF-1.7 preuve", name="acte de Moussa.pdf")
    return services.add_attachment(incident=incident, file=file, by=awa, kind="document")


def page(incident: Incident, name: str = "detail", *more: object) -> str:
    return reverse(f"incidents:{name}", args=[incident.public_id, *more])


def text(answer: Any) -> str:
    return answer.content.decode()


# Refusals: there is something to see


def test_a_coordinator_reads_no_incident(
    incident: Incident, paper: Attachment, visit: Visit, fatou: Account
) -> None:
    browser = visit(fatou)
    addresses = [LIST, page(incident), page(incident, "sheet"), page(incident, "attachment", paper.public_id)]
    assert [browser.get(address).status_code for address in addresses] == [403] * 4


def test_another_region_sees_nothing(
    incident: Incident, paper: Attachment, visit: Visit, oumar: Account
) -> None:
    browser = visit(oumar)
    assert incident.ref not in text(browser.get(LIST))
    addresses = [page(incident), page(incident, "sheet"), page(incident, "attachment", paper.public_id)]
    assert [browser.get(address).status_code for address in addresses] == [404] * 3


def test_a_stranger_is_sent_to_sign_in(incident: Incident, client: Client) -> None:
    assert [client.get(address).status_code for address in (LIST, page(incident))] == [302, 302]


@pytest.mark.parametrize("name", ["detail", "sheet"])
def test_the_restricted_account_and_identifying_details_are_absent_for_a_principal(
    name: str, incident: Incident, visit: Visit, chair: Account, awa: Account
) -> None:
    shown = text(visit(chair).get(page(incident, name)))
    hidden = [SECRET, "Une voisine", "Abou Untel", "Récit restreint"]
    assert [words in shown for words in hidden] == [False] * 4
    if name == "detail":
        browser = visit(awa)
        sealed = text(browser.get(page(incident)))
        assert [words in sealed for words in hidden] == [False, False, False, True]
        open_vault(browser, awa)
        known = text(browser.post(page(incident, "open"), {"why": "relecture"}))
        assert [words in known for words in hidden] == [True] * 4


def test_a_principal_does_not_download_and_sees_no_name_of_a_file(
    incident: Incident, paper: Attachment, visit: Visit, chair: Account
) -> None:
    browser = visit(chair)
    assert "acte de Moussa" not in text(browser.get(page(incident)))
    assert browser.get(page(incident, "attachment", paper.public_id)).status_code == 403


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_any_length(
    count: int, opened: Opener, visit: Visit, awa: Account, django_assert_num_queries: Callable
) -> None:
    refs = [opened().ref for _ in range(count)]
    browser = visit(awa)
    with django_assert_num_queries(
        9
    ):  # session, account, grants, regions, parties, rows, apart, places, violations
        shown = text(browser.get(LIST))
    assert [ref for ref in refs if ref not in shown] == []


def test_the_list_says_what_where_when_and_how_far(opened: Opener, visit: Visit, awa: Account) -> None:
    incident = opened(locality="Hameau <b>du puits</b>")
    shown = text(visit(awa).get(LIST))
    assert f'href="{incident.public_id}/"' in shown
    expected = ["Attaque du marché", "Meurtre", "En attente", "10\u00a0févr.\u00a02025", "Mopti", "JNIM"]
    assert [words for words in expected if words not in shown] == []
    assert "Hameau &lt;b&gt;du puits&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b"}),
        ("type=killing", {"a"}),
        ("type=abduction&status=pending", {"b"}),
        ("status=verified", set()),
        ("party=JNIM", {"a"}),
        ("party=unidentified", {"a", "b"}),
        ("region=ML05", {"a"}),
        ("region=ML01", {"b"}),
        ("state=closed", set()),
        ("first=2025-02-11", {"b"}),
        ("last=2025-02-10", {"a"}),
        ("ref=march%C3%A9", {"a"}),
        ("type=nonsense&first=never", {"a", "b"}),
    ],
)
def test_filters_live_in_the_address(
    query: str, found: set, opened: Opener, places: Places, visit: Visit, machine: Account, moussa: Account
) -> None:
    b = {
        "place": places.kayes, "occurred_on": DAY + timedelta(days=1), "title": "Enlèvement", "victims": (),
        "perpetrators": (), "sources": (), "violations": (ViolationPart(type="abduction", boys=1),),
    }  # fmt: skip
    refs = {"a": opened().ref, "b": opened(by=machine, **b).ref}
    shown = text(visit(moussa).get(f"{LIST}?{query}"))
    assert {name for name, ref in refs.items() if ref in shown} == found


def test_pages_by_key_lead_back_and_forth(
    opened: Opener, visit: Visit, awa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [opened(occurred_on=date(2025, 1, day), violations=(), victims=(), perpetrators=(), sources=()).ref
            for day in range(1, 8)][::-1]  # fmt: skip
    from sutura.incidents import listing, newer

    monkeypatch.setattr(listing.page, "__kwdefaults__", {**listing.page.__kwdefaults__, "size": 3})
    monkeypatch.setattr(newer.newer_cursor, "__defaults__", (3,))
    browser = visit(awa)

    def read(address: str) -> tuple[list[str], dict[str, Any]]:
        answer = browser.get(LIST + address)
        return [ref for ref in refs if ref in text(answer)], answer.context

    first, context = read("?state=open")
    assert (first, context["newer_url"]) == (refs[:3], "")
    second, context = read(context["older_url"])
    assert second == refs[3:6]
    assert read(context["newer_url"])[0] == refs[:3]
    third, context = read(context["older_url"])
    assert (third, context["older_url"]) == (refs[6:], "")
    assert read(context["newer_url"])[0] == refs[3:6]


def test_a_cursor_which_means_nothing_is_the_first_page(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    answer = visit(awa).get(f"{LIST}?after=%00bad~x")
    assert (answer.status_code, incident.ref in text(answer)) == (200, True)


def test_nothing_found_is_said(incident: Incident, visit: Visit, awa: Account) -> None:
    assert "Aucun incident ne répond à ces filtres" in text(visit(awa).get(f"{LIST}?state=void"))


# The file


def test_the_file_tells_everything_by_code(incident: Incident, visit: Visit, awa: Account) -> None:
    browser = visit(awa)
    open_vault(browser, awa)
    shown = text(browser.post(page(incident, "open"), {"why": "relecture"}))
    expected = [
        incident.ref, "V1 · Meurtre", "V2 · Atteinte", "V3 · Attaque contre une école", "Garçon, 9 ans", "K1",
        "Menace d’attaque", "JNIM", "Une voisine", SECRET,
    ]  # fmt: skip
    assert [words for words in expected if words not in shown] == []


@pytest.mark.parametrize("times", [1, 3])
def test_the_file_costs_the_same_whatever_it_holds(
    times: int, opened: Opener, visit: Visit, awa: Account, django_assert_num_queries: Callable
) -> None:
    parts = tuple(ViolationPart(type="killing", boys=1) for _ in range(times))
    incident = opened(violations=parts, victims=(), perpetrators=(), sources=())
    browser = visit(awa)
    browser.get(page(incident))
    with django_assert_num_queries(49):
        browser.get(page(incident))


def test_the_file_as_it_stood(incident: Incident, visit: Visit, awa: Account) -> None:
    before = timezone.now()
    services.change_incident(incident=incident, title="Autre titre", by=awa, why="mieux su")
    browser = visit(awa)
    then = text(browser.get(page(incident), {"as_at": before.isoformat()}))
    now = text(browser.get(page(incident)))
    assert ["<h1>Autre titre" in shown for shown in (then, now)] == [False, True]
    assert ["<h1>Attaque du marché" in shown for shown in (then, now)] == [True, False]
    assert ["Documenter" in shown for shown in (then, now)] == [False, True]
    assert "mieux su" in now
    assert "Attaque du marché → Autre titre" in now


def test_before_it_was_opened_there_was_no_file(incident: Incident, visit: Visit, awa: Account) -> None:
    answer = visit(awa).get(page(incident), {"as_at": "2019-01-01"})
    assert "existait pas encore" in text(answer)


def test_the_story_is_short_until_all_of_it_is_asked_for(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    for number in range(15):
        services.change_incident(incident=incident, title=f"Titre {number}", by=awa, why=f"raison {number}.")
    browser = visit(awa)
    short, whole = (text(browser.get(page(incident), query)) for query in ({}, {"story": "all"}))
    assert [f"raison {number}." in short for number in (14, 3, 2, 0)] == [True, True, False, False]
    assert [f"raison {number}." in whole for number in (14, 3, 2, 0)] == [True] * 4


@pytest.mark.parametrize("asked", ["soon", "2025-99-99", "2025-13-01T25:00"])
def test_a_moment_which_means_nothing_is_now(
    asked: str, incident: Incident, visit: Visit, awa: Account
) -> None:
    assert "Attaque du marché" in text(visit(awa).get(page(incident), {"as_at": asked}))


def test_a_void_record_stays_with_its_reason(
    incident: Incident, visit: Visit, binta: Account, awa: Account
) -> None:
    services.void_violation(violation=incident.violations.first(), by=binta, why="compté deux fois")
    shown = text(visit(awa).get(page(incident)))
    assert ("compté deux fois" in shown, "V1 · Meurtre" in shown) == (True, False)


def test_only_who_may_act_is_offered_acts(
    incident: Incident, visit: Visit, awa: Account, binta: Account, moussa: Account
) -> None:
    void = page(incident, "act", "void")
    check = page(incident, "check")
    offered = {
        who.username: tuple(url in text(visit(who).get(page(incident))) for url in (check, void))
        for who in (awa, binta, moussa)
    }
    assert offered == {"awa": (True, False), "binta": (True, True), "moussa": (False, False)}


# The sheet


def test_the_sheet_holds_what_the_task_force_needs(incident: Incident, visit: Visit, chair: Account) -> None:
    shown = text(visit(chair).get(page(incident, "sheet")))
    expected = [
        "Fiche de vérification", "V1 · Meurtre", "un témoin", "Haute", "Preuves manquantes",
        "V3 n’a pas de source.", "Point focal", "Coprésidents, niveau technique", "Équipe spéciale (CTFMR)",
    ]  # fmt: skip
    assert [words for words in expected if words not in shown] == []


# Attachments


def test_a_file_is_handed_out_on_record_under_a_name_that_says_nothing(
    moussa: Account, incident: Incident, paper: Attachment, visit: Visit
) -> None:
    browser = visit(moussa)
    address = page(incident, "attachment", paper.public_id)
    assert browser.get(address)["Location"].startswith("/vault/unlock/")
    open_vault(browser, moussa)
    assert browser.post(address, {"why": ""}).status_code == 422
    answer = browser.post(address, {"why": "vérification"})
    assert answer.content == b"%PDF-1.7 preuve"
    name = f"{incident.ref}-{paper.public_id.hex[:8]}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    told = Entry.objects.filter(act="incidents.read_attachment").values_list("actor", "subject")
    assert list(told) == [("moussa", str(paper.public_id))]


def test_a_void_file_is_no_longer_served(
    incident: Incident, paper: Attachment, visit: Visit, awa: Account, binta: Account
) -> None:
    services.void_attachment(attachment=paper, by=binta, why="visage reconnaissable")
    assert visit(awa).get(page(incident, "attachment", paper.public_id)).status_code == 404


def test_a_file_which_is_lost_is_said_and_not_recorded(
    incident: Incident, paper: Attachment, visit: Visit, awa: Account
) -> None:
    Path(paper.file.path).unlink()
    browser = visit(awa)
    open_vault(browser, awa)
    answer = browser.post(page(incident, "attachment", paper.public_id), {"why": "vérification"})
    assert "pas sur ce serveur" in text(answer)
    assert Entry.objects.filter(act="incidents.read_attachment").count() == 0
