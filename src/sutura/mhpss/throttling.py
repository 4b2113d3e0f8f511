"""How often something may be sent through a link, by its word and by network, counted for all processes together."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = "20/5m/key,60/5m/ip"


def let_try(request: HttpRequest, token: str) -> bool:
    """Count what is sent; no, when it was too often."""
    said = {"confirm_link": RATES}
    tried = ratelimit.consume(
        request, app="sutura.mhpss", action="confirm_link", config=said, key=token[:200]
    )
    return tried is not None
