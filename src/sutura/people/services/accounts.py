"""Accounts are made, granted and closed here; nobody grants to herself, nobody approves alone.

An account may reach any region, so whoever keeps or approves does so for the whole country.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.roles import MACHINE, ROLES, S0, TIERS, natural_tier
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.people.choices import Kind
from sutura.people.models import Account, Grant
from sutura.people.rules import LONGEST, may_approve, needs_second_person, reaches, too_long
from sutura.vault import services as vault


@transaction.atomic
def open_account(
    *,
    by: Any,
    username: str,
    name: str = "",
    organisation: str = "",
    post: str = "",
    password: str | None = None,
    temporary: bool = False,
    is_demo: bool = False,
) -> Account:
    """A new account, without any grant yet; `temporary`: its owner must change the password at her first sign-in."""
    require(by, "people.manage", "")
    if Account.objects.filter(username__iexact=username).exists():
        raise Invalid(_("This account name is taken. Choose another."), field="username")
    account = Account(username=username, name=name, organisation=organisation, post=post, is_demo=is_demo)
    account.opened_by = by
    account.set_password(password)
    if temporary:
        account.password_until = timezone.now() + timedelta(hours=settings.SUTURA_TEMPORARY_HOURS)
    keep(account, by=by, why="opened")
    if password and not temporary:
        vault.begin(by=account, password=password)
    record(by, "people.open_account", of=account)
    return account


@transaction.atomic
def give_grant(
    *,
    by: Any,
    account: Account,
    role: str,
    tier: str = "",
    regions: Sequence[str] = (),
    everywhere: bool = False,
    purpose: str,
    starts_on: date,
    ends_on: date,
) -> Grant:
    """Let an account act in a role, in regions (level-1 P-codes) or everywhere, for twelve months at most.

    `tier`: the highest it gives, by default all that the role reaches. Above what one person may give alone the
    grant waits for `approve_grant`; what a command of the server gives holds at once, and says so on the law's page.
    """
    require(by, "people.manage", "")
    if account.pk == by.pk:
        raise NotAllowed(_("Nobody may grant to herself. Ask another keeper of accounts."))
    tier = tier or (natural_tier(role) if role in ROLES else "")
    _refuse_wrong_role(account, role, tier)
    if ends_on < starts_on:
        raise Invalid(_("The grant ends before it starts. Correct one of the two dates."), field="ends_on")
    if too_long(starts_on, ends_on):
        raise Invalid(_("A grant lasts twelve months at most. Choose an earlier end."), field="ends_on")
    if everywhere == bool(regions):
        raise Invalid(_("Choose the whole country, or some regions."), field="regions")
    grant = Grant(
        account=account,
        role=role,
        tier=tier,
        everywhere=everywhere,
        regions=" ".join(sorted(set(regions))),
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
    )
    if by.kind == Kind.MACHINE or not needs_second_person(tier):
        grant.approved_at = grant.given_at
    keep(grant, by=by, why=purpose)
    record(by, "people.give_grant", of=grant, fields=f"{role} {tier} {grant.regions or '*'}")
    return grant


def _refuse_wrong_role(account: Account, role: str, tier: str) -> None:
    """Refuse a role or a tier that the law does not know, or that is not for this kind of account."""
    if role not in ROLES:
        raise Invalid(_("This role does not exist."), field="role")
    if (role == MACHINE) != (account.kind == Kind.MACHINE):
        raise Invalid(_("The role of a command is for no person. Choose another."), field="role")
    if tier not in TIERS or tier == S0 or not reaches(role, tier):
        raise Invalid(_("This role does not reach that tier. Choose a lower one."), field="tier")


@transaction.atomic
def approve_grant(*, by: Any, grant: Grant) -> Grant:
    """A second person says yes: the grant holds from the person's next request."""
    grant = _proposal(by=by, grant=grant)
    grant.approved_by, grant.approved_at = by, timezone.now()
    keep(grant, by=by, why="approved")
    record(by, "people.approve_grant", of=grant, fields=f"{grant.role} {grant.tier} {grant.regions or '*'}")
    return grant


@transaction.atomic
def refuse_grant(*, by: Any, grant: Grant, why: str) -> Grant:
    """A second person says no, and why; the keeper may propose another."""
    grant = _proposal(by=by, grant=grant)
    grant.withdrawn_at = timezone.now()
    keep(grant, by=by, why=why)
    record(by, "people.refuse_grant", of=grant)
    return grant


def _proposal(*, by: Any, grant: Grant) -> Grant:
    """The grant as it now waits, locked, if this person may judge it."""
    require(by, "people.approve", "")
    waiting = Grant.objects.waiting(timezone.localdate()).select_for_update(of=("self",))
    found = waiting.filter(pk=grant.pk).select_related("account").first()
    if found is None:
        raise Invalid(_("This grant does not wait for anybody any more."))
    if not may_approve(
        by.pk, proposer=found.given_by_id, holder=found.account_id, opener=found.account.opened_by_id
    ):
        raise NotAllowed(_("Who proposed this grant, opened the account or receives it cannot approve it."))
    return found


@transaction.atomic
def renew_grant(*, by: Any, grant: Grant, ends_on: date) -> Grant:
    """The same role, tier, place and purpose again, from today: a new grant, approved anew where two are needed."""
    return give_grant(
        by=by,
        account=grant.account,
        role=grant.role,
        tier=grant.tier,
        regions=grant.region_codes,
        everywhere=grant.everywhere,
        purpose=grant.purpose,
        starts_on=timezone.localdate(),
        ends_on=ends_on,
    )


@transaction.atomic
def withdraw_grant(*, by: Any, grant: Grant, why: str) -> Grant:
    """End a grant at once; it takes effect on the person's next request."""
    require(by, "people.manage", "")
    grant.withdrawn_at = timezone.now()
    keep(grant, by=by, why=why)
    vault.leave(by=by, account=grant.account)
    record(by, "people.withdraw_grant", of=grant)
    return grant


@transaction.atomic
def set_active(*, by: Any, account: Account, active: bool, why: str) -> Account:
    """Close an account, or open it again; accounts are never deleted, since history names them."""
    require(by, "people.manage", "")
    if account.pk == by.pk:
        raise NotAllowed(_("Nobody closes or opens her own account. Ask another keeper of accounts."))
    account.is_active = active
    keep(account, by=by, why=why)
    vault.leave(by=by, account=account)
    record(by, "people.set_active", of=account, fields=str(active))
    return account


@transaction.atomic
def machine(purpose: str) -> Account:
    """The named account of a command (`machine-import`, …), made at first use with a grant that is renewed yearly.

    It has no password, so nobody signs in with it.
    """
    account = Account.objects.filter(username=f"machine-{purpose}").first()
    if account is None:
        account = Account(username=f"machine-{purpose}", name=f"Sutura: {purpose}", kind=Kind.MACHINE)
        account.set_unusable_password()
        keep(account, by=None, why="machine account")
        record(account, "people.machine", of=account)
    today = timezone.localdate()
    if not account.grants.in_force(today).exists():
        grant = Grant(
            account=account,
            role=MACHINE,
            tier=natural_tier(MACHINE),
            everywhere=True,
            purpose=purpose,
            starts_on=today,
            ends_on=today + LONGEST,
            approved_at=timezone.now(),
        )
        keep(grant, by=account, why="machine account")
        record(account, "people.give_grant", of=grant, fields="machine *")
    return account
