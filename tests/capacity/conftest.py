from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sutura.capacity.models import Cohort, Enrolment, Group, Module, Pathway, Professional, Session, Sitting
from sutura.capacity.services import catalogue, groups, people, training
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.people import KAYES, MOPTI, cast

DAY = date(2026, 3, 2)


@dataclass
class Schoolroom:
    """A pathway of one module, an organiser, and who keeps what where."""

    module: Module
    pathway: Pathway
    organiser: Organisation
    rokia: Account  # keeps trainings in the whole country
    kante: Account  # keeps them in Kayes alone
    reader: Account  # follows Mopti by counts


@pytest.fixture
def schoolroom(machine: Account) -> Schoolroom:
    """What every test of trainings begins with."""
    organiser = add_organisation(by=machine, name="Consortium fictif", acronym="CHF", kind="consortium")
    module = catalogue.add_module(
        code="PSP", title="Premiers secours psychologiques (inventé)", hours=12, refresh_months=12,
        competencies=["Écouter sans interroger", "Orienter"], by=machine,
    )  # fmt: skip
    pathway = catalogue.add_pathway(
        title="Parcours communautaire (inventé)", cadre="community", modules=[module], attendance_percent=75,
        test_percent=60, valid_from=date(2026, 1, 1), by=machine,
    )  # fmt: skip
    return Schoolroom(
        module, pathway, organiser, cast("rokia", "training_keeper"),
        cast("kante", "training_keeper", regions=(KAYES,)), cast("reader", "body_member", regions=(MOPTI,)),
    )  # fmt: skip


def somebody(by: Any, name: str = "Aïssata Diarra (fictive)", **facts: Any) -> Professional:
    """An invented professional of Mopti."""
    given: dict[str, Any] = {
        "name": name, "sex": "woman", "cadre": "community", "region": MOPTI, "consented_on": DAY,
    }  # fmt: skip
    return people.add_professional(by=by, **(given | facts))


def cohort_of(room: Schoolroom, by: Any, code: str = "MOPTI-1", **facts: Any) -> Cohort:
    """An invented cohort in Mopti, of five days."""
    given: dict[str, Any] = {
        "code": code, "pathway": room.pathway, "organiser": room.organiser, "region": MOPTI,
        "starts_on": DAY, "ends_on": date(2026, 3, 6),
    }  # fmt: skip
    return training.open_cohort(by=by, **(given | facts))


def taught(room: Schoolroom, cohort: Cohort, by: Any, **facts: Any) -> Session:
    """Four half-days of the module."""
    given: dict[str, Any] = {"module": room.module, "held_on": DAY, "half_days": 4}
    return training.add_session(cohort=cohort, by=by, **(given | facts))


def enrolled(cohort: Cohort, professional: Professional, by: Any) -> Enrolment:
    """Somebody joins a cohort on its first day."""
    return training.enrol(cohort=cohort, professional=professional, enrolled_on=DAY, by=by)


def group_of(room: Schoolroom, by: Any, code: str = "GAPP-1", **facts: Any) -> Group:
    """An invented group of Mopti, opened 200 days ago, chartered."""
    opened = timezone.localdate() - timedelta(days=200)
    given: dict[str, Any] = {
        "code": code, "name": "Groupe inventé", "region": MOPTI, "host": room.organiser, "opened_on": opened,
        "charter_on": opened,
    }  # fmt: skip
    return groups.open_group(by=by, **(given | facts))


def met(group: Group, by: Any, ago: int = 10, **facts: Any) -> Sitting:
    """Five women and one man met some days ago."""
    given: dict[str, Any] = {"held_on": timezone.localdate() - timedelta(days=ago), "women": 5, "men": 1}
    return groups.note_sitting(group=group, by=by, **(given | facts))


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found
