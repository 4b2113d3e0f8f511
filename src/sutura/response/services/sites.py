"""The places where children are held or cared for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.models import Site
from sutura.response.querysets import KEEP


@transaction.atomic
def add_site(*, name: str, kind: str, place: Unit, by: Any, run_by: Organisation | None = None) -> Site:
    """A prison, a camp or a centre; it stands in the region of its place."""
    require(by, KEEP, place.region)
    called = " ".join(name.split())
    if Site.objects.filter(region=place.region, name__iexact=called).exists():
        raise Invalid(_("This place is kept already. Choose it from the list."), field="name")
    site = keep(Site(name=called, kind=kind, region=place.region, place=place, run_by=run_by), by=by)
    record(by, "response.add_site", of=site)
    return site


@transaction.atomic
def close_site(*, site: Site, by: Any) -> Site:
    """It no longer works; what was noted there stays."""
    require(by, KEEP, site.region)
    site.is_active = False
    keep(site, by=by)
    record(by, "response.close_site", of=site)
    return site
