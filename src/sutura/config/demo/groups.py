"""Invented practice groups: three that meet, one that fell silent, one that begins."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.capacity.models import Professional
from sutura.capacity.services import groups
from sutura.partners.models import Organisation
from sutura.people.models import Account

# code, name, region, host, days since it was opened, days ago of each sitting
GROUPS = (
    ("GAPP-MOPTI-1", "Groupe de Sévaré (inventé)", "ML05", "AJI", 200, (160, 130, 100, 70, 40, 12)),
    ("GAPP-MOPTI-2", "Groupe des écoutants (inventé)", "ML05", "OTE", 170, (150, 115, 80, 50, 20)),
    ("GAPP-GAO-1", "Groupe de Gao (inventé)", "ML07", "OTE", 180, (155, 120, 60, 25)),
    ("GAPP-KAYES-1", "Groupe de Kayes (inventé)", "ML01", "CHF", 190, (170, 140, 110)),
    ("GAPP-KAYES-2", "Groupe des formateurs (inventé)", "ML01", "IFS", 20, ()),
)
THEMES = (
    ("exhaustion", "posture"), ("violence", "network"), ("grief",), ("addiction", "family"), ("posture",), ("gbv",),
)  # fmt: skip


def meet(*, cast: dict[str, Account], today: date) -> None:
    """Fill the board of practice groups."""
    by = cast["rokia"]
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    for code, name, region, host, since, sittings in GROUPS:
        opened = today - timedelta(days=since)
        group = groups.open_group(
            code=code, name=name, region=region, host=known[host], opened_on=opened,
            facilitator=Professional.objects.filter(cadre="trainer", region=region).first(),
            charter_on=opened if sittings else None, by=by,
        )  # fmt: skip
        for number, ago in enumerate(sittings):
            groups.note_sitting(
                group=group, held_on=today - timedelta(days=ago), women=4 + number % 3, men=2 + number % 2, minutes=150,
                situations=2, themes=THEMES[number], needs=["training"] if number == 2 else [], by=by,
                note="Bonne participation, règles rappelées." if number == 0 else "",
            )  # fmt: skip
