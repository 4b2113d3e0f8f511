"""Who may send, judge and sign for whom; a link; what is late comes on the agenda by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.services import meetings
from sutura.indicators.models import ReportLink
from sutura.indicators.services import reports
from sutura.indicators.tokens import token_of
from tests.indicators.conftest import Office, browser, numbers, of, round_of


def test_one_sends_for_her_own_organisation_and_another_judges(office: Office):
    report = of(round_of(office, "CCT11"), office.help)
    given = numbers("CCT11", 4)
    with pytest.raises(NotAllowed):
        reports.send_report(report=report, given=given, by=office.other)
    sent = reports.send_report(report=report, given=given, by=office.fatou)  # from a paper sheet
    for act in (reports.accept, lambda **said: reports.send_back(why="faux", **said)):
        with pytest.raises(NotAllowed, match="autre personne"):
            act(report=sent, by=office.fatou)
        with pytest.raises(NotAllowed):
            act(report=sent, by=office.mariam)
    with pytest.raises(Invalid, match="Dites pourquoi"):
        reports.send_back(report=sent, why=" ", by=office.second)
    back = reports.send_back(report=sent, why="Deux fois comptées", by=office.second)
    assert (back.state, back.reason, back.values.get().value) == ("returned", "Deux fois comptées", 4)
    again = reports.send_report(report=back, given=numbers("CCT11", 3), by=office.mariam)
    done = reports.accept(report=again, by=office.second)
    assert (done.state, done.sent_by, done.judged_by, done.values.get().value) == (
        "accepted",
        office.mariam,
        office.second,
        3,
    )
    with pytest.raises(Invalid):
        reports.send_report(report=done, given=given, by=office.mariam)
    # The database holds the four eyes too, whatever the code does.
    done.judged_by = office.mariam
    with pytest.raises(IntegrityError), transaction.atomic():
        done.save()


def test_a_link_takes_one_report_and_its_giver_does_not_judge_it(office: Office):
    report = of(round_of(office, "O1.1"), office.listen)
    judge, stranger = browser(office.fatou), Client()
    handed = judge.post(reverse("indicators:report_link", args=[report.public_id]))
    link = ReportLink.objects.get()
    url = reverse("indicators:answer", args=[token_of(link)])
    assert (handed.status_code, url in handed.content.decode()) == (200, True)
    assert stranger.get(url[:-3] + "xx/").status_code == 404
    field = next(iter(numbers("O1.1", 1)))[0]
    wrong = stranger.post(url, {f"v{field}": "30", f"w{field}": "20"})
    assert (wrong.status_code, "plus grande que le tout" in wrong.content.decode()) == (422, True)
    assert stranger.post(url, {f"v{field}": "15", f"w{field}": "20"}).status_code == 200
    assert stranger.get(url).status_code == 410
    report.refresh_from_db()
    assert (report.state, report.sent_by, report.handed_by) == ("sent", None, office.fatou)
    with pytest.raises(NotAllowed):
        reports.accept(report=report, by=office.fatou)
    assert reports.accept(report=report, by=office.second).state == "accepted"


def test_what_is_not_reported_comes_on_the_next_agenda_by_itself(office: Office):
    today = timezone.localdate()
    asked = round_of(office, "CCT11", due=today)
    reports.send_report(report=of(asked, office.help), given=numbers("CCT11", 4), by=office.mariam)
    meeting = meetings.plan_meeting(body=office.body, planned_on=today + timedelta(days=7), by=office.fatou)
    client, page = browser(office.fatou), reverse("coordination:agenda", args=[meeting.public_id])
    client.post(reverse("coordination:agenda_fill", args=[meeting.public_id]))
    shown = client.get(page).content.decode()
    assert ("Indicateurs non renseignés" in shown, "ECO – Mopti – " in shown, "AID – Mopti" in shown) == (
        True,
        True,
        False,
    )
    reports.send_report(report=of(asked, office.listen), given=numbers("CCT11", 2), by=office.other)
    client.post(reverse("coordination:agenda_fill", args=[meeting.public_id]))
    assert "Indicateurs non renseignés" not in client.get(page).content.decode()
