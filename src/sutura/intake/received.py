"""What waits sealed, as pages show it: who sent it, when, and what was tried. What it says only once it is opened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.alerts.likenesses import likenesses
from sutura.alerts.models import Alert
from sutura.incidents.likenesses import suggestions
from sutura.incidents.models import Incident
from sutura.intake.models import Envelope, Unpacking
from sutura.intake.unpacking import Filled, named
from sutura.places.models import Unit
from sutura.ui import wording

TOGETHER = 50


def waiting_page(user: Any) -> dict[str, Any]:
    """What waits, the oldest first, each with the fields that do not pass."""
    waiting = Envelope.objects.visible_to(user).waiting().select_related("sent_by")
    rows = list(waiting.prefetch_related("unpackings")[:TOGETHER])
    names = Unit.objects.region_names()
    for one in rows:
        tried = list(one.unpackings.all())
        one.where = names.get(one.region, one.region)  # type: ignore[attr-defined]
        one.faults = ", ".join(named(one, tried[-1].fields)) if tried else ""  # type: ignore[attr-defined]
    return {"rows": rows, "count": waiting.count()}


def perhaps_here(user: Any, refs: list[str]) -> list[str]:
    """Those of the alerts and incidents just made beside which something that she may read tells of a like event."""
    readable = Alert.objects.visible_to(user).readable_by(user)
    alerts = [one.ref for one in readable.filter(ref__in=refs) if likenesses(one, readable)]
    incidents = Incident.objects.visible_to(user).filter(ref__in=refs).select_related("place")
    return [*alerts, *(one.ref for one in incidents if suggestions(one, user))]


def envelope_page(envelope: Envelope) -> dict[str, Any]:
    """One of them: where it came from and what was tried."""
    tried = Unpacking.objects.among(envelope=envelope).select_related("by").order_by("-pk")
    rows = [
        {"label": _("Form"), "value": envelope.get_form_display()},
        {"label": _("Region"), "value": Unit.objects.region_names().get(envelope.region, envelope.region)},
        {"label": _("Written"), "value": wording.moment(envelope.written_at)},
        {"label": _("Sent by"), "value": str(envelope.sent_by)},
        {"label": _("Fingerprint"), "value": envelope.sha256[:16]},
    ]
    entries = [
        {
            "title": one.get_became_display() + (f" : {one.made}" if one.made else ""),
            "text": one.reason or ", ".join(named(envelope, one.fields)),
            "moment": one.at,
            "by": one.by,
        }
        for one in tried
    ]
    settled = any(one.became != "waits" for one in tried)
    return {"envelope": envelope, "rows": rows, "entries": entries, "settled": settled}


def completing_page(envelope: Envelope, form: Filled) -> dict[str, Any]:
    """The form to complete, with what stands in it."""
    shown: dict[str, Any] = {"envelope": envelope, "paper": envelope.form, "form": form}
    return shown | ({"sheet": form} if envelope.form == "incident" else {})
