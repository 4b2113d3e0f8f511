"""Safi, a new focal point, at the door: a password of her own, an application, a passkey, codes, her sessions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone
from playwright.sync_api import Browser

from sutura.config import registers
from sutura.people import factors, services, sessions
from sutura.people.models import Account
from tests.journeys.walking import LAPTOP, PHONE, Walker

FIRST, OWN = "premier-mot-de-passe", "un-mot-de-passe-a-safi"
SECRET = totp.generate_totp_secret()


@pytest.fixture
def safi(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Any]:
    """Opens a browser of hers at the door; her account was opened a moment ago."""
    registers.load()
    account = services.open_account(
        by=services.machine("tests"), username="safi", name="Safi (fictive)", password=FIRST, temporary=True
    )
    grant(account, "regional_coordinator", "ML05")
    # Browsers keep passkeys for a name, not for a number.
    url = live_server.url.replace("127.0.0.1", "localhost")
    walkers: list[Walker] = []

    def opening(viewport: dict[str, int] = LAPTOP) -> Walker:
        walkers.append(Walker(browser, url, "", viewport))
        return walkers[-1]

    yield opening
    for walker in walkers:
        walker.close()


def grant(account: Account, role: str, *regions: str) -> None:
    """What the account may do from today on."""
    today = timezone.localdate()
    services.give_grant(
        by=services.machine("tests"),
        account=account,
        role=role,
        regions=regions,
        everywhere=not regions,
        purpose="essai",
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )


def at_the_door(walker: Walker, password: str, name: str = "safi") -> None:
    walker.page.goto(walker.url)
    walker.page.get_by_label("Nom de compte").fill(name)
    walker.page.get_by_label("Mot de passe").fill(password)
    walker.press("Se connecter")


def code(secret: str, steps: int = 0) -> str:
    """What her phone shows, so many half minutes from now: a code opens once."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))


def security_key(walker: Walker) -> None:
    """A key in the browser, that answers at once as if touched."""
    told = walker.context.new_cdp_session(walker.page)
    told.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    told.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def choose_a_password(walker: Walker, album: Path, size: str) -> None:
    assert walker.heading() == "Changer mon mot de passe"
    walker.look(album / f"password-{size}.png")
    walker.page.get_by_label("Mot de passe actuel").fill(FIRST)
    walker.page.get_by_label("Nouveau mot de passe", exact=True).fill(OWN)
    walker.page.get_by_label("Confirmation du nouveau mot de passe").fill(OWN)
    walker.press("Changer mon mot de passe")


def add_the_application(walker: Walker, album: Path, size: str) -> tuple[str, list[str]]:
    assert walker.heading() == "Second facteur"
    walker.look(album / f"factors-none-{size}.png")
    walker.follow("Ajouter une application")
    walker.page.get_by_text("taper plutôt cette clé").click()
    secret = walker.page.locator("code.key").inner_text()
    walker.look(album / f"application-{size}.png")
    walker.page.get_by_label("Code").fill("000000")
    walker.press("Ajouter l’application")
    walker.look(album / f"application-wrong-{size}.png")
    walker.page.get_by_label("Code").fill(code(secret, -1))
    walker.press("Ajouter l’application")
    assert walker.heading() == "Codes de secours"
    walker.look(album / f"codes-{size}.png")
    return secret, walker.page.locator(".codes code").all_inner_texts()


