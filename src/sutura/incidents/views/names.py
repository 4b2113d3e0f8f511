"""Find a name among the sealed ones, within an open vault."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.incidents import naming
from sutura.incidents.entering import refuse
from sutura.incidents.forms import NameForm
from sutura.people.stepup import fresh_to_post
from sutura.vault.session import opened


@needs("incidents.evidence")
@opened
@fresh_to_post
def names(request: HttpRequest) -> HttpResponse:
    """Perpetrators by name, in the regions whose key the person holds; what is found is on record."""
    form, found = NameForm(request.POST or None), None
    if form.is_bound and form.is_valid():
        try:
            found = naming.search(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
    shown = {"form": form, "found": found}
    return render(request, "incidents/names.html", shown, status=422 if form.errors else 200)
