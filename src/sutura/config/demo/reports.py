"""Invented editions: a note cleared by two people, the corrections that came after, and the edition that tells them."""

from __future__ import annotations

from datetime import timedelta

from sutura.config.demo.accounts import focal_point
from sutura.config.demo.judging import Panel
from sutura.config.demo.shapes import last_quarter
from sutura.incidents import services as incidents
from sutura.incidents.models import Violation
from sutura.ledger.rules import GRAVE_TYPES
from sutura.reporting import services as reporting
from sutura.reporting.models import Edition
from sutura.reporting.rules.periods import GHN, Period
from sutura.verification import services as verification

REASON = "Corrections reçues des points focaux après la première édition (inventé)."
WHYS = {
    "duplicate": "Même attaque, racontée par deux organisations (inventé).",
    "recount": "Un garçon de plus, soigné dans un autre cercle (inventé).",
    "attribute": "Revendication recoupée par deux témoins (inventé).",
    "reopen": "Deux récits se contredisent depuis : à revoir (inventé).",
}


def report(panel: Panel, kept: list[tuple[Violation, str]]) -> None:
    """The note of the quarter before, cleared; that of the last quarter, cleared, corrected and frozen again."""
    start, end = last_quarter(panel.today)
    before = Period(GHN, *last_quarter(start))
    clear(panel, freeze(panel, before), "technical", "ctfmr")
    last = Period(GHN, start, end)
    clear(panel, freeze(panel, last), "technical", "ctfmr")
    correct(panel, last, {violation.incident_id for violation, _status in kept})
    for violation, status in kept:
        panel.say(violation, "ctfmr", status, end - timedelta(days=2))
    clear(panel, freeze(panel, last, REASON), "technical")


def freeze(panel: Panel, period: Period, reason: str = "") -> Edition:
    """The secretariat freezes the next edition."""
    return reporting.freeze(product=GHN, period=period, by=panel.cast["kadidia"], reason=reason)


def clear(panel: Panel, edition: Edition, *levels: str) -> None:
    """Each level clears, by its own person."""
    people = {"technical": panel.cast["moussa"], "ctfmr": panel.cast["seydou"]}
    for level in levels:
        reporting.clear(edition=edition, level=level, by=people[level])


def correct(panel: Panel, period: Period, apart: set[int]) -> None:
    """Four corrections to what the first edition counted: a duplicate, a child more, a party named, a doubt."""
    counted = Violation.objects.filter(
        status="verified",
        decided_on__range=(period.start, period.end),
        type__in=GRAVE_TYPES,
        incident__state="open",
        opinions__level="ctfmr",
        opinions__imported=False,
    ).exclude(incident__in=apart)
    found = list(counted.distinct().select_related("incident").order_by("pk"))
    children = [one for one in found if one.boys and one.type in ("killing", "maiming", "recruitment_use")]
    unnamed = [one for one in children if one.attribution == "unidentified"]
    told, named = children[0], next(one for one in unnamed if one.incident_id != children[0].incident_id)
    used = {told.incident_id, named.incident_id}
    gone, doubted = [one for one in reversed(found) if one.incident_id not in used][:2]
    if gone.incident_id == doubted.incident_id:
        doubted = next(one for one in found if one.incident_id not in {*used, gone.incident_id})

    def keeper(violation: Violation) -> object:
        return focal_point(panel.cast, violation.region)

    incidents.change_violation(violation=told, by=keeper(told), why=WHYS["recount"], boys=told.boys + 1)
    incidents.set_parties(violation=named, parties=["JNIM"], by=keeper(named), why=WHYS["attribute"])
    incidents.mark_duplicate(incident=gone.incident, of=told.incident, by=keeper(gone), why=WHYS["duplicate"])
    verification.decide(
        violation=doubted,
        status="pending",
        given_on=panel.today,
        reason=WHYS["reopen"],
        by=panel.cast["seydou"],
    )
