"""How far recommendations are carried out: the rate, how long it takes, and how old what is open has become."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sutura.coordination.forms.recommendations import AGES
from sutura.coordination.models import Body, Recommendation
from sutura.coordination.pages.board import percent
from sutura.coordination.rules.recommendations import Followed, Implementation, implementation
from sutura.partners.choices import OrganisationKind

READ = ("state", "adopted_on", "due_on", "verified_on", "deferrals")


def figures(user: Any) -> dict[str, Any]:
    """The figures of all that a person may see, then by body, then by kind of responsible organisation."""
    rows = list(
        Recommendation.objects.visible_to(user).order_by().values("body_id", "responsible__kind", *READ)
    )
    by_body: defaultdict[int, list[Followed]] = defaultdict(list)
    by_kind: defaultdict[str, list[Followed]] = defaultdict(list)
    for row in rows:
        body, kind = row.pop("body_id"), row.pop("responsible__kind")
        one = Followed(**row)
        by_body[body].append(one)
        by_kind[kind].append(one)
    today = timezone.localdate()
    board = reverse("coordination:board")
    every = implementation([one for found in by_body.values() for one in found], today=today)
    bodies = [
        _line(body.acronym, implementation(by_body[body.pk], today=today), f"{board}?body={body.public_id}")
        for body in Body.objects.visible_to(user) if by_body[body.pk]
    ]  # fmt: skip
    kinds = [
        _line(capfirst(str(kind.label)), implementation(by_kind[kind], today=today))
        for kind in OrganisationKind if by_kind[kind]
    ]  # fmt: skip
    return {
        "figures": _head(every),
        "columns": [
            _("Fallen due"), _("Verified"), _("To verify"), _("Carried out"), _("On time"), _("Median days"),
            _("Deferrals"), *(_("%(days)s days") % {"days": label} for _band, label in AGES),
        ],
        "tables": [
            {"corner": _("Body"), "rows": bodies},
            {"corner": _("Kind of responsible organisation"), "rows": kinds},
        ],
        "any": bool(rows),
    }  # fmt: skip


def _line(label: str, told: Implementation, url: str = "") -> dict[str, Any]:
    values = [
        told.due, told.verified, told.declared, percent(told.verified, told.due), percent(told.on_time, told.closed),
        told.median_days, told.deferrals, *told.ages,
    ]  # fmt: skip
    opens = {7 + band: f"&by=age&age={band}" for band in range(len(AGES))}
    return {
        "label": label,
        "url": url,
        "cells": [
            {"value": value, "url": f"{url}{opens[place]}" if url and place in opens else ""}
            for place, value in enumerate(values)
        ],
    }


def _head(told: Implementation) -> list[dict[str, Any]]:
    counted = {"kept": told.verified, "due": told.due}
    return [
        {
            "label": _("Carried out"),
            "value": percent(told.verified, told.due),
            "basis": _("verified: %(kept)s of %(due)s adopted whose day has come") % counted,
        },
        {
            "label": _("Declared, not verified"),
            "value": told.declared,
            "basis": _("of those whose day has come"),
        },
        {
            "label": _("Median days"),
            "value": told.median_days,
            "basis": _("from adoption to verification"),
        },
        {
            "label": _("On time"),
            "value": percent(told.on_time, told.closed),
            "basis": _("verified by their last day, deferrals included"),
        },
    ]
