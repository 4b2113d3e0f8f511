"""Invented action plans of both bodies, and invented texts of the Council and of a party that are followed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sutura.coordination.models import Axis, Body, Instrument, Plan, PlanVersion
from sutura.coordination.services import activities, instruments, plans, reports
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.people.models import Account

AUTHORITY = "Réunion plénière inventée"


class Does(NamedTuple):
    """One activity: its months from the beginning of the plan, its budget in millions, and what became of it."""

    title: str
    kind: str
    axis: int
    lead: str
    helpers: tuple[str, ...]
    region: str
    months: tuple[int, int]
    millions: int | None
    state: str = "planned"
    progress: int = 0
    funded: int = 0
    words: str = ""


OF = {
    "CCT": (
        Does("Tenir les réunions mensuelles du cadre (inventé)", "technical", 1, "DNI", ("AFE",), "", (0, 12), 6,
             "under_way", 60, 6),
        Does("Plaider pour une ligne budgétaire SMSPS (inventé)", "advocacy", 1, "DNI", ("AFE", "CHF"), "", (1, 8), 4,
             "under_way", 30, 1, "Note transmise, rendez-vous attendu (inventé)."),
        Does("Tenir une table des bailleurs (inventé)", "fund_raising", 1, "AFE", ("DNI",), "", (3, 5), 3,
             "done", 100, 3, "Tenue avec sept bailleurs fictifs."),
        Does("Achever la carte des services de Gao (inventé)", "technical", 2, "OTE", ("AJI",), "ML07", (0, 4), 12,
             "under_way", 70, 12, "Deux cercles manquent (inventé)."),
        Does("Ouvrir une ligne d’écoute de nuit (inventé)", "technical", 2, "OTE", (), "", (5, 12), 45),
        Does("Former soixante relais de Mopti (inventé)", "capacity", 3, "AJI", ("IFS",), "ML05", (2, 6), 18,
             "done", 100, 18, "Soixante-deux relais formés (inventé)."),
        Does("Intégrer le module à la formation initiale (inventé)", "capacity", 3, "IFS", ("DNI",), "", (4, 11), 9,
             "under_way", 20, 2),
        Does("Traduire les supports en trois langues (inventé)", "capacity", 3, "AJI", ("CHF",), "", (3, 9), None),
        Does("Conférence sous-régionale (inventé)", "advocacy", 1, "AFE", (), "", (9, 10), 30,
             "dropped", 0, 0, "Reportée à l’an prochain (inventé)."),
    ),
    "GT-MOPTI": (
        Does("Missions conjointes de suivi (inventé)", "technical", 0, "DRI-M", ("OTE",), "ML05", (0, 12), 8,
             "under_way", 50, 5),
        Does("Rappeler le protocole de remise (inventé)", "advocacy", 0, "DRI-M", ("AFE",), "ML05", (1, 4), 2,
             "done", 100, 2, "Atelier tenu avec les autorités (inventé)."),
        Does("Former les points focaux des écoles (inventé)", "capacity", 0, "AJI", (), "ML05", (2, 5), 7,
             "suspended", 30, 2, "La piste est coupée (inventé)."),
    ),
}  # fmt: skip
# donor, call, millions, stage, days until it closes, number of its activity
LEADS = (
    ("Fonds fictif pour l’enfance", "Appel inventé n° 3", 45, "preparing", 24, 5),
    ("Coopération inventée", "Guichet régional (inventé)", 20, "submitted", -12, None),
    ("Fondation imaginaire", "Langues et soins (inventé)", 12, "spotted", -3, 8),
    ("Fonds fictif pour l’enfance", "Appel inventé n° 2", 18, "granted", -120, 6),
    ("Mécène inventé", "", None, "refused", None, None),
)
# number, what it asks, days until the recommendation is due (none: nothing recommended yet), what became of it
COUNCIL = (
    ("4", "Achever et appliquer la loi sur la protection de l’enfant (inventé).", 60, ""),
    ("7 (a)", "Traiter d’abord comme victimes les enfants capturés (inventé).", -25, "started"),
    ("7 (b)", "Donner accès aux lieux de détention (inventé).", None, ""),
    ("9", "Protéger les écoles et les hôpitaux (inventé).", 30, "started"),
    ("12", "Soutenir la réintégration dans la durée (inventé).", None, "aside"),
)
ARTICLES = (
    ("1", "Publier un ordre de commandement (inventé).", -40, "started"),
    ("2", "Laisser visiter les sites pour repérer les enfants (inventé).", 45, ""),
    ("3", "Nommer des points focaux (inventé).", None, ""),
)


def plan(*, cast: dict[str, Account], today: date) -> None:
    """Fill the pages of plans and of texts that are followed."""
    by = cast["fatou"]
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    bodies = {each.acronym: each for each in Body.objects.filter(acronym__in=OF)}
    document = Document.objects.filter(kind="framework")[0]
    axes = list(Axis.objects.filter(document=document))
    start = _month(today, -7)
    for acronym, done in OF.items():
        follows = document if acronym == "CCT" else None
        version = plans.open_plan(
            body=bodies[acronym], title=f"Plan d’action {acronym} (inventé)", starts_on=start,
            ends_on=_month(start, 13) - timedelta(days=1), document=follows, by=by,
        )  # fmt: skip
        carry_out(version, done, known, axes, by=by)
    framework = Plan.objects.get(body=bodies["CCT"])
    ask_donors(framework, today, by=by)
    rewrite(framework, known, axes, by=by)
    follow(bodies["GT-MOPTI"], known, today, cast)


def carry_out(
    version: PlanVersion,
    done: tuple[Does, ...],
    known: dict[str, Organisation],
    axes: list[Axis],
    *,
    by: Account,
) -> None:
    """Write the plan, validate it, and report on it."""
    start = version.starts_on
    made = [
        (activities.add_activity(
            version=version, title=each.title, kind=each.kind, axis=axes[each.axis - 1] if each.axis else None,
            lead=known[each.lead], helpers=[known[name] for name in each.helpers], region=each.region,
            starts_on=_month(start, each.months[0]), ends_on=_month(start, each.months[1]) - timedelta(days=1),
            budget=None if each.millions is None else each.millions * 1_000_000, by=by,
        ), each)
        for each in done
    ]  # fmt: skip
    plans.validate_plan(version=version, on=start + timedelta(days=9), authority=AUTHORITY, by=by)
    for line, each in made:
        if each.state != "planned":
            activities.report_activity(
                activity=line.activity, state=each.state, progress=each.progress, funded=each.funded * 1_000_000,
                words=each.words, by=by,
            )  # fmt: skip


def ask_donors(found: Plan, today: date, *, by: Account) -> None:
    """Who may pay for it."""
    numbered = {each.number: each for each in found.activities.all()}
    for donor, call, millions, stage, closes, number in LEADS:
        activities.add_lead(
            plan=found, donor=donor, call=call, amount=None if millions is None else millions * 1_000_000, stage=stage,
            closes_on=None if closes is None else today + timedelta(days=closes),
            activity=numbered[number] if number else None, by=by,
        )  # fmt: skip


def rewrite(found: Plan, known: dict[str, Organisation], axes: list[Axis], *, by: Account) -> None:
    """A second version is being written: one activity more, another one dearer."""
    draft = plans.draft_plan(plan=found, by=by)
    dearer = draft.lines.get(activity__number=5)
    activities.change_activity(line=dearer, budget=52_000_000, helpers=[known["CHF"]], by=by)
    activities.add_activity(
        version=draft, title="Suivre la prévention du suicide à l’école (inventé)", kind="technical", axis=axes[1],
        lead=known["DNI"], starts_on=_month(draft.starts_on, 8), ends_on=draft.ends_on, budget=5_000_000, by=by,
    )  # fmt: skip


def follow(body: Body, known: dict[str, Organisation], today: date, cast: dict[str, Account]) -> None:
    """Conclusions and an action plan, of no real document and no real party."""
    told: dict[str, Any] = {"body": body, "by": cast["fatou"]}
    council = instruments.add_instrument(
        kind="council", reference="S/AC.51/0000/0 (inventé)", title="Conclusions inventées sur le Mali",
        dated_on=today - timedelta(days=300), review_on=today + timedelta(days=65), **told,
    )  # fmt: skip
    signed = instruments.add_instrument(
        kind="party_plan", reference="Plan d’action (inventé)", title="Faire cesser le recrutement d’enfants (inventé)",
        dated_on=today - timedelta(days=500), party_code="PARTIE_FICTIVE", review_on=today - timedelta(days=8), **told,
    )  # fmt: skip
    for found, paragraphs in ((council, COUNCIL), (signed, ARTICLES)):
        answer(found, paragraphs, known, today, by=cast["fatou"])


def answer(
    found: Instrument, paragraphs: tuple[tuple[str, str, int | None, str], ...], known: dict[str, Organisation],
    today: date, *, by: Account,
) -> None:  # fmt: skip
    """Paste the paragraphs, and recommend upon most of them."""
    pasted = "\n".join(f"{number}. {text}" for number, text, _due, _becomes in paragraphs)
    made = instruments.add_paragraphs(instrument=found, pasted=pasted, addressee="Autorités inventées", by=by)
    for paragraph, (_number, text, due, becomes) in zip(made, paragraphs, strict=True):
        if becomes == "aside":
            instruments.change_paragraph(
                paragraph=paragraph, number=paragraph.number, text=text, addressee=paragraph.addressee,
                aside="Suivi par une autre instance (inventé).", by=by,
            )  # fmt: skip
        elif due is not None:
            born = instruments.recommend(
                paragraph=paragraph, text=f"Proposer une feuille de route : {text}", responsible=known["DRI-M"],
                raised_on=today - timedelta(days=90), due_on=today + timedelta(days=due), adopted=True, by=by,
            )  # fmt: skip
            if becomes == "started":
                reports.report(
                    recommendation=born, words="Premier échange tenu (inventé).", progress=30, by=by
                )


def _month(day: date, apart: int) -> date:
    """The first day of the month so many months from a day."""
    months = day.year * 12 + day.month - 1 + apart
    return date(months // 12, months % 12 + 1, 1)
