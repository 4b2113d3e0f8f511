"""What a phone has to know, as one code to be read by its camera: where it sends, and habits that keep it empty."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode

GENERAL: dict[str, object] = {
    "protocol": "odk_default",
    "form_update_mode": "match_exactly",
    "periodic_form_updates_check": "every_six_hours",
    "autosend": "wifi_and_cellular",
    "delete_send": True,  # what was sent leaves the phone
    "default_completed": True,
    "analytics": False,
    "app_language": "fr",
}
ADMIN: dict[str, object] = {"view_sent": False}


def settings_of(url: str, label: str) -> str:
    """The text of the code: JSON, deflated, in base64 without a break."""
    told = {
        "general": {"server_url": url, **GENERAL},
        "admin": ADMIN,
        "project": {"name": f"Sutura · {label}"},
    }
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b64encode(zlib.compress(plain, 9)).decode()
