"""Practice groups: the board for whoever follows a region, the acts for whoever manages it."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.capacity.asking import asked
from sutura.capacity.forms.groups import ChangeGroupForm, GroupForm, PlanForm, RuleForm, SittingForm
from sutura.capacity.models import Group, GroupRule, NeedRaised
from sutura.capacity.pages import groups
from sutura.capacity.querysets import MANAGE, READ
from sutura.capacity.services import groups as services


@needs(READ)
def board(request: HttpRequest) -> HttpResponse:
    """Groups by month, the figure and its rule."""
    return render(request, "capacity/group_board.html", groups.board(request.user, request.GET))


@needs(READ)
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    """One group."""
    page = groups.group_page(request.user, _group(request, public_id))
    return render(request, "capacity/group_detail.html", page)


@needs(MANAGE)
def group_new(request: HttpRequest) -> HttpResponse:
    """A new group."""
    form = GroupForm(typed(request), by=request.user)
    return asked(request, form, services.open_group, title=_("New group"), list="capacity:groups")


@needs(MANAGE)
def group_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change, suspend or close a group."""
    found = _group(request, public_id)
    form = ChangeGroupForm(typed(request), by=request.user, initial=groups.said_of(found))
    act = partial(services.change_group, group=found)
    return asked(request, form, act, title=_("Change this group"), back=found)


@needs(MANAGE)
def sitting_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A sitting of a group."""
    found = _group(request, public_id)
    act = partial(services.note_sitting, group=found)
    text = _("Numbers and themes only. What is said in the group stays in the group.")
    return asked(request, SittingForm(typed(request)), act, title=_("Note a sitting"), back=found, text=text)


@needs(READ)
def raised(request: HttpRequest) -> HttpResponse:
    """What groups ask for."""
    return render(request, "capacity/raised_list.html", groups.needs_page(request.user, request.GET))


@needs(MANAGE)
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan a training that a group asked for."""
    needs_raised = NeedRaised.objects.visible_to(request.user).select_related("sitting__group")
    found = get_object_or_404(needs_raised, public_id=public_id)
    form = PlanForm(typed(request), by=request.user)
    act = partial(services.plan_need, need=found)
    return asked(
        request, form, act, to="capacity:raised", title=_("Plan this training"), list="capacity:raised"
    )


@needs(MANAGE)
def rule(request: HttpRequest) -> HttpResponse:
    """What “functional” means from now on."""
    last = GroupRule.objects.visible_to(request.user).last()
    form = RuleForm(typed(request), initial=last.measure._asdict() if last else None)
    text = _("The next version of the rule. Figures kept before stay as they were read.")
    return asked(
        request, form, services.set_rule, to="capacity:groups", title=_("Change the rule"), list="capacity:groups",
        text=text,
    )  # fmt: skip


@needs(MANAGE)
def reading(request: HttpRequest) -> HttpResponse:
    """Keep today's figure for a bulletin."""
    text = _("Today’s figure and its rule are kept as they stand, and do not change any more.")
    return asked(
        request, forms.Form(typed(request)), services.keep_reading, to="capacity:groups",
        title=_("Keep today’s figure"), list="capacity:groups", text=text,
    )  # fmt: skip


def _group(request: HttpRequest, public_id: str) -> Group:
    found = Group.objects.visible_to(request.user).select_related("host", "facilitator", "second")
    return get_object_or_404(found, public_id=public_id)
