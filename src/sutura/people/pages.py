"""Accounts, grants and the whole law as a reader meets them: names of regions, never their codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.roles import PERMISSIONS, ROLES, TIERS, natural_tier, permissions_of
from sutura.access.rules import may
from sutura.people.choices import Kind, State
from sutura.people.models import Account, Grant
from sutura.people.rules import needs_second_person
from sutura.places.models import Unit


def with_places(grants: Iterable[Grant]) -> list[Grant]:
    """The grants, each saying where it holds in words."""
    names = Unit.objects.region_names()
    found = list(grants)
    for grant in found:
        codes = grant.region_codes
        grant.where = (  # type: ignore[attr-defined]  # read by the templates
            _("Whole country") if grant.everywhere else ", ".join(names.get(code, code) for code in codes)
        )
    return found


def accounts(user: Any) -> list[Account]:
    """Every account somebody keeps, with the grants that stand."""
    today = timezone.localdate()
    held: dict[int, list[Grant]] = {}
    for grant in with_places(Grant.objects.visible_to(user).standing(today)):
        held.setdefault(grant.account_id, []).append(grant)
    found = list(Account.objects.visible_to(user).people())
    for account in found:
        account.standing = held.get(account.pk, [])
    return found


def to_judge(user: Any) -> dict[str, Any]:
    """The proposals that wait for a second person, and the grants to renew or let go."""
    today = timezone.localdate()
    seen = (
        Grant.objects.visible_to(user).select_related("account", "given_by").filter(account__kind=Kind.PERSON)
    )
    return {
        "waiting": with_places(seen.waiting(today).order_by("given_at")),
        "ending": with_places(seen.ending_soon(today).filter(account__is_active=True).order_by("ends_on")),
        "may_keep": may(user, "people.manage", ""),
        "may_approve": may(user, "people.approve", ""),
    }


def judging(grant: Grant) -> dict[str, Any]:
    """What a second person must know to say yes or no: who would read what, where, and who asks it."""
    told = with_places([grant])[0]
    acts = [each for name, each in PERMISSIONS.items() if name in permissions_of(grant.role, grant.tier)]
    return {"grant": told, "tier": TIERS[grant.tier], "acts": acts, "others": others(grant)}


def others(grant: Grant) -> list[Grant]:
    """What the same person holds or asks already: some roles must not meet in one person."""
    standing = grant.account.grants.standing(timezone.localdate()).exclude(pk=grant.pk)
    return with_places(standing)


def law(user: Any) -> dict[str, Any]:
    """The whole law, made of the code: tiers, roles with their sentences, who may do what, who holds what."""
    rows = [
        (each.label, each.tier, [name in role.permissions for role in ROLES.values()])
        for name, each in PERMISSIONS.items()
    ]
    return {
        "tiers": TIERS,
        "roles": [
            {
                "label": role.label,
                "summary": role.summary,
                "tier": natural_tier(code),
                "two": needs_second_person(natural_tier(code)),
                "acts": [
                    (PERMISSIONS[name].label, PERMISSIONS[name].tier)
                    for name in PERMISSIONS
                    if name in role.permissions
                ],
            }
            for code, role in ROLES.items()
        ],
        "rows": sorted(rows, key=lambda row: row[1]),
        "holders": holders(user),
        "today": timezone.localdate(),
    }


def holders(user: Any) -> list[Grant]:
    """Who holds what, where, until when, and who agreed: every grant for who answers for accounts, else one's own."""
    standing = Grant.objects.visible_to(user).standing(timezone.localdate())
    people = standing.filter(account__kind=Kind.PERSON, account__is_active=True)
    order = {code: place for place, code in enumerate(ROLES)}
    found = with_places(people.select_related("account", "given_by", "approved_by"))
    for grant in found:
        grant.agreed = agreed(grant)  # type: ignore[attr-defined]  # read by the template
    return sorted(found, key=lambda grant: (order.get(grant.role, 99), str(grant.account)))


def agreed(grant: Grant) -> str:
    """Who gave a grant and who approved it, in words."""
    if grant.state == State.WAITING:
        return _("waits for a second person")
    giver = grant.given_by
    if giver is not None and giver.kind == Kind.MACHINE:
        return _("given on the server")
    return ", ".join(str(one) for one in (giver, grant.approved_by) if one)
