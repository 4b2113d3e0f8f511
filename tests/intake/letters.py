"""A record as a browser seals it: the same bytes, made with the primitives of the server."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from sutura.intake.services.envelopes import public_halves
from sutura.people.models import Account
from sutura.security import crypto
from sutura.security.sealed import Sealed
from sutura.vault.rules import of_record

TYPED = {
    "types": ["abduction"], "told": ["Deux garçons emmenés du marché. Récit inventé."], "when": ["yesterday"],
    "region": ["ML05"], "boys": ["2"], "party_type": ["unidentified"], "source_category": ["staff"],
    "access": ["unknown"], "consent_known": ["unknown"],
}  # fmt: skip


def letter(
    by: Account, *, number: UUID | None = None, apart: bool = False, written: str = "", **typed: Any
) -> dict[str, Any]:
    """What the page sends for one alert in Mopti; `typed` says otherwise than `TYPED`."""
    number, key_number, key = number or uuid4(), uuid4(), crypto.new_key()
    told = {"form": "alert", "written": written or timezone.now().isoformat(), "typed": {**TYPED, **typed}}
    name, half = public_halves(by=by)["ML05"]["named" if apart else "told"]
    place = crypto.context("field", "intake_envelope", str(number), "content", key_number.bytes)
    content = Sealed.of(key_number, crypto.encrypt(key, json.dumps(told).encode(), place))
    where = of_record("intake.envelope", str(number), key_number, name)
    return {
        "id": str(number), "form": "alert", "region": "ML05", "apart": apart, "key": str(key_number),
        "region_key": str(name), "box": urlsafe_b64encode(crypto.seal(half, key, where)).decode(),
        "content": content.text, "written_at": int(timezone.now().timestamp() * 1000),
    }  # fmt: skip
