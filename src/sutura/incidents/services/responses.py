"""What the task force does about a violation: referrals, advocacy, statements."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.incidents.editing import alter, hold, hold_live, hold_standing
from sutura.incidents.models import Response, Violation

APART = ("id", "public_id", "violation", "voided_reason")


@transaction.atomic
def add_response(*, violation: Violation, by: Any, why: str = "", **values: Any) -> Response:
    """Note a response, given or due."""
    require(by, "incidents.document", region=hold_live(violation.incident).region)
    response = Response(violation=hold_standing(violation))
    alter(response, values, apart=APART)
    _check(response)
    keep(response, by=by, why=why)
    record(by, "incidents.add_response", of=response)
    return response


@transaction.atomic
def change_response(*, response: Response, by: Any, why: str = "", **values: Any) -> Response:
    """Change what is known of a response."""
    require(by, "incidents.document", region=hold_live(response.violation.incident).region)
    changed = alter(hold_standing(response), values, apart=APART)
    if changed:
        _check(response)
        keep(response, by=by, why=why)
        record(by, "incidents.change_response", of=response, fields=" ".join(changed))
    return response


@transaction.atomic
def void_response(*, response: Response, by: Any, why: str) -> Response:
    """Take a response away for good reason; the record stays."""
    require(by, "incidents.void", region=hold(response.violation.incident).region)
    hold_standing(response).voided_reason = given_reason(why)
    keep(response, by=by, why=why)
    record(by, "incidents.void_response", of=response)
    return response


def _check(response: Response) -> None:
    if not response.kinds:
        raise Invalid(_("Say what the response is."), field="kinds")
