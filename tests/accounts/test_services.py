"""Accounts and grants: who may give what, to whom, for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.people import services
from sutura.people.models import Account, Grant

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


def test_nobody_grants_to_herself(secretary: Account) -> None:
    with pytest.raises(NotAllowed):
        grant(secretary, secretary)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "director"}, "role"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"regions": []}, "regions"),
        ({"everywhere": True}, "regions"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_at_its_field(
    secretary: Account, awa: Account, changes: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        grant(secretary, awa, **changes)
    assert refused.value.field == field


def test_account_names_are_taken_once(secretary: Account, awa: Account) -> None:
    with pytest.raises(Invalid):
        services.open_account(by=secretary, username="AWA")


def test_machine_accounts_cannot_sign_in(machine: Account) -> None:
    assert not machine.has_usable_password()
    assert services.machine("tests").pk == machine.pk


def test_a_closed_account_may_nothing(secretary: Account, awa: Account) -> None:
    services.set_active(by=secretary, account=awa, active=False, why="left")
    assert not Account.objects.get(pk=awa.pk).may("incidents.read")
