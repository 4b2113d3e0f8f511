"""What the pages of bodies show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.models import Body, BodyDocument, Meeting, Membership, Terms, Tie
from sutura.library.models import Document
from sutura.places.models import Unit
from sutura.ui.wording import day

MEETINGS = 12


def rows(found: Iterable[Body], user: Any) -> list[dict[str, Any]]:
    """Each body with its lead, its next meeting and where that stands; three statements, whatever the number."""
    bodies = list(found)
    names = Unit.objects.region_names()
    coming: dict[int, Meeting] = {}
    for meeting in Meeting.objects.visible_to(user).filter(body__in=bodies).to_come():
        coming.setdefault(meeting.body_id, meeting)
    leads = dict(
        Membership.objects.visible_to(user)
        .filter(body__in=bodies, seat="lead")
        .running(timezone.localdate())
        .values_list("body_id", "organisation__name")
    )
    return [
        {
            "body": body,
            "where": names.get(body.region, body.region) if body.region else _("whole country"),
            "lead": leads.get(body.pk, ""),
            "next": coming.get(body.pk),
        }
        for body in bodies
    ]


def body(one: Body, user: Any) -> dict[str, Any]:
    """One body as its page shows it."""
    today = timezone.localdate()
    keeper = may(user, "coordination.manage", one.region)
    seats = one.memberships.select_related("organisation", "account").in_order()
    met = Meeting.objects.visible_to(user).of_body(one)
    return {
        "body": one,
        "rows": _file(one),
        "keeper": keeper,
        "seats": [
            seat for seat in seats if seat.starts_on <= today and not (seat.ends_on and seat.ends_on < today)
        ],
        "others": [
            seat for seat in seats if seat.starts_on > today or (seat.ends_on and seat.ends_on < today)
        ],
        "coming": list(met.to_come()),
        "past": list(met.exclude(pk__in=met.to_come().values("pk"))[:MEETINGS]),
        "terms": Terms.objects.visible_to(user).of_body(one),
        "ties": ties(one, user),
        "documents": BodyDocument.objects.of_body(one)
        .filter(document__in=Document.objects.visible_to(user))
        .select_related("document"),
        "parts": one.parts.visible_to(user),
    }


def ties(one: Body, user: Any) -> list[dict[str, Any]]:
    """Its links both ways; a body kept here opens for whoever may see it."""
    seen = Body.objects.visible_to(user)
    rows = Tie.objects.visible_to(user).filter(Q(body=one) | Q(known=one))
    found = []
    for tie in rows.select_related("organisation", "body", "known"):
        other = tie.known if tie.body_id == one.pk else tie.body
        opens = other is not None and seen.filter(pk=other.pk).exists()
        url = other.get_absolute_url() if other is not None and opens else ""
        found.append({"tie": tie, "name": other or tie.other, "url": url, "own": tie.body_id == one.pk})
    return found


def now(record: Model, form: type[forms.Form]) -> dict[str, Any]:
    """What a record says now, for the fields of a form."""
    return {name: getattr(record, name) for name in form.base_fields if hasattr(record, name)}


def regions_of(user: Any) -> list[tuple[str, str]]:
    """The regions in which somebody keeps bodies, by name."""
    names = Unit.objects.region_names()
    return [
        (code, name)
        for code, name in sorted(names.items(), key=lambda one: one[1])
        if may(user, "coordination.manage", code)
    ]


def _file(one: Body) -> list[dict[str, Any]]:
    names = Unit.objects.region_names()
    parent = one.parent
    return [
        {"label": _("Kind"), "value": one.get_kind_display()},
        {"label": _("Level"), "value": one.get_level_display()},
        {
            "label": _("Region"),
            "value": names.get(one.region, one.region) if one.region else _("whole country"),
        },
        {"label": _("Part of"), "value": parent or ""},
        {"label": _("It meets"), "value": one.get_meeting_rule_display()},
        {"label": _("Usual venue"), "value": one.venue},
        {"label": _("Created on"), "value": day(one.created_on) if one.created_on else ""},
        {"label": _("Founding act"), "value": one.founding_act},
        {"label": _("Status"), "value": one.get_status_display()},
    ]
