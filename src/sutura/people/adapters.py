"""What the library of second factors (django-allauth) asks of us: nobody signs up, and how secrets are kept."""

from __future__ import annotations

import base64
import os
from functools import lru_cache

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

VERSION = b"\x01"
NONCE = 12  # bytes: what AES-GCM takes
PURPOSE = b"sutura.people second factor"
NO_NETWORK = "::"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, nobody is written to: an account is opened by a keeper, and has no address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network a request comes from; behind a local socket there is none."""
        return get_client_ip(request) or NO_NETWORK


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted in the database: a stolen disk without its key signs nobody in."""

    def encrypt(self, text: str) -> str:
        """AES-256-GCM under a key made from the installation's own."""
        nonce = os.urandom(NONCE)
        sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), VERSION + PURPOSE)
        return base64.b64encode(VERSION + nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; raises InvalidTag when a bit of it was changed."""
        blob = base64.b64decode(encrypted_text)
        nonce, sealed = blob[1 : 1 + NONCE], blob[1 + NONCE :]
        return AESGCM(_key(settings.SECRET_KEY)).decrypt(nonce, sealed, blob[:1] + PURPOSE).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host under which Sutura is visited."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Sutura"}


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    """The key of second factors, apart from every other use of the installation's key."""
    return HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode())
