"""Sexual violence: outside its group, the month and the cercle, wherever one looks; inside, the whole file."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from sutura.incidents import services
from sutura.incidents.models import Incident, Source, Victim, Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.verification.services import convene_sitting, give_opinion, put_on_agenda
from tests.people import KAYES, MOPTI, cast, open_vault
from tests.registers import load_places
from tests.security.pages import text_of

DAY = date(2026, 2, 10)
# The day as pages, addresses, JSON and the cells of a workbook write it; and every word planted.
TELLING = ("10\u00a0févr", "10 févr", "2026-02-10", "46063", "secret-")


@pytest.fixture
def registers(machine: Account) -> None:
    load_places(by=machine)
    load_parties(by=machine)


@pytest.fixture
def member(db: None) -> Account:
    """A monitor of Mopti in the group there."""
    return cast("member", "monitor", "sexual_violence_group", regions=(MOPTI,))


@pytest.fixture
def incident(registers: None, member: Account) -> Incident:
    """Sexual violence and a killing in one incident; a word planted in each part."""
    graded = SourcePart(
        violations=("s",), category="primary_witness", reliability="high", credibility="high",
        more={"description": "secret-source", "code": "secret-code"},
    )  # fmt: skip
    bundle = IncidentBundle(
        place=Unit.objects.get(code="ML050404"),
        occurred_on=DAY,
        title="secret-title",
        locality="secret-hamlet",
        latitude=14.5123,
        longitude=-4.1987,
        account_shareable="secret-shareable",
        account_restricted="secret-restricted",
        violations=(
            ViolationPart(key="s", type="sexual_violence", girls=1),
            ViolationPart(key="k", type="killing", boys=2),
        ),
        victims=(VictimPart(violations=("s",), sex="girl", age=14, child_key="secret-child"),),
        perpetrators=(PerpetratorPart(violations=("s",), more={"name": "secret-name"}),),
        sources=(graded,),
    )
    return services.open_incident(bundle=bundle, by=member)


def outsiders() -> list[Account]:
    """Who reads incidents of Mopti and is not of its group: another group does not count."""
    return [
        cast("sira", "regional_coordinator", regions=(MOPTI,)),
        cast("panel", "verification_panel"),
        cast("principal", "ctfmr_principal"),
        cast("office", "secretariat"),
        cast("elsewhere", "verification_panel"),
    ]


def places_to_look(incident: Incident, **more: str) -> list[str]:
    """Every address where the incident could be told."""
    violation = incident.violations.get(type="sexual_violence")
    killing = incident.violations.get(type="killing")
    note = {"product": "ghn", "period": "2026-Q1"}
    figures = ("unverified/totals/violations", "unverified/victims/sexual_violence/total")
    return [
        reverse("desk:home"),
        *(f"{reverse('desk:search')}?{urlencode({'q': q})}" for q in (incident.ref[:8], incident.ref, "secret-title")),
        reverse("incidents:list"),
        f"{reverse('incidents:list')}?{urlencode({'ref': 'secret-title'})}",
        f"{reverse('incidents:list')}?after=2026-12-31~9",
        reverse("incidents:detail", args=[incident.public_id]),
        f"{reverse('incidents:detail', args=[incident.public_id])}?as_at=2099-01-01&story",
        reverse("incidents:sheet", args=[incident.public_id]),
        *(reverse("incidents:step", args=[incident.public_id, step]) for step in ("what", "victims", "sources")),
        reverse("incidents:check", args=[incident.public_id]),
        reverse("verification:bench"),
        *(reverse("verification:violation", args=[one.public_id]) for one in (violation, killing)),
        *(f"{reverse('reporting:records')}?{urlencode(note | {'figure': one})}" for one in figures),
        f"{reverse('reporting:compare')}?{urlencode(note | {'before': '2026-01-01T00:00:00', 'after': 'now'})}",
        *(reverse(f"disclosure:{name}", kwargs=note) for name in (
            "figures_xlsx", "figures_json", "note_html", "note_docx",
        )),
        *more.values(),
    ]  # fmt: skip


def test_outside_the_group_nothing_but_the_month_and_the_cercle_is_told_anywhere(
    client: Client, incident: Incident
) -> None:
    opened: dict[str, set[str]] = {}
    for account in outsiders():
        client.force_login(account)
        for url in places_to_look(incident):
            answer = client.get(url)
            text = text_of(answer)
            assert answer.status_code in (200, 302, 403, 404), url
            text = (
                text.replace("secret-title", "") if "q=" in url or "ref=" in url else text
            )  # what she typed herself
            told = [word for word in TELLING if word in text]
            assert told == [], (account.username, url)
            if answer.status_code == 200:
                opened.setdefault(account.username, set()).add(url)
    detail = reverse("incidents:detail", args=[incident.public_id])
    assert all(detail in urls for urls in opened.values())
    assert len(opened["panel"]) > 15
    client.force_login(Account.objects.get(username="principal"))
    page = client.get(detail).content.decode()
    assert "févr.\u00a02026" in page
    assert Unit.objects.get(code="ML0504").name in page
    assert Unit.objects.get(code="ML050404").name not in page
    assert incident.ref in client.get(reverse("incidents:list")).content.decode()


def test_its_group_reads_and_documents_the_whole_file(
    client: Client, incident: Incident, member: Account
) -> None:
    client.force_login(member)
    open_vault(client, member)
    address = reverse("incidents:open", args=[incident.public_id])
    page = client.post(address, {"why": "relecture"}).content.decode()
    for word in ("secret-title", "secret-hamlet", "secret-restricted", "10\u00a0févr"):
        assert word in page
    assert client.get(reverse("incidents:step", args=[incident.public_id, "what"])).status_code == 200
    assert "secret-title" in client.get(reverse("incidents:list")).content.decode()


def test_the_group_of_another_region_is_no_group_here(client: Client, incident: Incident) -> None:
    far = cast("far", "verification_panel")
    cast("far-group", "sexual_violence_group", regions=(KAYES,))
    other = cast("mixed", "regional_coordinator", "sexual_violence_group", regions=(KAYES,))
    for account in (far, other):
        assert not Incident.objects.visible_to(account).exists()
        assert not Victim.objects.visible_to(account).exists()
        assert not Source.objects.visible_to(account).exists()
    assert Incident.objects.told_apart_to(far).get() == incident
    assert not Incident.objects.told_apart_to(other).exists()
    client.force_login(other)
    assert client.get(reverse("incidents:detail", args=[incident.public_id])).status_code == 404


def test_a_voided_violation_of_that_kind_keeps_the_incident_apart(
    incident: Incident, member: Account
) -> None:
    focal = cast("focal", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    services.void_violation(violation=incident.violations.get(type="sexual_violence"), by=focal, why="Erreur")
    outsider = cast("sira", "monitor", regions=(MOPTI,))
    assert not Incident.objects.visible_to(outsider).exists()
    assert Violation.objects.visible_to(outsider).count() == 2


def test_no_question_about_days_or_words_finds_its_day(
    client: Client, incident: Incident, chair: Account
) -> None:
    """The list answers by month: the same for every day inside it, and its order by days tells nothing."""
    client.force_login(chair)

    def listed(**asked: str) -> bool:
        return incident.ref in client.get(f"{reverse('incidents:list')}?{urlencode(asked)}").content.decode()

    assert listed(first="2026-02-01", last="2026-02-28")
    for day in range(2, 28):
        assert listed(last=f"2026-02-{day:02}")
        assert not listed(first=f"2026-02-{day:02}")
    assert not listed(ref="secret-hamlet")
    assert listed(ref=incident.ref)


def test_the_list_keeps_its_order_and_its_pages_with_incidents_apart(
    registers: None, member: Account, chair: Account
) -> None:
    from sutura.incidents.listing import Filters, page
    from sutura.incidents.newer import newer_cursor

    place = Unit.objects.get(code="ML0504")
    for number in range(14):
        kind = "sexual_violence" if number % 3 == 0 else "killing"
        bundle = IncidentBundle(
            place=place, occurred_on=date(2026, 1 + number % 3, 3 + number),
            violations=(ViolationPart(key="v", type=kind, girls=1),),
        )  # fmt: skip
        services.open_incident(bundle=bundle, by=member)
    whole = page(chair, size=100).rows
    assert [row.apart for row in whole].count(True) == 5
    assert len(whole) == 14
    assert all(row.occurred_on.day == 1 for row in whole if row.apart)
    cursor, cursors, walked = "", [""], []
    while True:
        part = page(chair, cursor=cursor, size=4)
        walked += part.rows
        if not part.next:
            break
        cursor = part.next
        cursors.append(cursor)
    assert [row.id for row in walked] == [row.id for row in whole]
    for before, after in pairwise(cursors):
        assert newer_cursor(chair, Filters(), after, size=4) == before
    assert [row.apart for row in page(member, size=100).rows].count(True) == 0


def test_each_reader_gets_the_list_of_her_own_group(registers: None) -> None:
    """One statement serves many readers; never the one of another group, whoever asked before."""
    from sutura.incidents.listing import page
    from sutura.people.services import give_grant, machine

    for code in ("ML0504", KAYES):
        place = Unit.objects.get(code=code)
        for kind in ("sexual_violence", "killing"):
            violation = ViolationPart(key="v", type=kind, girls=1)
            bundle = IncidentBundle(place=place, occurred_on=date(2026, 3, 17), violations=(violation,))
            services.open_incident(bundle=bundle, by=machine("tests"))
    some, none, all_ = (
        cast(name, "regional_coordinator", regions=(MOPTI, KAYES)) for name in ("some", "none", "all")
    )
    for account, regions in ((some, (MOPTI,)), (all_, (MOPTI, KAYES))):
        give_grant(
            by=machine("tests"), account=account, role="sexual_violence_group", regions=regions, purpose="test",
            starts_on=date.today() - timedelta(days=1), ends_on=date.today() + timedelta(days=30),
        )  # fmt: skip
    for _again in range(2):
        told = {
            reader.username: {row.region for row in page(Account.objects.get(pk=reader.pk)).rows if row.apart}
            for reader in (all_, some, none)
        }
        assert told == {"all": set(), "some": {KAYES}, "none": {MOPTI, KAYES}}
        assert len(page(some).rows) == 4


def test_the_task_force_decides_by_code(
    client: Client, incident: Incident, moussa: Account, chair: Account
) -> None:
    """A principal outside the group judges on grades and opinions; a blurred page changes nothing of the record."""
    focal = cast("focal", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    violation = incident.violations.get(type="sexual_violence")
    for level, by in (("focal_point", focal), ("technical", moussa)):
        give_opinion(
            violation=violation,
            level=level,
            status="verified",
            given_on=date(2026, 3, 1),
            reason="Vu.",
            by=by,
        )
    office = cast("office", "secretariat")
    sitting = convene_sitting(held_on=date(2026, 3, 10), by=office)
    put_on_agenda(sitting=sitting, violations=[violation], by=office)
    client.force_login(chair)
    page = text_of(client.get(reverse("verification:sitting", args=[sitting.public_id])))
    assert "févr.\u00a02026" in page
    assert [word for word in TELLING if word in page] == []
    posted = {
        "ctfmr-status": "verified", "ctfmr-given_on": "2026-03-10", "ctfmr-reason": "Vu.",
    }  # fmt: skip
    client.post(reverse("verification:opinion", args=[violation.public_id, "ctfmr"]), posted)
    violation.refresh_from_db()
    incident.refresh_from_db()
    assert (violation.status, incident.occurred_on, incident.title) == ("verified", DAY, "secret-title")


def test_an_alert_of_sexual_violence_is_read_by_the_group(
    registers: None, binta: Account, secretary: Account, oumar: Account
) -> None:
    from sutura.alerts import services as alerts
    from sutura.alerts.models import Alert

    sender = cast("sender", "alert_partner", regions=(MOPTI,))
    member = cast("focal", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    for kinds in (["sexual_violence", "killing"], ["killing"]):
        alerts.receive(
            by=sender, types=kinds, place=Unit.objects.get(code="ML0504"), happened_on=DAY, girls=1,
            party_type="unidentified", source_category="witness", access="unknown",
        )  # fmt: skip
    counted = [Alert.objects.visible_to(one).count() for one in (sender, member, binta, secretary, oumar)]
    assert counted == [2, 2, 1, 1, 0]
    assert Alert.objects.visible_to(sender).readable_by(sender).count() == 0
