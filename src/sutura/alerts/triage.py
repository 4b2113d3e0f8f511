"""The acts of triage: for each its form, its service, and the consequence that is said before the button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.alerts import services
from sutura.alerts.forms import AskForm, DuplicateForm, NotMrmForm, ProtectForm, ReopenForm
from sutura.alerts.models import Alert
from sutura.alerts.querysets import AlertQuerySet


@dataclass(frozen=True)
class Act:
    """One act: heading, consequence, button, its form, its service and what is said once done."""

    name: str
    title: Promise
    consequence: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    service: Callable[..., Alert]
    icon: str


ACTS = {
    act.name: act
    for act in (
        Act(
            "protect",
            _("Protect first"),
            _(
                "Care and safety come before the record. What you write is kept with its hour; the clock runs on."
            ),
            _("Note the protection"),
            _("The protection is noted."),
            ProtectForm,
            services.protect_first,
            "shield",
        ),
        Act(
            "ask",
            _("Ask for more"),
            _(
                "The alert waits under “Information asked”; the sender sees your question on the page of the alert."
            ),
            _("Ask"),
            _("The question is kept with the alert."),
            AskForm,
            services.ask,
            "hourglass",
        ),
        Act(
            "duplicate",
            _("Duplicate"),
            _(
                "The alert is closed and points to the other one. Nothing is deleted, and it can be opened again."
            ),
            _("Mark as duplicate"),
            _("The alert is marked as a duplicate."),
            DuplicateForm,
            services.mark_duplicate,
            "copy",
        ),
        Act(
            "not-mrm",
            _("Not MRM"),
            _("The alert is closed without an incident, with your reason. It can be opened again."),
            _("Close as not MRM"),
            _("The alert is closed as not MRM."),
            NotMrmForm,
            services.set_not_mrm,
            "circle-minus",
        ),
        Act(
            "reopen",
            _("Open again"),
            _("The alert waits again, with your reason in its story."),
            _("Open the alert again"),
            _("The alert is open again."),
            ReopenForm,
            services.reopen,
            "history",
        ),
    )
}
CLOSED_BY_HAND = ("not_mrm", "duplicate")


def form_for(
    act: Act, alerts: AlertQuerySet, data: Any = None, initial: dict[str, Any] | None = None
) -> forms.Form:
    """The form of an act; a duplicate may only be of an alert that the reader may see."""
    given: dict[str, Any] = {"prefix": act.name, "auto_id": f"id_{act.name}_%s", "initial": initial}
    if act.form is DuplicateForm:
        given["alerts"] = alerts
    return act.form(data, **given)


def open_acts(alert: Alert) -> list[Act]:
    """The acts that make sense in the alert's state."""
    if alert.is_open:
        return [act for act in ACTS.values() if act.name != "reopen"]
    names = ["protect", *(["reopen"] if alert.state in CLOSED_BY_HAND else [])]
    return [ACTS[name] for name in names]
