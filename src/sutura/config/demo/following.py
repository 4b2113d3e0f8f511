"""Invented supervision, peer support and quality visits."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.capacity.choices import QualityItem
from sutura.capacity.models import Cohort, Enrolment, Group, Professional
from sutura.capacity.services import following
from sutura.partners.models import Organisation
from sutura.people.models import Account


def follow(*, cast: dict[str, Account], today: date) -> None:
    """Fill what follows the trainings."""
    by = cast["rokia"]
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    supervise(today, by=by)
    for kind, name, contacts in (
        ("professionals", "Binômes de Sévaré (inventés)", (60, 32, 9)),
        ("experience", "Pair-aidants de Mopti (inventés)", (45, 18)),
    ):
        scheme = following.open_scheme(
            kind=kind, name=name, region="ML05", organisation=known["AJI"], opened_on=today - timedelta(days=120),
            supporters=6, supervised=4, charter_on=today - timedelta(days=118), by=by,
        )  # fmt: skip
        for number, ago in enumerate(contacts):
            following.note_contact(
                scheme=scheme, met_on=today - timedelta(days=ago), people=2 + number, minutes=60,
                purpose="listening" if kind == "professionals" else "accompanying", alerted=number == 1, by=by,
            )  # fmt: skip
    marks = {item: (2, 1, 2, 2, 1, 0, 2, None)[number] for number, item in enumerate(QualityItem.values)}
    visited = today - timedelta(days=30)
    following.note_quality_visit(
        group=Group.objects.get(code="GAPP-MOPTI-1"), visited_on=visited, visitors="Direction inventée", marks=marks,
        strengths="Les règles sont connues de chacun.", improvements="Afficher les voies d’orientation.", by=by,
    )  # fmt: skip
    following.note_quality_visit(
        cohort=Cohort.objects.get(code="MOPTI-INV-1"), visited_on=visited, visitors="Direction inventée",
        marks=dict.fromkeys(QualityItem.values, 2), by=by,
    )  # fmt: skip


def supervise(today: date, *, by: Account) -> None:
    """The trainer of Mopti supervises a few of those she trained; one has not been seen for long."""
    supervisor = Professional.objects.get(cadre="trainer", region="ML05")
    trained = Enrolment.objects.certified().filter(cohort__region="ML05").select_related("professional")[:4]
    for number, enrolment in enumerate(trained):
        supervision = following.begin_supervision(
            professional=enrolment.professional, supervisor=supervisor, kind="individual", every_days=30,
            starts_on=today - timedelta(days=100), by=by,
        )  # fmt: skip
        for ago in (80, 50, 20)[: 3 - number]:
            following.note_supervision(
                supervision=supervision, held_on=today - timedelta(days=ago), minutes=45, by=by
            )
