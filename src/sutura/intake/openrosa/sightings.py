"""When a phone was last here."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sutura.intake.models import Phone, Sighting

EVERY = timedelta(minutes=5)
"""Noted no oftener: a phone that sends two hundred records was here once."""


def see(phone: Phone) -> None:
    """Note that a phone is here."""
    now = timezone.now()
    if not Sighting.objects.filter(phone=phone, seen_at__gt=now - EVERY).exists():
        Sighting.objects.update_or_create(phone=phone, defaults={"seen_at": now})
