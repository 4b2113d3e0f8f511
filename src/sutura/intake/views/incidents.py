"""Import a workbook of incidents: give the file, read what would happen, confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.errors import Invalid
from sutura.access.views import needs
from sutura.intake import pages
from sutura.intake.forms import WorkbookForm
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.services import imports as services
from sutura.intake.staging import trial
from sutura.intake.template_book import template
from sutura.security.downloads import as_download
from sutura.vault.session import closed, to_unlock

RUNS_SHOWN = 20
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _waiting(request: HttpRequest, public_id: UUID) -> StagedFile:
    """One's own file, while it waits."""
    mine = StagedFile.objects.visible_to(request.user).waiting(timezone.now())
    return get_object_or_404(mine, public_id=public_id)


@needs("intake.import")
def home(request: HttpRequest) -> HttpResponse:
    """What can be imported, and what was."""
    runs = ImportRun.objects.visible_to(request.user).select_related("by")[:RUNS_SHOWN]
    return render(request, "intake/home.html", {"runs": runs})


@needs("intake.import")
def incidents(request: HttpRequest) -> HttpResponse:
    """The form; a file given is tried, and waits for a yes."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WorkbookForm(*given)
    if form.is_valid():
        try:
            return redirect(services.stage_file(content=form.cleaned_data["file"].read(), by=request.user))
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    return render(request, "intake/incidents.html", {"form": form}, status=422 if form.errors else 200)


@needs("intake.import")
def staged(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would happen: counts, every fault with what to do, what is kept aside."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request)
    page = pages.trial_page(waiting, trial(waiting, request.user), request.GET.get("page", "1"))
    return render(request, "intake/staged.html", page)


@needs("intake.import")
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the file in."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request, waiting.get_absolute_url())
    result = services.confirm_file(staged=waiting, by=request.user)
    if result.run is None or result.faults:
        messages.error(request, _("The records changed since the file was tried. Give it again."))
        return redirect("intake:incidents")
    messages.success(request, _("The file was taken in."))
    return redirect(result.run)


@needs("intake.import")
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget the file."""
    services.discard_file(staged=_waiting(request, public_id), by=request.user)
    messages.info(request, _("The file was forgotten. Nothing was written."))
    return redirect("intake:incidents")


@needs("intake.import")
def faults(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The faults as a table to take away."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request)
    table = pages.faults_table(pages.spoken_faults(trial(waiting, request.user)))
    return as_download(HttpResponse(table, content_type="text/csv; charset=utf-8"), "faults.csv")


@needs("intake.import")
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run: who, when, which file, how many rows."""
    runs = ImportRun.objects.visible_to(request.user).select_related("by")
    return render(request, "intake/run.html", pages.run_page(get_object_or_404(runs, public_id=public_id)))


@needs("intake.import")
def template_file(request: HttpRequest, language: str) -> HttpResponse:
    """An empty workbook with the headings and the lists."""
    language = "en" if language == "en" else "fr"
    answer = HttpResponse(template(language), content_type=SPREADSHEET)
    return as_download(answer, f"sutura-incidents-{language}.xlsx")
