"""The pages of trainings: refusals first, then what each shows to whom."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sutura.capacity.models import Cohort, Enrolment
from sutura.capacity.services import load_register, results, training
from sutura.people.models import Account
from tests.capacity.conftest import DAY, Schoolroom, browser, cohort_of, enrolled, somebody, taught
from tests.people import MOPTI
from tests.registers import load_places

HOME, COHORTS, SESSIONS = reverse("capacity:home"), reverse("capacity:cohorts"), reverse("capacity:sessions")
PEOPLE, VERIFY = reverse("capacity:people"), reverse("capacity:verify")
NAMED = (
    "people",
    "person_new",
    "doubles",
    "refreshers",
    "register_file",
    "cohort_new",
    "module_new",
    "pathway_new",
)


def text(answer: Any) -> str:
    """What a page says."""
    return answer.content.decode()


def test_who_has_no_part_is_refused(schoolroom: Schoolroom, oumar: Account):
    for name in ("home", "cohorts", "sessions", "modules", *NAMED):
        assert browser(oumar).get(reverse(f"capacity:{name}")).status_code == 403
    for name in NAMED:
        assert browser(schoolroom.reader).get(reverse(f"capacity:{name}")).status_code == 403


def test_a_keeper_of_another_region_finds_nothing(schoolroom: Schoolroom):
    room = schoolroom
    cohort, person = cohort_of(room, room.rokia), somebody(room.rokia)
    enrolment, session = enrolled(cohort, person, room.rokia), taught(room, cohort, room.rokia)
    urls = [
        *(one.get_absolute_url() for one in (cohort, person, enrolment, session)),
        *(reverse(f"capacity:{name}", args=[cohort.public_id]) for name in ("session_new", "enrol")),
        *(
            reverse(f"capacity:{name}", args=[enrolment.public_id])
            for name in ("test_new", "mark_new", "leave", "certify")
        ),
        reverse("capacity:person_change", args=[person.public_id]),
    ]
    assert [browser(room.kante).get(url).status_code for url in urls] == [404] * len(urls)
    assert [browser(room.rokia).get(url).status_code for url in urls] == [200] * len(urls)
    for url in (COHORTS, SESSIONS, PEOPLE):
        assert browser(room.kante).get(url).context["rows"] == []
        assert len(browser(room.rokia).get(url).context["rows"]) == 1
    followed = [browser(room.reader).get(one.get_absolute_url()) for one in (cohort, session)]
    assert [(page.status_code, person.name in text(page)) for page in followed] == [(200, False)] * 2
    posted = browser(room.reader).post(session.get_absolute_url(), {"present": [f"{enrolment.public_id} 1"]})
    assert (posted.status_code, session.attendances.count()) == (422, 0)


def test_a_training_from_its_module_to_its_certificate(schoolroom: Schoolroom, machine: Account):
    room = schoolroom
    load_places(by=machine)
    load_register(by=machine)
    client = browser(room.rokia)
    typed = {
        "code": "MOPTI-7", "pathway": room.pathway.public_id, "organiser": room.organiser.public_id,
        "region": MOPTI, "starts_on": "2026-03-06", "ends_on": "2026-03-02",
    }  # fmt: skip
    wrong = client.post(reverse("capacity:cohort_new"), typed)
    assert (wrong.status_code, "MOPTI-7" in text(wrong), "avant le début" in text(wrong)) == (422, True, True)
    client.post(reverse("capacity:cohort_new"), typed | {"starts_on": "2026-03-02", "ends_on": "2026-03-06"})
    cohort = Cohort.objects.get()
    person = somebody(room.rokia)
    joining = reverse("capacity:enrol", args=[cohort.public_id])
    who = {"professional": person.public_id, "enrolled_on": "2026-03-02"}
    client.post(joining, who)
    twice = client.post(joining, who)
    assert (twice.status_code, "déjà" in text(twice)) == (422, True)
    module = {"module": room.module.public_id, "held_on": "2026-03-02", "half_days": 2, "mode": "in_person"}
    client.post(reverse("capacity:session_new", args=[cohort.public_id]), module)
    session, enrolment = cohort.sessions.get(), cohort.enrolments.get()
    client.post(session.get_absolute_url(), {"present": [f"{enrolment.public_id} {half}" for half in (1, 2)]})
    test = reverse("capacity:test_new", args=[enrolment.public_id])
    early = client.post(test, {"kind": "post", "taken_on": "2026-03-06", "percent": 80})
    assert (early.status_code, "avant la formation" in text(early), 'value="80"' in text(early)) == (
        422,
        True,
        True,
    )
    for kind, percent in (("pre", 40), ("post", 80)):
        client.post(test, {"kind": kind, "taken_on": "2026-03-06", "percent": percent})
    client.post(reverse("capacity:certify", args=[enrolment.public_id]),
                {"issued_on": "2026-03-09", "signatories": "Consortium fictif"})  # fmt: skip
    page = client.get(HOME)
    assert [figure["value"] for figure in page.context["figures"]] == [1, 1, 2]
    balances = [(row["balance"].count, row["since"]) for row in page.context["balances"]]
    assert balances == [(218, 1), (142, 0)]
    for figure in page.context["figures"]:
        assert len(client.get(figure["url"]).context["rows"]) == 1
    opened = client.get(page.context["balances"][0]["url"]).context["rows"]
    assert [row["person"] for row in opened] == [person]
    assert "40" in text(client.get(cohort.get_absolute_url()))
    assert client.get(cohort.get_absolute_url()).context["pairs"] == 1


def test_anybody_checks_a_certificate_and_learns_no_name(schoolroom: Schoolroom):
    room = schoolroom
    cache.clear()
    cohort = cohort_of(room, room.rokia)
    enrolment, session = enrolled(cohort, somebody(room.rokia), room.rokia), taught(room, cohort, room.rokia)
    training.note_attendance(
        session=session, present=[(enrolment, half) for half in range(1, 5)], by=room.rokia
    )
    for kind in ("pre", "post"):
        results.note_test(enrolment=enrolment, kind=kind, taken_on=DAY, percent=80, by=room.rokia)
    certificate = results.certify(enrolment=enrolment, issued_on=DAY, signatories="X", by=room.rokia)
    page = text(Client().get(VERIFY, {"code": certificate.code.lower()}))
    assert ("A. D." in page, "2\xa0mars\xa02026" in page, "Diarra" in page, "MOPTI" in page) == (
        True,
        True,
        False,
        False,
    )
    assert "Aucune attestation" in text(Client().get(VERIFY, {"code": "AAAA-BBBB-CCCC"}))
    results.revoke(enrolment=enrolment, why="Erreur", by=room.rokia)
    revoked = text(Client().get(VERIFY, {"code": certificate.code}))
    assert ("n’est plus valable" in revoked, "A. D." in revoked, "Erreur" in revoked) == (True, False, False)
    told = [Client().get(VERIFY, {"code": f"X{number}"}).status_code for number in range(21)]
    assert (told[0], told[-1]) == (200, 429)
    assert Client().get(VERIFY).status_code == 200


def test_the_register_leaves_as_a_workbook(schoolroom: Schoolroom):
    room = schoolroom
    enrolled(cohort_of(room, room.rokia), somebody(room.rokia, "=Somme (fictive)"), room.rokia)
    answer = browser(room.rokia).get(reverse("capacity:register_file"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book["Professionnels"].iter_rows()]
    assert (len(rows), rows[1][1], rows[1][7]) == (2, "'=Somme (fictive)", 1)
    assert [cell.value for cell in book["Inscriptions"][2]][:3] == [
        "MOPTI-1",
        str(room.pathway),
        "'=Somme (fictive)",
    ]
    other = openpyxl.load_workbook(
        io.BytesIO(browser(room.kante).get(reverse("capacity:register_file")).content)
    )
    assert [sheet.max_row for sheet in other] == [1, 1, 1]


def test_two_cards_are_joined_by_a_person(schoolroom: Schoolroom):
    room = schoolroom
    one = somebody(room.rokia, "Fanta Traoré", phone="70000002")
    other = somebody(room.rokia, "Fatou Traoré", phone="70000002")
    client, url = browser(room.rokia), reverse("capacity:same", args=[one.public_id, other.public_id])
    assert browser(room.kante).get(url).status_code == 404
    assert len(client.get(reverse("capacity:doubles")).context["pairs"]) == 1
    assert client.post(url, {}).status_code == 422
    client.post(url, {"answer": "same"})
    assert [row["person"] for row in client.get(PEOPLE).context["rows"]] == [one]
    assert one.code in text(client.get(other.get_absolute_url()))


@pytest.mark.parametrize("query", ["?region=x&cadre=y&certified=z", "?region=%00", "?q=%00"])
def test_a_strange_address_is_answered(schoolroom: Schoolroom, query: str):
    for url in (HOME, COHORTS, SESSIONS, PEOPLE):
        assert browser(schoolroom.rokia).get(url + query).status_code == 200


def test_lists_ask_as_much_at_any_length(schoolroom: Schoolroom, django_assert_max_num_queries: Any):
    room = schoolroom
    client = browser(room.rokia)
    for more in range(2):
        cohort = cohort_of(room, room.rokia, f"C-{more}")
        enrolled(cohort, somebody(room.rokia, f"Personne {more}"), room.rokia)
        taught(room, cohort, room.rokia)
    for url in (HOME, COHORTS, SESSIONS, PEOPLE, cohort.get_absolute_url()):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)
    assert Enrolment.objects.count() == 2
