"""Safe schools: who reads what, what becomes of a school line by line, figures, commitments of the Declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.services import keep
from sutura.coordination.models import Body, Instrument
from sutura.coordination.services.bodies import open_body
from sutura.coordination.services.instruments import recommend
from sutura.incidents.models import Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Facility, Unit
from sutura.response.choices.schools import Shown
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.pages.school_counts import counts
from sutura.response.pages.school_paper import note
from sutura.response.pages.schools import listed
from sutura.response.schooling import Known, all_seen
from sutura.response.services import schools as services
from sutura.response.services.declaration import follow_declaration
from sutura.ui.wording import day
from tests.people import KAYES, MOPTI, cast
from tests.registers import load_places

SAID = {"basis": "seen", "office": "cap", "precision": "day"}
REFUSED = ("schools", "school_new", "school_actions")


@dataclass
class Schools:
    """Who follows schools where, and the schools that incidents of Mopti tell of."""

    binta: Account  # reads incidents of Mopti and follows there
    salimata: Account  # follows in Mopti, reads no incident
    oumar: Account  # both, in Kayes
    fatou: Account  # coordinates: numbers alone
    place: Unit
    facility: Facility

    def told(self, kind: str, days_ago: int, *, status: str = "pending", **detail: Any) -> Violation:
        """An incident of Mopti which tells of a school."""
        day = ago(days_ago)
        part = ViolationPart(
            key="v", type=kind, detail=detail, status=status, decided_on=day if status == "verified" else None
        )
        bundle = IncidentBundle(
            place=self.place, occurred_on=day, title="École (inventé)", violations=(part,),
            perpetrators=(PerpetratorPart(violations=("v",), category="armed_group"),),
        )  # fmt: skip
        return open_incident(bundle=bundle, by=self.binta, why="alerte").violations.get()

    def used(self, days_ago: int, **detail: Any) -> Violation:
        """A school of the register used by a group since that day."""
        given = {"facility_kind": "school", "facility": self.facility, "from_date": ago(days_ago)}
        return self.told("military_use", days_ago, **(given | detail))

    def note(self, school: School, kind: str, days_ago: int, **said: Any) -> SchoolLine:
        """Something became of a school so many days ago."""
        return services.note_line(
            school=school, kind=kind, by=self.salimata, **(SAID | {"day": ago(days_ago)} | said)
        )


def ago(days: int) -> date:
    """A day before today."""
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def schools(machine: Account) -> Schools:
    """What every test of schools begins with."""
    load_places(by=machine)
    place = Unit.objects.get(code="ML0504")
    facility = Facility(
        kind="school", name="École inventée de Douentza", folded="ecole inventee de douentza", unit=place,
        region=MOPTI, placed="code", source="liste inventée", same_as="1",
    )  # fmt: skip
    keep(facility, by=machine)
    return Schools(
        cast("binta", "regional_coordinator", regions=(MOPTI,)),
        cast("salimata", "response_officer", regions=(MOPTI,)),
        cast("oumar", "regional_coordinator", regions=(KAYES,)),
        cast("fatou", "coordinator"), place, facility,
    )  # fmt: skip


def only(user: Account) -> Known:
    """The one school that somebody sees."""
    (found,) = all_seen(user)
    return found


def test_another_region_sees_no_school_and_a_coordinator_numbers_alone(
    schools: Schools, enter: Callable[[Account], Client]
):
    violation = schools.used(40)
    school = services.follow_school(place=schools.place, facility=schools.facility, by=schools.binta)
    line = schools.note(school, "closed", 30, answer="use")
    action = services.plan_action(
        school=school, task="vacate", office="governor", due_on=ago(2), by=schools.binta
    )
    of_one = {
        "school": school, "school_of": violation, "school_follow": violation, "school_action_new": school,
        "school_correct": line, "school_take_back": line, "school_action": action,
    }  # fmt: skip
    pages = [reverse(f"response:{name}", args=[one.public_id]) for name, one in of_one.items()]
    pages.append(reverse("response:school_note", args=[school.public_id, "reopened"]))
    oumar = enter(schools.oumar)
    assert all_seen(schools.oumar) == []
    assert [(oumar.post if "follow" in url else oumar.get)(url).status_code for url in pages] == [404] * len(
        pages
    )
    assert b"invent" not in oumar.get(reverse("response:schools")).content
    assert b"invent" not in oumar.get(reverse("response:school_actions")).content
    fatou = enter(schools.fatou)
    lists = [reverse(f"response:{name}") for name in REFUSED]
    assert [(fatou.post if "follow" in url else fatou.get)(url).status_code for url in (*pages, *lists)] == [
        403
    ] * 11
    shown = fatou.get(reverse("response:school_counts")).content.decode()
    assert "Douentza" not in shown
    with pytest.raises(NotAllowed):
        services.follow_school(place=schools.place, name="Une autre", by=schools.oumar)
    for act in (
        lambda: services.note_line(school=school, kind="reopened", answer="whole", by=schools.oumar, **SAID),
        lambda: services.correct_line(line=line, why="date", answer="use", by=schools.oumar, **SAID),
        lambda: services.take_back_line(line=line, why="twice", by=schools.oumar),
        lambda: services.plan_action(school=school, task="repair", office="ngo", due_on=ago(0), by=schools.oumar),
        lambda: services.answer_action(action=action, state="under_way", late_reason="access", by=schools.oumar),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    assert (SchoolLine.objects.count(), SchoolAction.objects.count()) == (1, 1)
    assert enter(schools.binta).get(pages[0]).status_code == 200


def test_who_reads_no_incident_is_told_that_use_is_not_shown(
    schools: Schools, enter: Callable[[Account], Client]
):
    violation = schools.used(40)
    assert all_seen(schools.salimata) == []
    school = services.follow_school(place=schools.place, facility=schools.facility, by=schools.binta)
    assert (only(schools.salimata).told, only(schools.salimata).use) == ([], [])
    salimata = enter(schools.salimata)
    assert "ne dit rien" in salimata.get(reverse("response:schools")).content.decode()
    page = salimata.get(school.get_absolute_url()).content.decode()
    assert violation.incident.ref not in page
    assert "Vous ne lisez pas les incidents de cette région" in page
    # Whoever reads them finds the kind of party, never a name, and no more after the incident left the count.
    page = enter(schools.binta).get(school.get_absolute_url()).content.decode()
    assert violation.incident.ref in page
    assert "Groupe armé" in page
    Violation.objects.filter(pk=violation.pk).update(voided_reason="erreur")
    assert only(schools.binta).told == []


def test_incidents_of_sexual_violence_keep_their_wall(schools: Schools):
    schools.used(40)
    bundle = IncidentBundle(
        place=schools.place, occurred_on=ago(9), title="École (inventé)",
        violations=(
            ViolationPart(key="a", type="attack_school", detail={"facility": schools.facility}),
            ViolationPart(key="b", type="sexual_violence", girls=1),
        ),
    )  # fmt: skip
    machine = cast("machine-du-groupe", "monitor", "sexual_violence_group", regions=(MOPTI,))
    open_incident(bundle=bundle, by=machine, why="alerte")
    assert [one.kind for one in only(schools.binta).told] == ["use"]


def test_one_school_whether_of_the_register_or_named_and_never_followed_twice(
    schools: Schools, enter: Callable[[Account], Client]
):
    schools.used(40)
    schools.told("attack_school", 20, facility_name="ECOLE inventée  de Douentza")
    schools.told("attack_school", 15, facility_name="Médersa inventée", attack_kind="other_interference")
    schools.told("attack_school", 10)
    assert len(all_seen(schools.binta)) == 3  # the two spellings are one school
    binta = enter(schools.binta)
    said = {"name": "école inventée de douentza", "place": "Mopti / Douentza"}
    answer = binta.post(reverse("response:school_new"), said)
    school = School.objects.get()
    assert (answer.url, school.facility, school.name) == (
        school.get_absolute_url(),
        schools.facility,
        schools.facility.name,
    )
    binta.post(reverse("response:school_new"), said)
    assert School.objects.count() == 1
    found = {one.name: one for one in all_seen(schools.binta)}
    assert len(found) == 3
    assert [one.kind for one in found[school.name].told] == ["use", "attack"]
    assert found["Médersa inventée"].attacks == []  # other interference counts nowhere
    named = found["Médersa inventée"].told[0].detail.violation
    made = binta.post(reverse("response:school_follow", args=[named.public_id]))
    assert made.url == School.objects.get(name="Médersa inventée").get_absolute_url()
    assert binta.get(reverse("response:school_of", args=[named.public_id])).url == made.url
    nameless = found["École sans nom"].told[0].detail.violation
    back = binta.post(reverse("response:school_follow", args=[nameless.public_id]))
    assert "ne nomme aucune école" in binta.get(back.url).content.decode()


def test_a_use_is_over_only_when_somebody_said_so(schools: Schools):
    schools.used(60, to_date=ago(50))
    school = services.follow_school(place=schools.place, facility=schools.facility, by=schools.binta)
    assert [
        (one.open, one.seen.first and timezone.localdate(one.seen.first)) for one in only(schools.binta).use
    ] == [(True, ago(50))]  # “used until” says when it was last known, not that it was vacated
    schools.note(school, "still_used", 30)
    line = schools.note(school, "vacated", 20)
    assert not only(schools.binta).use[0].open
    services.correct_line(line=line, why="date", by=schools.salimata, **(SAID | {"day": ago(70)}))
    (use,) = only(schools.binta).use
    assert use.open
    assert listed(schools.binta, query(show="in_use"))["rows"][0]["school"].name == schools.facility.name
    with pytest.raises(Invalid):
        services.take_back_line(line=line, why="twice", by=schools.salimata)  # corrected already
    services.take_back_line(line=SchoolLine.objects.get(corrects=line), why="fact", by=schools.salimata)
    assert [one.kind for one in only(schools.binta).standing] == ["still_used"]
    with pytest.raises(Invalid):
        schools.note(school, "reopened", -1, answer="whole")


def query(**said: str) -> Any:
    """The filter as the address writes it."""
    asked = QueryDict(mutable=True)
    asked.update(said)
    return asked


def test_each_number_opens_its_schools_and_says_what_is_only_perhaps(
    schools: Schools, django_assert_max_num_queries: Any
):
    schools.told(
        "attack_school", 20, facility=schools.facility, status="pending", closed="yes", closed_days=5
    )
    schools.used(10, vacated="yes", to_date=ago(4))
    school = services.follow_school(place=schools.place, name="Autre école inventée", by=schools.binta)
    schools.note(school, "closed", 8, answer="threat")
    services.note_line(school=school, kind="reopened", answer="partly", by=schools.binta, basis="told",
                       office="academy", precision="unknown")  # fmt: skip
    asked = query(since=ago(30).isoformat(), until=ago(0).isoformat())
    (line,) = listed(schools.binta, asked)["counts"]
    assert [(cell["value"], cell["perhaps"], cell["verified"]) for cell in line["cells"]] == [
        (1, 0, 0), (1, 0, 0), (1, 0, None), (2, 0, None), (1, 1, None),
    ]  # fmt: skip
    for cell, shown in zip(line["cells"], Shown, strict=False):
        page = listed(schools.binta, query(**dict(each.split("=") for each in cell["url"][1:].split("&"))))
        assert len(page["rows"]) == cell["value"] + cell["perhaps"], shown
    assert listed(schools.binta, asked)["undated"] == 1
    with django_assert_max_num_queries(12):  # however many schools there are
        listed(schools.binta, asked)
    early = query(since=ago(400).isoformat(), until=ago(300).isoformat())
    assert [cell["value"] for cell in listed(schools.binta, early)["counts"][0]["cells"]] == [0] * 5
    # Whoever coordinates: use and attacks in steps of five; closings as offices told them, exactly.
    told = counts(schools.fatou)
    assert {number for _label, number in told["steps"]} == {"moins de 5"}
    (mopti,) = [row for row in told["rows"] if row["closed"]]
    assert (mopti["shut"], mopti["closed"], mopti["reopened"]) == (0, 1, 0)


def test_the_note_for_the_academy_holds_nothing_of_incidents(
    schools: Schools, enter: Callable[[Account], Client]
):
    violation = schools.used(40, facility_name="")
    schools.told("attack_school", 20, facility_name="École attaquée inventée", closed="yes")
    school = services.follow_school(place=schools.place, facility=schools.facility, by=schools.binta)
    schools.note(school, "closed", 30, answer="use")
    schools.note(school, "still_used", 20)
    schools.note(school, "damage", 20, answer="serious")
    for task, due in (("vacate", 4), ("repair", -4)):
        services.plan_action(school=school, task=task, office="governor", due_on=ago(due), by=schools.binta)
    paper = note(schools.binta, MOPTI)
    (closed, awaited, _basis) = paper.parts
    assert closed.blocks[0].rows == [
        [f"{school.name}\n{school.place}", f"Vue fermée\u202f: {day(ago(30))}. Aucune réouverture n’est notée.",
         f"État du bâtiment\u202f: gravement endommagé ({day(ago(20))})"]
    ]  # fmt: skip
    assert [row[2:] for row in awaited.blocks[0].rows] == [["réparer", "gouverneur ou préfet"]]
    assert "utilis" not in str(paper).replace("Rien des incidents", "")
    assert violation.incident.ref not in str(paper)
    url = reverse("response:school_paper", args=[MOPTI])
    answer = enter(schools.salimata).get(url)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert note(schools.salimata, MOPTI) == paper  # whoever reads no incident takes the same
    assert enter(schools.oumar).get(url).status_code == 404
    assert enter(schools.fatou).get(url).status_code == 403


def test_a_late_action_says_why(schools: Schools, enter: Callable[[Account], Client]):
    school = services.follow_school(place=schools.place, facility=schools.facility, by=schools.binta)
    services.plan_action(school=school, task="repair", office="town_hall", due_on=ago(3), by=schools.binta)
    binta, action = enter(schools.binta), SchoolAction.objects.get()
    url = reverse("response:school_action", args=[action.public_id])
    said = {"state": "done", "done_on": ago(1).isoformat(), "late_reason": ""}
    answer = binta.post(url, said)
    assert (answer.status_code, answer.context["form"].errors.as_data().keys()) == (422, {"late_reason"})
    assert [row["late"] for row in listed(schools.binta, query(show="late"))["rows"]] == [1]
    assert binta.post(url, said | {"late_reason": "funding"}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.done_on, action.late_reason) == ("done", ago(1), "funding")
    assert [each.state for each in action.history.order_by("history_id")] == ["planned", "done"]
    assert listed(schools.binta, query(show="late"))["rows"] == []


def test_the_commitments_give_birth_to_recommendations(schools: Schools, enter: Callable[[Account], Client]):
    keeper = schools.fatou
    body = open_body(by=keeper, name_fr="Cluster Éducation (fictif)", acronym="CEF", kind="cluster")
    with pytest.raises(NotAllowed):
        follow_declaration(body=body, by=schools.binta)
    fatou = enter(keeper)
    answer = fatou.post(reverse("response:declaration_new"), {"body": str(body.public_id)})
    instrument = Instrument.objects.get()
    assert answer.url == instrument.get_absolute_url()
    assert fatou.post(reverse("response:declaration_new"), {"body": str(body.public_id)}).status_code == 422
    numbers = list(instrument.paragraphs.values_list("number", flat=True))
    assert numbers == ["1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2", "3", "4", "5", "6", "7"]
    academy = add_organisation(by=keeper, name="Académie inventée", acronym="AEI", kind="state")
    made = recommend(
        paragraph=instrument.paragraphs.get(number="1.1"), text="Rappeler la règle aux commandants (inventé)",
        responsible=academy, by=keeper, due_on=ago(-30), adopted=True,
    )  # fmt: skip
    assert (made.origin, made.source) == ("declaration", "Oslo, mai 2015, § 1.1")
    page = fatou.get(reverse("response:school_counts")).content.decode()
    assert made.ref in page
    assert "Rappeler la règle" in page
    assert made.ref not in enter(schools.binta).get(reverse("response:schools")).content.decode()
    assert Body.objects.count() == 1
