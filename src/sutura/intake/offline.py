"""The pages for writing without a network: what they hold is the same for whoever opens them, and tells of nobody."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.errors import Invalid
from sutura.access.rules import may
from sutura.alerts.forms import AlertForm
from sutura.audit.models import Entry
from sutura.incidents.forms import Sheet
from sutura.intake.choices import Paper
from sutura.intake.models import Envelope
from sutura.intake.services.envelopes import Letter, public_halves
from sutura.places.models import Unit

LARGEST = 100_000
"""Signs of one sealed record: many times what the form takes."""


def shell(user: Any) -> dict[str, Any]:
    """The alert form with every place, the public halves of today's keys, and the words of the page."""
    form = AlertForm(user=user, everywhere=True)
    return {"form": form, "rules": json.dumps(of_an_alert()), **_page(user, Paper.ALERT)}


def incident_shell(user: Any) -> dict[str, Any]:
    """The same for the sheet of an incident, with a row of each kind to copy."""
    sheet = Sheet(user=user)
    titles = {
        "child": _("A child"), "group": _("A group of children"), "perpetrators": _("A perpetrator"),
        "sources": _("A source"),
    }  # fmt: skip
    rows = [(name, titles[name], form) for name, form in sheet.templates()]
    told = {"sheet": sheet, "rows": rows, "rules": json.dumps(of_an_incident())}
    return {**told, **_page(user, Paper.INCIDENT)}


def _page(user: Any, paper: Paper) -> dict[str, Any]:
    keys = {
        region: {
            name: [str(number), urlsafe_b64encode(half).decode()] for name, (number, half) in kinds.items()
        }
        for region, kinds in public_halves(by=user, paper=paper).items()
    }
    return {
        "is_demo": user.is_demo, "home_url": reverse("desk:home"), "paper": paper.value,
        "documents": may(user, "incidents.document"), "keys": json.dumps(keys),
        "words": json.dumps(words(Unit.objects.region_names())),
    }  # fmt: skip


def words(regions: dict[str, str]) -> dict[str, Any]:
    """What the page says without asking anybody."""
    return {
        "regions": regions,
        "states": {
            "waiting": _("Saved on this device, not sent yet"),
            "received": _("Received by the server"),
            "refused": _("Refused by the server: keep this device, and tell who keeps Sutura"),
        },
        "saved": _("Saved on this device and sealed: nobody can read it here, you neither."),
        "full": _("Not saved: this device has no room, or refuses. What you wrote still stands here."),
        "unable": _(
            "This browser cannot seal what it keeps, so it keeps nothing new. What it holds is still sent. Use a newer"
            " one (2025), or the page with a network."
        ),
        "forms": {code: str(label) for code, label in Paper.choices},
        "sign_in": _("The server answers: sign in, and what waits is sent."),
        "later": _("The server does not answer. What waits is sent later, by itself."),
        "region": _("Not saved: choose the region. What you write is sealed to it."),
        "which": _("Not saved: several violations are ticked. Say in each row which of them it belongs to."),
        "category": _("Not saved: say of each source which kind it is."),
        "group": _("Not saved: say how many children are in the group, even about."),
        "wrong": _("Not saved: correct what is marked."),
    }


def of_an_alert() -> list[list[str]]:
    """What the page asks before it saves: names of which one is needed, the sentence, and after which answer."""
    when = _("Not saved: say when it happened, even roughly.")
    return [
        ["types told", _("Not saved: say what happened. Tick one line, or write a few words.")],
        ["when happened_on", when],
        ["happened_on", when, "when", "other"],
    ]


def of_an_incident() -> list[list[str]]:
    """The same for an incident."""
    return [
        ["title", _("Not saved: give the incident a title, without a name.")],
        ["types", _("Not saved: tick at least one violation, even if you are not sure.")],
        ["occurred_on", _("Not saved: say when it happened, even roughly.")],
        ["occurred_to", _("Not saved: give the last day, even an approximate one."), "when", "range"],
    ]


def letter(body: bytes) -> Letter:
    """What a browser sent. Raises Invalid when it is not whole."""
    try:
        told = json.loads(body)
        made = Letter(
            id=UUID(told["id"]), form=str(told["form"]), region=str(told["region"]), apart=told["apart"] is True,
            key=UUID(told["key"]), region_key=UUID(told["region_key"]), box=urlsafe_b64decode(told["box"]),
            content=str(told["content"]), written_at=datetime.fromtimestamp(int(told["written_at"]) / 1000, UTC),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError, OSError, Error):
        made = None
    if made is None or len(made.content) > LARGEST or len(made.box) > LARGEST:
        raise Invalid(_("What arrived is damaged. It stays on the device, and is sent again."))
    return made


def known(user: Any, ids: Sequence[str]) -> dict[str, str]:
    """Number → received, or copied when a backup made since then holds it; of what this person sent."""
    wanted = []
    for name in ids:
        try:
            wanted.append(UUID(name))
        except ValueError:
            continue
    since = last_copy()
    rows = Envelope.objects.sent_by(user).filter(public_id__in=wanted).values_list("public_id", "received_at")
    return {str(name): "copied" if since and at < since else "received" for name, at in rows}


def last_copy() -> datetime | None:
    """The moment that the last backup holds, from its name: the log tells it when the backup is whole."""
    names = Entry.objects.filter(act="backup.take").order_by("-id").values_list("subject", flat=True)
    for name in names[:1]:
        return datetime.strptime(name, "sutura-%Y%m%dT%H%M%SZ.age").replace(tzinfo=UTC)
    return None
