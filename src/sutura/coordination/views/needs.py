"""Needs that regions raise, and the themes that nobody treats yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.forms.needs import ActivePartnerForm, NeedForm, ThemeForm
from sutura.coordination.models import ActivePartner, Body, Need, Theme
from sutura.coordination.need_acts import ACTS, form_for
from sutura.coordination.pages import needs as pages
from sutura.coordination.services import needs as services
from sutura.partners.models import Organisation


@needs("coordination.read")
def need_list(request: HttpRequest) -> HttpResponse:
    """What regions lack: what nobody answered comes first."""
    return render(request, "coordination/need_list.html", pages.needs_page(request.user, request.GET))


@needs("coordination.read")
def need_new(request: HttpRequest) -> HttpResponse:
    """Raise a need to a body."""
    bodies, themes = Body.objects.visible_to(request.user), Theme.objects.visible_to(request.user)
    form = NeedForm(typed(request), bodies=bodies.working(), themes=themes)
    made: list[Need] = []
    if done(form, lambda said: made.append(services.raise_need(by=request.user, **said))):
        messages.success(request, _("The need is raised: it joins the next agenda."))
        return redirect(made[0])
    return form_page(request, form, title=_("Raise a need"), verb=_("Raise it"))


@needs("coordination.read")
def need(request: HttpRequest, public_id: str) -> HttpResponse:
    """One need and its answer."""
    return render(
        request, "coordination/need_detail.html", pages.detail(request.user, _need(request, public_id))
    )


@require_POST
@needs("coordination.manage")
def need_act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Examine, answer or close; a mistake comes back with everything typed."""
    found, act = _need(request, public_id), ACTS.get(name)
    if act is None:
        raise Http404
    form = form_for(act, found, request.POST)
    if done(form, lambda said: act.service(need=found, by=request.user, **said)):
        return redirect(found)
    found.refresh_from_db()
    shown = pages.detail(request.user, found, bound={name: form}) | {"wrong": form}
    return render(request, "coordination/need_detail.html", shown, status=422)


@needs("coordination.read")
def theme_list(request: HttpRequest) -> HttpResponse:
    """Problems kept in sight: those on which nobody works come first."""
    shown = pages.themes_page(request.user) | {"keeps": may(request.user, "coordination.manage")}
    return render(request, "coordination/theme_list.html", shown)


@needs("coordination.manage")
def theme_new(request: HttpRequest) -> HttpResponse:
    """One more theme."""
    form = ThemeForm(typed(request))
    made: list[Theme] = []
    if done(form, lambda said: made.append(services.add_theme(by=request.user, **said))):
        return redirect(made[0])
    return form_page(request, form, title=_("New theme"), verb=_("Add it"))


@needs("coordination.read")
def theme(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who works on it, what is lacking, what was recommended."""
    found = get_object_or_404(Theme.objects.visible_to(request.user), public_id=public_id)
    return render(request, "coordination/theme_detail.html", pages.theme_page(request.user, found))


@needs("coordination.manage")
def partner_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An organisation works on the theme."""
    found = get_object_or_404(Theme.objects.visible_to(request.user), public_id=public_id)
    organisations = Organisation.objects.visible_to(request.user).in_use()
    form = ActivePartnerForm(typed(request), organisations=organisations)
    if done(form, lambda said: services.add_active_partner(theme=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("A partner active on this theme"), back=found, verb=_("Add it"))


@require_POST
@needs("coordination.manage")
def partner_drop(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """It no longer works on the theme there."""
    partners = ActivePartner.objects.visible_to(request.user).select_related("theme")
    found: Any = get_object_or_404(partners, pk=number, theme__public_id=public_id)
    services.drop_active_partner(partner=found, by=request.user)
    return redirect(found.theme)


def _need(request: HttpRequest, public_id: str) -> Need:
    rows = Need.objects.visible_to(request.user).select_related("body", "theme", "raised_by")
    return get_object_or_404(rows, public_id=public_id)
