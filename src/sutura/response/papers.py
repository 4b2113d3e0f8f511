"""The referral form after the inter-agency one: blank to write on, or filled with the packet of one referral alone.

It is built from the packet and nothing else, so that paper holds no field which the policy keeps back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutura.coordination.papers import Grid, Paper, Part, Text
from sutura.response.choices import Declined, Need, Sex, State, Urgency
from sutura.response.rules.referrals import ALWAYS, OWN_CONSENT, POLICY
from sutura.ui.wording import says

OPEN, TICKED = "☐\u00a0", "☒\u00a0"
TO_WRITE = "…" * 22
SECRET = frozenset({"detention", "legal_basis"}) | OWN_CONSENT
"""Never printed on a blank form: a line to fill in invites to write it, whoever carries the sheet."""


def form(packet: Mapping[str, Any], labels: Mapping[str, Promise | str]) -> Paper:
    """The form of one packet; of an empty one, the blank form."""
    blank = not packet
    told = (
        dict.fromkeys(labels, TO_WRITE) if blank else {name: str(packet.get(name) or "–") for name in labels}
    )
    more = sorted(set().union(*POLICY.values()) - ALWAYS - SECRET) if blank else [
        name for name in labels if packet.get(name) and name not in ALWAYS
    ]  # fmt: skip
    return Paper(
        name="fiche-orientation" if blank else f"fiche-{told['code']}",
        over=_("Child protection – confidential"),
        title=_("Referral form"),
        facts=[(str(labels[name]), told[name]) for name in ("code", "sent", "service")],
        parts=[
            Part(_("The child"), [
                Text([_("Who the child is, the sender tells the receiver apart: no name, no address on this sheet.")]),
                Text([says(labels["sex"], ticks(Sex.choices, packet.get("sex")))]),
                Text([says(labels[name], told[name]) for name in ("age", "place")]),
            ]),
            Part(_("What is asked for"), [
                Text([ticks(Need.choices, packet.get("need"))]),
                Text([says(labels["urgency"], ticks(Urgency.choices, packet.get("urgency")))]),
            ]),
            *([Part(_("What this service has to know"), [Text([says(labels[name], told[name]) for name in more])])]
              if more else []),
            consent_part(told, labels, blank=blank),
            receipt(told, labels),
        ],
        upright=True,
    )  # fmt: skip


def consent_part(told: Mapping[str, str], labels: Mapping[str, Promise | str], *, blank: bool) -> Part:
    """Who agreed; without it nothing is sent."""
    to_ask = (
        _("The child or a carer agrees that this service is told what stands here, and nothing more."),
        _("They agree to be contacted again."),
    )
    asked = [f"{OPEN}{words}" for words in to_ask]
    lines = [says(labels["consent"], told["consent"])]
    return Part(_("Consent"), [Text([*asked, *lines] if blank else lines)])


def receipt(told: Mapping[str, str], labels: Mapping[str, Promise | str]) -> Part:
    """What the service tears off and gives back: codes alone."""
    answers = [(code, code.label) for code in (State.ACCEPTED, State.DECLINED)]
    why = says(_("If declined, why"), ticks(Declined.choices, None))
    return Part(_("Receipt, to tear off and give back"), [
        Text([says(labels["code"], told["code"])]),
        Text([ticks(answers, None), why]),
        Grid(
            (pgettext("referral", "Received on"), _("Service"), _("Office, no name"), _("Stamp")),
            [("",) * 4], (20, 34, 26, 20), True,
        ),
    ], cut=True)  # fmt: skip


def ticks(choices: Iterable[tuple[Any, Any]], chosen: object) -> str:
    """All choices in one line, the chosen one ticked."""
    return "   ".join(f"{TICKED if str(words) == chosen else OPEN}{words}" for _code, words in choices)
