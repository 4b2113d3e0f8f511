"""How often something may be sent through a link, by its word and by network, counted for all processes together.

To look is not counted: a word of the address that nobody signed is not found by trying.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = "20/5m/key,60/5m/ip"


def let_try(request: HttpRequest, token: str) -> bool:
    """Count what is sent; no, when it was too often."""
    said = {"report_link": RATES}
    return (
        ratelimit.consume(
            request, app="sutura.coordination", action="report_link", config=said, key=token[:200]
        )
        is not None
    )
