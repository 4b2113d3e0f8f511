"""The programme: centres, packages, partners, costs, prevention; and training beside cases."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.coordination.plan_book import MIME
from sutura.response import tables
from sutura.response.asking import asked
from sutura.response.forms.programme import (
    ActivityForm,
    BedsForm,
    CostForm,
    EndForm,
    EnrolForm,
    OfferForm,
    TermsForm,
)
from sutura.response.models import Docket, Enrolment, Offer, Site
from sutura.response.pages import coverage as covering
from sutura.response.pages import prevention
from sutura.response.pages import programme as pages
from sutura.response.pages import programme_records as records
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import COUNTS, KEEP, READ
from sutura.response.services import programme as services
from sutura.response.services.prevention import note_activity
from sutura.security.downloads import as_download


@needs(READ, COUNTS)
def programme(request: HttpRequest) -> HttpResponse:
    """Places, children in care and in packages, partners and what they cost."""
    return render(request, "response/programme.html", pages.overview(request.user, request.GET))


@needs(READ, COUNTS)
def programme_book(request: HttpRequest) -> HttpResponse:
    """The tables of the programme as a workbook, always in steps of five: a file travels."""
    table = tables.programme(request.user, request.GET)
    return as_download(HttpResponse(table.made(), content_type=MIME), f"{table.name}.xlsx")


@needs(READ, COUNTS)
def centre(request: HttpRequest, public_id: str) -> HttpResponse:
    """One centre."""
    return render(
        request, "response/centre_detail.html", records.centre(request.user, _centre(request, public_id))
    )


@needs(KEEP)
def beds_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many places it has from a day on."""
    site = _centre(request, public_id)
    act = partial(services.set_beds, site=site)
    title, back = (
        _("Places of %(centre)s") % {"centre": site},
        reverse("response:centre", args=[site.public_id]),
    )
    form = BedsForm(typed(request), initial={"run_by": site.run_by and site.run_by.public_id})
    return asked(request, form, act, to=back, title=title, list="response:programme")


@needs(KEEP)
def package_new(request: HttpRequest) -> HttpResponse:
    """A package that a partner gives."""
    title = _("New package")
    return asked(
        request, OfferForm(typed(request)), services.add_offer, title=title, list="response:programme"
    )


@needs(READ, COUNTS)
def package(request: HttpRequest, public_id: str) -> HttpResponse:
    """One package."""
    return render(
        request, "response/package_detail.html", records.package(request.user, _offer(request, public_id))
    )


@needs(KEEP)
def terms_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Other terms from a day on."""
    offer = _offer(request, public_id)
    act = partial(services.set_terms, offer=offer)
    return asked(request, TermsForm(typed(request)), act, to=offer, title=_("Places and cost"), back=offer)


@require_POST
@needs(KEEP)
def package_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is given to no further child."""
    offer = _offer(request, public_id)
    services.close_offer(offer=offer, by=request.user)
    return redirect(offer)


@needs(KEEP)
def enrol(request: HttpRequest, public_id: str) -> HttpResponse:
    """A child enters a package."""
    docket = get_object_or_404(Docket.objects.visible_to(request.user), public_id=public_id)
    form = EnrolForm(typed(request), docket=docket, by=request.user)
    act = partial(services.enrol, docket=docket)
    text = _("The line of the docket is written with it: nothing is noted twice.")
    return asked(request, form, act, to=docket, title=_("Enter a package"), back=docket, text=text)


@needs(KEEP)
def enrolment_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """A child completes a package, or leaves it."""
    rows = Enrolment.objects.visible_to(request.user).select_related(
        "docket", "begun", "offer__organisation", "offer__place"
    )
    found = get_object_or_404(rows, public_id=public_id)
    act = partial(services.end_enrolment, enrolment=found)
    title = _("End of the package of %(child)s") % {"child": found.docket}
    return asked(request, EndForm(typed(request)), act, to=found.offer, title=title, back=found.offer)


@needs(READ, COUNTS)
def programme_partner(request: HttpRequest, public_id: str) -> HttpResponse:
    """One partner in the programme."""
    found = get_object_or_404(records.partners_of(request.user), public_id=public_id)
    return render(request, "response/partner_detail.html", records.partner(request.user, found))


@needs(KEEP)
def cost_set(request: HttpRequest) -> HttpResponse:
    """What a partner planned and spent."""
    form = CostForm(typed(request), regions=region_names(request.user))
    text = _("A further figure for the same partner, region, year and item takes the place of the last one.")
    return asked(
        request, form, services.set_cost, to="response:programme", title=_("Costs of a partner"), text=text,
        list="response:programme",
    )  # fmt: skip


@needs(READ, COUNTS)
def activities(request: HttpRequest) -> HttpResponse:
    """Prevention in communities."""
    return render(request, "response/activity_list.html", prevention.activities(request.user, request.GET))


@needs(KEEP)
def activity_new(request: HttpRequest) -> HttpResponse:
    """Something was done in a community."""
    text = _("Numbers alone: no name of a child, of a parent or of a leader.")
    return asked(
        request, ActivityForm(typed(request)), note_activity, to="response:activities", title=_("New activity"),
        list="response:activities", text=text,
    )  # fmt: skip


@needs(COUNTS)
def coverage(request: HttpRequest) -> HttpResponse:
    """Who was trained, beside the cases, by cercle."""
    return render(request, "response/coverage.html", covering.coverage(request.user, request.GET))


def _centre(request: HttpRequest, public_id: str) -> Site:
    return get_object_or_404(records.centres_of(request.user), public_id=public_id)


def _offer(request: HttpRequest, public_id: str) -> Offer:
    return get_object_or_404(
        Offer.objects.visible_to(request.user).select_related("organisation", "place"), public_id=public_id
    )
