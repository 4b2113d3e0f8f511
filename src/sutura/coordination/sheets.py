"""What an organisation takes away on paper: each recommendation with room to write, and the link if one opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from sutura.access.rules import may
from sutura.coordination.models import Body, Recommendation, ReportLink
from sutura.coordination.pages.recommendations import open_link
from sutura.coordination.statuses import lateness
from sutura.coordination.tokens import token_of
from sutura.partners.models import Organisation
from sutura.ui.qr import qr


def of_one(request: HttpRequest, found: Recommendation) -> dict[str, Any]:
    """The sheet of one recommendation."""
    whole = reverse(
        "coordination:organisation_sheet", args=[found.body.public_id, found.responsible.public_id]
    )
    return _sheet(request, found.body, found.responsible, [found]) | {"whole_url": whole}


def of_organisation(request: HttpRequest, body: Body, organisation_id: str) -> dict[str, Any]:
    """The sheet of all that an organisation owes a body, the nearest day first."""
    organisations = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(organisations, public_id=organisation_id)
    owed = Recommendation.objects.visible_to(request.user).of_body(body).of_organisation(organisation)
    return _sheet(request, body, organisation, list(owed.owed().by_day()))


def address_of(request: HttpRequest, link: ReportLink) -> str:
    """The whole address of a link, to be copied or printed."""
    return request.build_absolute_uri(reverse("coordination:report_link", args=[token_of(link)]))


def _sheet(
    request: HttpRequest, body: Body, organisation: Organisation, rows: list[Recommendation]
) -> dict[str, Any]:
    today = timezone.localdate()
    keeps = may(request.user, "coordination.manage", body.region)
    return {
        "body": body,
        "organisation": organisation,
        "today": today,
        "rows": [
            {"recommendation": each, "late": lateness(each, today), **_link(request, each, keeps)}
            for each in rows
        ],
    }


def _link(request: HttpRequest, found: Recommendation, keeps: bool) -> dict[str, Any]:
    """The address of the open link and its picture, for whoever hands links out."""
    link = open_link(found) if keeps else None
    if link is None:
        return {}
    address = address_of(request, link)
    return {"address": address, "picture": qr(address), "until": link.expires_at}
