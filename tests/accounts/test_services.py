"""Accounts and grants: who may give what, to whom, for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.people import services
from sutura.people.choices import State
from sutura.people.models import Account, Grant
from sutura.people.rules import state

TODAY = timezone.localdate()


def grant(by: Account, account: Account, **changes: object) -> Grant:
    """A plain grant, changed where the test says."""
    given = {
        "role": "monitor",
        "regions": ["ML05"],
        "purpose": "test",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=100),
    }
    return services.give_grant(by=by, account=account, **(given | changes))  # type: ignore[arg-type]


def test_a_monitor_opens_no_account_and_gives_no_grant(awa: Account, oumar: Account) -> None:
    with pytest.raises(NotAllowed):
        services.open_account(by=awa, username="x")
    with pytest.raises(NotAllowed):
        grant(awa, oumar)


def test_nobody_grants_to_herself(keeper: Account) -> None:
    with pytest.raises(NotAllowed):
        grant(keeper, keeper)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "director"}, "role"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"regions": []}, "regions"),
        ({"everywhere": True}, "regions"),
        ({"tier": "S4"}, "tier"),
        ({"tier": "S0"}, "tier"),
        ({"tier": "high"}, "tier"),
        ({"role": "coordinator", "tier": "S2"}, "tier"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_at_its_field(
    keeper: Account, awa: Account, changes: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        grant(keeper, awa, **changes)
    assert refused.value.field == field


def test_account_names_are_taken_once(keeper: Account, awa: Account) -> None:
    with pytest.raises(Invalid):
        services.open_account(by=keeper, username="AWA")


def test_machine_accounts_cannot_sign_in(machine: Account) -> None:
    assert not machine.has_usable_password()
    assert services.machine("tests").pk == machine.pk


def test_a_closed_account_may_nothing(keeper: Account, awa: Account) -> None:
    services.set_active(by=keeper, account=awa, active=False, why="left")
    assert not Account.objects.get(pk=awa.pk).may("incidents.read")


def now(account: Account) -> Account:
    """The account as its next request finds it."""
    return Account.objects.get(pk=account.pk)


def test_what_touches_a_case_holds_once_a_second_person_has_approved(
    keeper: Account, lead: Account, fatou: Account
) -> None:
    proposed = grant(keeper, fatou)
    assert (proposed.tier, proposed.state, now(fatou).may("incidents.read")) == ("S3", State.WAITING, False)
    services.approve_grant(by=lead, grant=proposed)
    proposed.refresh_from_db()
    assert (proposed.approved_by, proposed.state) == (lead, State.HOLDS)
    assert now(fatou).may("incidents.restricted", "ML05")
    assert proposed.history.first().history_user == lead
    acts = Entry.objects.filter(subject=str(proposed.public_id)).order_by("pk")
    assert list(acts.values_list("actor", "act", "fields")) == [
        ("keeper", "people.give_grant", "monitor S3 ML05"),
        ("lead", "people.approve_grant", "monitor S3 ML05"),
    ]


def test_coordination_holds_at_once(keeper: Account, oumar: Account) -> None:
    held = grant(keeper, oumar, role="coordinator", regions=[], everywhere=True)
    assert (held.tier, held.state, held.approved_by) == ("S1", State.HOLDS, None)
    assert now(oumar).may("coordination.read")


def test_a_lower_tier_gives_less_than_the_role(keeper: Account, lead: Account, fatou: Account) -> None:
    services.approve_grant(by=lead, grant=grant(keeper, fatou, tier="S2"))
    assert [now(fatou).may(f"incidents.{act}", "ML05") for act in ("read", "document", "restricted")] == [
        True, True, False,
    ]  # fmt: skip
    assert not now(fatou).may("alerts.read", "ML05")


def test_nobody_approves_her_own_nor_twice_nor_what_was_refused(
    keeper: Account, lead: Account, fatou: Account
) -> None:
    own = grant(keeper, lead)
    first, second = grant(keeper, fatou), grant(keeper, fatou, role="auditor")
    for by in (keeper, fatou, lead):
        with pytest.raises(NotAllowed):
            services.approve_grant(by=by, grant=own if by == lead else first)
    services.approve_grant(by=lead, grant=first)
    services.refuse_grant(by=lead, grant=second, why="pas utile")
    for given in (first, second):
        with pytest.raises(Invalid):
            services.approve_grant(by=lead, grant=given)
    second.refresh_from_db()
    assert (second.state, second.history.first().history_change_reason) == (State.WITHDRAWN, "pas utile")
    assert not now(fatou).may("audit.read")


def test_the_database_itself_refuses_the_same_person_twice(keeper: Account, fatou: Account) -> None:
    proposed = grant(keeper, fatou)
    for same in (keeper, fatou):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.filter(pk=proposed.pk).update(approved_by=same, approved_at=timezone.now())


def test_a_renewal_is_approved_anew(keeper: Account, lead: Account, fatou: Account) -> None:
    first = services.approve_grant(by=lead, grant=grant(keeper, fatou, tier="S2", ends_on=TODAY))
    again = services.renew_grant(by=keeper, grant=first, ends_on=TODAY + timedelta(days=60))
    assert (again.role, again.tier, again.regions, again.starts_on) == ("monitor", "S2", "ML05", TODAY)
    assert again.state == State.WAITING
    assert list(Grant.objects.ending_soon(TODAY).filter(account=fatou)) == [first]
    assert list(Grant.objects.waiting(TODAY)) == [again]


def test_nobody_closes_her_own_account_and_a_closed_one_opens_again(keeper: Account, awa: Account) -> None:
    with pytest.raises(NotAllowed):
        services.set_active(by=keeper, account=keeper, active=False, why="x")
    services.set_active(by=keeper, account=awa, active=False, why="left")
    services.set_active(by=keeper, account=now(awa), active=True, why="back")
    assert now(awa).may("incidents.read")


@pytest.mark.parametrize(
    ("approved", "withdrawn", "starts", "ends", "expected"),
    [
        (True, False, 0, 0, State.HOLDS),
        (True, False, 1, 9, State.LATER),
        (True, False, -9, -1, State.ENDED),
        (False, False, -9, -1, State.ENDED),
        (False, False, 0, 9, State.WAITING),
        (True, True, 0, 9, State.WITHDRAWN),
        (False, True, 0, 9, State.WITHDRAWN),
    ],
)
def test_where_a_grant_stands(
    approved: bool, withdrawn: bool, starts: int, ends: int, expected: State
) -> None:
    first, last = TODAY + timedelta(days=starts), TODAY + timedelta(days=ends)
    assert state(first, last, approved=approved, withdrawn=withdrawn, today=TODAY) == expected
