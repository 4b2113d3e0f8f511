"""How often a link or the address of a calendar is used, by its word and by network, counted for all processes.

To look at a link is not counted: a word of the address that nobody signed is not found by trying.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = "20/5m/key,60/5m/ip"
READINGS = "30/h/key,240/h/ip"


def let_try(request: HttpRequest, token: str) -> bool:
    """Count what is sent; no, when it was too often."""
    return _counted(request, "report_link", RATES, token)


def let_read(request: HttpRequest, secret: str) -> bool:
    """Count each reading of a calendar: programs ask a few times an hour; no, when it was too often."""
    return _counted(request, "feed", READINGS, secret, limit_get=True)


def _counted(request: HttpRequest, action: str, rates: str, key: str, *, limit_get: bool = False) -> bool:
    said = ratelimit.consume(
        request, app="sutura.coordination", action=action, config={action: rates}, key=key[:200],
        limit_get=limit_get,
    )  # fmt: skip
    return said is not None
