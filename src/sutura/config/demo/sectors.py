"""Invented courses of institutes, initiatives of other sectors, and a theme that waits for several of them."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.capacity.models import CourseUnit, Module
from sutura.capacity.services import initial, initiatives
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account

# institute, course, level; then module, hours, days ago of each step: proposed, studied, validated, taught
COURSES = (
    ("IFS", "Travail social spécialisé", "technician", (("PSP", 12, (420, 330, 250, 40)), ("COM", 18, (420, 300)))),
    ("IFS", "Développement social", "diploma", (("COM", 18, (200, 120, 60)),)),
    ("DFP", "Psychologie, licence 3", "bachelor", (("PSP", 12, (150, 90)), ("SCI", 30, (150,)))),
)  # fmt: skip
STATES = ("proposed", "studied", "validated", "taught")
# title, sector, led by, carried, region, themes, begun and ended (days from today), module that it equals
INITIATIVES = (
    ("Enseignants relais (inventé)", "education", "IFS", "inside", "ML05", ("violence", "grief"), -200, 160, "PSP"),
    ("Santé mentale au premier recours (inventé)", "health", "OTE", "outside", "", ("suicide", "addiction"),
     -90, None, ""),
    ("Éveil et nutrition (inventé)", "nutrition", "AJI", "inside", "ML07", ("childhood", "family"), -60, 120, ""),
    ("Clubs de jeunes (inventé)", "education", "AJI", "outside", "ML01", ("addiction",), -400, -30, ""),
)  # fmt: skip
# theme, region, sectors asked, why, days ago
TOGETHER = (
    (
        "suicide",
        "",
        ("health", "education", "mhpss"),
        "Chaque secteur repère, aucun ne sait à qui passer.",
        45,
    ),
    ("childhood", "ML07", ("nutrition", "health"), "Les mères viennent pour la nutrition.", 20),
)


def teach(*, cast: dict[str, Account], today: date) -> None:
    """Fill the table of modules by course and the register of initiatives."""
    by = cast["rokia"]
    add_organisation(
        by=cast["fatou"],
        name="Département fictif de psychologie",
        acronym="DFP",
        kind="training",
        sectors=["mhpss"],
    )
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    modules = {each.code: each for each in Module.objects.all()}
    for institute, name, level, units in COURSES:
        course = initial.add_course(institute=known[institute], name=name, level=level, by=by)
        for code, hours, steps in units:
            since = today - timedelta(days=steps[0])
            unit = initial.propose_unit(course=course, module=modules[code], hours=hours, since=since, by=by)
            advance(unit, [today - timedelta(days=ago) for ago in steps[1:]], by=by)
    for title, sector, lead, carried, region, themes, begun, ended, code in INITIATIVES:
        initiatives.add_initiative(
            title=title, sector=sector, organisation=known[lead], carried=carried, region=region, themes=themes,
            starts_on=today + timedelta(days=begun), ends_on=None if ended is None else today + timedelta(days=ended),
            module=modules.get(code), by=by,
        )  # fmt: skip
    for theme, region, sectors, why, ago in TOGETHER:
        initiatives.raise_theme(
            theme=theme, region=region, sectors=sectors, why=why, raised_on=today - timedelta(days=ago), by=by
        )


def advance(unit: CourseUnit, days: list[date], *, by: Account) -> None:
    """The steps that followed the proposal; once taught, with its year and students."""
    for state, day in zip(STATES[1:], days, strict=False):
        taught = state == "taught"
        initial.note_step(
            unit=unit, state=state, since=day, words="Conseil inventé", by=by,
            year=f"{day.year}-{day.year + 1}" if taught else "", women=22 if taught else None,
            men=18 if taught else None,
        )  # fmt: skip
