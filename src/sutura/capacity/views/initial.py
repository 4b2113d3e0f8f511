"""Initial training in institutes, initiatives of sectors, and themes that several sectors answer together."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.capacity.asking import asked
from sutura.capacity.choices import GroupTheme
from sutura.capacity.forms.initial import (
    AnswerForm,
    CourseForm,
    InitiativeForm,
    JointThemeForm,
    StepForm,
    UnitForm,
)
from sutura.capacity.models import CourseUnit, Initiative, JointTheme
from sutura.capacity.pages import initial, initiatives
from sutura.capacity.querysets import MANAGE, READ
from sutura.capacity.services import initial as services
from sutura.capacity.services import initiatives as of_sectors

TABLE, REGISTER = "capacity:initial", "capacity:initiatives"


@needs(READ)
def curriculum(request: HttpRequest) -> HttpResponse:
    """How far each module has come in each course."""
    return render(request, "capacity/curriculum.html", initial.curriculum(request.user))


@needs(MANAGE)
def course_new(request: HttpRequest) -> HttpResponse:
    """A course of an institute."""
    form = CourseForm(typed(request), by=request.user)
    return asked(request, form, services.add_course, to=TABLE, title=_("New course"), list=TABLE)


@needs(MANAGE)
def unit_new(request: HttpRequest) -> HttpResponse:
    """A module is proposed to a course."""
    form = UnitForm(typed(request), by=request.user)
    return asked(request, form, services.propose_unit, title=_("Propose a module"), list=TABLE)


@needs(READ)
def unit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One module in one course."""
    page = initial.unit_page(request.user, _unit(request, public_id))
    return render(request, "capacity/unit_detail.html", page)


@needs(MANAGE)
def unit_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next step."""
    found = _unit(request, public_id)
    form = StepForm(typed(request), last=found.last.state)
    act = partial(services.note_step, unit=found)
    return asked(
        request, form, act, to=found, title=_("Note the next step"), back=found, back_label=found.module
    )


@needs(READ)
def register(request: HttpRequest) -> HttpResponse:
    """What sectors do, and what they must answer together."""
    return render(request, "capacity/initiative_list.html", initiatives.register(request.user, request.GET))


@needs(MANAGE)
def initiative_new(request: HttpRequest) -> HttpResponse:
    """An initiative enters the register."""
    form = InitiativeForm(typed(request), by=request.user)
    return asked(request, form, of_sectors.add_initiative, title=_("New initiative"), list=REGISTER)


@needs(READ)
def initiative(request: HttpRequest, public_id: str) -> HttpResponse:
    """One initiative."""
    page = initiatives.detail(request.user, _initiative(request, public_id))
    return render(request, "capacity/initiative_detail.html", page)


@needs(MANAGE)
def initiative_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change it, or say when it ended."""
    found = _initiative(request, public_id)
    form = InitiativeForm(typed(request), by=request.user, initial=initiatives.said_of(found))
    act = partial(of_sectors.change_initiative, initiative=found)
    return asked(request, form, act, title=_("Change this initiative"), back=found)


@needs(MANAGE)
def theme_new(request: HttpRequest) -> HttpResponse:
    """Several sectors are asked to answer a theme."""
    form = JointThemeForm(typed(request), by=request.user)
    return asked(
        request, form, of_sectors.raise_theme, to=REGISTER, title=_("Ask several sectors"), list=REGISTER
    )


@needs(MANAGE)
def theme_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """They answered."""
    found = get_object_or_404(JointTheme.objects.visible_to(request.user), public_id=public_id)
    act = partial(of_sectors.answer_theme, theme=found)
    return asked(
        request, AnswerForm(typed(request)), act, to=REGISTER, title=_("Note the answer"), list=REGISTER,
        text=f"{GroupTheme(found.theme).label} – {found.why}",
    )  # fmt: skip


def _unit(request: HttpRequest, public_id: str) -> CourseUnit:
    found = CourseUnit.objects.visible_to(request.user).select_related("course__institute", "module")
    return get_object_or_404(found.prefetch_related("steps"), public_id=public_id)


def _initiative(request: HttpRequest, public_id: str) -> Initiative:
    found = Initiative.objects.visible_to(request.user).select_related("organisation", "module")
    return get_object_or_404(found, public_id=public_id)
