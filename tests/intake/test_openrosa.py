"""What phones send, in every way that phones and bad links send it: once, whole, and never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from sutura.access.acting import beyond
from sutura.alerts.models import Alert
from sutura.intake.models import Outcome, Questionnaire, Submission, SubmittedFile
from sutura.intake.openrosa.body import base_name
from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.services.phones import Handed
from sutura.intake.services.questionnaires import publish
from sutura.people.models import Account
from sutura.people.services import set_active
from sutura.security.reporting_filter import BareFormatter
from tests.intake.phones import ALERT, Handset, multipart, new_number, record, sentence
from tests.people import MOPTI, words

PNG = b"\x89PNG\r\n\x1a\n une image inventee"


def rows() -> tuple[int, int, int]:
    """Records, alerts and files here."""
    return Submission.objects.count(), Alert.objects.count(), SubmittedFile.objects.count()


def test_sent_twice_it_is_there_once_and_another_text_is_kept_apart(handset: Handset):
    number = new_number()
    once = record(number=number)
    assert [handset.send(once).status_code for _time in range(2)] == [201, 202]
    assert rows() == (1, 1, 0)
    other = handset.send(record({**ALERT, "boys": "9"}, number=number))
    assert (other.status_code, sentence(other)) == (
        409, "Un autre envoi porte ce numéro. Les deux sont gardés\u202f; le bureau les compare."
    )  # fmt: skip
    assert handset.send(record({**ALERT, "boys": "9"}, number=number)).status_code == 409
    assert rows() == (2, 1, 0)
    assert Submission.objects.get(conflicts_with=None).conflicts.count() == 1


def test_what_was_sent_is_kept_to_the_byte_and_sealed(handset: Handset, binta: Account, settings: Any):
    xml = record(number="uuid:1").replace(
        b"invent\xc3\xa9.", b"&lt;invent\xc3\xa9&gt; \r\n\t\xf0\x9f\xa4\xb2"
    )
    assert handset.send(xml).status_code == 201
    kept = Submission.objects.get()
    assert (kept.region, kept.apart) == (MOPTI, False)
    assert words(kept, "xml", by=binta) == (xml.decode(),)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_submission")
        assert "attaquée" not in str(cursor.fetchall())
    hushed = record({**ALERT, "types": "sexual_violence"})
    assert handset.send(hushed).status_code == 201
    assert Submission.objects.get(apart=True).region == MOPTI


def test_files_come_in_pieces_and_only_those_which_the_record_names(handset: Handset):
    names = ["Déclaration du chef.png", "صورة.png"]
    xml = record(more="".join(f"<photo>{name}</photo>" for name in names))
    first = handset.send(xml, {names[0]: PNG, "autre.png": PNG + b"x"}, {"*isIncomplete*": "yes"})
    again = handset.send(xml, {f"../../{names[0]}": PNG}, {"*isIncomplete*": "yes"})
    last = handset.send(xml, {names[1]: PNG + b"2"})
    assert [answer.status_code for answer in (first, again, last)] == [201, 202, 201]
    assert rows() == (1, 1, 2)
    latin = multipart(xml).replace(b"alerte_2026.xml", "déjà.xml".encode("latin-1"))
    assert handset.post(latin).status_code == 202
    assert base_name("..\\..\\a/" + "é" * 400) == "é" * 255


def test_a_correction_keeps_what_it_corrects_and_is_made_once(handset: Handset):
    assert handset.send(record(number="uuid:1")).status_code == 201
    assert handset.send(record({**ALERT, "boys": "3"}, number="uuid:2", replaces="uuid:1")).status_code == 201
    second = handset.send(record({**ALERT, "boys": "4"}, number="uuid:3", replaces="uuid:1"))
    assert (second.status_code, rows()) == (409, (2, 1, 0))
    assert handset.send(record(number="uuid:4", replaces="uuid:9")).status_code == 409
    (waits,) = Submission.objects.waiting()
    assert (waits.deprecated_id, waits.outcomes.get().reason) == (
        "uuid:1", "It corrects a record that was taken over already: compare the two."
    )  # fmt: skip


def test_what_cannot_be_taken_over_waits_with_its_reason(handset: Handset, binta: Account):
    """A later version of Sutura, or a person, may still make something of it."""
    cases = {
        "types": {**ALERT, "types": "", "told": ""},
        "cercle": {**ALERT, "cercle": "ML9999"},
        "boys": {**ALERT, "boys": "-2"},
        "happened_on": {**ALERT, "entered_on": "2199-01-01"},
        "access": {**ALERT, "access": "ailleurs"},
    }
    for said in cases.values():
        assert handset.send(record(said)).status_code == 201
    assert handset.send(record(version="1999")).status_code == 201
    found = {one.outcomes.get().field: one.outcomes.get().became for one in Submission.objects.waiting()}
    assert found == dict.fromkeys([*cases, ""], "waits")
    assert rows() == (6, 0, 0)


def test_every_version_is_taken_for_ever_and_a_closed_form_is_not(handset: Handset, machine: Account):
    (draft,) = [one for one in shipped_drafts() if one.form_id == "sutura_alert"]
    later = draft.xform.replace(b'version="2026112301"', b'version="2026122401"')
    publish(
        draft=type(draft)("sutura_alert", "2026122401", draft.title, b"|", later, draft.media), by=machine
    )
    assert b"<version>2026122401</version>" in handset.get("formList").content
    assert b'version="2026122401"' in handset.get("forms/sutura_alert.xml").content
    assert [handset.send(record(version=one)).status_code for one in ("2026112301", "2026122401")] == [
        201,
        201,
    ]
    assert rows() == (2, 2, 0)
    Questionnaire.objects.filter(form_id="sutura_alert").update(closed_at="2026-11-23T00:00Z")
    closed = handset.send(record())
    assert (closed.status_code, sentence(closed)) == (
        403, "Ce formulaire est fermé. Demandez lequel le remplace."
    )  # fmt: skip
    assert b"sutura_alert" not in handset.get("formList").content
    assert handset.get("forms/sutura_alert.xml").status_code == 404


HOSTILE = {
    "laughs": b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d id="sutura_alert">&b;</d>',
    "deep": b'<d id="sutura_alert">' + b"<a>" * 200 + b"</a>" * 200 + b"</d>",
    "cut": record()[:-20],
    "nul": record().replace(b"ML05", b"ML\x0005"),
    "latin": record().replace("é".encode(), b"\xe9"),
    "no number": record().replace(b"instanceID", b"instance"),
    "long number": record(number="u" * 250),
    "no form": b"<data><meta><instanceID>uuid:1</instanceID></meta></data>",
    "nothing": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_record_is_refused(handset: Handset, name: str):
    answer = handset.send(HOSTILE[name])
    assert (answer.status_code, answer["X-OpenRosa-Version"], rows()) == (400, "1.0", (0, 0, 0))
    assert sentence(answer)


def test_bodies_that_are_too_long_cut_or_no_multipart(handset: Handset):
    whole = multipart(record())
    for body in (whole[:-9], whole[: len(whole) // 2], b"", b"xml=1"):
        assert handset.post(body).status_code == 400
    assert handset.post(whole, kind="application/json").status_code == 400
    short = handset.post(whole, CONTENT_LENGTH=str(len(whole) + 5), **{"wsgi.input": BytesIO(whole)})
    assert short.status_code == 400
    long = handset.send(record(more="<photo>a</photo>"), {"a": b"0" * 11_000_000})
    assert (long.status_code, sentence(long), long["X-OpenRosa-Version"]) == (
        413,
        "L’envoi dépasse 10 Mo.",
        "1.0",
    )
    assert rows() == (0, 0, 0)
    # In pieces of unknown length, as a proxy may hand them on.
    unknown = {"wsgi.input_terminated": True, "wsgi.input": BytesIO(whole)}
    pieces = handset.post(whole, CONTENT_LENGTH="", **unknown)
    assert (pieces.status_code, rows()) == (201, (1, 1, 0))


def test_numbers_are_read_with_and_without_their_namespace_whatever_the_root(handset: Handset):
    plain = record(root="alerte_mopti").replace(b"orx:", b"").replace(b'xmlns:orx="http', b'xmlns="http')
    assert handset.send(plain).status_code == 201
    assert rows() == (1, 1, 0)


def test_an_encrypted_record_is_kept_and_waits_for_whoever_holds_its_key(handset: Handset):
    xml = (
        b'<data xmlns="http://www.opendatakit.org/xforms/encrypted" xmlns:orx="http://openrosa.org/xforms"'
        b' id="sutura_alert" version="2026112301" encrypted="yes"><base64EncryptedKey>AAAA</base64EncryptedKey>'
        b"<orx:meta><orx:instanceID>uuid:e</orx:instanceID></orx:meta><media><file>photo.png.enc</file></media>"
        b"<encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    sealed = {"submission.xml.enc": b"\x00\x01", "photo.png.enc": b"\x02", "autre.enc": b"\x03"}
    assert handset.send(xml, sealed).status_code == 201
    assert rows() == (1, 0, 2)
    (waits,) = Submission.objects.waiting()
    assert (waits.encrypted, waits.region) == (True, MOPTI)


def test_a_phone_reads_nothing_that_was_sent_and_is_silent_in_the_log(
    handset: Handset, handed: Handed, caplog: pytest.LogCaptureFixture
):
    assert handset.send(record()).status_code == 201
    said = [handset.get(path).content for path in ("formList", "forms/sutura_alert.xml", "submission")]
    assert ("attaquée".encode() in b"".join(said), handset.client.cookies) == (False, {})
    for path in ("view/submissionList", "forms/autre.xml", "forms/sutura_alert/media/%2e%2e%2fsettings.py"):
        assert handset.get(path).status_code == 404
    # A form beyond the rights of whoever answers for the phone is not on its list.
    assert handset.send(record({"group": "GAPP-1"}, form="sutura_sitting")).status_code == 404
    assert handset.client.get("/alerts/").status_code == 302
    lines = [BareFormatter().format(line) for line in caplog.records]
    assert (len(lines), [line for line in lines if handset.key in line]) == (4, [])
    assert handset.key not in str([vars(one) for one in [handed.phone, *handed.phone.history.all()]])


def test_a_phone_falls_silent_with_whoever_answers_for_it(
    handset: Handset, binta: Account, keeper: Account, settings: Any
):
    settings.SUTURA_PHONE_RATE = "2/5m/key"
    assert [handset.get("formList").status_code for _time in range(3)] == [200, 200, 429]
    cache.clear()
    set_active(by=keeper, account=binta, active=False, why="test")
    assert handset.get("formList").status_code == 403


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one_record(handset: Handset):
    xml = record(more="<photo>a.png</photo>")

    def send(_time: int) -> int:
        try:
            with beyond("tests"):
                return (
                    Handset(handset.key, Client(enforce_csrf_checks=True))
                    .send(xml, {"a.png": PNG})
                    .status_code
                )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        found = sorted(pool.map(send, range(10)))
    assert (set(found) <= {201, 202}, found[0], rows()) == (True, 201, (1, 1, 1))
    assert Outcome.objects.count() == 1
