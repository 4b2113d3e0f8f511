"""The demonstration: the same at each pouring, invented and said so, in order with the ledger, closed to strangers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.alerts.models import AccessNote, Alert
from sutura.config import invented
from sutura.config.demo.loading import INCIDENTS, SEED, events
from sutura.config.demo.shapes import last_quarter
from sutura.config.demo.words import MARK
from sutura.incidents.booking import all_lines
from sutura.incidents.models import Child, Incident, Response, Source, Violation
from sutura.ledger.models import Line
from sutura.ledger.services import verify
from sutura.people.models import Account
from sutura.reporting.models import Edition
from sutura.reporting.services import explain_editions, is_intact, recompute
from sutura.vault import services as vault
from sutura.vault.opened import Vault
from sutura.vault.revealing import unsealed
from sutura.verification import bench
from sutura.verification.models import Opinion, Sitting

People = dict[str, Account]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 1)])
def test_the_same_events_are_told_each_time_for_three_years(day: date) -> None:
    drawn = events(Random(SEED), day)
    assert drawn == events(Random(SEED), day)
    assert len(drawn) == INCIDENTS
    assert (day - drawn[0].day).days <= 3 * 365
    assert drawn[-1].day < day
    judged = [one for one in drawn if one.judged]
    start, end = last_quarter(day)
    assert end < day
    assert len([one for one in judged if one.decided_on and one.decided_on <= end]) >= 10
    assert all(one.decided_on and start <= one.decided_on < day for one in judged)


def test_about_four_hundred_incidents_of_every_kind_and_state(poured: People) -> None:
    assert Incident.objects.count() == INCIDENTS + 3
    assert set(Violation.objects.values_list("type", flat=True)) == {
        "killing", "maiming", "recruitment_use", "sexual_violence", "abduction", "attack_school",
        "attack_hospital", "denial_humanitarian_access", "military_use", "deprivation_liberty",
    }  # fmt: skip
    status = Counter(Violation.objects.values_list("status", flat=True))
    assert status["verified"] > status["pending"] > status["could_not_verify"] > status["not_mrm"] > 0
    ages = bench.ages(bench.waiting(poured["moussa"]), timezone.now())
    assert ages[0] > ages[30] > ages[60] > ages[90] > 0
    assert set(Alert.objects.values_list("state", flat=True)) == {"new", "waiting", "not_mrm", "incident"}
    assert AccessNote.objects.count() > 20
    assert Response.objects.count() == 30


def test_everything_told_says_that_it_is_invented(poured: People) -> None:
    incidents = Incident.objects.exclude(title="Dossier à compléter")
    assert incidents.count() == INCIDENTS
    moussa = poured["moussa"]
    private = vault.begin(by=moussa, password=settings.SUTURA_DEMO_PASSWORD)
    assert private is not None
    files, responses = list(incidents), list(Response.objects.all())
    alerts = list(Alert.objects.all())
    unsealed([*files, *responses, *alerts], Vault(moussa.pk, private))
    assert {one.account_restricted[: len(MARK)] for one in files} == {MARK}
    assert [one.pk for one in responses if "inventée" not in one.notes] == []
    assert not incidents.exclude(account_shareable__startswith=MARK).exists()
    assert {one.told[: len(MARK)] for one in alerts} == {MARK}
    assert not Child.objects.exclude(key__startswith="DEMO-").exists()
    for names in (
        Incident.objects.values_list("reporting_organisation", flat=True),
        Source.objects.values_list("organisation", flat=True),
        Account.objects.people().values_list("name", flat=True),
    ):
        assert {name for name in names if "(ficti" not in name} <= {"Démonstration (données inventées)"}
    assert not Opinion.objects.exclude(reason__contains="inventé").exists()
    assert not Edition.objects.filter(number__gt=1).exclude(reason__contains="inventé").exists()


def test_awa_opens_a_file_of_mopti_with_the_password_at_the_door(poured: People, client: Client) -> None:
    client.post(reverse("people:sign_in"), {"username": "awa", "password": settings.SUTURA_DEMO_PASSWORD})
    incident = Incident.objects.filter(region="ML05").exclude(account_restricted="")[0]
    page = client.post(reverse("incidents:open", args=[incident.public_id]), {"why": "voir"})
    assert (page.status_code, MARK in page.content.decode()) == (200, True)
    assert "voir" in page.content.decode()


def test_the_ledger_equals_the_invented_records(poured: People) -> None:
    found = verify(all_lines())
    assert found.faults == []
    assert found.violations == Violation.objects.count()
    assert found.lines == Line.objects.open().count()


def test_three_people_spoke_on_each_recent_decision(poured: People) -> None:
    start, _end = last_quarter(timezone.localdate())
    recent = Violation.objects.filter(decided_on__gte=start).exclude(status="pending")
    assert recent.count() > 15
    for violation in recent:
        given = list(violation.opinions.filter(imported=False).order_by("id"))
        assert [one.level for one in given] == ["focal_point", "technical", "ctfmr"]
        days = [one.given_on for one in given]
        assert days == sorted(days)
        assert violation.incident.occurred_on <= days[0]
        assert len({one.by_id for one in given}) == 3
    older = Violation.objects.filter(decided_on__lt=start)
    assert set(older.values_list("opinions__imported", "opinions__level")) == {(True, "ctfmr")}


def test_two_sittings_were_held_and_one_is_to_come(poured: People) -> None:
    today = timezone.localdate()
    held = Sitting.objects.closed().listed()
    assert [(one.listed, one.decided) for one in held] == [(one.listed, one.listed) for one in held]
    assert [one.held_on < today and one.listed > 3 for one in held] == [True, True]
    planned = Sitting.objects.open().listed().get()
    assert planned.held_on > today
    assert (planned.listed > 3, planned.decided) == (True, 0)


def test_the_last_note_has_two_editions_and_something_to_tell(poured: People) -> None:
    start, end = last_quarter(timezone.localdate())
    editions = list(Edition.objects.order_by("id"))
    assert [(one.number, one.is_cleared) for one in editions] == [(1, True), (1, True), (2, False)]
    before, first, second = editions
    assert (first.when.start, first.when.end, second.period) == (start, end, first.period)
    assert before.when.end < start
    for edition in editions:
        assert is_intact(edition)
        assert recompute(edition) == edition.sha256
        assert all(check["holds"] for check in edition.figures["checks"])
    told = explain_editions(first, second)
    assert len(told.changes) >= 5
    assert {"left", "moved"} <= {because.change.kind for because in told.changes}
    assert all(posting.why.endswith("(inventé).") for one in told.changes for posting in one.postings)


def test_a_second_pouring_adds_nothing(poured: People) -> None:
    invented.pour()
    assert Incident.objects.count() == INCIDENTS + 3


def test_fatou_and_oumar_see_nothing_of_mopti(poured: People) -> None:
    refs = set(Incident.objects.filter(region="ML05").values_list("ref", flat=True))
    assert len(refs) > 100
    for name, regions in (("fatou", set()), ("oumar", {"ML01"})):
        who = poured[name]
        assert set(Incident.objects.visible_to(who).values_list("region", flat=True)) == regions
        assert set(Violation.objects.visible_to(who).values_list("region", flat=True)) == regions
        assert set(Line.objects.visible_to(who).values_list("region", flat=True)) == regions
        assert set(Alert.objects.visible_to(who).values_list("region", flat=True)) <= regions
        client = Client()
        client.force_login(who)
        answer = client.get(reverse("incidents:list"))
        assert answer.status_code == (200 if regions else 403)
        shown = answer.content.decode()
        assert not any(ref in shown for ref in refs)


def test_the_door_lists_the_invented_accounts_and_their_password(poured: People, client: Client) -> None:
    page = client.get(reverse("people:sign_in")).content.decode()
    assert "Démonstration" in page
    for account in poured.values():
        assert f"<code>{account.username}</code>" in page
        assert account.post in page
        typed = {"username": account.username, "password": settings.SUTURA_DEMO_PASSWORD}
        assert Client().post(reverse("people:sign_in"), typed).status_code == 302
    assert f"<code>{settings.SUTURA_DEMO_PASSWORD}</code>" in page
