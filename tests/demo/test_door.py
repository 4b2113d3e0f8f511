"""Where nothing is invented, the door tells no account and no password."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from django.urls import reverse


def test_no_password_is_told_where_nothing_is_invented(client: Client, db: None) -> None:
    page = client.get(reverse("people:sign_in")).content.decode()
    assert settings.SUTURA_DEMO_PASSWORD not in page
