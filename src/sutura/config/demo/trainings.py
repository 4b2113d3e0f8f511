"""Invented trainings: a catalogue, three cohorts in three regions, and people who came or left."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from sutura.capacity.models import Cohort, Competency, Enrolment, Pathway, Professional, Session
from sutura.capacity.services import catalogue, people, results, training
from sutura.partners.models import Organisation
from sutura.people.models import Account

SEED = 218
# code, title, hours, months until a refresher, competencies
MODULES = (
    ("PSP", "Premiers secours psychologiques (inventé)", 12, 12,
     ("Écouter sans interroger", "Apaiser", "Orienter")),
    ("COM", "Soutien communautaire et familial (inventé)", 18, 24,
     ("Animer un groupe de parents", "Repérer la détresse")),
    ("SCI", "Soins ciblés, niveau 1 (inventé)", 30, 12, ("Mener un entretien de soutien", "Passer le relais")),
)  # fmt: skip
# title, group trained, modules, last test in percent
PATHWAYS = (
    ("Parcours communautaire (inventé)", "community", ("PSP", "COM"), 60),
    ("Parcours de soins ciblés (inventé)", "focused", ("PSP", "SCI"), 70),
)  # fmt: skip
# code, pathway, region, place, days ago, people
COHORTS = (
    ("MOPTI-INV-1", 0, "ML05", "Sévaré", 150, 12),
    ("GAO-INV-1", 1, "ML07", "Gao", 90, 8),
    ("KAYES-INV-1", 0, "ML01", "Kayes", 5, 6),
)  # fmt: skip
FIRST = "Aminata Bakary Coumba Daouda Fanta Ibrahim Kadiatou Lassana Mariam Modibo Oumou Sékou".split()
LAST = "Coulibaly Diarra Keïta Maïga Sangaré Touré Traoré".split()


def train(*, cast: dict[str, Account], today: date) -> None:
    """Fill the registers of training."""
    by, random = cast["rokia"], Random(SEED)  # noqa: S311 - invented facts, the same at each pouring
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    modules = {
        code: catalogue.add_module(
            code=code, title=title, hours=hours, refresh_months=months, competencies=competencies,
            harmonised_on=today - timedelta(days=400), by=by,
        )
        for code, title, hours, months, competencies in MODULES
    }  # fmt: skip
    pathways = [
        catalogue.add_pathway(
            title=title, cadre=cadre, modules=[modules[code] for code in codes], attendance_percent=80,
            test_percent=percent, valid_from=today - timedelta(days=380), by=by,
        )
        for title, cadre, codes, percent in PATHWAYS
    ]  # fmt: skip
    for code, pathway, region, place, ago, many in COHORTS:
        start = today - timedelta(days=ago)
        cohort = training.open_cohort(
            code=code, pathway=pathways[pathway], organiser=known["CHF"], funder=known.get("AFE"), region=region,
            place=place, starts_on=start, ends_on=start + timedelta(days=4), capacity=15, by=by,
        )  # fmt: skip
        fill(cohort, pathways[pathway], random, employer=known["AJI"], many=many, today=today, by=by)
    join(by=by)


def join(*, by: Account) -> None:
    """Two cards of one name, entered in two regions, are one person who followed two cohorts."""
    people_known = list(Professional.objects.exclude(cadre="trainer").order_by("folded", "pk"))
    alike = [pair for pair in pairwise(people_known) if pair[0].folded == pair[1].folded]
    if alike:
        kept, other = alike[0]
        people.join_cards(kept=kept, other=other, by=by)


def fill(cohort: Cohort, pathway: Pathway, random: Random, *, many: int, today: date, **given: Any) -> None:
    """The trainers and the people of a cohort, its sessions, and how it went."""
    by, employer = given["by"], given["employer"]
    trainer = somebody("Fatoumata Formatrice", cohort, cadre="trainer", employer=employer, by=by)
    sessions = [
        training.add_session(
            cohort=cohort, module=step.module, held_on=cohort.starts_on + timedelta(days=2 * number), half_days=4,
            trainers=[trainer], language="bamanankan", by=by,
        )
        for number, step in enumerate(pathway.steps.select_related("module"))
    ]  # fmt: skip
    names = random.sample([f"{first} {last}" for first in FIRST for last in LAST], many)
    enrolments = [
        training.enrol(
            cohort=cohort, enrolled_on=cohort.starts_on, by=by,
            professional=somebody(name, cohort, employer=employer, cadre=pathway.cadre, by=by),
        )
        for name in names
    ]  # fmt: skip
    for session in sessions:
        if session.held_on <= today:
            come(session, enrolments, random, by=by)
    if cohort.ends_on < today:
        judge(cohort, enrolments, random, by=by)


def somebody(name: str, cohort: Cohort, *, cadre: str, employer: Organisation, by: Account) -> Professional:
    """An invented person, who says so in her name."""
    return people.add_professional(
        name=f"{name} (inventé·e)", sex="man" if name.split()[0] in FIRST[1::2] else "woman", cadre=cadre,
        region=cohort.region, birth_year=1970 + sum(map(ord, name)) % 32,
        profession="Relais" if cadre == "community" else "Assistant·e social·e",
        employer=employer, consented_on=cohort.starts_on, by=by,
    )  # fmt: skip


def come(session: Session, enrolments: list[Enrolment], random: Random, *, by: Account) -> None:
    """Nearly everybody came, nearly always."""
    present = [
        (each, half)
        for each in enrolments
        for half in range(1, session.half_days + 1)
        if random.random() < 0.94
    ]
    training.note_attendance(session=session, present=present, by=by)


def judge(cohort: Cohort, enrolments: list[Enrolment], random: Random, *, by: Account) -> None:
    """One left; the others took the tests, and whoever completed the pathway has a certificate."""
    day = cohort.ends_on
    training.leave(enrolment=enrolments[0], left_on=day - timedelta(days=1), left_for="moved", by=by)
    for number, enrolment in enumerate(enrolments[1:]):
        before = random.randint(25, 60)
        results.note_test(enrolment=enrolment, kind="pre", taken_on=cohort.starts_on, percent=before, by=by)
        if number % 5 == 4:
            continue
        after = min(100, before + random.randint(15, 40))
        results.note_test(enrolment=enrolment, kind="post", taken_on=day, percent=after, by=by)
        for competency in Competency.objects.filter(module__steps__pathway=cohort.pathway_id)[:3]:
            level = 3 if after >= 60 else 2
            results.note_mark(enrolment=enrolment, competency=competency, level=level, seen_on=day, by=by)
        if not results.lacks_of(enrolment):
            results.certify(enrolment=enrolment, issued_on=day, signatories="Consortium inventé", by=by)
