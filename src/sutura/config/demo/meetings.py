"""Invented organisations, two bodies and a year of their meetings, one of them to come."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from sutura.coordination.models import Body, Meeting
from sutura.coordination.services import agenda, bodies, links, mailings, meetings, minutes, terms
from sutura.partners import services as partners
from sutura.partners.models import Organisation
from sutura.people.models import Account

MONTHS = 12
MONTH = timedelta(days=28)  # the same day of the week, each month

ORGANISATIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Direction nationale inventée du développement social", "DNI", {"kind": "state", "sectors": ["social"]}),
    (
        "Direction régionale inventée de Mopti",
        "DRI-M",
        {"kind": "state", "sectors": ["social"], "level": "regional", "region": "ML05"},
    ),
    ("Agence fictive pour l’enfance", "AFE", {"kind": "un", "sectors": ["child_protection", "mhpss"]}),
    ("ONG Tilwate Enfance (fictive)", "OTE", {"kind": "ingo", "sectors": ["child_protection"]}),
    (
        "Association Jigiya (fictive)",
        "AJI",
        {"kind": "association", "sectors": ["mhpss"], "level": "regional", "region": "ML05"},
    ),
    ("Institut fictif de formation sociale", "IFS", {"kind": "training", "sectors": ["mhpss", "education"]}),
    ("Consortium Hakili (fictif)", "CHF", {"kind": "consortium", "sectors": ["mhpss"]}),
)
BOXES = {
    acronym: f"{acronym.lower()}@exemple.invalid" for acronym in ("DNI", "DRI-M", "AFE", "OTE", "AJI", "IFS")
}


class Told(NamedTuple):
    """One point of invented minutes."""

    title: str
    discussion: str
    decisions: str


SAID = {
    "CCT": (
        Told("Cartographie des services (inventé)", "Six régions ont répondu ; Gao et Ménaka manquent encore.",
             "Relancer Gao et Ménaka avant la fin du mois : AFE."),
        Told("Modules de formation (inventé)", "Deux versions du module communautaire circulent.",
             "Retenir une seule version : IFS propose, les membres valident."),
        Told("Prévention des addictions (inventé)", "Aucun partenaire n’est actif sur ce thème dans le Nord.",
             "Inscrire le thème au plan d’action : DNI."),
        Told("Groupes d’analyse des pratiques (inventé)", "Trois groupes se réunissent, un est à l’arrêt.",
             "Appuyer la reprise du groupe à l’arrêt : CHF."),
    ),
    "GT-MOPTI": (
        Told("Accès aux cercles (inventé)", "La piste vers deux cercles est fermée depuis trois semaines.",
             "Demander un point d’accès mensuel : DRI-M."),
        Told("Suivi des alertes, sans donnée de cas (inventé)", "Le délai de tri a baissé.", "Garder le rythme."),
        Told("Espaces amis des enfants (inventé)", "Quatre espaces ont rouvert ; deux manquent d’animateurs.",
             "Former six animateurs avant la prochaine réunion : AJI."),
    ),
}  # fmt: skip


def meet(*, cast: dict[str, Account], today: date) -> None:
    """Open two bodies and hold their meetings."""
    by = cast["fatou"]
    known = {
        acronym: partners.add_organisation(
            by=by, name=name, acronym=acronym, contact_email=BOXES.get(acronym, ""), **facts
        )
        for name, acronym, facts in ORGANISATIONS
    }
    partners.set_consortium(consortium=known["CHF"], organisations=[known["IFS"], known["AJI"]], by=by)
    since = today - MONTH * (MONTHS + 2)
    framework = bodies.open_body(
        by=by, kind="consultation", acronym="CCT", name_fr="Cadre de concertation technique SMSPS (démonstration)",
        name_en="MHPSS technical consultation framework (demonstration)", created_on=since,
        venue="Bamako, salle inventée", founding_act="Décision inventée n° 0",
    )  # fmt: skip
    group = bodies.open_body(
        by=by, kind="working_group", acronym="GT-MOPTI", name_fr="Groupe de travail de Mopti (démonstration)",
        name_en="Mopti working group (demonstration)", level="regional", region="ML05", created_on=since,
        venue="Mopti, salle inventée",
    )  # fmt: skip
    lead = {"CCT": "DNI", "GT-MOPTI": "DRI-M"}
    links.tie(
        body=group, known=framework, organisation=known["DRI-M"], liaison="Chef de division (fictif)",
        rhythm="à chaque réunion du cadre", starts_on=since, by=by,
    )  # fmt: skip
    for body in (framework, group):
        seat_all(body, known, lead[body.acronym], since, cast)
        for month in range(MONTHS, 0, -1):
            hold_one(body, known, today - MONTH * month + timedelta(days=6), MONTHS - month, by=by)
        to_come(body, today, cast)
        found(body, known, since, cast)


def seat_all(
    body: Body, known: dict[str, Organisation], lead: str, since: date, cast: dict[str, Account]
) -> None:
    """The lead, a co-lead which keeps the papers, and the members; Mariam and Rokia sit for two of them."""
    sitting = {"OTE": cast["mariam"], "CHF": cast["rokia"]}
    seats = {lead: "lead", "AFE": "secretariat"} | dict.fromkeys(("OTE", "AJI", "IFS", "CHF"), "member")
    for acronym, seat in seats.items():
        bodies.add_member(
            body=body, organisation=known[acronym], seat=seat, starts_on=since, by=cast["fatou"],
            titular=f"Point focal {acronym} (fictif)", account=sitting.get(acronym),
        )  # fmt: skip


def hold_one(body: Body, known: dict[str, Organisation], day: date, turn: int, *, by: Account) -> None:
    """One meeting of the past: its points, who came, minutes validated and sent; the last is still in review."""
    meeting = plan(body, day, by=by)
    told = SAID[body.acronym]
    chosen = [told[(turn + step) % len(told)] for step in range(2)]
    for one in chosen:
        agenda.add_item(meeting=meeting, title=one.title, by=by)
    meetings.publish_agenda(meeting=meeting, by=by)
    state = next(organisation for organisation in known.values() if organisation.is_state_service)
    chair = state if turn % 2 else known["AFE"]
    held = meetings.open_minutes(
        meeting=meeting, held_on=day, chaired_by=chair, minuted_by=known["AFE"], by=by
    )
    for one in chosen:
        item = held.items.get(title=one.title)
        said = {"discussion": one.discussion, "decisions": one.decisions}
        minutes.write_point(item=item, version=item.version, said=said, by=by)
    for organisation, said in came(body, turn):
        minutes.write_attendance(meeting=held, organisation=organisation, said=said, by=by)
    if turn == MONTHS - 1:
        meetings.open_review(meeting=held, until=day + MONTH, by=by)
        return
    validated = meetings.validate_minutes(meeting=held, on=day + timedelta(days=9), by=by)
    meetings.send_minutes(meeting=validated, on=day + timedelta(days=11), by=by)


def came(body: Body, turn: int) -> list[tuple[Organisation, dict[str, Any]]]:
    """Who came: nearly everybody, in turns."""
    rows = []
    for place, seat in enumerate(body.memberships.in_order().select_related("organisation")):
        presence = ("present", "present", "represented", "excused", "present", "absent")[(place + turn) % 6]
        here = presence in ("present", "represented")
        rows.append((
            seat.organisation,
            {"presence": presence, "women": 1 + (place + turn) % 2 if here else 0, "men": place % 2 if here else 0},
        ))  # fmt: skip
    return rows


def found(body: Body, known: dict[str, Organisation], since: date, cast: dict[str, Account]) -> None:
    """Terms of reference validated twice, a second version under discussion, and a liaison."""
    by, today = cast["fatou"], timezone.localdate()
    first = terms.draft_terms(body=body, by=by)
    for section in first.sections.all():
        words = f"{section.heading} de l’instance, en une phrase inventée pour la démonstration."
        terms.change_section(section=section, heading=section.heading, text=words, by=by)
    for stage, apart in (("technical", 7), ("political", 30)):
        on = since + timedelta(days=apart)
        terms.validate_terms(terms=first, stage=stage, on=on, authority="Autorité inventée", by=by)
    second = terms.draft_terms(body=body, by=by)
    section = second.sections.get(position=5)
    told = "L’instance se réunit chaque mois et décide par consensus (inventé)."
    terms.change_section(section=section, heading=section.heading, text=told, by=by)
    open_now = terms.open_comments(terms=second, until=today + timedelta(days=10), by=by)
    section = open_now.sections.get(position=5)
    terms.comment_terms(section=section, text="Dire qui remplace la présidence (inventé).", by=cast["mariam"])
    links.tie(
        body=body, other="Sous-cluster protection de l’enfant (démonstration)", organisation=known["OTE"],
        liaison="Chargée de liaison (fictive)", rhythm="chaque mois", starts_on=since, by=by,
    )  # fmt: skip


def to_come(body: Body, today: date, cast: dict[str, Account]) -> None:
    """The next meeting: points are asked for, Mariam has proposed one, and the members are invited."""
    by = cast["fatou"]
    meeting = plan(body, today + timedelta(days=6), by=by)
    called = meetings.call_for_points(meeting=meeting, until=today + timedelta(days=3), by=by)
    agenda.propose(
        meeting=called, topic="problem", title="Prévention du suicide : qui fait quoi ? (inventé)",
        detail="Aucun service ne le couvre dans trois cercles (inventé).", by=cast["mariam"],
    )  # fmt: skip
    # Nothing is mailed from a demonstration: what became of each message is invented too.
    for row in mailings.announce(meeting=called, notice="convening", by=by):
        outcome = "refused" if row.organisation.acronym == "AJI" else "sent"
        mailings.note_mailing(mailing=row, outcome=outcome, by=by)


def plan(body: Body, day: date, *, by: Account) -> Meeting:
    """A meeting in the morning."""
    return meetings.plan_meeting(body=body, planned_on=day, starts_at=time(9), ends_at=time(12), by=by)
