"""How often one may try: by account and by network, counted in the database so that all processes count together.

A browser which the account has signed in with counts for itself: who fails on purpose elsewhere locks nobody out.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from sutura.people import devices

A_DAY = 30
WINDOW = 5 * 60  # seconds: one line of the log for all tries refused meanwhile, or a machine would fill it


def count(request: HttpRequest, username: str, what: str) -> ratelimit.RateLimitUsage | None:
    """Count one try, before it is judged; None when there were too many. Roll it back when it was right."""
    rates, key = f"{settings.SUTURA_TRIES_ACCOUNT}/key", devices.code_of(username)
    device = devices.known(request, username)
    if what == "second_factor":
        # Whoever comes this far knows the password; six digits would fall to patience.
        rates = f"{rates},{A_DAY}/d/key"
    if device:
        key = f"{key} {device}"
    else:
        rates = f"{rates},{settings.SUTURA_TRIES_NETWORK}/ip"
    return ratelimit.consume(request, app="sutura.people", action=what, config={what: rates}, key=key)


def first_refusal(username: str, what: str) -> bool:
    """Whether this is the first try refused for an account in a while."""
    return cache.add(f"sutura.people.refused:{what}:{devices.code_of(username)}", True, timeout=WINDOW)
