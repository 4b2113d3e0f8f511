"""Keep bodies and the seats of their members. A seat ends; it is never taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.choices.bodies import BodyKind, MeetingRule, Seat
from sutura.coordination.models import Body, Membership
from sutura.coordination.rules.bodies import overlap
from sutura.partners.choices import Level
from sutura.partners.models import Organisation
from sutura.partners.rules import goes_round
from sutura.people.models import Account
from sutura.ui.wording import day


@transaction.atomic
def open_body(
    *,
    kind: str,
    name_fr: str,
    acronym: str,
    by: Any,
    name_en: str = "",
    parent: Body | None = None,
    level: str = Level.NATIONAL,
    region: str = "",
    created_on: date | None = None,
    founding_act: str = "",
    meeting_rule: str = MeetingRule.MONTHLY,
    venue: str = "",
) -> Body:
    """A new body; its acronym begins the references of its meetings and recommendations, and never changes."""
    require(by, "coordination.manage", region)
    body = Body(
        kind=kind, name_fr=name_fr, name_en=name_en or name_fr, acronym=acronym.strip().upper(), parent=parent,
        level=level, region=region, created_on=created_on, founding_act=founding_act,
        meeting_rule=meeting_rule, venue=venue,
    )  # fmt: skip
    if Body.objects.filter(acronym=body.acronym).exists():
        raise Invalid(_("Another body has this acronym. Add the region, as in GT-MOPTI."), field="acronym")
    _check(body)
    keep(body, by=by)
    record(by, "coordination.open_body", of=body)
    return body


@transaction.atomic
def change_body(*, body: Body, by: Any, why: str = "", **said: Any) -> Body:
    """Change what is said of a body, its status too; the old version stays, and so does the acronym."""
    require(by, "coordination.manage", body.region)
    if "region" in said:
        require(by, "coordination.manage", said["region"])
    said.pop("acronym", None)
    changed = [field for field, value in said.items() if getattr(body, field) != value]
    for field in changed:
        setattr(body, field, said[field])
    _check(body)
    if changed:
        keep(body, by=by, why=why)
        record(by, "coordination.change_body", of=body, fields=" ".join(changed))
    return body


@transaction.atomic
def add_member(
    *,
    body: Body,
    organisation: Organisation,
    starts_on: date,
    by: Any,
    seat: str = Seat.MEMBER,
    ends_on: date | None = None,
    titular: str = "",
    alternate: str = "",
    account: Account | None = None,
) -> Membership:
    """Seat an organisation in a body from a day on; it cannot sit there twice at the same time."""
    require(by, "coordination.manage", body.region)
    member = Membership(
        body=body, organisation=organisation, seat=seat, titular=titular.strip(), alternate=alternate.strip(),
        account=account, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    _check_seat(member)
    keep(member, by=by)
    record(by, "coordination.add_member", of=member)
    return member


@transaction.atomic
def change_member(*, member: Membership, by: Any, why: str = "", **said: Any) -> Membership:
    """Change who sits for an organisation, as what, or until when."""
    require(by, "coordination.manage", member.body.region)
    changed = [field for field, value in said.items() if getattr(member, field) != value]
    for field in changed:
        setattr(member, field, said[field])
    _check_seat(member)
    if changed:
        keep(member, by=by, why=why)
        record(by, "coordination.change_member", of=member, fields=" ".join(changed))
    return member


def _check(body: Body) -> None:
    if body.kind not in BodyKind.values:
        raise Invalid(_("Choose a kind of the list."), field="kind")
    if (body.level == Level.NATIONAL) != (body.region == ""):
        raise Invalid(
            _("Choose a region below the national level, and none at the national level."), field="region"
        )
    if body.parent_id and body.pk:
        parents = dict(Body.objects.values_list("pk", "parent_id"))
        if goes_round(body.pk, body.parent_id, parents):
            raise Invalid(_("A body cannot be part of itself."), field="parent")


def _check_seat(member: Membership) -> None:
    if member.ends_on and member.ends_on < member.starts_on:
        raise Invalid(_("The end is before the beginning."), field="ends_on")
    others = Membership.objects.filter(body=member.body, organisation=member.organisation).exclude(
        pk=member.pk
    )
    for other in others:
        if overlap(member.starts_on, member.ends_on, other.starts_on, other.ends_on):
            raise Invalid(
                _("This organisation already sits here since %(day)s. End that seat first, or change it.")
                % {"day": day(other.starts_on)},
                field="organisation",
            )
