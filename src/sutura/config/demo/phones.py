"""Invented phones: one that has sent, one revoked, and records that wait for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from sutura.config.demo.words import MARK
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.records import read
from sutura.intake.openrosa.sightings import see
from sutura.intake.services.phones import create_phone, revoke_phone
from sutura.intake.services.submissions import receive, take_over

TOLD = {
    "types": "attack_school",
    "told": f"{MARK}Une école aurait été fermée par des hommes armés.",
    "moment": "yesterday",
    "region": "ML05",
    "party_type": "armed_group",
    "source_category": "community",
}


def send(*, cast: dict[str, Any], today: date) -> None:
    """Binta keeps the phones of Mopti; one record becomes an alert, another names a place that nobody knows."""
    binta = cast["binta"]
    phone = create_phone(label="Mopti 1 (fictif)", region="ML05", by=binta).phone
    lost = create_phone(label="Douentza, perdu (fictif)", region="ML05", by=binta).phone
    revoke_phone(phone=lost, by=binta)
    see(phone)
    for number, place in enumerate(("ML0504", "ML9999"), start=1):
        xml = written({"entered_on": today.isoformat(), **TOLD, "cercle": place}, f"uuid:demo-{number}")
        told = read(xml)
        kept = receive(told=told, sent=Sent(xml), phone=phone, by=binta)
        take_over(submission=kept.submission, told=told, by=binta)


def written(said: dict[str, str], number: str) -> bytes:
    """A record as a phone writes it."""
    fields = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    head = '<data id="sutura_alert" version="2026112301">'
    return f"{head}{fields}<meta><instanceID>{number}</instanceID></meta></data>".encode()
