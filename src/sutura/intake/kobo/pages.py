"""What the pages of Kobo servers show: never a token, never what a record says."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.intake.handsets import links, placed
from sutura.intake.kobo.pulling import Pulled
from sutura.intake.models import Kobo

SHOWN = 200


def kobos_page(user: Any) -> dict[str, Any]:
    """Connections with the last visit to their server and how much each has brought."""
    rows = Kobo.objects.visible_to(user).select_related("phone__account", "phone__sighting")
    found = list(rows.annotate(sent=Count("records")).order_by("phone__revoked_at", "phone__label")[:SHOWN])
    placed([one.phone for one in found])
    return {"kobos": found, **links(user)}


def kobo_page(kobo: Kobo, user: Any) -> dict[str, Any]:
    """One connection."""
    rows = [
        {"label": _("Server"), "value": kobo.server},
        {"label": _("Identifier of the form there"), "value": kobo.asset},
        {"label": _("What its records become"), "value": kobo.form_id or _("They are kept as sent")},
        {"label": _("Region"), "value": placed([kobo.phone])[0].where or _("Whole country")},
        {"label": _("Answers for it"), "value": str(kobo.phone.account)},
        {"label": _("Records"), "value": str(kobo.records.count())},
    ]
    return {"kobo": kobo, "phone": kobo.phone, "rows": rows, **links(user)}


def pulled(found: Pulled) -> str:
    """What one fetching brought, in one sentence."""
    told = [ngettext("%(n)d new record.", "%(n)d new records.", found.new) % {"n": found.new}]
    if found.corrected:
        told.append(
            ngettext("%(n)d correction.", "%(n)d corrections.", found.corrected) % {"n": found.corrected}
        )
    if found.files:
        told.append(ngettext("%(n)d file.", "%(n)d files.", found.files) % {"n": found.files})
    if found.refused:
        said = ngettext("%(n)d record was not taken.", "%(n)d records were not taken.", found.refused)
        told.append(said % {"n": found.refused})
    if found.unreached:
        said = ngettext("%(n)d file did not come.", "%(n)d files did not come.", found.unreached)
        told.append(said % {"n": found.unreached})
    return " ".join(told)
