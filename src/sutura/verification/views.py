"""The bench, the judgement of a violation, the sittings and their minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.ui.wording import number
from sutura.verification import agenda, pages, services
from sutura.verification.bench import open_to
from sutura.verification.choices import PERMISSION
from sutura.verification.forms import AgendaForm, OpinionForm, SittingForm
from sutura.verification.minutes import minutes_of
from sutura.verification.models import Sitting, SittingItem
from sutura.verification.rules import LEVELS

SEAT = ("verification.sitting", "verification.technical", "verification.ctfmr")


@needs("verification.read")
def bench(request: HttpRequest) -> HttpResponse:
    """What waits for verification, longest waiting first; the filters live in the address."""
    return render(request, "verification/bench.html", pages.bench_page(request.user, request.GET))


@needs("verification.read")
def violation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One violation to judge: facts, evidence, the three levels, and the form of whoever may speak."""
    found = get_object_or_404(open_to(request.user), public_id=public_id)
    return render(request, "verification/violation_detail.html", pages.judgement(request.user, found))


@require_POST
@needs(*PERMISSION.values())
def opinion(request: HttpRequest, public_id: str, level: str) -> HttpResponse:
    """Give the opinion of one level; a mistake comes back with everything typed."""
    found = get_object_or_404(open_to(request.user), public_id=public_id)
    if level not in LEVELS:
        raise Http404
    form = pages.opinion_form(found, level, request.POST)
    if form.is_valid():
        try:
            services.give_opinion(violation=found, level=level, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Your opinion is recorded."))
            return redirect("verification:violation", found.public_id)
    shown = pages.judgement(request.user, found, bound={level: form})
    return render(request, "verification/violation_detail.html", shown | {"wrong": form}, status=422)


@needs(*SEAT)
def sittings(request: HttpRequest) -> HttpResponse:
    """The sittings, open ones first."""
    found = Sitting.objects.visible_to(request.user).listed()
    shown = {"open": found.open(), "closed": found.closed()[:50]}
    return render(request, "verification/sitting_list.html", shown | {"may_sit": may(request.user, SEAT[0])})


@needs("verification.sitting")
def sitting_new(request: HttpRequest) -> HttpResponse:
    """Convene a sitting."""
    form = SittingForm(request.POST or None)
    for name in ("access_issues", "recommendations"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        try:
            made = services.convene_sitting(by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("verification:agenda", made.public_id)
    return render(
        request, "verification/sitting_form.html", {"form": form}, status=422 if form.errors else 200
    )


@needs(*SEAT)
def sitting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Meeting mode: the agenda on one page, each item decided and saved one by one."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    return render(request, "verification/sitting_detail.html", agenda.sitting_page(request.user, found))


@needs("verification.sitting")
def sitting_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who was present, and what the sitting noted besides its decisions."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    form = SittingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _kept(request, form, found)
    status = 422 if form.errors else 200
    return render(request, "verification/sitting_form.html", {"form": form, "sitting": found}, status=status)


def _kept(request: HttpRequest, form: SittingForm, found: Sitting) -> HttpResponse:
    typed = dict(form.cleaned_data)
    try:
        services.change_sitting(sitting=found, by=request.user, **typed)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("verification:sitting", found.public_id)


@needs("verification.sitting")
def agenda_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put violations on the agenda."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    form = AgendaForm(request.POST or None, offered=agenda.offered(request.user, found))
    if request.method == "POST" and form.is_valid():
        wanted, strange = agenda.picked(request.user, **form.cleaned_data)
        try:
            agenda.refuse_strange(strange)
            services.put_on_agenda(sitting=found, violations=wanted, by=request.user)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("verification:sitting", found.public_id)
    shown = {"form": form, "sitting": found}
    return render(request, "verification/sitting_agenda.html", shown, status=422 if form.errors else 200)


@require_POST
@needs("verification.ctfmr")
def item_decide(request: HttpRequest, public_id: str, item_id: str) -> HttpResponse:
    """Decide one item: in place with scripts, by the whole page without."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    items = SittingItem.objects.visible_to(request.user).select_related(
        "sitting", "violation__incident__place"
    )
    item = get_object_or_404(items, sitting=found, public_id=item_id)
    form = agenda.item_form(item, request.POST)
    if form.is_valid():
        try:
            services.decide_in_sitting(item=item, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
    return _item_answer(request, item, form)


def _item_answer(request: HttpRequest, item: SittingItem, form: OpinionForm) -> HttpResponse:
    bound = {item.pk: form} if form.errors else {}
    if request.htmx:  # type: ignore[attr-defined]
        row = agenda.rows_of([item], request.user, bound)[0]
        row.saved = not form.errors
        return render(request, "verification/item.html", {"row": row})
    if not form.errors:
        messages.success(request, _("%(ref)s: decision recorded.") % {"ref": item.violation.ref})
        return redirect(f"{item.sitting.get_absolute_url()}#item-{item.public_id}")
    shown: dict[str, Any] = agenda.sitting_page(request.user, item.sitting, bound)
    return render(request, "verification/sitting_detail.html", shown | {"wrong": form}, status=422)


@require_POST
@needs("verification.sitting")
def item_remove(request: HttpRequest, public_id: str, item_id: str) -> HttpResponse:
    """Take an undecided item off the agenda."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    item = get_object_or_404(SittingItem.objects.visible_to(request.user), sitting=found, public_id=item_id)
    try:
        services.take_off_agenda(item=item, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("verification:sitting", found.public_id)


@needs("verification.sitting")
def sitting_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close a sitting: the consequence is said before."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    if request.method != "POST":
        shown = agenda.sitting_page(request.user, found)
        return render(request, "verification/sitting_close.html", shown | {"n": number(shown["left"])})
    try:
        services.close_sitting(sitting=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("verification:sitting", found.public_id)


@needs(*SEAT)
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The minutes extract to print: codes only."""
    found = get_object_or_404(Sitting.objects.visible_to(request.user), public_id=public_id)
    services.take_minutes(sitting=found, by=request.user, form="html")
    shown = {"minutes": minutes_of(found, request.user), "sitting": found}
    shown["export_url"] = pages.export_url(request.user, found)
    return render(request, "verification/sitting_minutes.html", shown)
