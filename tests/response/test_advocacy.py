"""Approaches to authorities and parties: refusals first, then one fact written once, and words that stay sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Recommendation
from sutura.coordination.services.bodies import open_body
from sutura.coordination.services.recommendations import propose_recommendation
from sutura.incidents.models import Violation
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.incidents.services import open_incident
from sutura.parties.models import Party
from sutura.parties.services import load_register as load_parties
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.response import turning
from sutura.response.models import Approach, Matter, Reply
from sutura.response.rules.reach import Told, Wait, approach_waits
from sutura.response.services.advocacy import make_approach, note_reply
from sutura.response.services.dockets import take_back_step
from sutura.vault.models import Opening
from tests.people import cast, come_in, open_vault
from tests.response.conftest import Office
from tests.response.test_pages import browser, text

LIST, NEW = reverse("response:approaches"), reverse("response:approach_new")
DAY = date(2026, 6, 1)
SAID = "Le procureur promet d’examiner la demande (inventé)."


@pytest.fixture
def court(machine: Account) -> Organisation:
    """An invented court."""
    return add_organisation(by=machine, name="Tribunal inventé", kind="state")


@pytest.fixture
def ong(machine: Account) -> Organisation:
    """An organisation that does not exist."""
    return add_organisation(by=machine, name="ONG inventée", kind="nngo")


@pytest.fixture
def violation(office: Office, machine: Account) -> Violation:
    """An invented violation of Mopti, by code."""
    load_parties(by=machine)
    bundle = IncidentBundle(
        place=office.place, occurred_on=date(2026, 5, 1), title="Garçons recrutés (inventé)",
        violations=(ViolationPart(key="v", type="recruitment_use", boys=2),),
    )  # fmt: skip
    return open_incident(bundle=bundle, by=machine).violations.get()


@pytest.fixture
def recommendation(machine: Account, court: Organisation) -> Recommendation:
    """What an invented group of Mopti asks."""
    body = open_body(
        by=machine,
        kind="working_group",
        name_fr="Groupe inventé",
        acronym="GT-X",
        level="regional",
        region="ML05",
    )
    return propose_recommendation(
        body=body, text="Appliquer le protocole (inventé)", responsible=court, by=machine
    )


def given(court: Organisation | None, ong: Organisation, **said: Any) -> dict[str, Any]:
    """What is told of an approach to the prosecutor of Mopti, yesterday."""
    told: dict[str, Any] = {
        "region": "ML05", "about": "place", "subject": "visit_all", "office": "prosecutor", "organisation": court,
        "reach": "regional", "channel": "meeting", "made_on": timezone.localdate() - timedelta(days=1), "made_for": ong,
    }  # fmt: skip
    return told | said


def test_another_region_sees_nothing_and_whoever_reads_no_docket_is_refused(
    office: Office, court: Organisation, ong: Organisation, fatou: Account
):
    made = make_approach(by=office.salimata, **given(court, ong))
    urls = [
        reverse(f"response:{name}", args=[made.public_id]) for name in ("approach", "reply_new", "approach_words")
    ]  # fmt: skip
    kante = browser(office.kante)
    come_in(kante)
    open_vault(kante, office.kante)
    for page in (LIST, f"{LIST}?office=prosecutor"):
        assert made.ref not in text(kante.get(page))
    assert [kante.get(url).status_code for url in urls] == [404] * 3
    for account in (fatou, cast("mariam", "body_member"), cast("awa_s", "monitor")):
        assert [browser(account).get(url).status_code for url in (LIST, NEW, *urls)] == [403] * 5
    for act in (
        lambda: make_approach(by=office.kante, **given(court, ong)),
        lambda: note_reply(approach=made, reaction="done", told_on=DAY, office="judge", by=office.kante),
        lambda: make_approach(by=office.salimata, **given(court, ong, region="")),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert "moins de 5" in text(browser(fatou).get(reverse("response:reach")))
    assert made.ref in text(browser(office.salimata).get(LIST))


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        (Told(DAY, "none"), (Wait.SILENT, date(2026, 6, 15))),
        (Told(DAY, "promise"), (Wait.SILENT, date(2026, 6, 15))),
        (Told(DAY, "none", "remind", date(2026, 6, 4)), (Wait.NEXT, date(2026, 6, 4))),
        (Told(DAY, "refused", "higher", date(2026, 7, 1)), (Wait.NEXT, date(2026, 7, 1))),
        (Told(DAY, "refused", "end"), ("", None)),
        (Told(DAY, "done", "check", date(2026, 6, 4)), ("", None)),
    ],
)
def test_an_approach_waits_by_its_last_answer(told: Told, waits: tuple[str, date | None]):
    assert approach_waits(told) == waits


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"office": "party"}, "party"),
        ({"about": "children", "subject": "release"}, "dockets"),
        ({"next_step": "remind"}, "next_on"),
        ({"next_on": DAY}, "next_step"),
        ({"made_on": date(2099, 1, 1)}, "made_on"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    office: Office, court: Organisation, ong: Organisation, said: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as refused:
        make_approach(by=office.salimata, **given(court, ong, **said))
    assert (refused.value.field, Approach.objects.count()) == (field, 0)


def test_advocacy_for_a_child_is_noted_once_and_stands_in_its_docket(
    office: Office, court: Organisation, ong: Organisation
):
    docket, salimata = office.met(48), browser(office.salimata)
    asked = salimata.get(reverse("response:step_new", args=[docket.public_id, "advocacy"]))
    assert asked["Location"] == f"{NEW}?docket={docket.ref}"
    form = salimata.get(asked["Location"])
    assert f'value="{docket.ref}"' in text(form)
    today = timezone.localdate().isoformat()
    sent = {
        "region": "ML05", "office": "judge", "organisation": str(court.public_id), "reach": "regional",
        "channel": "letter", "made_on": today, "made_for": str(ong.public_id), "about": "children",
        "subject": "release", "dockets": docket.ref, "next_step": "remind", "next_on": today,
    }  # fmt: skip
    wrong = salimata.post(NEW, sent | {"dockets": f"{docket.ref}, R-XXXX-XXXX"})
    assert wrong.status_code == 422
    assert "R-XXXX-XXXX" in text(wrong)
    assert browser(office.kante).post(NEW, sent).status_code == 422
    assert salimata.post(NEW, sent).status_code == 302
    approach, matter = Approach.objects.get(), Matter.objects.get()
    line = docket.steps.get(kind="advocacy")
    assert (line.answer, line.actor, line.organisation, matter.step) == ("release", "court", court, line)
    assert approach.get_absolute_url() in text(salimata.get(docket.get_absolute_url()))
    assert approach.ref in text(salimata.get(LIST, {"docket": docket.ref}))
    assert docket.ref in text(salimata.get(approach.get_absolute_url()))
    take_back_step(step=line, why="docket", by=office.salimata)
    assert "la ligne a été retirée du dossier" in text(salimata.get(approach.get_absolute_url()))
    for subject in ("protocol", "plan"):
        with pytest.raises(Invalid, match="pour un enfant"):
            make_approach(
                by=office.salimata, dockets=[docket], **given(court, ong, about="children", subject=subject)
            )


def test_an_approach_taken_back_takes_its_lines_with_it_and_counts_no_more(
    office: Office, court: Organisation, ong: Organisation
):
    dockets, salimata = [office.met(48), office.met(48)], browser(office.salimata)
    made = make_approach(
        by=office.salimata, dockets=dockets, **given(court, ong, about="children", subject="lawyer")
    )
    take_back_step(step=dockets[0].steps.get(kind="advocacy"), why="docket", by=office.salimata)
    url = reverse("response:approach_void", args=[made.public_id])
    assert salimata.post(url, {"why": ""}).status_code == 422
    assert salimata.post(url, {"why": "twice"}).status_code == 302
    assert [one.steps.standing().filter(kind="advocacy").count() for one in dockets] == [0, 0]
    page = salimata.get(LIST, {"office": "prosecutor"})
    assert (page.context["rows"], page.context["figures"][1]["value"]) == ([], 0)
    assert "retirée" in text(salimata.get(made.get_absolute_url()))
    with pytest.raises(Invalid):
        note_reply(
            approach=made, reaction="done", told_on=timezone.localdate(), office="judge", by=office.salimata
        )
    assert salimata.post(url, {"why": "twice"}).status_code == 422


def test_late_next_steps_are_listed_with_their_reason(office: Office, court: Organisation, ong: Organisation):
    today, salimata = timezone.localdate(), browser(office.salimata)
    long_ago = today - timedelta(days=30)
    made = make_approach(by=office.salimata, **given(court, ong, made_on=long_ago))
    assert "aucune suite n’est prévue depuis 30 jours" in text(salimata.get(LIST))
    url = reverse("response:reply_new", args=[made.public_id])
    sent = {
        "reaction": "promise",
        "office": "prosecutor",
        "told_on": today.isoformat(),
        "next_step": "remind",
    }
    assert salimata.post(url, sent).status_code == 422
    assert salimata.post(url, sent | {"next_on": (today - timedelta(days=1)).isoformat()}).status_code == 302
    page = salimata.get(LIST)
    assert page.context["figures"][0]["value"] == 1
    assert "relancer" in text(page)
    assert salimata.post(url, sent | {"reaction": "done", "next_step": ""}).status_code == 302
    assert salimata.get(LIST).context["rows"] == []
    assert list(Reply.objects.values_list("reaction", flat=True)) == ["promise", "done"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Reply.objects.update(reaction="refused")


def test_the_list_of_approaches_asks_few_questions_and_turns_its_pages(
    office: Office,
    court: Organisation,
    ong: Organisation,
    monkeypatch: Any,
    django_assert_max_num_queries: Any,
):
    salimata = browser(office.salimata)
    salimata.get(LIST)
    for count in (1, 3):
        while Approach.objects.count() < count:
            make_approach(by=office.salimata, **given(court, ong))
        with django_assert_max_num_queries(8):
            assert len(salimata.get(LIST).context["rows"]) == count
    monkeypatch.setattr(turning, "SIZE", 2)
    pages = [salimata.get(LIST, {"page": page}).context for page in ("1", "2", "x", "0")]
    assert [(len(page["rows"]), page["before"], page["next"]) for page in pages] == [
        (2, 0, 2), (1, 1, 0), (2, 0, 2), (2, 0, 2),
    ]  # fmt: skip


def test_words_lie_sealed_and_open_with_a_reason_on_record(
    office: Office, client: Client, court: Organisation, ong: Organisation
):
    made = make_approach(by=office.salimata, **given(court, ong, message=SAID))
    note_reply(
        approach=made, reaction="promise", told_on=timezone.localdate(), office="prosecutor", words=SAID,
        by=office.salimata,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM response_approach UNION SELECT words FROM response_reply")
        assert [row for row in cursor.fetchall() if "procureur" in str(row)] == []
    client.force_login(office.salimata)
    assert SAID not in text(client.get(made.get_absolute_url()))
    come_in(client)
    open_vault(client, office.salimata)
    url = reverse("response:approach_words", args=[made.public_id])
    assert client.post(url, {"why": ""}).status_code == 422
    opened = text(client.post(url, {"why": "préparer la relance (inventé)"}))
    assert opened.count(SAID) == 2
    assert [one.reason for one in Opening.objects.all()] == ["préparer la relance (inventé)"]


def test_a_docket_and_a_violation_never_meet_in_one_approach(
    office: Office, court: Organisation, ong: Organisation, violation: Violation
):
    docket = office.met(48)
    with pytest.raises(Invalid, match="de quel incident"):
        make_approach(
            by=office.salimata, dockets=[docket], violations=[violation],
            **given(court, ong, about="children", subject="release"),
        )  # fmt: skip
    about = given(
        None, ong, office="party", party=Party.objects.get(code="JNIM"), about="violation", subject="stop"
    )
    # Whoever follows children reads no incident: she neither links a violation nor is told of one.
    with pytest.raises(NotAllowed):
        make_approach(by=office.salimata, violations=[violation], **about)
    binta = cast("binta", "regional_coordinator", regions=("ML05",))
    made = make_approach(by=binta, violations=[violation], **about)
    assert violation.ref in text(browser(binta).get(made.get_absolute_url()))
    assert violation.ref not in text(browser(office.salimata).get(made.get_absolute_url()))
    with pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.create(approach=made, docket=docket, violation=violation)


def test_a_recommendation_is_linked_and_told_only_to_whoever_reads_its_body(
    office: Office, court: Organisation, ong: Organisation, recommendation: Recommendation
):
    both = cast("djeneba", "response_officer", "coordinator", regions=("ML05",))
    sent = {
        "region": "ML05", "office": "governor", "reach": "regional", "channel": "body",
        "made_on": timezone.localdate().isoformat(), "made_for": str(ong.public_id), "about": "commitment",
        "subject": "protocol", "recommendations": recommendation.ref,
    }  # fmt: skip
    browser(office.salimata).post(NEW, sent)
    mine = Approach.objects.get()
    assert Matter.objects.count() == 0  # of whoever reads no body it is not even asked
    answer = browser(both).post(NEW, sent)
    linked = Approach.objects.exclude(pk=mine.pk).get()
    assert answer["Location"] == linked.get_absolute_url()
    assert recommendation.ref in text(browser(both).get(linked.get_absolute_url()))
    assert recommendation.ref not in text(browser(office.salimata).get(linked.get_absolute_url()))
