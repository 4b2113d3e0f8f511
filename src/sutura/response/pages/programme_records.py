"""One centre, one package, one partner: its versions, and its children by code for whoever reads their dockets."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sutura.access.rules import may
from sutura.partners.models import Organisation
from sutura.response.models import Activity, Beds, Cost, Docket, Offer, Site, Terms
from sutura.response.pages.programme import Teller, seen
from sutura.response.pages.telling import followed
from sutura.response.querysets import KEEP, READ
from sutura.response.rules.programme import in_force
from sutura.response.whereabouts import in_centres, in_packages
from sutura.response.words import day_of, when

SHOWN = 200


def centre(user: Any, site: Site) -> dict[str, Any]:
    """A centre: its places in versions, who is in care there today, who was."""
    versions = list(Beds.objects.visible_to(user).filter(site=site))
    found = [each for each in in_centres(Docket.objects.visible_to(user)) if each.stay.site == site.pk]
    teller = Teller(user, followed(user))
    counts = {pk: len(children) for pk, children in seen(user, timezone.localdate().year).centres.items()}
    same = {each.pk: each.region for each in Site.objects.centres(user).filter(region=site.region)}
    return {
        "site": site,
        "versions": versions,
        "beds": in_force(versions, timezone.localdate()),
        "told": teller.words(teller.by_region(counts, same).get(site.pk, 0), site.region),
        "reader": may(user, READ, site.region),
        "keeper": may(user, KEEP, site.region),
        "now": [
            {"docket": each.docket, "since": day_of(each.stay.begin)}
            for each in found
            if each.stay.end is None
        ],
        "before": [
            {"docket": each.docket, "since": day_of(each.stay.begin), "until": day_of(each.stay.end)}
            for each in found
            if each.stay.end is not None
        ][:SHOWN],
    }


def package(user: Any, offer: Offer) -> dict[str, Any]:
    """A package: its terms in versions, the children in it, those who completed or left it and why."""
    versions = list(Terms.objects.visible_to(user).filter(offer=offer))
    found = [
        each for each in in_packages(Docket.objects.visible_to(user)) if each.enrolment.offer_id == offer.pk
    ]
    teller = Teller(user, followed(user))
    counts = {pk: len(children) for pk, children in seen(user, timezone.localdate().year).packages.items()}
    same = {each.pk: each.region for each in Offer.objects.visible_to(user).in_region(offer.region)}
    return {
        "offer": offer,
        "versions": versions,
        "terms": in_force(versions, timezone.localdate()),
        "told": teller.words(teller.by_region(counts, same).get(offer.pk, 0), offer.region),
        "reader": may(user, READ, offer.region),
        "keeper": may(user, KEEP, offer.region),
        "now": [
            {"enrolment": each.enrolment, "docket": each.enrolment.docket, "since": when(each.begun)}
            for each in found
            if each.ended is None
        ],
        "ended": [
            {"enrolment": each.enrolment, "docket": each.enrolment.docket, "since": when(each.begun),
             "until": when(each.ended), "how": each.ended.answer_words, "why": each.enrolment.get_left_for_display()}
            for each in found
            if each.ended is not None
        ][:SHOWN],
    }  # fmt: skip


def centres_of(user: Any) -> Any:
    """The centres of one's regions, for whoever follows children or counts them there."""
    return Site.objects.centres(user).select_related("run_by", "place")


def partners_of(user: Any) -> Any:
    """The organisations which run a centre, give a package, or have costs or activities in one's regions."""
    centres = Site.objects.centres(user).values("run_by")
    owners = (model.objects.visible_to(user).values("organisation") for model in (Offer, Cost, Activity))
    return Organisation.objects.filter(reduce(or_, (Q(pk__in=each) for each in (centres, *owners))))


def partner(user: Any, organisation: Organisation) -> dict[str, Any]:
    """A partner: its centres, packages, costs and activities; its children for whoever reads their dockets."""
    dockets = Docket.objects.visible_to(user)
    sites = Site.objects.centres(user).filter(run_by=organisation)
    mine = {site.pk: site for site in sites}
    housed = [each for each in in_centres(dockets) if each.stay.site in mine and each.stay.end is None]
    enrolled = [
        each
        for each in in_packages(dockets)
        if each.enrolment.offer.organisation_id == organisation.pk and each.ended is None
    ]
    return {
        "partner": organisation,
        "sites": [(site, reverse("response:centre", args=[site.public_id])) for site in sites],
        "offers": Offer.objects.visible_to(user).filter(organisation=organisation).select_related("place"),
        "costs": Cost.objects.visible_to(user).filter(organisation=organisation)[:SHOWN],
        "activities": Activity.objects.visible_to(user).filter(organisation=organisation).count(),
        "reader": may(user, READ),
        "keeper": may(user, KEEP),
        "children": [
            *((each.docket, mine[each.stay.site].name, day_of(each.stay.begin)) for each in housed if each.stay.site),
            *((each.enrolment.docket, each.enrolment.offer.get_kind_display(), when(each.begun)) for each in enrolled),
        ],
    }  # fmt: skip
