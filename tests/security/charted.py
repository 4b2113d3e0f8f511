"""What the map of services of one region holds, for the walks: a service, a proposal, a round with one invitation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.mhpss.models import Campaign, ConfirmLink, Invitation, Proposal, Service
from sutura.mhpss.services import campaigns, proposals
from sutura.mhpss.services.map import keep_service
from sutura.mhpss.tokens import token_of
from sutura.partners.models import Organisation
from sutura.places.models import Unit

OF_SERVICE = ("service", "change", "verify", "recode")
OF_PROPOSAL = ("proposal", "proposal_refuse")
OF_ROUND = ("campaign", "campaign_invite")
OF_INVITATION = ("answer", "invitation_sheet", "invitation_paper")
POSTED = ("proposal_accept", "invitation_link")
OF_MAP = {
    f"mhpss:{name}"
    for name in (*OF_SERVICE, *OF_PROPOSAL, *OF_ROUND, *OF_INVITATION, *POSTED, "poster", "card", "confirm")
}
LISTS = (
    "map", "gaps", "list", "new", "codes", "twins", "proposals", "directory", "campaigns", "campaign_new", "take",
    "themes", "trend", "changes", "changes_file",
)  # fmt: skip
LISTS_OF_MAP: dict[str, tuple[str, dict[str, str]]] = {
    **{f"mhpss:{name}": ("fatou", {}) for name in LISTS},
    "mhpss:export": ("fatou", {"kind": "xlsx"}),
    "intake:services": ("fatou", {}),
    "intake:services_trial": ("", {}),
    "intake:services_confirm": ("", {}),
}


@dataclass
class Charted:
    """The records that hang on one service and one round."""

    service: Service
    proposal: Proposal
    campaign: Campaign
    invitation: Invitation
    link: ConfirmLink

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who gets in; nobody by a mere look where something is posted."""
        for record, names in (
            (self.service, OF_SERVICE), (self.proposal, OF_PROPOSAL), (self.campaign, OF_ROUND),
            (self.invitation, OF_INVITATION),
        ):  # fmt: skip
            for name in names:
                yield f"mhpss:{name}", reverse(f"mhpss:{name}", args=[record.public_id]), "fatou"
        for record, name in ((self.proposal, POSTED[0]), (self.invitation, POSTED[1])):
            yield f"mhpss:{name}", reverse(f"mhpss:{name}", args=[record.public_id]), ""
        for name in ("poster", "card"):
            yield f"mhpss:{name}", reverse(f"mhpss:{name}", args=[self.service.region]), "fatou"

    @property
    def open_url(self) -> tuple[str, str, str]:
        """What whoever holds a link opens."""
        return "mhpss:confirm", reverse("mhpss:confirm", args=[token_of(self.link)]), ""


def chart(region: str, organisation: Organisation, *, by: Any) -> Charted:
    """One of each in a region."""
    today = timezone.localdate()
    service = keep_service(
        organisation=organisation, place=Unit.objects.get(code=region), description=f"Service inventé {region}",
        codes=["4.1"], layers=["L2"], by=by,
    )  # fmt: skip
    proposal = proposals.propose(service=service, hours="lundi", by=by)
    campaign = campaigns.open_campaign(
        title=f"Tournée inventée {region}", region=region, method="sheet", starts_on=today,
        ends_on=today + timedelta(days=30), by=by,
    )  # fmt: skip
    (invitation,) = campaigns.invite(campaign=campaign, organisations=[organisation], by=by)
    return Charted(
        service, proposal, campaign, invitation, campaigns.hand_out_link(invitation=invitation, by=by)
    )
