"""A child who travels: the docket goes to another region with all that hangs on it, and the keys of its files too."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.response.models import Docket, Move
from sutura.response.querysets import KEEP
from sutura.response.whereabouts import in_packages
from sutura.vault import services as vault


@transaction.atomic
def move_docket(*, docket: Docket, region: str, why: str, by: Any) -> Docket:
    """Whoever keeps dockets in both regions moves one; the first region no longer reads it, nor its files."""
    require(by, KEEP, docket.region)
    require(by, KEEP, region)
    held = Docket.objects.select_for_update().get(pk=docket.pk)
    if held.region == region:
        raise Invalid(_("The docket is in this region already. Choose another."), field="region")
    if any(each.ended is None for each in in_packages(Docket.objects.filter(pk=held.pk))):
        raise Invalid(_("The child is in a package of this region. Note its end first."))
    keep(Move(docket=held, origin=held.region, region=region, why=why, moved_by=by), by=by)
    held.region = region
    keep(held, by=by)
    for referral in held.referrals.all():
        referral.region = region
        keep(referral, by=by)
    vault.move(by=by, records=list(held.evidence.all()), region=region, permission=KEEP)
    record(by, "response.move_docket", of=held, fields=why)
    return held
