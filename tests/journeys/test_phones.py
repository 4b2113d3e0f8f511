"""Binta gives a phone its address, sees what came from it, settles what waits, and revokes it: it is refused."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from defusedxml.ElementTree import fromstring

from sutura.alerts.models import Alert
from sutura.audit.services import keep_all
from sutura.intake.models import Phone, Submission
from sutura.people.models import Account
from sutura.people.services import machine
from sutura.places.models import Unit
from tests.intake.phones import ALERT, BOUNDARY, SAID, multipart, record
from tests.journeys.conftest import Walk
from tests.journeys.walking import LAPTOP, PHONE, Walker

LABEL, UNKNOWN = "Djenné 2 (fictif)", "Ce lieu n’est pas dans le registre."


def test_a_phone_gets_an_address_sends_under_it_and_is_revoked(
    walk: Walk, people: dict[str, Account], album: Path
) -> None:
    for name in ("oumar", "fatou"):
        stranger = walk(name)
        told = [stranger.go(f"intake:{page}") for page in ("phones", "phone_new", "submissions")]
        assert (name, told) == (name, [403, 403, 403])
    binta = walk("binta")
    address = handed(binta, album)
    assert [send(address, **said) for said in ({}, {"cercle": "ML0599"}, {"cercle": "ML9999"})] == [201] * 3
    came(binta, album)
    settled(binta, album)
    beyond(walk("hawa"))
    binta.go("intake:phones")
    binta.follow(LABEL)
    binta.press("Révoquer ce téléphone")
    assert binta.sees("Le téléphone est révoqué", LABEL, "révoqué")
    looked(binta, album, "phones-revoked")
    assert [send(address), Submission.objects.count()] == [403, 3]
    binta.follow(LABEL)
    assert binta.sees("Révoqué", "Alerte (2 minutes) : 3")
    assert binta.page.get_by_role("button", name="Révoquer ce téléphone").count() == 0


def handed(binta: Walker, album: Path) -> str:
    """A new phone; what its camera reads is shown this once. Its address."""
    binta.follow("Rendre compte")
    binta.follow("Téléphones")
    assert binta.sees("Aucun téléphone")
    looked(binta, album, "phones-none")
    binta.follow("Nouveau téléphone")
    page = binta.page
    page.get_by_label("Qui en répond").fill("personne")
    page.get_by_label("Région").select_option(label="Mopti")
    binta.press("Créer son code")
    assert page.get_by_label("Qui en répond").input_value() == "personne"  # nothing typed is lost
    looked(binta, album, "phone-new")
    page.get_by_label("Étiquette").fill(LABEL)
    page.get_by_label("Qui en répond").fill("")
    binta.press("Créer son code")
    assert binta.sees("Lisez-le maintenant", LABEL, "Configurer avec un code QR")
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")
    assert not binta.sees("/or/key/")
    page.get_by_text("Sans appareil photo").click()
    looked(binta, album, "phone-code")
    address = page.locator("details code").inner_text()
    binta.follow("Le téléphone l’a lu")
    assert binta.sees(LABEL, "Mopti", "jamais")
    binta.follow(LABEL)
    assert binta.sees("Il n’est jamais venu ici", "Rien encore")
    assert address not in page.content()
    return address


def send(address: str, **said: str) -> int:
    """Send one record as a phone does; the status, and of a refusal a sentence in French."""
    body = multipart(record({**ALERT, **said}))
    asked = Request(
        f"{address}/submission?deviceID=collect%3Aessai",
        body,
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept-Language": "fr"},
    )
    try:
        with urlopen(asked) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        message = fromstring(refusal.read()).findtext(SAID) or ""
        assert "téléphone" in message
        return refusal.code


def came(binta: Walker, album: Path) -> None:
    """The page of the phone tells of it; one record is an alert already, as Binta reads it."""
    binta.page.reload()
    assert binta.sees("Vu la dernière fois", "Alerte (2 minutes) : 3")
    looked(binta, album, "phone")
    alert = Alert.objects.get()
    binta.go(alert.get_absolute_url())
    assert binta.sees("Hameau inventé", "Attaque contre une école")
    binta.go("intake:phones")
    assert not binta.sees("jamais")
    looked(binta, album, "phones")


def settled(binta: Walker, album: Path) -> None:
    """Two wait, with their reason: one is tried again once its place is in the register, the other is set aside."""
    binta.follow("Envois en attente")
    assert binta.page.get_by_text(UNKNOWN).count() == 2
    assert not binta.sees("Récit inventé")  # what they say stays sealed
    looked(binta, album, "records")
    first, second = Submission.objects.waiting().order_by("pk")
    binta.go("intake:submission", first.public_id)
    assert binta.sees(UNKNOWN)
    binta.press("L’ouvrir et réessayer")
    assert binta.sees("Dites pourquoi")
    looked(binta, album, "record")
    binta.page.get_by_label("Pourquoi").fill("Le lieu est-il connu ?")
    binta.press("L’ouvrir et réessayer")
    assert (binta.sees(UNKNOWN), Alert.objects.count()) == (True, 1)  # it waits on, whole
    known = Unit.objects.get(code="ML0504")
    path = known.path.replace("ML0504", "ML0599")
    told = {name: getattr(known, name) for name in ("edition", "level", "parent", "region", "region_2023")}
    keep_all(Unit, [Unit(**told, code="ML0599", name="Cercle inventé", path=path)], by=machine("tests"))
    binta.page.get_by_label("Pourquoi").fill("Le lieu est dans le registre")
    binta.press("L’ouvrir et réessayer")
    made = Alert.objects.latest("pk")
    assert (made.place.name if made.place else "", binta.sees(made.ref)) == ("Cercle inventé", True)
    assert binta.page.get_by_label("Pourquoi").count() == 0  # nothing is left to decide
    looked(binta, album, "record-made")
    binta.go("intake:submission", second.public_id)
    binta.page.get_by_label("Pourquoi").fill("Essai du formateur")
    binta.press("Écarter")
    assert binta.sees("L’envoi est écarté. Il est gardé.", "Aucun envoi n’attend")
    looked(binta, album, "records-none")
    binta.go("intake:submission", second.public_id)
    assert binta.sees("Essai du formateur")


def beyond(hawa: Walker) -> None:
    """Who keeps the phones of other regions finds neither this one nor what it sent."""
    phone, sent = Phone.objects.get(), Submission.objects.earliest("pk")
    told = [
        hawa.go(f"intake:{page}", one.public_id) for page, one in (("phone", phone), ("submission", sent))
    ]
    hawa.go("intake:phones")
    assert (told, hawa.sees(LABEL)) == ([404, 404], False)


def looked(walker: Walker, album: Path, name: str) -> None:
    """The page on a laptop, and no wider than the screen of a phone."""
    walker.look(album / f"{name}-laptop.png")
    walker.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide = walker.page.evaluate("document.documentElement.scrollWidth")
    assert (name, wide) == (name, PHONE["width"])
    walker.page.screenshot(path=album / f"{name}-phone.png", full_page=True, caret="initial")
    walker.page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
