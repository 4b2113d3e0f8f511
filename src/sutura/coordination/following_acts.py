"""The acts on a recommendation: for each its form, its service, who is offered it, and what is said before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.coordination.following import organisation_of, speaks_for
from sutura.coordination.forms import recommendations as asked
from sutura.coordination.models import Recommendation
from sutura.coordination.rules import recommendations as rules
from sutura.coordination.services import recommendations as services
from sutura.coordination.services import reports

KEEPER, REPORTER, VERIFIER = "keeper", "reporter", "verifier"


@dataclass(frozen=True)
class Act:
    """One act: heading, consequence, button, what is said once done, its form, its service, and whose it is."""

    name: str
    title: Promise
    consequence: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    service: Callable[..., object]
    icon: str
    whose: str = KEEPER


ACTS = {
    act.name: act
    for act in (
        Act(
            "adopt",
            _("Adopt"),
            _("The body adopts it; from then on it is owed, and its day counts."),
            _("Adopt"),
            _("The recommendation is adopted."),
            asked.AdoptForm,
            services.adopt,
            "stamp",
        ),
        Act(
            "report",
            _("Report"),
            _(
                "What was done goes into its story. Done needs a proof, and another organisation then verifies it."
            ),
            _("Send the report"),
            _("The report is kept."),
            asked.ReportForm,
            reports.report,
            "message-square",
            REPORTER,
        ),
        Act(
            "verify",
            _("Verify"),
            _("The recommendation is closed as really done. This cannot be undone."),
            _("It is really done"),
            _("The recommendation is verified."),
            asked.VerifyForm,
            services.verify_recommendation,
            "badge-check",
            VERIFIER,
        ),
        Act(
            "send_back",
            _("Not done yet"),
            _("It is owed again, and your reason stands on its page."),
            _("Send it back"),
            _("It is owed again."),
            asked.SendBackForm,
            services.send_back,
            "undo-2",
            VERIFIER,
        ),
        Act(
            "link",
            _("Link for one report"),
            _("The responsible organisation reports once, without an account. An earlier link dies."),
            _("Make a link"),
            _("The link is ready."),
            asked.LinkForm,
            reports.hand_out_link,
            "link",
        ),
        Act(
            "block",
            _("Blocked"),
            _("Everybody sees what stands in the way; the day does not move."),
            _("Note the blockage"),
            _("The blockage is noted."),
            asked.BlockForm,
            services.block,
            "ban",
        ),
        Act(
            "defer",
            _("Defer"),
            _("It gets a later day. How often that was done stays in sight."),
            _("Defer"),
            _("The recommendation is deferred."),
            asked.DeferForm,
            services.defer,
            "calendar-clock",
        ),
        Act(
            "replace",
            _("Replace"),
            _("It is closed, and points to the one that takes its place."),
            _("Replace"),
            _("The recommendation is replaced."),
            asked.ReplaceForm,
            services.replace_recommendation,
            "split",
        ),
        Act(
            "lapse",
            _("Lapsed"),
            _("It is closed as no longer of use, with your reason."),
            _("Close as lapsed"),
            _("The recommendation is closed as lapsed."),
            asked.LapseForm,
            services.lapse,
            "circle-minus",
        ),
    )
}


def offered(user: Any, found: Recommendation) -> list[Act]:
    """The acts that make sense in its state and that are this person's, the usual one first."""
    keeps = may(user, "coordination.manage", found.body.region)
    organisation = organisation_of(user, found)
    own = {
        KEEPER: keeps,
        REPORTER: keeps or speaks_for(user, found),
        VERIFIER: organisation is not None and organisation != found.responsible_id,
    }
    possible = {*rules.acts_open(found.state), *(["link"] if found.state in rules.OWED else [])}
    return [act for act in ACTS.values() if act.name in possible and own[act.whose]]


def form_for(act: Act, found: Recommendation, data: Any = None, files: Any = None) -> forms.Form:
    """The form of an act; what replaces a recommendation is one of its body."""
    given: dict[str, Any] = {"prefix": act.name, "auto_id": f"id_{act.name}_%s"}
    if act.form is asked.ReplaceForm:
        given["others"] = Recommendation.objects.of_body(found.body).exclude(pk=found.pk)
    if act.form is asked.ReportForm:
        given["initial"] = {"progress": found.progress}
    return act.form(data, files, **given)
