"""Action plans of bodies: their versions, what changed between two, and the workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import Up, form_page, tried
from sutura.coordination.forms.plans import ChangePlanForm, LineForm, PlanForm
from sutura.coordination.forms.terms import AuthorityForm
from sutura.coordination.models import Axis, Body, Plan, PlanLine, PlanVersion
from sutura.coordination.pages import activities as activity_pages
from sutura.coordination.pages import plans as pages
from sutura.coordination.plan_book import MIME, as_xlsx
from sutura.coordination.services import activities
from sutura.coordination.services import plans as services
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security.downloads import as_download

LIST = Up(gettext_lazy("Action plans"), "coordination:plans")


@needs("coordination.read", "coordination.manage")
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the bodies one may see."""
    return render(request, "coordination/plan_list.html", pages.listed(request.user, request.GET))


@needs("coordination.manage")
def plan_new(request: HttpRequest) -> HttpResponse:
    """A new plan of a body."""
    bodies = Body.objects.visible_to(request.user).kept_by(request.user).working()
    form = PlanForm(
        typed(request), initial={"body": request.GET.get("body", "")}, bodies=bodies, documents=_documents(request)
    )  # fmt: skip
    made: list[PlanVersion] = []
    if done(form, lambda said: made.append(services.open_plan(by=request.user, **said))):
        return redirect(made[0])
    return form_page(request, form, title=_("New action plan"), back=LIST, verb=_("Begin the plan"))


@needs("coordination.read", "coordination.manage")
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The version in force, or the one being written where there is none."""
    found = get_object_or_404(Plan.objects.visible_to(request.user), public_id=public_id)
    versions = PlanVersion.objects.visible_to(request.user).filter(plan=found)
    shown = versions.filter(stage="validated").first() or versions[0]
    return plan_version(request, str(shown.public_id))


@require_POST
@needs("coordination.manage")
def plan_draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a new version."""
    plans = Plan.objects.visible_to(request.user).filter(body__in=_kept(request))
    found = get_object_or_404(plans, public_id=public_id)
    tried(request, services.draft_plan, plan=found)
    return redirect(PlanVersion.objects.visible_to(request.user).filter(plan=found)[0])


@needs("coordination.read", "coordination.manage")
def plan_version(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version: figures, timeline, activities."""
    page = pages.version_page(request.user, _version(request, public_id), request.GET)
    return render(request, "coordination/plan_version.html", page)


@needs("coordination.manage")
def plan_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The title, the reference document and the days of a version being written."""
    version = _version(request, public_id, kept=True)
    document = version.plan.document
    now = {
        "title": version.plan.title, "document": document and document.public_id, "starts_on": version.starts_on,
        "ends_on": version.ends_on,
    }  # fmt: skip
    form = ChangePlanForm(typed(request), initial=now, bodies=None, documents=_documents(request))
    if done(form, lambda said: services.change_plan(version=version, by=request.user, **said)):
        return redirect(version)
    return form_page(request, form, title=_("Change this plan"), back=version)


@needs("coordination.manage")
def plan_validate(request: HttpRequest, public_id: str) -> HttpResponse:
    """An authority validated it: it comes into force."""
    version = _version(request, public_id, kept=True)
    form = AuthorityForm(typed(request))
    if done(form, lambda said: services.validate_plan(version=version, by=request.user, **said)):
        messages.success(request, _("This version is now in force: its activities can be reported on."))
        return redirect(version)
    words = _("It comes into force and no longer changes; the version before is kept as replaced.")
    return form_page(request, form, title=_("Note the validation"), back=version, text=words)


@needs("coordination.read", "coordination.manage")
def plan_difference(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What changed since an earlier version."""
    version = _version(request, public_id)
    versions = PlanVersion.objects.visible_to(request.user).filter(plan=version.plan)
    older = get_object_or_404(versions, number=number)
    page = {"version": version, "older": older, "rows": pages.difference(version, older)}
    return render(request, "coordination/plan_difference.html", page)


@needs("coordination.read", "coordination.manage")
def plan_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The version as a workbook."""
    version = _version(request, public_id)
    content = as_xlsx(version, today=timezone.localdate())
    name = f"{version.plan.body.acronym}-plan-v{version.number}.xlsx"
    return as_download(HttpResponse(content, content_type=MIME), name)


@needs("coordination.manage")
def line_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan one more activity."""
    version = _version(request, public_id, kept=True)
    form = _line_form(request, version, {"starts_on": version.starts_on, "ends_on": version.ends_on})
    if done(form, lambda said: activities.add_activity(version=version, by=request.user, **said)):
        return redirect(version)
    return form_page(request, form, title=_("Plan an activity"), back=version)


@needs("coordination.manage")
def line_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what a draft plans of an activity."""
    line = _line(request, public_id)
    form = _line_form(request, line.version, activity_pages.planned(line))
    if done(form, lambda said: activities.change_activity(line=line, by=request.user, **said)):
        return redirect(line.version)
    return form_page(request, form, title=_("Change an activity"), back=line.version)


@needs("coordination.manage")
def line_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an activity out of a draft."""
    line = _line(request, public_id)
    if request.method == "POST":
        tried(request, activities.remove_activity, line=line)
        return redirect(line.version)
    page = {
        "title": _("Take this activity out"), "text": line.title, "confirm_label": _("Take it out"),
        "cancel_url": line.version.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/confirm.html", page)


def _kept(request: HttpRequest) -> Any:
    return Body.objects.visible_to(request.user).kept_by(request.user)


def _documents(request: HttpRequest) -> Any:
    return Document.objects.visible_to(request.user)


def _line_form(request: HttpRequest, version: PlanVersion, initial: dict[str, Any]) -> LineForm:
    organisations = Organisation.objects.visible_to(request.user).in_use()
    axes = Axis.objects.visible_to(request.user).filter(document=version.plan.document_id)
    return LineForm(typed(request), initial=initial, axes=axes, organisations=organisations)


def _version(request: HttpRequest, public_id: str, *, kept: bool = False) -> PlanVersion:
    """A version which the person may read, or whose body she keeps."""
    found = PlanVersion.objects.visible_to(request.user).select_related("plan__body", "plan__document")
    if kept:
        found = found.filter(plan__body__in=_kept(request))
    return get_object_or_404(found, public_id=public_id)


def _line(request: HttpRequest, public_id: str) -> PlanLine:
    found = PlanLine.objects.visible_to(request.user).filter(version__plan__body__in=_kept(request))
    return get_object_or_404(found.select_related("version__plan__body", "activity"), public_id=public_id)
