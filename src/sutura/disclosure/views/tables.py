"""Tables for the public: prepared by one person, decided on by another, read by whoever may."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.disclosure import preparing, prints, showing
from sutura.disclosure.files import attached
from sutura.disclosure.forms import DecideForm, PrepareForm
from sutura.disclosure.models import Release

TABLES = ("disclosure.publish", "disclosure.approve")


def _who(request: HttpRequest) -> Any:
    """The account which acts; the middleware let nobody else in."""
    return request.user


@require_safe
@needs(*TABLES, "reporting.read")
def tables(request: HttpRequest) -> HttpResponse:
    """Tables for the public: those published for whoever reads figures, all for whoever prepares or approves."""
    return render(request, "disclosure/table_list.html", showing.list_page(request.user))


@needs("disclosure.publish")
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a table: what must be hidden is found, and attacked, before anybody is asked."""
    form = PrepareForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            made = preparing.prepare(by=_who(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("disclosure:table", made.public_id)
    shown = {"form": form}
    return render(request, "disclosure/table_prepare.html", shown, status=422 if form.errors else 200)


@require_safe
@needs(*TABLES)
def table(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The preview: why each cell is hidden, what the attack found, who decides."""
    found = get_object_or_404(Release.objects.visible_to(request.user), public_id=public_id)
    return render(request, "disclosure/table_detail.html", showing.preview_page(request.user, found))


@needs("disclosure.approve")
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A second person lets the table go, or declines it."""
    found = get_object_or_404(Release.objects.visible_to(request.user), public_id=public_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            preparing.decide(release=found, by=_who(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("disclosure:table", public_id)
    shown = showing.decide_page(found) | {"form": form}
    return render(request, "ui/confirm.html", shown, status=422 if form.errors else 200)


@login_not_required
@require_safe
def public_tables(request: HttpRequest) -> HttpResponse:
    """What anybody may read: only where the setting opens it, or signed in."""
    showing.open_or_404(request.user)
    return render(request, "disclosure/public_list.html", showing.public_list(request))


@login_not_required
@require_safe
def public_table(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One published table."""
    found = get_object_or_404(Release.objects.visible_to(request.user).published(), public_id=public_id)
    return render(request, "disclosure/public_detail.html", showing.public_page(found))


@login_not_required
@require_safe
def public_file(request: HttpRequest, public_id: UUID, ending: str) -> HttpResponse:
    """One published table as a file; whoever may read it may take it."""
    found = get_object_or_404(Release.objects.visible_to(request.user).published(), public_id=public_id)
    mime, write = prints.form_or_404(ending)
    return attached(write(found), mime, prints.file_name(found, ending))
