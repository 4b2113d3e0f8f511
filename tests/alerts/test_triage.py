"""The inbox and the page of an alert: who sees what, at what cost, and the acts of triage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.alerts import services
from sutura.alerts.models import Alert
from sutura.alerts.rules import LeadFacts
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.alerts.conftest import KAYES_CERCLE, MOPTI_CERCLE, SIO

Tell = Callable[..., Alert]
Visit = Callable[[Account], Client]


def page_of(alert: Alert) -> str:
    return reverse("alerts:detail", args=[alert.public_id])


def act_on(alert: Alert, act: str) -> str:
    return reverse("alerts:triage", args=[alert.public_id, act])


# The inbox


def test_a_partner_and_a_coordinator_have_no_inbox(
    tell: Tell, visit: Visit, partner: Account, fatou: Account
) -> None:
    tell()
    assert visit(partner).get(reverse("alerts:inbox")).status_code == 403
    assert visit(fatou).get(reverse("alerts:inbox")).status_code == 403


def test_oumar_of_kayes_sees_nothing_of_mopti(tell: Tell, visit: Visit, oumar: Account) -> None:
    mopti, kayes = tell(place=MOPTI_CERCLE), tell(place=KAYES_CERCLE)
    browser = visit(oumar)
    for query in ({}, {"region": "ML05"}, {"cercle": MOPTI_CERCLE}):
        rows = browser.get(reverse("alerts:inbox"), query).context["rows"]
        assert [row.alert for row in rows] == [kayes]
    assert browser.get(page_of(mopti)).status_code == 404
    assert browser.get(page_of(kayes)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_at_any_length(
    count: int, tell: Tell, visit: Visit, binta: Account, django_assert_num_queries: Callable
) -> None:
    for _ in range(count):
        tell()
    browser = visit(binta)
    with django_assert_num_queries(
        6
    ):  # session, account, grants, places of the filter, rows, counts of the tabs
        answer = browser.get(reverse("alerts:inbox"))
    assert len(answer.context["rows"]) == count


def test_leads_have_their_own_tab_and_count(
    tell: Tell, visit: Visit, binta: Account, secretary: Account
) -> None:
    report = tell()
    lead = LeadFacts("ucdp-ged", "7", "UCDP", "x", date(2024, 1, 2), place=MOPTI_CERCLE)
    services.receive_leads(rows=[lead], by=secretary)
    browser = visit(binta)
    tabs = {tab: browser.get(reverse("alerts:inbox"), {"tab": tab}) for tab in ("alerts", "leads")}
    assert [row.alert.ref for row in tabs["alerts"].context["rows"]] == [report.ref]
    assert [row.alert.ref for row in tabs["leads"].context["rows"]] == ["GED-7"]
    assert [tab["count"] for tab in tabs["leads"].context["tabs"]] == [1, 1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type": "killing"}, {"killed"}),
        ({"type": "abduction"}, {"taken"}),
        ({"state": "not_mrm"}, {"killed"}),
        ({"state": "pending"}, {"taken"}),
        ({"age": "30"}, {"taken"}),
        ({"type": "nonsense", "age": "-1"}, {"killed", "taken"}),
    ],
)
def test_the_filters_live_in_the_address(
    query: dict, expected: set, tell: Tell, visit: Visit, binta: Account, machine: Account
) -> None:
    alerts = {"killed": tell(types=["killing"]), "taken": tell(types=["abduction"])}
    services.set_not_mrm(alert=alerts["killed"], by=binta, reason="Droit commun.")
    Alert.objects.filter(pk=alerts["taken"].pk).update(received_at=timezone.now() - timedelta(days=31))
    rows = visit(binta).get(reverse("alerts:inbox"), query).context["rows"]
    assert {row.alert.ref for row in rows} == {alerts[name].ref for name in expected}


def test_pages_follow_each_other_without_gap_or_repeat(
    tell: Tell, visit: Visit, binta: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sutura.alerts.paging.page.__kwdefaults__", {"after": "", "before": "", "size": 2})
    alerts = [tell() for _ in range(5)]
    Alert.objects.update(received_at=timezone.now())  # all at one instant: the number decides
    browser = visit(binta)
    seen, after, pages = [], "", []
    while True:
        page = browser.get(reverse("alerts:inbox"), {"after": after}).context["page"]
        pages.append(page)
        seen += [alert.pk for alert in page.rows]
        if not page.older:
            break
        after = page.older
    assert seen == sorted((alert.pk for alert in alerts), reverse=True)
    back = browser.get(reverse("alerts:inbox"), {"before": pages[-1].newer}).context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in pages[1].rows]
    assert pages[0].newer == ""


@pytest.mark.parametrize(
    "key", ["x", "2026-01-01_", "_", "2026-13-45T00:00_1", "0_0", "2026-01-01T00:00:00+00:00_9_9"]
)
def test_a_broken_key_of_a_page_is_no_error(key: str, tell: Tell, visit: Visit, binta: Account) -> None:
    tell()
    assert visit(binta).get(reverse("alerts:inbox"), {"after": key}).status_code == 200


# One alert


def test_fatou_has_no_page_of_an_alert(tell: Tell, visit: Visit, fatou: Account) -> None:
    assert visit(fatou).get(page_of(tell())).status_code == 403


def test_another_partner_does_not_find_the_alert(tell: Tell, visit: Visit, partner: Account) -> None:
    assert visit(partner).get(page_of(tell())).status_code == 404


def test_a_monitor_reads_the_alert_and_has_no_triage(tell: Tell, visit: Visit, awa: Account) -> None:
    alert = tell(told="Ce qui fut dit.")
    answer = visit(awa).get(page_of(alert))
    assert (alert.ref in answer.content.decode(), answer.context["sealed"]) == (True, True)
    assert answer.context["acts"] == []
    assert visit(awa).post(act_on(alert, "not-mrm"), {"not-mrm-reason": "x"}).status_code == 403


def test_the_page_shows_likely_duplicates_with_their_reasons(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert, alike = tell(place=SIO), tell(place=SIO)
    tell(place=KAYES_CERCLE)
    tell(place=SIO, happened_on=timezone.localdate() - timedelta(days=60))
    shown = visit(binta).get(page_of(alert)).context["likenesses"]
    assert [(like.alert, reasons) for like, reasons in shown] == [
        (
            alike,
            [
                "même jour",
                "même commune",
                "même violation présumée",
                "même nombre\u202f: 1 enfant",
            ],
        )
    ]


def test_likely_duplicates_of_another_region_are_not_shown(tell: Tell, visit: Visit, oumar: Account) -> None:
    """Two communes a few kilometres apart, either side of a border."""
    tell(place=MOPTI_CERCLE)
    alert = tell(place=KAYES_CERCLE)
    Unit.objects.filter(pk__in=Alert.objects.values("place")).update(latitude=14.0, longitude=-8.0)
    assert visit(oumar).get(page_of(alert)).context["likenesses"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_any_number_of_likenesses(
    count: int, tell: Tell, visit: Visit, binta: Account, django_assert_num_queries: Callable
) -> None:
    alert = tell()
    for _ in range(count):
        tell()
    browser = visit(binta)
    # session, account, grants, alert, its readers, likenesses, regions, story, openings
    with django_assert_num_queries(9):
        answer = browser.get(page_of(alert))
    assert len(answer.context["likenesses"]) == count


def test_triage_by_its_four_acts(tell: Tell, visit: Visit, binta: Account) -> None:
    browser, first = visit(binta), tell()
    for act, typed, state in (
        ("protect", {"protect-done": "Référé."}, "new"),
        ("ask", {"ask-about": ["place"], "ask-question": "Où ?"}, "waiting"),
        ("not-mrm", {"not-mrm-reason": "Droit commun."}, "not_mrm"),
        ("reopen", {"reopen-reason": "Erreur."}, "waiting"),
        ("duplicate", {"duplicate-of": first.ref, "duplicate-reason": "Même jour."}, "duplicate"),
    ):
        alert = Alert.objects.exclude(pk=first.pk).first() or tell()
        answer = browser.post(act_on(alert, act), typed)
        assert (answer.status_code, answer["Location"]) == (302, page_of(alert))
        assert Alert.objects.get(pk=alert.pk).state == state


def test_a_mistake_in_triage_keeps_what_was_typed_and_changes_nothing(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert = tell()
    answer = visit(binta).post(
        act_on(alert, "duplicate"), {"duplicate-of": "A26-XXXXX", "duplicate-reason": "Même jour."}
    )
    panel = next(panel for panel in answer.context["acts"] if panel["open"])
    assert (answer.status_code, panel["form"]["reason"].value()) == (422, "Même jour.")
    assert Alert.objects.get().state == "new"


def test_a_likely_duplicate_is_marked_from_where_it_is_shown(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert, alike = tell(), tell()
    browser = visit(binta)
    assert f"?same_as={alike.ref}#act-duplicate" in browser.get(page_of(alert)).content.decode()
    panels = browser.get(page_of(alert), {"same_as": alike.ref}).context["acts"]
    assert [(panel["act"].name, panel["form"]["of"].value()) for panel in panels if panel["open"]] == [
        ("duplicate", alike.ref)
    ]


def test_an_alert_is_no_duplicate_of_one_that_the_reader_may_not_see(
    tell: Tell, visit: Visit, binta: Account
) -> None:
    alert, hidden = tell(), tell(place=KAYES_CERCLE)
    assert visit(binta).post(act_on(alert, "duplicate"), {"duplicate-of": hidden.ref}).status_code == 422


def test_an_act_that_does_not_exist_is_not_found(tell: Tell, visit: Visit, binta: Account) -> None:
    alert = tell()
    assert visit(binta).post(act_on(alert, "delete"), {}).status_code == 404
    assert visit(binta).get(act_on(alert, "ask")).status_code == 405


def test_titles_hold_nothing_of_what_was_told(tell: Tell, visit: Visit, binta: Account) -> None:
    alert = tell(told="Mots privés.", locality="Hameau")
    words = visit(binta).get(page_of(alert)).content.decode()
    title = words[words.index("<title>") : words.index("</title>")]
    assert title == f"<title>{alert.ref} · Sutura"
