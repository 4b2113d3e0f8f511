"""Forms of phones: which there are, a new version from a sheet, and their end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.intake import handsets
from sutura.intake.forms import QuestionnaireForm
from sutura.intake.models import Questionnaire
from sutura.intake.services import questionnaires as services


@needs("intake.phones", "intake.import")
def questionnaires(request: HttpRequest) -> HttpResponse:
    """Every form and its latest version."""
    return render(request, "intake/questionnaires.html", handsets.forms_page(request.user))


@needs("intake.import")
def questionnaire_new(request: HttpRequest) -> HttpResponse:
    """A sheet is read and published, or refused with its row."""
    form = QuestionnaireForm(typed(request), request.FILES or None)
    if done(form, lambda said: services.publish_sheet(content=said["file"].read(), by=request.user)):
        messages.success(request, _("The form is published: phones find it on their list."))
        return redirect("intake:questionnaires")
    status = 422 if form.is_bound else 200
    return render(request, "intake/questionnaire_new.html", {"form": form}, status=status)


@require_POST
@needs("intake.import")
def questionnaire_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form leaves the lists, and takes no record any more."""
    found = get_object_or_404(Questionnaire.objects.visible_to(request.user), public_id=public_id)
    services.close_form(questionnaire=found, by=request.user)
    messages.success(request, _("The form is closed: phones take it off their list."))
    return redirect("intake:questionnaires")
