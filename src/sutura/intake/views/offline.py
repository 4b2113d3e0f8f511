"""Write without a network; send what was sealed; take over what others wrote."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.intake import offline
from sutura.intake.choices import Became
from sutura.intake.models import Envelope
from sutura.intake.received import TOGETHER, perhaps_here, waiting_page
from sutura.intake.services.envelopes import receive
from sutura.intake.unpacking import unpack
from sutura.vault.revealing import reveal


@needs("alerts.create")
def writing(request: HttpRequest) -> HttpResponse:
    """The page that opens also when nothing answers; made without the request, so that no name stands in it."""
    return HttpResponse(render_to_string("intake/offline.html", offline.shell(request.user)))


@needs("incidents.document")
def writing_incident(request: HttpRequest) -> HttpResponse:
    """The same for an incident, on one sheet."""
    return HttpResponse(render_to_string("intake/offline.html", offline.incident_shell(request.user)))


@needs("alerts.create")
def worker(_request: HttpRequest) -> HttpResponse:
    """What opens the page from its kept copy, under whatever address was asked."""
    script = Path(str(finders.find("intake/worker.js"))).read_bytes()
    answer = HttpResponse(script, content_type="text/javascript")
    answer["Service-Worker-Allowed"] = "/"
    return answer


@needs("alerts.create")
def envelopes(request: HttpRequest) -> JsonResponse:
    """Which of one's own records are here, with the word that lets one send; a record, kept."""
    if request.method != "POST":
        known = offline.known(request.user, request.GET.getlist("id"))
        return JsonResponse({"token": get_token(request), "known": known})
    try:
        envelope = receive(letter=offline.letter(request.body), by=request.user)
    except DomainError as refusal:
        return JsonResponse({"fault": str(refusal)}, status=409)
    return JsonResponse({"received": envelope.received_at.isoformat()}, status=201)


@needs("alerts.triage", "incidents.document")
def received(request: HttpRequest) -> HttpResponse:
    """What was written without a network and waits for somebody who may read it."""
    return render(request, "intake/received.html", waiting_page(request.user))


@require_POST
@needs("alerts.triage", "incidents.document")
def received_open(request: HttpRequest) -> HttpResponse:
    """Open what waits and make what it tells of; what does not pass the form stays, with its fields."""
    waiting = list(Envelope.objects.visible_to(request.user).waiting().select_related("sent_by")[:TOGETHER])
    try:
        reveal(waiting, by=request.user, reason=_("Take over what was written without a network"))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return redirect("intake:received")
    readable = [
        envelope for envelope in waiting if isinstance(envelope.content, str)
    ]  # no key of hers: it waits on
    lines = [unpack(envelope, request.user) for envelope in readable]
    made = sum(line.became == Became.MADE for line in lines)
    told = ngettext("%(n)d record taken over.", "%(n)d records taken over.", made)
    messages.success(request, told % {"n": made})
    if doubles := perhaps_here(request.user, [line.made for line in lines]):
        messages.warning(
            request, _("Perhaps here already, look at each: %(refs)s") % {"refs": ", ".join(doubles)}
        )
    return redirect("intake:received")
