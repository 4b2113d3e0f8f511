"""The paper of one organisation for a mapping round: what the map says, and room to write what is so now."""

from __future__ import annotations

from typing import Any

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind, Working
from sutura.mhpss.models import Invitation
from sutura.mhpss.pages.services import display, labels_of
from sutura.mhpss.services.campaigns import services_of
from sutura.mhpss.shape import told
from sutura.places.resolver import Register

ASKED = (
    "description", "codes", "specified", "layers", "distress", "place", "site", "groups", "min_age", "max_age", "cost",
    "entry", "hours", "phone", "staff", "supervised", "reached", "funded_until",
)  # fmt: skip
EMPTY = 2  # blank forms for services that the map does not know


def paper(invitation: Invitation) -> dict[str, Any]:
    """One block for each service, blank blocks, and the codes to choose from."""
    catalogue, register, labels = Catalogue(), Register.current(), labels_of()
    found = services_of(invitation).prefetch_related("staff").order_by("place__code", "description", "id")
    blocks = []
    for service in found:
        said = told(service, service.staff.all())
        blocks.append(
            {
                "service": service,
                "rows": [
                    {"label": labels[name], "value": display(name, said[name], catalogue, register)}
                    for name in ASKED
                ],
            }
        )
    return {
        "invitation": invitation, "campaign": invitation.campaign, "blocks": blocks,
        "blanks": [[{"label": labels[name]} for name in ASKED] for _each in range(EMPTY)],
        "states": [Working(code).label for code in (Working.PARTLY, Working.SUSPENDED, Working.CLOSED)],
        "lists": [
            {"title": ListKind(kind).label, "terms": catalogue.choices(kind)}
            for kind in (ListKind.ACTIVITY, ListKind.LAYER, ListKind.DISTRESS, ListKind.CADRE, ListKind.GROUP)
        ],
    }  # fmt: skip
