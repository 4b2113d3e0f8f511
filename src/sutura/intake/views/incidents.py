"""Give a workbook of incidents; what follows is the same for every kind of file (`imports`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.access.errors import Invalid
from sutura.access.views import needs
from sutura.intake.choices import Kind
from sutura.intake.forms import WorkbookForm
from sutura.intake.services import imports as services
from sutura.intake.services.staged import keep_file
from sutura.intake.template_book import template
from sutura.intake.views import imports
from sutura.security.downloads import as_download

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("intake.import")
def incidents(request: HttpRequest) -> HttpResponse:
    """The form; a file given is tried, and waits for a yes."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WorkbookForm(*given)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            if imports.is_long(content):
                return imports.tried(
                    request, keep_file(kind=Kind.INCIDENTS, content=content, by=request.user)
                )
            return redirect(services.stage_file(content=content, by=request.user))
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    return render(request, "intake/incidents.html", {"form": form}, status=422 if form.errors else 200)


@needs("intake.import")
def template_file(request: HttpRequest, language: str) -> HttpResponse:
    """An empty workbook with the headings and the lists."""
    language = "en" if language == "en" else "fr"
    answer = HttpResponse(template(language), content_type=SPREADSHEET)
    return as_download(answer, f"sutura-incidents-{language}.xlsx")
