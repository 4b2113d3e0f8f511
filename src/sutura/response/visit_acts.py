"""What may be done with a visit: the form of each act, the service behind it, its title and its sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.response.forms import visits as asking
from sutura.response.services import visits as services


class Act(NamedTuple):
    """One act of a visit."""

    form: type[forms.Form]
    service: Callable[..., Any]
    title: Promise
    text: Promise | str = ""


ACTS = {
    "ask": Act(asking.AskForm, services.ask_visit, _("Note that it was asked for")),
    "authorise": Act(asking.AuthoriseForm, services.authorise_visit, _("Note that it is authorised")),
    "refuse": Act(
        asking.RefuseForm, services.refuse_visit, _("Note that it is refused"),
        _("A refusal is kept with the office and the reason given: it says how far the place can be reached."),
    ),
    "unanswered": Act(
        asking.NothingForm, services.leave_unanswered, _("Wait no longer for an answer"),
        _("The visit is kept as never answered. A further try is a visit of its own."),
    ),
    "postpone": Act(asking.PostponeForm, services.postpone_visit, _("Put it off")),
    "hold": Act(
        asking.HoldForm, services.hold_visit, _("Note that it was made"),
        _("First the place, by code. The children are noted one by one on the next page, each in its docket."),
    ),
    "drop": Act(asking.DropForm, services.drop_visit, _("Give it up")),
    "undo": Act(
        asking.UndoForm, services.undo_visit, _("What was noted last is a mistake"),
        _("The visit stands again where it stood before. What was noted stays in its story."),
    ),
    "find": Act(asking.PlaceForm, services.find_place, _("What was found there")),
}  # fmt: skip
