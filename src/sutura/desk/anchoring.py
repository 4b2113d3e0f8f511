"""The sheet on which an anchor of the log leaves on paper."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sutura.ui import wording
from sutura.ui.qr import qr


def sheet(line: str) -> dict[str, Any]:
    """What the page shows of an anchor: in words, as its own text, and as a picture that a machine reads back."""
    told = json.loads(line)
    rows = [
        {"label": _("Taken"), "value": wording.moment(datetime.fromisoformat(told["at"]))},
        {"label": _("Last row of the log"), "value": wording.number(told["number"])},
        {"label": _("Hash"), "value": told["hash"]},
        {"label": _("Public key"), "value": told["key"]},
    ]
    return {"line": line, "picture": qr(line), "rows": rows}
