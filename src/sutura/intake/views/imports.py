"""Imports of every kind: what can be given and what was, a file that waits, its columns, and a batch taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.errors import Invalid
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.intake import pages
from sutura.intake.forms import ColumnsForm, ListForm, UndoForm
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.querysets import GIVES
from sutura.intake.registers.kinds import Tell
from sutura.intake.registers.shelf import KINDS
from sutura.intake.services import batches, registers
from sutura.intake.services import imports as workbooks
from sutura.intake.services.registers import silent
from sutura.intake.services.staged import keep_file, take_file, try_file
from sutura.intake.staging import trial
from sutura.intake.views import progress
from sutura.intake.views.progress import watched
from sutura.security.downloads import as_download
from sutura.vault.session import closed, to_unlock

RUNS_SHOWN = 20


def _waiting(request: HttpRequest, public_id: UUID) -> StagedFile:
    """One's own file, while it waits."""
    mine = StagedFile.objects.visible_to(request.user).waiting(timezone.now())
    return get_object_or_404(mine, public_id=public_id)


def is_long(content: bytes | memoryview) -> bool:
    """Whether to show how far the work on a file is."""
    return len(content) > progress.LONG


def tried(request: HttpRequest, waiting: StagedFile) -> HttpResponse:
    """The trial of a file that was kept, as far as it is; it leads to what was found."""
    there = waiting.get_absolute_url()
    work = partial(_leading, partial(try_file, staged=waiting, by=request.user), there)
    return watched(request, work, title=_("The file is being tried"), back=there)


def _leading(act: Callable[..., object], there: str, progress: Tell) -> str:
    act(progress=progress)
    return there


@needs(*GIVES)
def home(request: HttpRequest) -> HttpResponse:
    """What can be imported, what waits, and what was imported."""
    runs = ImportRun.objects.visible_to(request.user).select_related("by", "undoing")[:RUNS_SHOWN]
    waiting = StagedFile.objects.visible_to(request.user).waiting(timezone.now())
    page = {
        "runs": runs, "waiting": waiting, "kinds": pages.kinds_of(request.user),
        "workbooks": may(request.user, "intake.import"),
    }  # fmt: skip
    return render(request, "intake/home.html", page)


def register_of(kind: str) -> Callable[[HttpRequest], HttpResponse]:
    """The page on which lists of a kind are given, for whoever may give them."""

    @needs(KINDS[kind].permission)
    def register(request: HttpRequest) -> HttpResponse:
        return _register(request, kind)

    return register


def _register(request: HttpRequest, kind: str) -> HttpResponse:
    """The form for a list; a file given is tried, and waits for a yes."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*given)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content, name = file.read(), pages.bare(file.name)
        try:
            if is_long(content):
                return tried(request, keep_file(kind=kind, content=content, name=name, by=request.user))
            return redirect(
                registers.stage_register(kind=KINDS[kind], content=content, name=name, by=request.user)
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    page = pages.register_page(KINDS[kind]) | {"form": form}
    return render(request, "intake/register.html", page, status=422 if form.errors else 200)


@needs(*GIVES)
def staged(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would happen: counts, every fault with what to do, what is kept aside."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request)
    told = trial(waiting, request.user)
    if not told.tried:
        page = {"staged": waiting, "label": waiting.get_kind_display()}
        return render(request, "intake/untried.html", page)
    if told.unexplained and not request.GET:
        return redirect("intake:columns", public_id)
    page = pages.trial_page(waiting, told, request.GET.get("page", "1"))
    return render(request, "intake/staged.html", page)


@needs(*GIVES)
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Which heading is which column, and what one value holds for the whole file."""
    waiting = _waiting(request, public_id)
    if waiting.kind not in KINDS:
        raise Http404
    if closed(request):
        return to_unlock(request)
    told = trial(waiting, request.user)
    if not told.tried:
        return redirect(waiting)
    form = ColumnsForm(typed(request), kind=KINDS[waiting.kind], trial=told)
    back = f"{waiting.get_absolute_url()}?page=1"
    if is_long(waiting.content) and form.is_valid():
        tell = partial(registers.tell_columns, staged=waiting, by=request.user, **form.answer)
        work = partial(_leading, tell, back)
        return watched(request, work, title=_("The file is being tried"), back=back)
    if done(form, lambda said: registers.tell_columns(staged=waiting, by=request.user, **form.answer)):
        return redirect(back)
    page = pages.columns_page(waiting, told) | {"form": form}
    return render(request, "intake/columns.html", page, status=422 if form.errors else 200)


@needs(*GIVES)
@require_POST
def attempt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try a file whose trial was cut."""
    waiting = _waiting(request, public_id)
    return to_unlock(request, waiting.get_absolute_url()) if closed(request) else tried(request, waiting)


@needs(*GIVES)
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the file in."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request, waiting.get_absolute_url())
    if not trial(waiting, request.user).tried:
        return redirect(waiting)
    work = partial(_take, waiting, request.user)
    if is_long(waiting.content):
        title = _("The file is being taken in")
        return watched(request, work, title=title, back=waiting.get_absolute_url())
    try:
        there = work(silent)
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect(pages.giving(waiting.kind))
    messages.success(request, _("The file was taken in."))
    return redirect(there)


def _take(waiting: StagedFile, by: Any, progress: Tell) -> str:
    """The page of the run; Invalid when the file, which was good, no longer is."""
    result = take_file(staged=waiting, by=by, progress=progress)
    if result.run is None or result.faults:
        raise Invalid(_("The records changed since the file was tried. Give it again."))
    return result.run.get_absolute_url()


@needs(*GIVES)
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget the file."""
    waiting = _waiting(request, public_id)
    workbooks.discard_file(staged=waiting, by=request.user)
    messages.info(request, _("The file was forgotten. Nothing was written."))
    return redirect(pages.giving(waiting.kind))


@needs(*GIVES)
def faults(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The faults as a table to take away."""
    waiting = _waiting(request, public_id)
    if closed(request):
        return to_unlock(request)
    table = pages.faults_table(pages.spoken_faults(trial(waiting, request.user)))
    return as_download(HttpResponse(table, content_type="text/csv; charset=utf-8"), "faults.csv")


@needs(*GIVES)
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run: who, when, which file, how many rows; and the way back."""
    runs = ImportRun.objects.visible_to(request.user).select_related("by", "undoing")
    return render(request, "intake/run.html", pages.run_page(get_object_or_404(runs, public_id=public_id)))


@needs(*GIVES)
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a batch back, with the reason."""
    runs = ImportRun.objects.visible_to(request.user)
    found = get_object_or_404(runs, public_id=public_id)
    form = UndoForm(typed(request))
    if done(form, lambda said: batches.undo_import(run=found, by=request.user, **said)):
        messages.success(request, _("The import was taken back."))
        return redirect(found)
    page = {"form": form, "run": found, "count": found.created + found.updated}
    return render(request, "intake/undo.html", page, status=422 if form.errors else 200)
