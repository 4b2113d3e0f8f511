"""Law: the list, the single record and the rule give one answer about access, for any set of grants.

A row is listed exactly when the rule allows its region; a record one may not see does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutura.access.roles import ROLES
from sutura.access.rules import may
from sutura.alerts import services as alerts
from sutura.alerts.models import AccessNote, Alert
from sutura.coordination.models import Body, Meeting
from sutura.coordination.services.bodies import open_body
from sutura.coordination.services.meetings import plan_meeting
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident, Perpetrator, Source, Victim, Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.ledger.models import Cell, Line, Margin
from sutura.people import services as people
from sutura.places.models import Unit
from tests.registers import load_places as load_register

REGIONS = ["ML01", "ML05", "ML06", "ML07"]
NOBODY = -1  # the number of no account: nothing in the database is this person's own

# What is listed, the permission that opens it, and where its region stands.
SCOPED: list[tuple[Any, str, str]] = [
    (Incident, "incidents.read", "region"),
    (Violation, "incidents.read", "region"),
    (Victim, "incidents.read", "incident__region"),
    (Perpetrator, "incidents.read", "incident__region"),
    (Source, "incidents.read", "incident__region"),
    (Alert, "alerts.read", "region"),
    (AccessNote, "alerts.read", "region"),
    (Line, "reporting.read", "region"),
    (Cell, "reporting.read", "region"),
    (Margin, "reporting.read", "region"),
    # For who has no seat: a seat opens one body more, and nothing else (tests/coordination).
    (Body, "coordination.manage", "region"),
    (Meeting, "coordination.manage", "body__region"),
]


def bundle(place: Unit) -> IncidentBundle:
    """One incident with one of everything."""
    return IncidentBundle(
        place=place,
        occurred_on=date(2026, 2, 10),
        violations=(ViolationPart(type="killing", key="k", boys=1, parties=("JNIM",)),),
        victims=(VictimPart(violations=("k",), sex="boy", age=12),),
        perpetrators=(PerpetratorPart(violations=("k",), party="JNIM"),),
        sources=(SourcePart(violations=("k",), category="secondary"),),
    )


@pytest.fixture(scope="module")
def facts(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Something to see in each region, and something countrywide."""
    from django.db import transaction

    from sutura.parties.services import load_register as load_parties

    with django_db_blocker.unblock(), transaction.atomic():
        by = people.machine("tests")
        load_register(by=by)
        load_parties(by=by)
        cercles = [Unit.objects.get(edition="cod-ab-2021", code=f"{region}01") for region in REGIONS]
        country = Unit.objects.get(edition="cod-ab-2021", level=0)
        incidents.open_incidents(bundles=[bundle(place) for place in [*cercles, country]], by=by)
        for place in [*cercles, country]:
            alerts.receive(
                by=by,
                types=["killing"],
                place=place,
                happened_on=date(2026, 2, 10),
                party_type="unidentified",
                source_category="witness",
                access="unknown",
            )
        for region in [*REGIONS, ""]:
            level = "regional" if region else "national"
            facts = {"kind": "working_group", "name_fr": f"Groupe {region}", "level": level, "region": region}
            body = open_body(by=by, acronym=f"GT-{region or 'MALI'}", **facts)
            plan_meeting(body=body, planned_on=date(2026, 2, 10), by=by)
        for place in cercles:
            alerts.note_access(by=by, unit=place, level="red", observed_on=date(2026, 2, 1), source="réunion")
        yield
        transaction.set_rollback(True)


def held(grants: list[tuple[str, list[str]]]) -> SimpleNamespace:
    """An account in thin air with (role, regions) grants up to S4; no region means everywhere."""
    found = [
        SimpleNamespace(role=role, tier="S4", everywhere=not codes, region_codes=codes)
        for role, codes in grants
    ]
    return SimpleNamespace(
        pk=NOBODY, is_active=True, is_authenticated=True, grants_in_force=lambda: found, username="x"
    )


@pytest.mark.parametrize(
    ("model", "permission", "path"), SCOPED, ids=lambda given: getattr(given, "__name__", "")
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    grants=st.lists(
        st.tuples(st.sampled_from(sorted(ROLES)), st.lists(st.sampled_from(REGIONS), max_size=3)), max_size=3
    )
)
def test_what_is_listed_is_what_the_rule_allows(
    facts: None, db: None, model: Any, permission: str, path: str, grants: list[tuple[str, list[str]]]
) -> None:
    user = held(grants)
    user.may = lambda name, region=None: may(user, name, region)
    rows: QuerySet = model.objects.all()
    everything = dict(rows.values_list("pk", path))
    assert {"ML01", "ML05"} <= set(everything.values())
    listed = set(model.objects.visible_to(user).values_list("pk", flat=True))
    assert listed == {pk for pk, region in everything.items() if may(user, permission, region)}


def test_nobody_sees_nothing(facts: None, db: None) -> None:
    for model, _permission, _path in SCOPED:
        assert model.objects.exists()
        assert not model.objects.visible_to(AnonymousUser()).exists()
