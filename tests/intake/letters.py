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

SHEET: dict[str, Any] = {
    "title": ["Garçons emmenés d’un marché (inventé)"], "types": ["abduction", "killing"], "when": ["day"],
    "occurred_on": ["2026-10-05"], "region": ["ML05"], "place": ["Mopti / Sio"], "boys": ["3"],
    "abduction-boys": ["3"], "killing-boys": ["1"], "account_restricted": ["Un père raconte. Récit inventé."],
    "victims-0-kind": ["individual"], "victims-0-violations": ["abduction"], "victims-0-sex": ["boy"],
    "victims-0-age": ["9"], "victims-0-key_how": ["new"],
    "victims-4-kind": ["group"], "victims-4-violations": ["abduction"], "victims-4-boys": ["2"],
    "victims-5-kind": ["individual"], "victims-5-key_how": ["none"],
    "perpetrators-1-violations": ["abduction"], "perpetrators-1-party": ["JNIM"],
    "perpetrators-1-category": ["unidentified"],
    "sources-2-violations": ["abduction", "killing"], "sources-2-category": ["primary_witness"],
}  # fmt: skip
"""One sheet of an incident; the row 5 was opened and left empty."""


def letter(
    by: Account, *, number: UUID | None = None, apart: bool = False, written: str = "", form: str = "alert",
    region: str = "ML05", **typed: Any,
) -> dict[str, Any]:  # fmt: skip
    """What the page sends for one record, in Mopti unless said; `typed` says otherwise than `TYPED`."""
    number, key_number, key = number or uuid4(), uuid4(), crypto.new_key()
    common = TYPED if form == "alert" else SHEET
    written = written or timezone.now().isoformat()
    told = {"form": form, "written": written, "typed": {**common, "region": [region], **typed}}
    name, half = public_halves(by=by, paper=form)[region]["named" if apart else "told"]
    place = crypto.context("field", "intake_envelope", str(number), "content", key_number.bytes)
    content = Sealed.of(key_number, crypto.encrypt(key, json.dumps(told).encode(), place))
    where = of_record("intake.envelope", str(number), key_number, name)
    return {
        "id": str(number), "form": form, "region": region, "apart": apart, "key": str(key_number),
        "region_key": str(name), "box": urlsafe_b64encode(crypto.seal(half, key, where)).decode(),
        "content": content.text, "written_at": int(timezone.now().timestamp() * 1000),
    }  # fmt: skip
