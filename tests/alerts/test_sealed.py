"""The words of an alert: sealed as they arrive, opened for a reason by who reads the alerts of the region."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from sutura.access.errors import NotAllowed
from sutura.alerts import services
from sutura.alerts.models import Alert
from sutura.people.models import Account
from sutura.places.resolver import Register
from sutura.vault.models import Opening, RecordKey
from sutura.vault.revealing import reveal
from tests.alerts.test_services import LEAD
from tests.people import KAYES, MOPTI, cast, open_vault, with_vault, words

Tell = Callable[..., Alert]
Visit = Callable[[Account], Client]
WORDS = "Deux garçons près du puits."
OPEN = {"why": "tri du matin"}


def page(alert: Alert) -> str:
    return reverse("alerts:detail", args=[alert.public_id])


def opening(alert: Alert) -> str:
    return reverse("alerts:open", args=[alert.public_id])


def test_nothing_that_people_say_lies_in_clear(tell: Tell, binta: Account) -> None:
    said = ("zqdit-ici", "zqfait-ici", "zqdemande-ici", "zqraison-ici")
    alert = tell(told=said[0])
    services.protect_first(alert=alert, by=binta, done=said[1])
    services.ask(alert=alert, by=binta, about=["day"], question=said[2])
    services.set_not_mrm(alert=alert, by=binta, reason=said[3])
    for table in ("alerts_alert", "alerts_historicalalert"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            rows = repr(cursor.fetchall())
        assert [word for word in said if word in rows] == []
    told = ("told", "protection_done", "asked", "state_reason")
    assert words(alert, *told, by=binta) == said


def test_an_alert_is_sealed_to_its_region_and_one_of_sexual_violence_to_its_group(tell: Tell) -> None:
    for kind in ("killing", "sexual_violence"):
        tell(types=[kind])
    keys = RecordKey.objects.filter(kind="alerts.alert").order_by("pk").values_list("region", "right")
    assert sorted(keys) == [(MOPTI, "alerts.read"), (MOPTI, "incidents.sexual_violence")]


@pytest.mark.parametrize("sign", ["get", "post"])
def test_the_words_are_refused_to_who_may_not_read_the_alert(
    sign: str, tell: Tell, visit: Visit, partner: Account, oumar: Account, fatou: Account
) -> None:
    alert = tell(by=partner, told=WORDS)
    for by, code in ((partner, 403), (oumar, 404), (fatou, 403)):
        browser = visit(by)
        open_vault(browser, by)
        assert getattr(browser, sign)(opening(alert), OPEN).status_code == code
    assert Opening.objects.count() == 0


def test_the_words_of_sexual_violence_are_not_found_outside_the_group(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    member = cast("membre", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    alert = tell(types=["sexual_violence"], told=WORDS)
    browser = visit(binta)
    open_vault(browser, binta)
    assert browser.post(opening(alert), OPEN).status_code == 404
    browser = visit(member)
    open_vault(browser, member)
    assert "Membre" in browser.get(page(alert)).content.decode()
    assert WORDS in browser.post(opening(alert), OPEN).content.decode()


def test_a_closed_vault_is_opened_first_and_a_reason_is_asked(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert, browser = tell(told=WORDS), visit(binta)
    shut = browser.post(opening(alert), OPEN)
    assert shut["Location"].startswith(reverse(settings.VAULT_URL))
    open_vault(browser, binta)
    assert browser.get(opening(alert)).status_code == 200
    answer = browser.post(opening(alert), {"why": " "})
    assert (answer.status_code, answer.context["form"].errors["why"]) == (422, ["Dites pourquoi."])
    assert Opening.objects.count() == 0


def test_the_words_open_once_and_who_opened_them_is_on_the_page(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert = tell(told=WORDS)
    services.protect_first(alert=alert, by=binta, done="Orientée le jour même.")
    services.ask(alert=alert, by=binta, about=["tellers"], question="Qui les a vus ?")
    browser = visit(binta)
    open_vault(browser, binta)
    said = (WORDS, "Orientée le jour même.", "Qui les a vus ?")
    shut = browser.get(page(alert)).content.decode()
    assert [text in shut for text in said] == [False] * 3
    shown = browser.post(opening(alert), OPEN).content.decode()
    assert [text in shown for text in said] == [True] * 3
    after = browser.get(page(alert)).content.decode()
    assert [text in after for text in said] == [False] * 3
    assert ("tri du matin" in after, Opening.objects.get().account) == (True, binta.pk)


def test_a_lead_keeps_its_words_when_the_notes_of_its_triage_are_opened(
    register: Register, visit: Visit, binta: Account, secretary: Account
) -> None:
    services.receive_leads(rows=[LEAD], by=secretary)
    lead = services.set_not_mrm(alert=Alert.objects.get(), by=secretary, reason="Des adultes.")
    browser = visit(binta)
    open_vault(browser, binta)
    shown = browser.post(opening(lead), OPEN).content.decode()
    assert [words in shown for words in (LEAD.told, "Des adultes.")] == [True, True]


def test_an_incident_from_a_lead_opens_nothing_of_its_triage(
    register: Register, visit: Visit, awa: Account, binta: Account, secretary: Account
) -> None:
    services.receive_leads(rows=[LEAD], by=secretary)
    lead = services.protect_first(alert=Alert.objects.get(), by=binta, done="Orientée.")
    answer = visit(awa).get(reverse("incidents:open_from_alert", args=[lead.public_id]))
    assert (answer.status_code, Opening.objects.count()) == (200, 0)


def test_the_key_is_of_those_who_read_alerts_also_without_restricted_accounts(
    tell: Tell, secretary: Account, moussa: Account
) -> None:
    """The secretariat triages and reads no restricted account; a partner of Kayes has no key of Mopti."""
    alert = tell(told=WORDS)
    assert words(alert, "told", by=moussa) == (WORDS,)
    (opened,) = reveal([Alert.objects.get()], by=with_vault(secretary), reason="tri")
    assert opened.told == WORDS
    with pytest.raises(NotAllowed):
        reveal([Alert.objects.get()], by=with_vault(cast("k", "monitor", regions=(KAYES,))), reason="tri")
