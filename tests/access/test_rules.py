"""May this person, here: default no, and the same answer for one row and for many."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sutura.access.errors import NotAllowed
from sutura.access.roles import PERMISSIONS, ROLES, S0, S4, TIERS, natural_tier, permissions_of
from sutura.access.rules import EVERY_ROW, EVERYWHERE, NO_ROW, may, regions, require, scope
from sutura.people import services
from sutura.people.models import Account

REGIONS = ["ML01", "ML05", "ML06", "ML07"]


def someone(*grants: tuple[str, list[str]], tier: str = "S4", active: bool = True) -> SimpleNamespace:
    """An account in thin air: (role, regions) pairs up to a tier; no region means everywhere."""
    held = [
        SimpleNamespace(role=role, tier=tier, everywhere=not codes, region_codes=codes)
        for role, codes in grants
    ]
    return SimpleNamespace(is_active=active, grants_in_force=lambda: held)


def test_nobody_may_nothing() -> None:
    for by in (None, SimpleNamespace(is_active=True), someone()):
        assert not may(by, "incidents.read")
        assert scope(by, "incidents.read") == NO_ROW


def test_a_disabled_account_may_nothing() -> None:
    assert not may(someone(("monitor", ["ML05"]), active=False), "incidents.read", "ML05")


def test_a_grant_holds_in_its_regions_only() -> None:
    awa = someone(("monitor", ["ML05"]))
    assert may(awa, "incidents.read")
    assert may(awa, "incidents.read", "ML05")
    assert not may(awa, "incidents.read", "ML01")
    assert not may(awa, "incidents.read", "")
    assert not may(awa, "verification.ctfmr")
    assert scope(awa, "incidents.read") == Q(region__in=["ML05"])


def test_a_nationwide_grant_covers_facts_without_a_region() -> None:
    moussa = someone(("verification_panel", []))
    assert regions(moussa, "incidents.read") is EVERYWHERE
    assert may(moussa, "incidents.read", "")
    assert scope(moussa, "incidents.read") == EVERY_ROW


def test_a_condition_holds_beside_one_s_own(machine: Account, awa: Account, fatou: Account) -> None:
    """“Mine, or those of my regions”: a nationwide grant widens it to all, and none leaves mine alone."""
    mine, read = Q(username="awa"), "incidents.read"
    every, nobody = someone(("verification_panel", [])), someone()
    rows = Account.objects.all()
    assert set(rows.filter(mine | scope(every, read))) == set(rows) > {awa}
    assert set(rows.filter(mine | scope(nobody, read))) == {awa}
    assert set(rows.filter(mine & scope(every, read))) == {awa}


@given(st.sampled_from(sorted(ROLES)), st.sampled_from(sorted(TIERS)), st.sampled_from(sorted(PERMISSIONS)))
def test_a_grant_gives_a_permission_only_up_to_its_tier(role: str, tier: str, permission: str) -> None:
    held = permission in ROLES[role].permissions and PERMISSIONS[permission].tier <= tier
    assert may(someone((role, []), tier=tier), permission, "ML05") is held


def test_a_tier_unknown_to_the_law_gives_nothing() -> None:
    for tier in ("", "S", "S5", "s3", "T"):
        assert permissions_of("machine", tier) == frozenset()
        assert not may(someone(("machine", []), tier=tier), "coordination.read")


def test_the_natural_tier_of_a_role_loses_nothing() -> None:
    for name, role in ROLES.items():
        assert permissions_of(name, natural_tier(name)) == role.permissions
    assert (natural_tier("monitor"), natural_tier("ctfmr_principal")) == ("S3", "S2")
    assert {name for name in ROLES if natural_tier(name) == S4} == {"evidence_group", "sexual_violence_group"}
    assert not {each for each in PERMISSIONS.values() if each.tier == S0}


def test_who_keeps_or_approves_accounts_has_no_case_data() -> None:
    for role in ("account_keeper", "protection_lead"):
        assert ROLES[role].permissions <= {"people.manage", "people.approve"}
    keepers = {name for name, role in ROLES.items() if "people.manage" in role.permissions}
    assert keepers == {"account_keeper", "machine"}
    assert "people.approve" not in ROLES["machine"].permissions


def test_a_role_unknown_to_the_law_may_nothing() -> None:
    assert not may(someone(("director", [])), "incidents.read")


def test_a_permission_unknown_to_the_law_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError):
        may(someone(), "incidents.invent")


def test_the_coordinator_and_the_auditor_have_no_case_data() -> None:
    for role in ("coordinator", "auditor"):
        assert not {name for name in ROLES[role].permissions if name.split(".")[0] in {"alerts", "incidents"}}


def test_nobody_decides_and_documents() -> None:
    """Four eyes: no person's role both documents and decides; the machine account is no person."""
    for name, role in ROLES.items():
        if name != "machine":
            assert not {"incidents.document", "verification.ctfmr"} <= role.permissions
            assert not {"reporting.clear_technical", "reporting.clear_ctfmr"} <= role.permissions


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ROLES)), st.lists(st.sampled_from(REGIONS), max_size=3)), max_size=4
    ),
    st.sampled_from(sorted(PERMISSIONS)),
)
def test_one_row_and_many_rows_agree(grants: list[tuple[str, list[str]]], permission: str) -> None:
    by = someone(*grants)
    condition = scope(by, permission)
    for region in [*REGIONS, ""]:
        listed = condition == EVERY_ROW or region in dict(condition.children).get("region__in", [])
        assert listed is may(by, permission, region)


def test_a_withdrawn_or_ended_grant_stops_at_the_next_request(machine: Account, awa: Account) -> None:
    grant = awa.grants.get(role="monitor")
    services.withdraw_grant(by=machine, grant=grant, why="leaves")
    with pytest.raises(NotAllowed):
        require(Account.objects.get(pk=awa.pk), "incidents.read", "ML05")


def test_an_ended_grant_gives_nothing(machine: Account) -> None:
    account = services.open_account(by=machine, username="late")
    today = timezone.localdate()
    services.give_grant(
        by=machine,
        account=account,
        role="monitor",
        regions=["ML05"],
        purpose="past",
        starts_on=today - timedelta(days=30),
        ends_on=today - timedelta(days=1),
    )
    assert not may(account, "incidents.read")