@pytest.mark.parametrize(("viewport", "size"), [(PHONE, "phone"), (LAPTOP, "laptop")])
def test_a_new_focal_point_comes_in(safi: Any, album: Path, viewport: dict[str, int], size: str) -> None:
    walker: Walker = safi(viewport)
    security_key(walker)
    at_the_door(walker, FIRST)
    choose_a_password(walker, album, size)
    secret, codes = add_the_application(walker, album, size)
    assert len(codes) == 10
    with walker.page.expect_download() as taken:
        walker.follow("Télécharger")
    assert Path(taken.value.path()).read_text().split()[-10:] == codes
    walker.follow("Je les ai gardés : aller à mon travail")
    assert walker.heading() == "Mon travail"

    walker.go("people:factors")
    walker.follow("Ajouter une clé d’accès")
    walker.page.get_by_label("Nom de la clé").fill("mon téléphone")
    walker.look(album / f"passkey-{size}.png")
    walker.press("Créer la clé d’accès")
    walker.page.get_by_role("heading", name="Codes de secours").wait_for()
    walker.go("people:factors")
    assert walker.misses("Application du téléphone", "mon téléphone") == []
    walker.look(album / f"factors-{size}.png")
    walker.go("people:me")
    walker.look(album / f"me-{size}.png")

    # Out, and in again by the key.
    walker.page.locator("summary").first.click()
    walker.press("Se déconnecter")
    at_the_door(walker, OWN)
    assert walker.heading() == "Second facteur"
    walker.look(album / f"second-factor-{size}.png")
    walker.press("Utiliser ma clé d’accès")
    walker.page.get_by_role("heading", name="Mon travail").wait_for()

    # A second browser, by the application; the first is told; all sessions end in one tap.
    other: Walker = safi(viewport)
    at_the_door(other, OWN)
    other.page.get_by_label("Code").fill(code(secret))
    other.press("Se connecter")
    assert other.heading() == "Mon travail"
    walker.go("/")
    assert walker.misses("Connexion depuis un nouvel appareil") == []
    walker.look(album / f"new-device-{size}.png")
    walker.follow("Mes sessions")
    walker.look(album / f"sessions-{size}.png")
    walker.press("Mettre fin à toutes mes sessions")
    assert walker.heading() == "Se connecter"
    other.go("/")
    assert other.heading() == "Se connecter"

    # The phone is lost: a recovery code opens once.
    at_the_door(other, OWN)
    other.page.get_by_label("Code").fill(codes[0])
    other.press("Se connecter")
    assert other.heading() == "Mon travail"


def test_a_keeper_proves_who_she_is_and_a_late_form_comes_back(
    safi: Any, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = services.open_account(
        by=services.machine("tests"), username="kani", name="Kani (fictive)", password=OWN
    )
    grant(keeper, "account_keeper")
    factors.keep_app(keeper, SECRET)
    for viewport, size, step in ((PHONE, "phone", -1), (LAPTOP, "laptop", 1)):
        monkeypatch.undo()
        kani: Walker = safi(viewport)
        kani.page.goto(kani.url)
        kani.look(album / f"door-{size}.png")
        at_the_door(kani, OWN, "kani")
        kani.page.get_by_label("Code").fill(code(SECRET, step))
        kani.press("Se connecter")
        start = sessions.clock()
        monkeypatch.setattr("sutura.people.sessions.clock", lambda start=start: start + 11 * 60)
        kani.go("people:account_password", Account.objects.get(username="safi").public_id)
        assert kani.heading() == "Confirmer que c’est vous"
        kani.page.get_by_label("Mot de passe").fill("non")
        kani.press("Continuer")
        kani.look(album / f"prove-{size}.png")
        kani.page.get_by_label("Mot de passe").fill(OWN)
        kani.press("Continuer")
        assert kani.heading() == "Mot de passe provisoire"
        kani.page.get_by_label("Motif").fill("téléphone volé")
        kani.look(album / f"temporary-{size}.png")
        kani.press("Donner un mot de passe provisoire")
        assert len(kani.page.locator("code.key").inner_text()) == 23
        kani.look(album / f"temporary-given-{size}.png")
        kani.go("people:account_new")
        kani.page.get_by_label("Nom complet").fill("Idrissa (fictif)")
        monkeypatch.setattr("sutura.people.sessions.clock", lambda start=start: start + 40 * 60)
        kani.page.evaluate("document.querySelector('form.form').noValidate = true")
        kani.press("Ouvrir le compte")
        assert kani.heading() == "Votre formulaire n’a pas été enregistré"
        assert kani.misses("Idrissa (fictif)") == []
        kani.look(album / f"not-kept-{size}.png")


def test_a_key_that_is_not_there_says_so(safi: Any, album: Path) -> None:
    walker: Walker = safi()
    at_the_door(walker, FIRST)
    choose_a_password(walker, album, "again")
    told = walker.context.new_cdp_session(walker.page)
    told.send("WebAuthn.enable")  # without any key: the browser refuses at once
    walker.go("people:factor_passkey")
    walker.page.get_by_label("Nom de la clé").fill("perdue")
    walker.page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('none')); }")
    walker.press("Créer la clé d’accès")
    walker.page.get_by_text("La clé n’a pas répondu").wait_for()
    assert walker.heading() == "Ajouter une clé d’accès"
