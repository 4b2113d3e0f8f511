"""What a browser sealed, read again: the same form as on the page judges it, by the day on which it was written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from sutura.access.errors import DomainError
from sutura.alerts.forms import AlertForm
from sutura.intake.models import Envelope, Unpacking
from sutura.intake.services.envelopes import make_alert, put_aside


def unpack(envelope: Envelope, by: Any) -> Unpacking:
    """Make of an opened envelope the alert that it tells of, or put it aside with the fields that do not pass."""
    form = alert_form(envelope)
    if not form.is_valid():
        return put_aside(envelope=envelope, fields=sorted(form.errors), by=by)
    try:
        return make_alert(envelope=envelope, facts=form.facts(), by=by)
    except DomainError as refusal:
        return put_aside(envelope=envelope, fields=[refusal.field or "__all__"], by=by)


def alert_form(envelope: Envelope) -> AlertForm:
    """The form as it was filled in; of what is damaged, an empty one."""
    try:
        told = json.loads(envelope.content)
        typed, written = dict(told["typed"]), datetime.fromisoformat(told["written"])
        day = timezone.localdate(written)
    except (KeyError, TypeError, ValueError):
        return AlertForm(QueryDict(), user=envelope.sent_by)
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, [str(value) for value in values] if isinstance(values, list) else [])
    # It may lie on the device for weeks: the region of the envelope is the one whose key sealed it.
    data["region"] = envelope.region
    return AlertForm(data, user=envelope.sent_by, written=day)
