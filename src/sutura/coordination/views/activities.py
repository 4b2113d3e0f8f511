"""One activity and what is reported of it, funding leads, and the strategic axes of reference documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import Up, form_page
from sutura.coordination.forms.plans import ActivityReportForm, AxisForm, ChangeAxisForm, LeadForm
from sutura.coordination.models import Activity, Axis, Body, FundingLead, Plan
from sutura.coordination.pages import activities as pages
from sutura.coordination.services import activities as services
from sutura.coordination.services import plans

AXES = Up(gettext_lazy("Strategic axes"), "coordination:axes")


@needs("coordination.read", "coordination.manage")
def activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """One activity; whoever keeps the body, or sits there for its lead organisation, reports on it."""
    rows = Activity.objects.visible_to(request.user).select_related("plan__body")
    found = get_object_or_404(rows, public_id=public_id)
    form = ActivityReportForm(typed(request), initial=pages.reported(found))
    if done(form, lambda said: services.report_activity(activity=found, by=request.user, **said)):
        messages.success(request, _("Noted. The figures of the plan follow."))
        return redirect(found)
    page = pages.activity_page(request.user, found) | {"form": form}
    return render(request, "coordination/activity.html", page, status=422 if form.is_bound else 200)


@needs("coordination.read", "coordination.manage")
def funding(request: HttpRequest) -> HttpResponse:
    """Who might pay for the plans."""
    return render(request, "coordination/funding.html", pages.funding(request.user, request.GET))


@needs("coordination.manage")
def funding_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more funding lead of a plan."""
    kept = Body.objects.visible_to(request.user).kept_by(request.user)
    plan = get_object_or_404(Plan.objects.visible_to(request.user).filter(body__in=kept), public_id=public_id)
    given = {"activity": request.GET.get("activity", "")}
    form = LeadForm(typed(request), initial=given, **pages.lead_choices(request.user, plan))
    if done(form, lambda said: services.add_lead(plan=plan, by=request.user, **said)):
        return redirect("coordination:funding")
    return form_page(request, form, title=_("New funding lead"), back=plan)


@needs("coordination.manage")
def funding_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a funding lead has come."""
    kept = Body.objects.visible_to(request.user).kept_by(request.user)
    leads = FundingLead.objects.visible_to(request.user).filter(plan__body__in=kept)
    lead = get_object_or_404(leads.select_related("plan__body", "activity"), public_id=public_id)
    choices = pages.lead_choices(request.user, lead.plan)
    form = LeadForm(typed(request), initial=pages.said_of_lead(lead), **choices)
    if done(form, lambda said: services.change_lead(lead=lead, by=request.user, **said)):
        return redirect("coordination:funding")
    return form_page(request, form, title=lead.donor, back=lead.plan)


@needs("coordination.read", "coordination.manage")
def axis_list(request: HttpRequest) -> HttpResponse:
    """The strategic axes of reference documents."""
    return render(request, "coordination/axis_list.html", pages.axes(request.user))


@needs("coordination.manage")
def axis_new(request: HttpRequest) -> HttpResponse:
    """One more axis."""
    given = {"document": request.GET.get("document", "")}
    form = AxisForm(typed(request), initial=given, documents=pages.documents_kept_by(request.user))
    if done(form, lambda said: plans.add_axis(by=request.user, **said)):
        return redirect("coordination:axes")
    return form_page(request, form, title=_("New strategic axis"), back=AXES, verb=_("Add it"))


@needs("coordination.manage")
def axis_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct an axis."""
    axes = Axis.objects.visible_to(request.user).filter(document__in=pages.documents_kept_by(request.user))
    axis = get_object_or_404(axes.select_related("document"), public_id=public_id)
    now = {"number": axis.number, "title": axis.title}
    form = ChangeAxisForm(typed(request), initial=now, documents=None)
    if done(form, lambda said: plans.change_axis(axis=axis, by=request.user, **said)):
        return redirect("coordination:axes")
    return form_page(request, form, title=_("Correct this axis"), eyebrow=axis.document, back=AXES)
