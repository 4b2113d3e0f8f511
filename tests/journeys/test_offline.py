"""Awa writes two alerts without a network, and they arrive once; whoever may read them takes them over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Playwright

from sutura.alerts.models import Alert
from sutura.audit.models import Entry
from sutura.incidents.models import Incident
from sutura.intake.models import Envelope
from sutura.people.models import Account
from tests.intake.disks import found, killed, no_room, told_of_a_full_disk
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE, Walker, bring_in

CANARY, DRAFT = "Mots-inventés-scellés", "Brouillon-inventé-perdu"


def test_what_is_written_without_a_network_arrives_once(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    fatou = walk("fatou")
    assert [fatou.go(f"intake:{name}") for name in ("offline", "received")] == [403, 403]
    awa = walk("awa", PHONE)
    awa.go("intake:offline")
    awa.page.get_by_text("Cette page est prête").wait_for()
    assert awa.misses("Awa") == ["Awa"]  # the kept page tells of nobody
    awa.look(album / "offline-phone.png")
    awa.context.set_offline(True)
    awa.page.goto(awa.url)  # any address: the kept page opens
    assert awa.heading() == "Écrire sans réseau"
    written(awa.page, "Enlèvement")
    awa.page.reload()
    written(awa.page, "Violence sexuelle")
    awa.page.locator("[data-queue] tr").nth(1).wait_for()  # the list is drawn after the word
    assert awa.page.locator("[data-queue] tr").count() == 2
    assert CANARY not in stored(awa)
    awa.look(album / "offline-queue-phone.png")
    awa.context.set_offline(False)
    awa.page.goto(awa.url)
    awa.go("intake:offline")
    awa.page.get_by_text("Reçue par le serveur").nth(1).wait_for()
    awa.page.reload()
    awa.page.get_by_role("button", name="Envoyer maintenant").click()
    awa.page.wait_for_load_state("networkidle")
    assert sorted(Envelope.objects.values_list("region", "apart", "sent_by")) == [
        ("ML05", False, people["awa"].pk), ("ML05", True, people["awa"].pk)
    ]  # fmt: skip
    taken_over(walk, album)
    # A backup made since then: it leaves the device.
    moment = timezone.now() + timedelta(seconds=5)
    Entry.objects.create(actor="backup", act="backup.take", subject=f"sutura-{moment:%Y%m%dT%H%M%SZ}.age")
    awa.page.get_by_role("button", name="Envoyer maintenant").click()
    awa.page.get_by_text("Rien n’attend ici.").wait_for()


def taken_over(walk: Walk, album: Path) -> None:
    """Oumar, of another region, sees nothing; the focal point makes two alerts of two envelopes."""
    oumar = walk("oumar")
    oumar.go("intake:received")
    assert oumar.sees("Rien n’attend")
    hawa = walk("hawa")
    hawa.go("intake:received")
    assert hawa.sees("Rien n’attend")
    binta = walk("binta")
    binta.go("intake:received")
    binta.look(album / "received.png")
    binta.press("Ouvrir et prendre en charge")
    assert binta.sees("2 saisies prises en charge", "Rien n’attend")
    yesterday = timezone.localdate() - timedelta(days=1)
    asked = ("abduction", "sexual_violence", "happened_on", "received_by__username")
    told = Alert.objects.order_by("id").values_list(*asked)
    assert list(told) == [(True, False, yesterday, "awa"), (False, True, yesterday, "awa")]


def test_an_incident_on_one_sheet_becomes_its_senders_file(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    awa = walk("awa", PHONE)
    awa.go("intake:offline_incident")
    awa.page.get_by_text("Cette page est prête").wait_for()
    assert awa.misses("Awa") == ["Awa"]
    awa.look(album / "offline-incident-phone.png")
    awa.context.set_offline(True)
    awa.go("intake:offline_incident")
    assert awa.heading() == "Documenter sans réseau"
    a_sheet(awa)
    awa.look(album / "offline-sheet-phone.png")
    awa.press("Enregistrer sur cet appareil")
    awa.page.get_by_text("Enregistré sur cet appareil et scellé").wait_for()
    assert CANARY not in stored(awa)
    awa.context.set_offline(False)
    awa.go("intake:offline_incident")
    awa.page.get_by_text("Reçue par le serveur").wait_for()
    fatou = walk("fatou")
    assert fatou.go("intake:offline_incident") == 403
    awa.go("intake:received")  # hers are the region’s accounts: she takes over what she wrote
    awa.press("Ouvrir et prendre en charge")
    assert awa.sees("1 saisie prise en charge", "Rien n’attend")
    incident = Incident.objects.get()
    assert (incident.opened_by.username, incident.region, incident.boys) == ("awa", "ML05", 3)
    violations = incident.violations.order_by("type").values_list("type", "boys", "party_label")
    assert list(violations) == [("abduction", 3, "JNIM"), ("killing", 1, "unidentified")]
    assert [(one.kind, one.boys, one.age) for one in incident.victims.order_by("pk")] == [
        ("individual", 0, 9), ("group", 2, None)
    ]  # fmt: skip
    assert [one.category for one in incident.sources.all()] == ["primary_witness"]
    awa.go("incidents:detail", incident.public_id)
    awa.look(album / "offline-incident-file.png")


def a_sheet(awa: Walker) -> None:
    """Two violations, a child, a group, a party and a source; what is missing is said, and nothing typed is lost."""
    page = awa.page
    page.get_by_label("Titre").fill("Garçons emmenés d’un marché (inventé)")
    page.get_by_label("Meurtre").check()
    page.get_by_label("Enlèvement").check()
    page.get_by_label("Jour, ou premier jour").fill((timezone.localdate() - timedelta(days=2)).isoformat())
    page.get_by_label("Région").select_option("ML05")
    page.locator("#id_boys").fill("3")
    page.locator("#id_abduction-boys").fill("3")
    page.locator("#id_killing-boys").fill("1")
    page.get_by_label("Récit restreint").fill(CANARY)
    page.get_by_role("button", name="+ Un enfant", exact=True).click()
    awa.press("Enregistrer sur cet appareil")
    page.get_by_text("dites dans chaque ligne de laquelle").wait_for()
    ticked(awa, "victims-0", "killing", "abduction")
    page.locator("[name=victims-0-sex][value=boy]").check()
    page.locator("#id_victims-0-age").fill("9")
    page.get_by_role("button", name="+ Un groupe d’enfants").click()
    ticked(awa, "victims-1", "abduction")
    page.locator("#id_victims-1-boys").fill("2")
    page.get_by_role("button", name="+ Un auteur").click()
    ticked(awa, "perpetrators-2", "abduction")
    page.locator("#id_perpetrators-2-party").select_option("JNIM")
    page.get_by_role("button", name="+ Une source").click()
    ticked(awa, "sources-3", "killing", "abduction")
    page.locator("[name=sources-3-category][value=primary_witness]").check()


def ticked(awa: Walker, row: str, *types: str) -> None:
    """The violations to which a row belongs."""
    for kind in types:
        awa.page.locator(f"[name={row}-violations][value={kind}]").check()


def test_an_old_browser_says_so_and_loses_nothing(walk: Walk, people: dict[str, Account]) -> None:
    """One that cannot seal keeps nothing new; what it held before is still sent."""
    awa = walk("awa", PHONE)
    awa.go("intake:offline")
    awa.context.set_offline(True)
    written(awa.page, "Enlèvement")
    awa.context.add_init_script(
        "const made = crypto.subtle.generateKey.bind(crypto.subtle);"
        "crypto.subtle.generateKey = (how, ...rest) => how.name === 'X25519'"
        " ? Promise.reject(new DOMException('', 'NotSupportedError')) : made(how, ...rest);"
    )
    awa.context.set_offline(False)
    awa.go("intake:offline")
    awa.page.get_by_text("Ce navigateur ne sait pas sceller ce qu’il garde").wait_for()
    awa.page.get_by_text("Reçue par le serveur").wait_for()
    assert Envelope.objects.count() == 1
    assert awa.page.get_by_label("En quelques mots").is_disabled()


def written(page: Page, kind: str) -> None:
    """Fill in the form and save it on the device."""
    filled(page, kind)
    save(page)
    page.get_by_text("Enregistré sur cet appareil et scellé").wait_for()


def test_a_browser_that_is_killed_loses_nothing_and_its_disk_tells_nothing(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], live_server: Any, people: dict[str, Account],
    tmp_path: Path,
) -> None:  # fmt: skip
    """A record saved, a full disk, a draft, a killed browser, started again, sent, signed out: no word on the disk."""
    home = tmp_path / "profile"
    address = live_server.url + reverse("intake:offline")
    program = told_of_a_full_disk(browser_type_launch_args["executable_path"], tmp_path)

    def browser() -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            str(home),
            locale="fr-FR",
            timezone_id="Africa/Bamako",
            **{**browser_type_launch_args, "executable_path": str(program)},
        )

    context = browser()
    bring_in(context, live_server.url, people["awa"])
    page = context.pages[0]
    page.goto(address)
    page.get_by_text("Cette page est prête").wait_for()
    context.set_offline(True)
    written(page, "Enlèvement")
    filled(page, "Meurtre")
    # Whatever else the browser writes meanwhile breaks it; so for no longer than it takes.
    with no_room(home):
        save(page)
        page.get_by_text("Non enregistré : l’appareil n’a plus de place").wait_for()
        assert page.get_by_label("En quelques mots").input_value() == CANARY
    save(page)
    page.get_by_text("Enregistré sur cet appareil et scellé").wait_for()
    page.get_by_label("En quelques mots").fill(DRAFT)
    killed(home)
    assert found(home, (CANARY, DRAFT)) == []
    context = browser()
    bring_in(context, live_server.url, people["awa"])
    page = context.pages[0]
    page.goto(address)
    page.get_by_text("Reçue par le serveur").nth(1).wait_for()
    assert [envelope.region for envelope in Envelope.objects.all()] == ["ML05", "ML05"]
    page.goto(live_server.url)
    page.locator(".account summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_label("Mot de passe").wait_for()
    context.close()
    assert found(home, (CANARY, DRAFT)) == []


def filled(page: Page, kind: str) -> None:
    """Fill in the form."""
    page.get_by_label(kind).check()
    page.get_by_label("En quelques mots").fill(CANARY)
    page.get_by_label("Hier").check()
    page.get_by_label("Région").select_option("ML05")
    page.get_by_label("Garçons").fill("2")


def save(page: Page) -> None:
    """Ask that it be saved on the device."""
    page.get_by_role("button", name="Enregistrer sur cet appareil").click()


def stored(awa: Walker) -> str:
    """All that the page can read back of what it stored."""
    told: str = awa.page.evaluate(
        """async () => {
            const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
            const db = await answer(indexedDB.open("sutura"));
            return JSON.stringify(await answer(db.transaction("saved").objectStore("saved").getAll()));
        }"""
    )
    return told
