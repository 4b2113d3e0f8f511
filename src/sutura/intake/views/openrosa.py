"""What phones fetch and send. Under the address of a phone nothing that was sent can be read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from sutura.intake.models import Phone
from sutura.intake.openrosa import body, lists, records
from sutura.intake.openrosa.answers import XML, Refusal, envelope
from sutura.intake.openrosa.door import for_phones
from sutura.intake.services import submissions


@for_phones("GET", "HEAD")
def form_list(request: HttpRequest, phone: Phone) -> HttpResponse:
    """The forms of this phone."""
    forms = lists.forms_of(phone, request, only=request.GET.get("formID", ""))
    return render(request, "intake/openrosa/form_list.xml", {"forms": forms}, content_type=XML)


@for_phones("GET", "HEAD")
def form(request: HttpRequest, phone: Phone, form_id: str) -> HttpResponse:
    """The very bytes whose mark stands on the list."""
    return HttpResponse(bytes(lists.version_of(phone, form_id).xform), content_type=XML)


@for_phones("GET", "HEAD")
def manifest(request: HttpRequest, phone: Phone, form_id: str) -> HttpResponse:
    """The files that a form asks for."""
    files = lists.files_of(phone, request, form_id)
    return render(request, "intake/openrosa/manifest.xml", {"files": files}, content_type=XML)


@for_phones("GET", "HEAD")
def media(request: HttpRequest, phone: Phone, form_id: str, name: str) -> HttpResponse:
    """One of these files."""
    found = get_object_or_404(lists.version_of(phone, form_id).media, name=name)
    return HttpResponse(bytes(found.content), content_type="application/octet-stream")


def received(new: bool) -> HttpResponse:
    """What a phone is told when its record is here."""
    sentence = _("Received. Thank you.") if new else _("Received already. Thank you.")
    return envelope(sentence, 201 if new else 202)


@for_phones("GET", "HEAD", "POST")
def submission(request: HttpRequest, phone: Phone) -> HttpResponse:
    """A record comes in: kept as it is first, taken over afterwards. Sent twice, it is there once."""
    if request.method != "POST":
        return HttpResponse(status=204)
    sent = body.sent(request)
    told = records.read(sent.xml)
    kept = submissions.receive(told=told, sent=sent, phone=phone, by=phone.account)
    if kept.conflict:
        raise Refusal(409, _("Another record bears this number. Both are kept; the office compares them."))
    submissions.take_over(submission=kept.submission, told=told, by=phone.account)
    return received(kept.new)
