"""What may happen to a need of a region: raised, examined, answered by a recommendation or a reason, closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import may, require
from sutura.audit.services import drop, keep, record
from sutura.coordination import references
from sutura.coordination.choices.recommendations import NeedState, Severity
from sutura.coordination.following import needed
from sutura.coordination.models import ActivePartner, Body, Need, Recommendation, Theme
from sutura.coordination.querysets.bodies import seats_of
from sutura.partners.models import Organisation


@transaction.atomic
def raise_need(
    *,
    body: Body,
    region: str,
    text: str,
    evidence: str,
    by: Any,
    severity: str = Severity.SERIOUS,
    cercle: str = "",
    layer: str = "",
    theme: Theme | None = None,
    raised_on: date | None = None,
) -> Need:
    """Raise what a region lacks to a body where one sits, or which one keeps; it joins the pool of its next agenda."""
    require(by, "coordination.read")
    sits = seats_of(by).filter(body=body).exists()
    if not sits and not may(by, "coordination.manage", body.region):
        raise NotAllowed
    if not region:
        raise Invalid(_("Choose the region."), field="region")
    day = raised_on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid(_("The day it was raised is after today. Correct it."), field="raised_on")
    need = Need(
        body=body, region=region, cercle=cercle, layer=layer, theme=theme, severity=severity, raised_on=day,
        raised_by=by, ref=references.of_need(body, day),
        text=needed(text, "text", _("Say what is lacking.")),
        evidence=needed(evidence, "evidence", _("Say how it is known.")),
    )  # fmt: skip
    keep(need, by=by, why="raised")
    record(by, "coordination.raise_need", of=need)
    return need


@transaction.atomic
def examine_need(*, need: Need, by: Any) -> Need:
    """The body has looked at it; it still waits for an answer."""
    require(by, "coordination.manage", need.body.region)
    held = _held(need, NeedState.RAISED)
    held.state, held.examined_on = NeedState.EXAMINED, timezone.localdate()
    keep(held, by=by, why="examined")
    record(by, "coordination.examine_need", of=held, fields="state")
    return held


@transaction.atomic
def answer_need(
    *, need: Need, by: Any, answer: str = "", recommendation: Recommendation | None = None
) -> Need:
    """Answer it by a recommendation of the same body, or by the reason why there is none."""
    require(by, "coordination.manage", need.body.region)
    held = _held(need, NeedState.RAISED, NeedState.EXAMINED)
    if recommendation is None:
        said = _("Choose the recommendation that answers it, or say why there is none.")
        held.answer = needed(answer, "answer", said)
    elif recommendation.body_id != held.body_id:
        raise Invalid(_("Choose a recommendation of the same body."), field="recommendation")
    else:
        recommendation.need = held
        keep(recommendation, by=by, why="answers a need")
        held.answer = answer.strip()
    held.state, held.answered_on = NeedState.ANSWERED, timezone.localdate()
    held.examined_on = held.examined_on or held.answered_on
    keep(held, by=by, why="answered")
    record(by, "coordination.answer_need", of=held, fields="state")
    return held


@transaction.atomic
def close_need(*, need: Need, by: Any) -> Need:
    """The region has its answer, and nothing more is expected."""
    require(by, "coordination.manage", need.body.region)
    held = _held(need, NeedState.ANSWERED)
    held.state, held.closed_on = NeedState.CLOSED, timezone.localdate()
    keep(held, by=by, why="closed")
    record(by, "coordination.close_need", of=held, fields="state")
    return held


@transaction.atomic
def add_theme(*, name_fr: str, by: Any, name_en: str = "") -> Theme:
    """A problem to keep in sight, whether anybody works on it or not."""
    require(by, "coordination.manage")
    name = needed(name_fr, "name_fr", _("Give the theme a name."))
    if Theme.objects.filter(name_fr__iexact=name).exists():
        raise Invalid(_("This theme is already in the list."), field="name_fr")
    theme = keep(Theme(name_fr=name, name_en=name_en.strip() or name), by=by)
    record(by, "coordination.add_theme", of=theme)
    return theme


@transaction.atomic
def add_active_partner(
    *, theme: Theme, organisation: Organisation, by: Any, region: str = "", words: str = ""
) -> ActivePartner:
    """An organisation works on a theme, in a region or in the whole country."""
    require(by, "coordination.manage", region)
    if theme.partners.filter(organisation=organisation, region=region).exists():
        raise Invalid(_("This organisation is already named there."), field="organisation")
    partner = ActivePartner(theme=theme, organisation=organisation, region=region, words=words.strip())
    keep(partner, by=by)
    record(by, "coordination.add_active_partner", of=theme)
    return partner


@transaction.atomic
def drop_active_partner(*, partner: ActivePartner, by: Any) -> None:
    """It no longer works on the theme there."""
    require(by, "coordination.manage", partner.region)
    drop(partner, by=by)
    record(by, "coordination.drop_active_partner", of=partner.theme)


def _held(need: Need, *states: str) -> Need:
    """The need as it stands now, if the act follows its state."""
    held = Need.objects.select_for_update(of=("self",)).select_related("body").get(pk=need.pk)
    if held.state not in states:
        raise Invalid(
            _("This can no longer be done: the need is now “%(state)s”. Open its page again.")
            % {"state": held.get_state_display()}
        )
    return held
