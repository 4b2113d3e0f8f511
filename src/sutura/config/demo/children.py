"""Invented children followed by code: handed over in time and late, detained, returned and visited."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sutura.parties.models import Party
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Site
from sutura.response.offering import fitting
from sutura.response.services.dockets import note_step, open_docket
from sutura.response.services.referrals import answer_by_link, refer
from sutura.response.services.sites import add_site

BAMAKO = ZoneInfo("Africa/Bamako")
SITES = (
    ("Centre inventé de Sévaré", "centre", "ML0504"),
    ("Prison inventée de Mopti", "prison", "ML0504"),
    ("Centre inventé de Gao", "centre", "ML0701"),
    ("Camp inventé de Gao", "military", "ML0701"),
)
# cercle, sex, age, association, party, days ago, how met, by whom; then each line: kind, code, days ago, more
CHILDREN: tuple[tuple[Any, ...], ...] = (
    ("ML0504", "boy", 16, "alleged", "JNIM", 3.4, "arrested", "gendarmerie", (
        ("notification", "", 3.1, {"actor": "un"}),
    )),
    ("ML0504", "boy", 15, "alleged", "JNIM", 72, "captured", "armed_forces", (
        ("detention", "prison", 70, {"site": "Prison inventée de Mopti", "actor": "prison"}),
        ("legal_basis", "remand", 68, {"actor": "court"}), ("charge", "association", 68, {"actor": "court"}),
        ("next_action", "judge", -4, {}), ("hearing", "planned", -9, {}),
    )),
    ("ML0504", "girl", 14, "associated", "KATIBA_MACINA", 200, "escaped", "community", (
        ("notification", "", 199.8, {"actor": "ngo"}), ("handover", "care", 198.9, {"actor": "social", "signed": True}),
        ("care", "foster", 198, {}), ("plan", "", 196, {}), ("tracing", "found", 180, {"actor": "icrc"}),
        ("reunification", "parents", 170, {}), ("package", "school", 165, {}),
        ("follow_up", "stable", 139, {"month": 1}), ("follow_up", "stable", 78, {"month": 3}),
    )),
    ("ML0701", "boy", 17, "associated", "PLATEFORME", 40, "formal", "group", (
        ("notification", "", 39.5, {"actor": "un"}),
        ("handover", "well", 36, {"actor": "social", "signed": True, "late_reason": "insecurity"}),
        ("care", "centre", 36, {"site": "Centre inventé de Gao"}), ("plan", "", 34, {}),
        ("tracing", "requested", 30, {}),
    )),
    ("ML0701", "boy", None, "unknown", "", 15, "captured", "foreign", (
        ("detention", "military", 14, {"site": "Camp inventé de Gao", "actor": "armed_forces"}),
    )),
    ("ML0504", "boy", 13, "not", "", 6, "community", "community", (
        ("handover", "well", 5.2, {"actor": "social", "signed": True}),
        ("care", "centre", 5, {"site": "Centre inventé de Sévaré"}),
    )),
)  # fmt: skip


def follow(*, cast: dict[str, Account], today: date) -> None:
    """Open the dockets and note what happened."""
    by = cast["salimata"]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={one[0] for one in CHILDREN})}
    for name, kind, code in SITES:
        add_site(name=name, kind=kind, place=units[code], by=by)
    sites = {site.name: site for site in Site.objects.all()}
    parties = {party.code: party for party in Party.objects.all()}
    for cercle, sex, age, association, party, ago, met, actor, lines in CHILDREN:
        place = units[cercle]
        docket = open_docket(
            region=place.region, sex=sex, age=age, age_basis="family" if age else "", association=association,
            party=parties.get(party), answer=met, actor=actor, place=place, by=by, **known(today, ago),
        )  # fmt: skip
        for kind, code, days, more in lines:
            said = more | ({"site": sites[more["site"]]} if "site" in more else {})
            note_step(docket=docket, kind=kind, answer=code, place=place, by=by, **known(today, days), **said)
    refer_some(by=by, today=today)


def refer_some(*, by: Account, today: date) -> None:
    """Children in care and returned are sent to the first service that fits, where the map has one."""
    for docket in Docket.objects.filter(stage__in=("in_care", "followed")).order_by("id"):
        service = fitting(docket).first()
        if service is None:
            continue
        sent = refer(
            docket=docket, service=service, need="psychosocial", urgency="72", given_by="both", given_on=today,
            expires_on=today + timedelta(days=90), by=by,
        )  # fmt: skip
        for state in ("accepted", "given") if docket.stage == "followed" else ():
            answer_by_link(referral=sent, state=state)


def known(today: date, days: float) -> dict[str, Any]:
    """So many days ago: to the minute where the days are no whole number, else the day."""
    if days == int(days):
        return {"precision": "day", "day": today - timedelta(days=int(days))}
    moment = datetime.combine(today, time(8), BAMAKO) - timedelta(days=days)
    return {"precision": "time", "moment": moment, "day": moment.date()}
