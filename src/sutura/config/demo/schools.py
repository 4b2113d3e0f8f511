"""Invented schools followed: closed and reopened, used and vacated, with actions of the education cluster, one late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sutura.coordination.models import Body
from sutura.coordination.services.instruments import recommend
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.choices.schools import Told
from sutura.response.models import School
from sutura.response.schooling import Known, all_seen
from sutura.response.services.declaration import follow_declaration
from sutura.response.services.schools import answer_action, follow_school, note_line, plan_action

# For a school that was used: kind, code, days ago, how it is known, by which office, known to the month only.
USED: tuple[tuple[Any, ...], ...] = (
    (("still_used", "", 21, "community", "community", False), ("damage", "minor", 21, "image", "un", False)),
    (("still_used", "", 160, "told", "cap", True), ("vacated", "", 75, "seen", "ngo", False),
     ("reopened", "partly", 60, "letter", "academy", False)),
)  # fmt: skip
ATTACKED: tuple[tuple[Any, ...], ...] = (
    (("still_closed", "", 12, "told", "cap", False), ("damage", "serious", 30, "seen", "ngo", False),
     ("repair", "planned", 12, "letter", "town_hall", False)),
    (("reopened", "elsewhere", 40, "letter", "academy", False), ("repair", "under_way", 15, "seen", "ngo", False)),
    (("reopened", "whole", 25, "told", "school", True),),
)  # fmt: skip
# Task, office, due in so many days, state, why late.
ACTIONS = (
    ("vacate", "governor", -9, "under_way", "authority"),
    ("assess", "cluster", -4, "planned", ""),
    ("space", "ngo", 20, "planned", ""),
    ("catch_up", "academy", 35, "under_way", ""),
    ("repair", "town_hall", -30, "done", ""),
)
RECOMMENDED = {
    "1.1": (
        45,
        "Rappeler par écrit aux unités de la région que les écoles ne servent pas de cantonnement (inventé).",
    ),
    "2": (-12, "Échanger chaque mois les listes d’écoles fermées entre académies et cluster (inventé)."),
    "7": (80, "Tenir une réunion nationale de suivi de la Déclaration avant la rentrée (inventé)."),
}


def attend(*, cast: dict[str, Account], today: date) -> None:
    """Follow the schools that invented incidents of Mopti tell of, and one that no incident names."""
    by = cast["binta"]
    told = sorted((one for one in all_seen(by) if one.told), key=lambda one: one.name)
    for chosen, scripts in ((Told.USE, USED), (Told.ATTACK, ATTACKED)):
        kept = [one for one in told if {each.kind for each in one.told} == {chosen}]
        for one, lines in zip(kept, scripts, strict=False):
            tell(followed(one, by=by), lines, today, by=by)
    closed = follow_school(name="École inventée du fleuve", place=Unit.objects.get(code="ML0504"), by=by)
    tell(closed, (("closed", "insecurity", 200, "letter", "academy", True),), today, by=by)
    for school, (task, office, due, state, late) in zip(School.objects.order_by("id"), ACTIONS, strict=False):
        action = plan_action(
            school=school, task=task, office=office, due_on=today + timedelta(days=due), by=by
        )
        done_on = action.due_on - timedelta(days=1) if state == "done" else None
        if state != "planned":
            answer_action(action=action, state=state, done_on=done_on, late_reason=late, by=by)
    commit(cast["fatou"], today)


def followed(one: Known, *, by: Account) -> School:
    """A school that an incident names."""
    return follow_school(place=one.place, name=one.name, by=by)


def tell(school: School, lines: tuple[Any, ...], today: date, *, by: Account) -> None:
    """Note what became of a school."""
    for kind, answer, days, basis, office, vague in lines:
        note_line(
            school=school, kind=kind, answer=answer, day=today - timedelta(days=days), basis=basis, office=office,
            precision="month" if vague else "day", by=by,
        )  # fmt: skip


def commit(by: Account, today: date) -> None:
    """The Declaration, followed by the national body, with a recommendation upon some commitments."""
    instrument = follow_declaration(body=Body.objects.get(acronym="CCT"), by=by)
    responsible = Organisation.objects.get(acronym="DRI-M")
    for number, (due, text) in RECOMMENDED.items():
        recommend(
            paragraph=instrument.paragraphs.get(number=number), text=text, responsible=responsible,
            raised_on=today - timedelta(days=60), due_on=today + timedelta(days=due), adopted=True, by=by,
        )  # fmt: skip
