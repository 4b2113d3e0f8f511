"""The door in, for the walks: its pages, a phone of one region and a record that waits; all invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sutura.intake.models import Envelope, Questionnaire, Submission
from sutura.intake.offline import letter as read_letter
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.records import read
from sutura.intake.registers.shelf import KINDS
from sutura.intake.services.envelopes import receive as receive_letter
from sutura.intake.services.kobo import Connected, connect
from sutura.intake.services.phones import Handed, create_phone
from sutura.intake.services.questionnaires import load_register
from sutura.intake.services.submissions import receive
from tests.intake.letters import letter
from tests.intake.phones import ALERT, record
from tests.security.case import Case

LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    **{f"intake:{name}": ("secretary", {}) for name in ("home", "incidents", "leads")},
    **{f"intake:register_{kind}": ("secretary", {}) for kind in KINDS},
    "intake:template": ("secretary", {"language": "fr"}),
    "intake:leads_confirm": ("", {}),
    "intake:phones": ("binta", {}),
    "intake:phone_new": ("binta", {}),
    "intake:kobos": ("binta", {}),
    "intake:kobo_new": ("binta", {}),
    "intake:questionnaires": ("binta", {}),
    "intake:questionnaire_new": ("secretary", {}),
    "intake:submissions": ("binta", {}),
    **{
        f"intake:{name}": ("awa", {})
        for name in ("offline", "offline_incident", "offline_worker", "envelopes")
    },
    "intake:received": ("binta", {}),
    "intake:received_open": ("", {}),
}
OF_PHONES = {
    *(
        f"intake:{name}"
        for name in (
            "phone",
            "phone_revoke",
            "questionnaire_close",
            "submission",
            "submission_aside",
            "decryption",
            "comparison",
            "comparison_settle",
            "kobo",
            "kobo_pull",
            "encrypted_file",
            "envelope",
            "envelope_complete",
            "envelope_aside",
        )
    ),
    "kobo:hook",
    *(f"openrosa:{name}" for name in ("form_list", "form", "manifest", "media", "submission")),
}


@dataclass
class Handheld:
    """A phone and what it sent."""

    handed: Handed
    waits: Submission
    closed: Submission
    """Encrypted on the phone."""
    sealed: Envelope
    kobo: Connected
    """A form on a server."""

    def cases(self) -> Iterator[Case]:
        """Each address which names a record of the region, and who reads it."""
        phone, waits = self.handed.phone.public_id, self.waits.public_id
        for name, number, who in (
            ("phone", phone, "binta"), ("phone_revoke", phone, ""), ("submission", waits, "binta"),
            ("submission_aside", waits, ""), ("decryption", self.closed.public_id, ""),
            ("encrypted_file", self.closed.public_id, ""), ("comparison", waits, ""),
            ("comparison_settle", waits, ""), ("envelope", self.sealed.public_id, "binta"),
            ("envelope_complete", self.sealed.public_id, ""), ("envelope_aside", self.sealed.public_id, ""),
            ("kobo", self.kobo.kobo.public_id, "binta"), ("kobo_pull", self.kobo.kobo.public_id, ""),
        ):  # fmt: skip
            yield Case(f"intake:{name}", reverse(f"intake:{name}", args=[number]), who)

    def open_cases(self) -> Iterator[Case]:
        """The form, one for the country, and what a phone asks under its own address."""
        form = Questionnaire.objects.get(form_id="sutura_alert")
        yield Case(
            "intake:questionnaire_close", reverse("intake:questionnaire_close", args=[form.public_id]), ""
        )
        yield Case("kobo:hook", reverse("kobo:hook", args=[self.kobo.key]), "")
        for name, more in (
            ("form_list", {}), ("form", {"form_id": form.form_id}), ("manifest", {"form_id": form.form_id}),
            ("media", {"form_id": form.form_id, "name": "communes.csv"}), ("submission", {}),
        ):  # fmt: skip
            yield Case(
                f"openrosa:{name}", reverse(f"openrosa:{name}", kwargs={"key": self.handed.key, **more}), ""
            )

    @property
    def marks(self) -> set[str]:
        """What no outsider may be told."""
        numbers = (self.handed.phone, self.waits, self.closed, self.sealed, self.kobo.kobo)
        return {self.handed.phone.label, *(str(each.public_id) for each in numbers)}


def hand_out(region: str, *, by: Any) -> Handheld:
    """A phone of a region, and a record from it that nobody has taken over."""
    load_register(by=by)
    handed = create_phone(label=f"Téléphone inventé de {region}", region=region, by=by)
    xml = record({**ALERT, "region": region, "cercle": "", "told": f"Récit inventé de {region}"})
    kept = receive(told=read(xml), sent=Sent(xml), phone=handed.phone, by=by)
    locked = (
        '<data id="sutura_alert" version="2026112301" encrypted="yes"><base64EncryptedKey>AA==</base64EncryptedKey>'
        f"<meta><instanceID>uuid:chiffre-{region}</instanceID></meta>"
        "<encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    ).encode()
    closed = receive(told=read(locked), sent=Sent(locked), phone=handed.phone, by=by)
    told = read_letter(json.dumps(letter(by, region=region)).encode())
    sealed = receive_letter(letter=told, by=by)
    kobo = connect(
        label=f"Kobo inventé de {region}", server="https://kobo.example.org", asset="aXinventeeX", token="x" * 40,
        region=region, by=by,
    )  # fmt: skip
    return Handheld(handed, kept.submission, closed.submission, sealed, kobo)
