"""Phones under addresses of their own: who is let in, what they fetch, what becomes of what they send."""

from __future__ import annotations

from datetime import date
from hashlib import md5
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from sutura.alerts.models import Alert
from sutura.intake.models import Outcome, Submission
from sutura.intake.services.phones import Handed, revoke_phone
from sutura.people.models import Account
from tests.intake.phones import Handset, record, sentence
from tests.people import MOPTI, words

LIST = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"
EDGE = ("X-OpenRosa-Version", "X-OpenRosa-Accept-Content-Length", "Content-Language")


def xml(answer: object) -> Element:
    """An answer as a phone reads it."""
    found: Element = fromstring(answer.content)  # type: ignore[attr-defined]
    return found


def edge(answer: object) -> tuple[str, ...]:
    """The headers without which a phone turns away."""
    return tuple(answer.headers.get(name, "") for name in EDGE)  # type: ignore[attr-defined]


def test_an_address_that_is_not_known_opens_nothing(handed: Handed, binta: Account, registers: None):
    wrong = Handset("A" * 64)
    for answer in (wrong.get("formList"), wrong.get("forms/sutura_alert.xml"), wrong.send(record())):
        assert (answer.status_code, edge(answer)) == (403, ("1.0", "10000000", "fr"))
        assert sentence(answer) == (
            "Ce téléphone n’est pas connu ici, ou ne l’est plus. Demandez à qui vous a donné son code."
        )
    assert wrong.client.head(wrong.url("submission")).status_code == 403
    revoke_phone(phone=handed.phone, by=binta)
    assert Handset(handed.key).get("formList").status_code == 403
    assert Submission.objects.count() == 0


def test_from_an_address_to_an_alert(handset: Handset, binta: Account):
    listed = handset.get("formList")
    assert (listed.status_code, listed["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert edge(listed) == ("1.0", "10000000", "fr")
    form = next(one for one in xml(listed) if one.findtext(f"{LIST}formID") == "sutura_alert")
    assert form.findtext(f"{LIST}name") == "Alerte (2 minutes)"
    fetched = handset.follow(form.findtext(f"{LIST}downloadUrl") or "")
    assert form.findtext(f"{LIST}hash") == f"md5:{md5(fetched.content).hexdigest()}"
    (file,) = xml(handset.follow(form.findtext(f"{LIST}manifestUrl") or ""))
    assert file.findtext(f"{FILES}filename") == "communes.csv"
    communes = handset.follow(file.findtext(f"{FILES}downloadUrl") or "")
    assert file.findtext(f"{FILES}hash") == f"md5:{md5(communes.content).hexdigest()}"
    assert communes.content.decode().splitlines()[:2] == ["name,label,cercle", "ML010101,Bafoulabe,ML0101"]

    head = handset.client.head(handset.url("submission"))
    assert (head.status_code, edge(head)) == (204, ("1.0", "10000000", "fr"))
    sent = handset.send(record())
    assert (sent.status_code, sentence(sent)) == (201, "Reçu. Merci.")
    alert = Alert.objects.get()
    assert (alert.received_by, alert.happened_on, alert.place.code, alert.region) == (
        binta, date(2026, 11, 19), "ML0504", MOPTI
    )  # fmt: skip
    assert (alert.types, alert.boys, alert.girls, alert.needs_safety, alert.party_type) == (
        ("recruitment_use", "attack_school"), 2, 1, True, "armed_group"
    )  # fmt: skip
    assert words(alert, "told", by=binta) == ("Une école aurait été attaquée. Récit inventé.",)
    assert list(Outcome.objects.values_list("became", "kind", "made")) == [
        ("made", "alerts.alert", alert.ref)
    ]
