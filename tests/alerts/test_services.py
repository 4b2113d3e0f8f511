"""What may happen to an alert, by whom, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.alerts import services
from sutura.alerts.coverage import coverage
from sutura.alerts.models import AccessNote, Alert
from sutura.alerts.rules import LeadFacts, Received
from sutura.alerts.timeline import entries
from sutura.audit.models import Entry
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.places.resolver import Register
from tests.alerts.conftest import KAYES_CERCLE, MOPTI_CERCLE
from tests.people import words

Tell = Callable[..., Alert]
LEAD = LeadFacts(
    "ucdp-ged", "555179", "UCDP GED · Gargando", "Six shepherds.", date(2024, 12, 3), place="ML050602",
    place_how="name", types=("killing",), party_text="X", datasets="ged", place_precision=2, date_precision=1,
    event_clarity=1,
    deaths_best=6, deaths_low=6, deaths_high=6,
)  # fmt: skip


def test_who_has_no_right_to_tell_is_refused(register: Register, fatou: Account, tell: Tell) -> None:
    with pytest.raises(NotAllowed):
        tell(by=fatou)
    assert Alert.objects.count() == 0


def test_an_alert_is_received_with_its_place_reference_history_and_audit(tell: Tell, awa: Account) -> None:
    alert = tell()
    assert (alert.region, alert.cercle, alert.state, alert.types) == ("ML05", "ML0506", "new", ("killing",))
    assert (len(alert.ref), alert.ref[:4]) == (9, f"A{timezone.localdate():%y}-")
    assert alert.history.count() == 1
    assert Entry.objects.filter(act="alerts.receive", subject=str(alert.public_id)).count() == 1


def test_a_day_after_today_is_refused(tell: Tell) -> None:
    with pytest.raises(Invalid) as refused:
        tell(happened_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.field == "happened_on"


def test_triage_is_refused_to_a_monitor_and_to_a_focal_point_of_another_region(
    tell: Tell, awa: Account, oumar: Account
) -> None:
    alert = tell()
    for by in (awa, oumar):
        for act in (
            lambda by=by: services.set_not_mrm(alert=alert, by=by, reason="x"),
            lambda by=by: services.ask(alert=alert, by=by, about=["day"], question="x"),
            lambda by=by: services.protect_first(alert=alert, by=by, done="x"),
            lambda by=by: services.mark_duplicate(alert=alert, of=alert, by=by),
            lambda by=by: services.reopen(alert=alert, by=by, reason="x"),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert Alert.objects.get().state == "new"


def test_not_mrm_needs_a_reason_and_can_be_opened_again(tell: Tell, binta: Account) -> None:
    alert = tell()
    with pytest.raises(Invalid):
        services.set_not_mrm(alert=alert, by=binta, reason="  ")
    closed = services.set_not_mrm(alert=alert, by=binta, reason="Droit commun.")
    assert (closed.state, closed.triaged_by) == ("not_mrm", binta)
    assert words(closed, "state_reason", by=binta) == ("Droit commun.",)
    again = services.reopen(alert=closed, by=binta, reason="Un groupe armé est cité.")
    assert (again.state, again.triaged_at) == ("waiting", closed.triaged_at)
    assert [entry.title for entry in entries(again)] == ["Reçue", "Hors MRM", "Rouverte"]


def test_a_decided_alert_is_not_decided_twice(tell: Tell, binta: Account) -> None:
    alert = tell()
    services.set_not_mrm(alert=alert, by=binta, reason="Droit commun.")
    with pytest.raises(Invalid):
        services.mark_opened(alert=alert, by=binta, reference="M-1")


def test_a_duplicate_points_to_another_alert_never_to_itself_nor_to_a_duplicate(
    tell: Tell, binta: Account
) -> None:
    first, second, third = tell(), tell(), tell()
    with pytest.raises(Invalid):
        services.mark_duplicate(alert=first, of=first, by=binta)
    services.mark_duplicate(alert=second, of=first, by=binta)
    assert Alert.objects.get(pk=second.pk).duplicate_of == first
    with pytest.raises(Invalid):
        services.mark_duplicate(alert=third, of=Alert.objects.get(pk=second.pk), by=binta)


def test_a_question_is_asked_by_what_lacks(tell: Tell, binta: Account) -> None:
    alert = tell()
    for nothing in ([], ["name"]):
        with pytest.raises(Invalid) as refused:
            services.ask(alert=alert, by=binta, about=nothing, question="Où ?")
        assert refused.value.field == "about"
    asked = services.ask(alert=alert, by=binta, about=["children", "day"])
    assert (asked.asked_for, asked.asked) == ("day children", "")


def test_protection_first_leaves_the_state_and_its_clock(tell: Tell, binta: Account) -> None:
    alert = services.protect_first(alert=tell(), by=binta, done="Référée au centre de santé.")
    assert (alert.state, alert.triaged_at, alert.protected_by) == ("new", None, binta)
    assert [entry.title for entry in entries(alert)] == ["Reçue", "Protection d’abord"]


def test_an_asked_alert_waits_and_may_then_become_an_incident(
    tell: Tell, awa: Account, binta: Account
) -> None:
    alert = services.ask(alert=tell(), by=binta, about=["children"], question="Combien d'enfants ?")
    assert (alert.state, alert.asked_for, str(alert.asked)) == ("waiting", "children", "•••")
    assert words(alert, "asked", by=binta) == ("Combien d'enfants ?",)
    opened = services.mark_opened(alert=alert, by=awa, reference="MLI-2026-0001")
    assert (opened.state, opened.incident_ref, opened.triaged_by) == ("incident", "MLI-2026-0001", binta)


def test_an_incident_is_not_opened_from_an_alert_of_another_region(tell: Tell, oumar: Account) -> None:
    with pytest.raises(NotAllowed):
        services.mark_opened(alert=tell(), by=oumar, reference="M-1")


def test_the_database_refuses_a_triage_without_who_and_when(tell: Tell) -> None:
    alert = tell()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(state="waiting")


def test_leads_are_refused_to_who_may_not_import(register: Register, awa: Account) -> None:
    with pytest.raises(NotAllowed):
        services.receive_leads(rows=[LEAD], by=awa)


def test_a_lead_is_received_once_and_never_as_an_incident(register: Register, secretary: Account) -> None:
    assert services.receive_leads(rows=[LEAD], by=secretary) == Received(1, 0, 0)
    assert services.receive_leads(rows=[LEAD], by=secretary) == Received(0, 0, 1)
    lead = Alert.objects.get()
    assert (lead.origin, lead.state, lead.ref, lead.region, lead.children) == (
        "lead",
        "new",
        "GED-555179",
        "ML05",
        None,
    )
    assert (lead.deaths_best, lead.place_precision, lead.types) == (6, 2, ("killing",))
    assert lead.history.count() == 1


def test_a_lead_changed_upstream_keeps_its_triage_and_its_old_words(
    register: Register, secretary: Account
) -> None:
    services.receive_leads(rows=[LEAD], by=secretary)
    services.set_not_mrm(alert=Alert.objects.get(), by=secretary, reason="Adultes.")
    changed = replace(LEAD, told="Six shepherds, one aged 15.", place="ML0103")
    assert services.receive_leads(rows=[changed], by=secretary) == Received(0, 1, 0)
    lead = Alert.objects.get()
    assert (lead.told_by_list, lead.region, lead.state) == ("Six shepherds, one aged 15.", "ML01", "not_mrm")
    last = entries(lead)[-1]
    assert (last.title, last.before) == ("Modifiée par la source", "Six shepherds.")


def test_the_same_event_number_of_two_lists_is_two_leads(register: Register, secretary: Account) -> None:
    rows = [LEAD, replace(LEAD, source="insecurity-insight")]
    assert services.receive_leads(rows=rows, by=secretary) == Received(2, 0, 0)


def test_a_countrywide_lead_is_for_nationwide_grants_only(
    register: Register, secretary: Account, moussa: Account, awa: Account, oumar: Account
) -> None:
    services.receive_leads(rows=[replace(LEAD, place="ML")], by=secretary)
    assert Alert.objects.get().region == ""
    seen = {
        account.username: Alert.objects.visible_to(account).count()
        for account in (moussa, secretary, awa, oumar)
    }
    assert seen == {"moussa": 1, "secretary": 1, "awa": 0, "oumar": 0}


def test_receiving_a_thousand_leads_takes_few_statements(
    register: Register, secretary: Account, django_assert_max_num_queries: Callable
) -> None:
    rows = [replace(LEAD, source_event_id=str(number)) for number in range(1000)]
    # SQLite takes 999 values a statement: some 16 leads and 16 versions at a time, never one by one.
    with django_assert_max_num_queries(160):
        services.receive_leads(rows=rows, by=secretary)
    assert Alert.objects.count() == 1000


def test_access_is_noted_only_in_ones_own_region(register: Register, oumar: Account, awa: Account) -> None:
    cercle = Unit.objects.get(code=MOPTI_CERCLE)
    facts = {"unit": cercle, "level": "amber", "observed_on": timezone.localdate(), "source": "OCHA"}
    with pytest.raises(NotAllowed):
        services.note_access(by=oumar, **facts)
    services.note_access(by=awa, **facts)
    assert AccessNote.objects.visible_to(awa).count() == 1
    assert AccessNote.objects.visible_to(oumar).count() == 0


def test_coverage_tells_three_kinds_of_silence(tell: Tell, awa: Account, binta: Account) -> None:
    today = timezone.localdate()
    alert = tell(place=MOPTI_CERCLE)
    services.set_not_mrm(alert=tell(place=MOPTI_CERCLE), by=binta, reason="Droit commun.")
    for code, visited in (("ML0503", True), ("ML0505", False)):
        services.note_access(
            unit=Unit.objects.get(code=code),
            level="red",
            observed_on=today,
            source="OCHA",
            visited=visited,
            by=awa,
        )
    rows = {row.unit.code: row for row in coverage(awa)}
    assert {code: rows[code].silence for code in ("ML0506", "ML0503", "ML0505", "ML0501")} == {
        "ML0506": "reported", "ML0503": "nothing_happened", "ML0505": "nothing_reported", "ML0501": "not_assessed",
    }  # fmt: skip
    mopti = rows["ML0506"]
    assert (mopti.alerts, mopti.pending, mopti.last_alert_on) == (2, 1, today)
    assert mopti.over == ((30, 0), (60, 0), (90, 0))
    assert alert.cercle == "ML0506"
    assert {row.unit.region for row in coverage(awa)} == {"ML05"}


def test_coverage_forgets_what_is_older_than_the_window(tell: Tell, awa: Account) -> None:
    tell(place=MOPTI_CERCLE)
    later = timezone.localdate() + timedelta(days=95)
    row = next(row for row in coverage(awa, today=later) if row.unit.code == MOPTI_CERCLE)
    assert (row.silence, row.alerts, row.pending) == ("not_assessed", 0, 1)
    assert row.over == ((30, 1), (60, 1), (90, 1))


def test_coverage_of_another_region_says_nothing_of_mopti(tell: Tell, oumar: Account) -> None:
    tell(place=MOPTI_CERCLE)
    rows = {row.unit.code: row for row in coverage(oumar)}
    assert MOPTI_CERCLE not in rows
    assert rows[KAYES_CERCLE].silence == "not_assessed"
