"""Needs of a child, the victims of a violation who may be referred, and who received a response."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from sutura.alerts.models import Alert
from sutura.incidents.models import Victim, Violation
from sutura.response.agreement import known, of_victim, outcomes
from sutura.response.choices import Bar, Need
from sutura.response.forms.care import ServedFilter
from sutura.response.forms.dockets import IndicatorFilter
from sutura.response.models import Docket, Origin, Referral
from sutura.response.pages.referrals import row
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import ReferralQuerySet
from sutura.response.rules.referrals import once
from sutura.response.rules.sharing import bar
from sutura.ui import wording

ASKED_IN_ALERT = {
    "needs_medical": Need.MEDICAL,
    "needs_safety": Need.SAFETY,
    "needs_family": Need.TRACING,
    "needs_support": Need.PSYCHOSOCIAL,
}
"""Help asked for in an alert, and the need it is."""


def needs(docket: Docket) -> list[dict[str, Any]]:
    """Each need flagged, with the newest referral for it."""
    sent = {each.need: each for each in docket.referrals.select_related("feedback").order_by("id")}
    return [
        {
            "flag": flag,
            "word": flag.get_need_display(),
            "sent": row(sent[flag.need]) if flag.need in sent else None,
        }
        for flag in docket.needs.flagged()
    ]


def origins(user: Any, docket: Docket) -> list[dict[str, Any]]:
    """Where the docket began, for whoever reads that incident or alert too."""
    rows = Origin.objects.visible_to(user).filter(docket=docket).select_related("victim__incident", "alert")
    return [beginning(each) for each in rows]


def beginning(origin: Origin) -> dict[str, Any]:
    """The incident of a victim, or the alert."""
    if origin.victim is not None:
        url = reverse("incidents:detail", args=[origin.victim.incident.public_id])
        return {"label": origin.victim.ref, "url": url}
    assert origin.alert is not None, "one or the other, by constraint"
    return {"label": origin.alert.ref, "url": origin.alert.get_absolute_url()}


def of_violation(user: Any, violation: Violation) -> dict[str, Any]:
    """Its victims by their codes: whose needs may be flagged, and why not those of the others."""
    links = violation.victim_links.select_related("victim__incident").prefetch_related(
        "victim__links__violation"
    )
    victims = [link.victim for link in links.order_by("victim__id") if not link.victim.voided_reason]
    dockets = known(victims, user)
    return {
        "violation": violation,
        "incident": violation.incident,
        "rows": [of_one(each, dockets.get(each.pk)) for each in victims],
        "back": reverse("incidents:detail", args=[violation.incident.public_id]),
    }


def of_one(victim: Victim, docket: Docket | None) -> dict[str, Any]:
    """One victim: by code, sex and age, its docket if any, and whether a referral may begin."""
    barred = bar(of_victim(victim), kind=victim.kind, outcomes=outcomes(victim))
    ask = barred in (Bar.NOT_ASKED, Bar.NO_ONE)
    address = reverse("incidents:part", args=[victim.incident.public_id, "victims", victim.public_id])
    return {
        "victim": victim,
        "sex": victim.get_sex_display(),
        "age": victim.age,
        "docket": None if barred else docket,
        "barred": Bar(barred).label if barred else "",
        "ask_url": address if ask else "",
    }


def of_alert(user: Any, alert: Alert) -> dict[str, Any]:
    """What the form of an alert begins with, and the children already followed from it."""
    begun = Origin.objects.visible_to(user).filter(alert=alert).select_related("docket")
    sex = "boy" if alert.boys and not alert.girls else "girl" if alert.girls and not alert.boys else ""
    return {
        "initial": {
            "needs": [need for field, need in ASKED_IN_ALERT.items() if getattr(alert, field)],
            "sex": sex, "place": alert.place.code if alert.place and alert.place.level else "",
        },
        "begun": [each.docket for each in begun],
    }  # fmt: skip


def served(user: Any, query: QueryDict) -> dict[str, Any]:
    """The children who received a response, each once with its services; by the filter of the indicators."""
    form = ServedFilter(query or None, regions=region_names(user))
    found = (
        chosen(user, form)
        .select_related("service__organisation", "docket__double")
        .order_by("docket_id", "id")
    )
    children = once((each.docket_id, into_of(each.docket), each) for each in found)
    dockets = Docket.objects.visible_to(user).in_bulk(list(children))
    named = region_names(user)
    return {
        "form": form,
        "count": len(children),
        "rows": [
            {
                "docket": dockets.get(key) or given[0].docket,
                "where": named.get(given[0].docket.region, given[0].docket.region),
                "services": [
                    {"referral": each, "word": each.get_need_display(), "day": wording.day(each.answered_at)}
                    for each in given
                ],
            }
            for key, given in children.items()
        ],
    }


def into_of(docket: Docket) -> int | None:
    """The docket that is kept on in its stead, if any."""
    double = getattr(docket, "double", None)
    return double.into_id if double else None


def chosen(user: Any, form: IndicatorFilter) -> ReferralQuerySet:
    """Services given, by day of the service, region, sex and age."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found: ReferralQuerySet = Referral.objects.visible_to(user).served()
    if said.get("ages"):
        found = found.filter(docket__in=Docket.objects.visible_to(user).of_ages(said["ages"]))
    for name, lookup in (
        ("since", "answered_at__date__gte"), ("until", "answered_at__date__lte"), ("region", "region"),
        ("sex", "docket__sex"), ("party", "docket__party"),
    ):  # fmt: skip
        if said.get(name):
            found = found.filter(**{lookup: said[name]})
    return found
