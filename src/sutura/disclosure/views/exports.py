"""Ask to take coded data out; approve or refuse it; take the sealed file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sutura.access.errors import DomainError, NotAllowed
from sutura.access.views import needs
from sutura.disclosure import pages
from sutura.disclosure.files import attached
from sutura.disclosure.forms.exports import KeyForm, RefusalForm
from sutura.disclosure.making import file_name
from sutura.disclosure.models import Export
from sutura.disclosure.querysets.exports import APPROVE, REQUEST
from sutura.disclosure.services import exports as services
from sutura.people.stepup import fresh, fresh_to_post

SEALED = "application/octet-stream"


def _export(request: HttpRequest, public_id: UUID) -> Export:
    seen = Export.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    return get_object_or_404(seen, public_id=public_id)


def _shown(request: HttpRequest, export: Export, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = pages.detail_page(request.user, export, **more)
    return render(request, "disclosure/export_detail.html", shown, status=status)


@require_safe
@needs(REQUEST)
def mine(request: HttpRequest) -> HttpResponse:
    """My requests, and the files to take."""
    return render(request, "disclosure/export_list.html", pages.list_page(request.user, mine=True))


@require_safe
@needs(APPROVE)
def to_approve(request: HttpRequest) -> HttpResponse:
    """The requests of others which wait for my word."""
    return render(request, "disclosure/export_list.html", pages.list_page(request.user, mine=False))


@needs(REQUEST)
@fresh_to_post
def new(request: HttpRequest) -> HttpResponse:
    """Ask: the reason and the receiver are told before anything is made."""
    of = pages.subject(request.user, request.GET)
    posted = request.POST if request.method == "POST" else None
    form = pages.form_for(request.user, of, request.GET, posted)
    if form.is_valid():
        try:
            made = services.ask_export(by=request.user, **(form.cleaned_data | of.values()))
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Your request waits for a second person."))
            return redirect(made)
    shown = {"form": form, "told": of.told()}
    return render(request, "disclosure/export_form.html", shown, status=422 if form.errors else 200)


@require_safe
@needs(REQUEST, APPROVE)
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: what, where, why, for whom, and what became of it."""
    return _shown(request, _export(request, public_id))


@require_POST
@needs(APPROVE)
@fresh
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let it out."""
    return _done(request, public_id, services.approve_export, _("Approved: the file waits for its asker."))


@require_POST
@needs(APPROVE)
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep it in, with a reason."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _shown(request, _export(request, public_id), status=422, refusal=form)
    said = _("Refused: the reason is told to whoever asked.")
    return _done(request, public_id, services.refuse_export, said, **form.cleaned_data)


@require_POST
@needs(REQUEST)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    return _done(request, public_id, services.withdraw_export, _("Taken back: no file is left."))


def _done(request: HttpRequest, public_id: UUID, act: Any, said: str, **values: Any) -> HttpResponse:
    export = _export(request, public_id)
    try:
        act(export=export, by=request.user, **values)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(export)


@require_POST
@needs(REQUEST)
@fresh
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sealed file; every taking is recorded, so it is a button and no link."""
    export = _export(request, public_id)
    try:
        content = services.take_export(export=export, by=request.user)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(export)
    return attached(content, SEALED, file_name(export))


@needs(REQUEST)
@fresh_to_post
def key(request: HttpRequest) -> HttpResponse:
    """My public key."""
    form = KeyForm(request.POST or None, initial={"key": pages.own_key(request.user)})
    if form.is_valid():
        try:
            services.keep_key(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("key", str(refusal))
        else:
            messages.success(request, _("Your key is kept: files for you are encrypted to it."))
            return redirect("disclosure:exports")
    return render(request, "disclosure/key_form.html", {"form": form}, status=422 if form.errors else 200)
