"""The thinnest thread."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from sutura.people.models import Account

PASSWORD = "douze-lettres-et-plus"


def code_now(secret: str, shift: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + shift))


def test_thread(awa: Account) -> None:
    Account.objects.filter(pk=awa.pk).update(password=make_password(PASSWORD))
    client = Client()
    door = reverse("people:sign_in")
    answer = client.post(door, {"username": "awa", "password": PASSWORD})
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == reverse("people:factors")
    assert client.get(reverse("people:factors")).status_code == 200
    page = client.get(reverse("people:factor_app")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r'<code class="key">(\w+)</code>', page).group(1)
    wrong = client.post(reverse("people:factor_app"), {"code": "000000"})
    assert wrong.status_code == 200
    answer = client.post(reverse("people:factor_app"), {"code": code_now(secret)})
    assert answer["Location"] == reverse("people:codes"), answer.content
    assert client.get(reverse("people:codes")).content.decode().count("<li><code>") == 10
    assert client.get("/").status_code == 200
    client.post(reverse("people:sign_out"))
    answer = client.post(door + "?next=/incidents/", {"username": "awa", "password": PASSWORD})
    assert answer["Location"] == reverse("people:second_factor")
    assert client.get("/")["Location"].startswith(door)
    assert client.post(reverse("people:second_factor"), {"code": "000000"}).status_code == 200
    answer = client.post(reverse("people:second_factor"), {"code": code_now(secret)})
    assert answer["Location"] == "/incidents/"
    assert client.get("/").status_code == 200
    assert client.get(reverse("people:sessions")).status_code == 200
    answer = client.post(reverse("people:sessions"))
    assert client.get("/").status_code == 302
