"""Invented projects of partners, and visits of technical support to them."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.partners import services
from sutura.partners.models import Organisation
from sutura.people.models import Account

YEAR = timedelta(days=365)
# title, lead, who takes part, who pays, regions, sectors, whether it ends, budget in FCFA, state
PROJECTS = (
    ("Espaces amis des enfants de Mopti (inventé)", "OTE", ("AJI",), "AFE", ("ML05",),
     ("child_protection", "mhpss"), True, 180_000_000, "under_way"),
    ("Pair-aidance et groupes d’analyse (inventé)", "CHF", ("IFS", "AJI"), "AFE", (),
     ("mhpss",), True, None, "under_way"),
    ("Appui à la direction régionale (inventé)", "DNI", ("DRI-M",), "", ("ML05",), ("social",), False, None, "planned"),
    ("Écoute mobile à Gao (inventée)", "OTE", (), "AFE", ("ML07",), ("mhpss", "health"), True, 64_500_000, "suspended"),
)  # fmt: skip
# organisation, region, days ago, what was found, days until its follow-up, what was done
VISITS = (
    ("AJI", "ML05", 75, "Deux espaces manquent d’animateurs formés (inventé).", 30, "Six animateurs formés (inventé)."),
    ("OTE", "ML07", 50, "La fiche d’écoute n’est pas connue de l’équipe (inventé).", 21, ""),
    ("IFS", "", 20, "Le module est prêt, les formateurs aussi (inventé).", 45, ""),
)  # fmt: skip


def support(*, cast: dict[str, Account], today: date) -> None:
    """Fill the lists of projects and visits."""
    by = cast["fatou"]
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    for title, lead, partners, funder, regions, sectors, ends, budget, state in PROJECTS:
        services.add_project(
            title=title, lead=known[lead], partners=[known[each] for each in partners],
            funder=known.get(funder), regions=regions, sectors=sectors, starts_on=today - YEAR / 2,
            ends_on=today + YEAR if ends else None, budget=budget, state=state, by=by,
        )  # fmt: skip
    for acronym, region, ago, findings, until, outcome in VISITS:
        day = today - timedelta(days=ago)
        visit = services.note_visit(
            organisation=known[acronym], region=region, visited_on=day, visitors="Direction nationale inventée",
            findings=findings, follow_up_on=day + timedelta(days=until), by=by,
        )  # fmt: skip
        if outcome:
            done = day + timedelta(days=until - 2)
            services.follow_up(visit=visit, followed_up_on=done, outcome=outcome, by=by)
