"""Referrals: what waits for an answer, what one packet holds, and how many children received a response."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sutura.access.acting import beyond
from sutura.access.rules import may
from sutura.mhpss.models import Service
from sutura.response.agreement import agreed_of
from sutura.response.choices import Kind, State
from sutura.response.models import Consent, Docket, Feedback, FlaggedNeed, Referral
from sutura.response.offering import place_of
from sutura.response.querysets import KEEP, ReferralQuerySet
from sutura.response.rules.referrals import AWAITED, packet
from sutura.response.settling import episodes, last
from sutura.response.tokens import token_of
from sutura.response.turning import turned
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKS = {
    State.SENT: ("send", ""),
    State.RECEIVED: ("inbox", ""),
    State.ACCEPTED: ("check", "accent"),
    State.DECLINED: ("x", "attention"),
    State.GIVEN: ("circle-check", "accent"),
    State.UNSERVED: ("circle-minus", "quiet"),
}
LABELS: dict[str, Promise] = {
    "code": gettext_lazy("Code of the referral"),
    "sent": gettext_lazy("Sent on"),
    "service": gettext_lazy("Service"),
    "need": pgettext_lazy("referral", "Need"),
    "urgency": gettext_lazy("Answer needed"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "place": gettext_lazy("Where"),
    "arrival": gettext_lazy("State on arrival"),
    "detention": gettext_lazy("Held in"),
    "legal_basis": gettext_lazy("Legal basis"),
    "charge": gettext_lazy("Charge"),
    "association": gettext_lazy("Association"),
    "party": gettext_lazy("Party of association"),
    "consent": gettext_lazy("Consent"),
}


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """Referrals that wait, those that were answered, or needs for which nobody asked a service."""
    found = Referral.objects.visible_to(user)
    needs = FlaggedNeed.objects.visible_to(user).flagged().unreferred()
    show = query.get("show")
    # Services are fetched for the rows of the page alone: to join them first costs more than the page.
    services = Prefetch("service", Service.objects.select_related("organisation"))
    sent = found.prefetch_related(services)
    lists: dict[str | None, Any] = {
        "answered": sent.prefetch_related("feedback")
        .exclude(state__in=AWAITED)
        .order_by("-answered_at", "-id"),
        "needs": needs.prefetch_related("docket").order_by("flagged_at", "id"),
    }
    shown, pages = turned(lists.get(show, sent.awaited()), query)
    return {
        **pages,
        "show": show if show in lists else "",
        "answered": show == "answered",
        "rows": shown if show == "needs" else [row(each) for each in shown],
        "figures": [*figures(found), *([] if show == "answered" else unreferred(needs.count()))],
    }


def figures(found: ReferralQuerySet) -> list[dict[str, Any]]:
    """What waits, what waits for too long, and how many different children received a response."""
    counts = found.summary(timezone.now())
    return [
        {"label": _("Without an answer"), "value": counts["waiting"], "url": "?",
         "basis": _("referrals sent, answer not come")},
        {"label": _("Answer overdue"), "value": counts["late"], "url": "?",
         "basis": _("after 24 hours, 72 hours or two weeks")},
        {"label": _("Children who received a response"), "value": counts["children"],
         "url": reverse("response:served"),
         "basis": _("each child once, however many services")},
    ]  # fmt: skip


def unreferred(count: int) -> list[dict[str, Any]]:
    """What waits before any referral; told where one looks at what waits."""
    basis = _("flagged, no service asked, or none that saw the child")
    return [{"label": _("Needs not referred"), "value": count, "url": "?show=needs", "basis": basis}]


def row(referral: Referral) -> dict[str, Any]:
    """One referral as a list shows it."""
    state = State(referral.state)
    heard = getattr(referral, "feedback", None) if state == State.GIVEN else None
    look = Status(state.label, *LOOKS[state])
    return {
        "referral": referral,
        "look": Status(heard.get_said_display(), "message-square", "") if heard else look,
        "awaited": state in AWAITED,
        "feedback": heard,
        "unheard": state == State.GIVEN and heard is None,
    }


def detail(user: Any, referral: Referral) -> dict[str, Any]:
    """One referral: exactly what its receiver reads, its consent, and the link."""
    return row(referral) | {
        "packet": told(referral),
        "heard": heard_words(getattr(referral, "feedback", None)),
        "consent": referral.consent,
        "keeper": may(user, KEEP, referral.docket.region),
        "link": reverse("response:referral_link", args=[token_of(referral)]),
    }


def heard_words(heard: Feedback | None) -> list[dict[str, Any]]:
    """What they say of the service, who asked, and when."""
    if heard is None:
        return []
    return [
        {"label": _("They say"), "value": heard.get_said_display(), "note": wording.day(heard.said_on)},
        {"label": _("Still needed"), "value": heard.get_still_needed_display()},
        {"label": _("Said by"), "value": heard.get_said_by_display(), "note": heard.get_asked_by_display()},
    ]


def told(referral: Referral) -> list[dict[str, Any]]:
    """What the receiver reads today, in the order of the form."""
    found = packet_of(referral)
    return [{"label": label, "value": found[name]} for name, label in LABELS.items() if name in found]


def packet_of(referral: Referral) -> dict[str, Any]:
    """What leaves today: by the policy, the consent, and what the beginning of the docket says of it."""
    receiver = referral.consent.organisation_id
    return packet(
        record_of(referral),
        referral.need,
        receiver=receiver,
        agreed=agreed_of(referral),
        today=timezone.localdate(),
    )


@beyond("whoever holds the link of a referral has no account, and reads what the policy lets out of that one")
def told_by_link(referral: Referral) -> list[dict[str, Any]]:
    """The same, for whoever opens the link."""
    return told(referral)


def consent_words(consent: Consent) -> str:
    """Who agreed, from when to when."""
    return _("given by %(who)s on %(from)s, until %(until)s") % {
        "who": consent.get_given_by_display(), "from": wording.day(consent.given_on),
        "until": wording.day(consent.expires_on),
    }  # fmt: skip


def record_of(referral: Referral) -> dict[str, Any]:
    """All that could be told of a child, before the policy cuts it down."""
    docket: Docket = referral.docket
    latest = episodes(list(docket.steps.select_related("site").order_by("id")))[-1]
    lines = {
        kind: last(latest, kind) for kind in (Kind.HANDOVER, Kind.DETENTION, Kind.LEGAL_BASIS, Kind.CHARGE)
    }
    place = place_of(docket)
    words = {kind: step.answer_words if step else "" for kind, step in lines.items()}
    return {
        "code": referral.ref,
        "sent": wording.day(referral.sent_at),
        "service": f"{referral.service.organisation} – {referral.service}",
        "consent": consent_words(referral.consent),
        "need": referral.get_need_display(),
        "urgency": referral.get_urgency_display(),
        "sex": docket.get_sex_display(),
        "age": "" if docket.age is None else docket.age,
        "place": str(place or ""),
        "arrival": words[Kind.HANDOVER],
        "detention": words[Kind.DETENTION],
        "legal_basis": words[Kind.LEGAL_BASIS],
        "charge": words[Kind.CHARGE],
        "association": docket.get_association_display(),
        "party": str(docket.party or ""),
    }
