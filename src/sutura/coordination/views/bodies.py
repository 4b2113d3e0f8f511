"""Bodies and their members: read by those who sit in them, kept by whoever coordinates the region."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.forms.bodies import ChangeBodyForm, ChangeMemberForm, MemberForm, NewBodyForm
from sutura.coordination.models import Body, Membership
from sutura.coordination.pages import bodies as pages
from sutura.coordination.services import bodies
from sutura.partners.models import Organisation


@needs("coordination.read", "coordination.manage")
def body_list(request: HttpRequest) -> HttpResponse:
    """The bodies one may see, each with its next meeting."""
    found = Body.objects.visible_to(request.user).select_related("parent")
    page = {"rows": pages.rows(found, request.user), "keeper": may(request.user, "coordination.manage")}
    return render(request, "coordination/body_list.html", page)


@needs("coordination.read", "coordination.manage")
def body_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One body: what it is, who sits in it, its meetings."""
    body = get_object_or_404(
        Body.objects.visible_to(request.user).select_related("parent"), public_id=public_id
    )
    return render(request, "coordination/body_detail.html", pages.body(body, request.user))


@needs("coordination.manage")
def body_new(request: HttpRequest) -> HttpResponse:
    """A new body."""
    form = NewBodyForm(typed(request), **_choices(request))
    made: list[Body] = []
    if done(form, lambda said: made.append(bodies.open_body(by=request.user, **said))):
        return redirect(made[0])
    return form_page(request, form, title=_("New body"), verb=_("Open this body"))


@needs("coordination.manage")
def body_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is said of a body."""
    body = kept(request, public_id)
    choices = _choices(request)
    choices["bodies"] = choices["bodies"].exclude(pk=body.pk)
    form = ChangeBodyForm(typed(request), initial=pages.now(body, ChangeBodyForm), **choices)
    if done(form, lambda said: bodies.change_body(body=body, by=request.user, **said)):
        return redirect(body)
    return form_page(request, form, title=_("Change this body"), back=body)


@needs("coordination.manage")
def member_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more seat."""
    body = kept(request, public_id)
    form = MemberForm(typed(request), organisations=_organisations(request))
    if done(form, lambda said: bodies.add_member(body=body, by=request.user, **said)):
        return redirect(body)
    return form_page(request, form, title=_("Add a member"), back=body)


@needs("coordination.manage")
def member_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who sits, as what, until when."""
    seats = Membership.objects.visible_to(request.user).filter(
        body__in=Body.objects.visible_to(request.user).kept_by(request.user)
    )
    member = get_object_or_404(seats.select_related("body", "organisation", "account"), public_id=public_id)
    initial = pages.now(member, ChangeMemberForm)
    form = ChangeMemberForm(typed(request), initial=initial, organisations=_organisations(request))
    if done(form, lambda said: bodies.change_member(member=member, by=request.user, **said)):
        return redirect(member.body)
    return form_page(
        request, form, title=_("Change this seat"), eyebrow=member.organisation, back=member.body
    )


def kept(request: HttpRequest, public_id: str) -> Body:
    """A body which the person keeps; any other does not exist for these pages."""
    return get_object_or_404(Body.objects.visible_to(request.user).kept_by(request.user), public_id=public_id)


def _organisations(request: HttpRequest) -> Any:
    return Organisation.objects.visible_to(request.user).in_use()


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {
        "bodies": Body.objects.visible_to(request.user).working(),
        "regions": pages.regions_of(request.user),
    }
