"""Two records of one matter: both versions field by field in the words of the form, and a person's choice on record."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from sutura.alerts.models import Alert
from sutura.alerts.services import set_not_mrm
from sutura.audit.models import Entry
from sutura.audit.services import keep
from sutura.capacity.models import Sitting
from sutura.capacity.services.groups import open_group
from sutura.intake.comparing import flat
from sutura.intake.models import Outcome, Questionnaire, Submission, Version
from sutura.intake.openrosa.records import read
from sutura.intake.questionnaires.wording import wording
from sutura.intake.services.phones import Handed, create_phone
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.vault.models import Opening
from tests.intake.phones import ALERT, Handset, record
from tests.intake.test_phone_pages import signed_in
from tests.people import MOPTI, open_vault, words


def reading(account: Account) -> Client:
    """Somebody with her vault open."""
    client = signed_in(account)
    open_vault(client, account)
    return client


def pages(submission: Submission) -> tuple[str, str]:
    """Where two records are compared, and where it is settled."""
    return tuple(
        reverse(f"intake:{name}", args=[submission.public_id]) for name in ("comparison", "comparison_settle")
    )  # type: ignore[return-value]


def told(page: str) -> list[list[str]]:
    """The rows of the table of what differs."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [unescape(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table, re.S)]
    return [cells[at : at + 3] for at in range(0, len(cells), 3)]


def test_another_text_under_a_number_is_compared_in_the_words_of_the_form_and_what_is_there_stays(
    handset: Handset, binta: Account, awa: Account, oumar: Account
):
    assert handset.send(record(number="uuid:1")).status_code == 201
    other = record({**ALERT, "boys": "9", "types": "killing", "cercle": "", "told": "A < B"}, number="uuid:1")
    sent = other.replace(b"A < B", b"A &lt; B").replace(b"<orx:meta>", b"<photo>a.png</photo><orx:meta>")
    assert [handset.send(sent, {"a.png": bytes([n])}).status_code for n in (1, 2)] == [409, 409]
    (waits,) = Submission.objects.waiting()
    assert waits.files.count() == 2  # files of the other text are not lost either
    there, settle = pages(waits)
    for reader in (awa, oumar):
        assert [signed_in(reader).get(there).status_code, signed_in(reader).post(settle).status_code] == [
            403,
            403,
        ]
    assert signed_in(binta).get(there).status_code == 302  # her vault is closed
    client = reading(binta)
    assert there in client.get(reverse("intake:submission", args=[waits.public_id])).content.decode()
    assert "attaquée" not in client.get(there).content.decode()
    assert client.post(there, {"why": ""}).status_code == 422
    page = client.post(there, {"why": "comparaison"}).content.decode()
    assert told(page) == [
        ["Que s'est-il passé ?", "Attaque contre une école, Recrutement ou utilisation", "Meurtre"],
        ["En quelques mots", "Une école aurait été attaquée. Récit inventé.", "A < B"],
        ["Cercle", "Douentza (ML0504)", "–"],
        ["Garçons", "2", "9"],
        ["photo", "–", "a.png"],
    ]
    assert (len(page) < 20_000, Opening.objects.filter(reason="comparaison").count()) == (True, 2)
    assert client.post(settle, {"holds": "kept_first", "why": ""}).status_code == 422
    assert client.post(settle, {"holds": "kept_first", "why": "saisi deux fois"}).status_code == 302
    assert client.post(settle, {"holds": "taken_new", "why": "trop tard"}).status_code == 422
    last = waits.outcomes.last()
    assert last is not None
    assert (last.became, last.kind, last.reason, last.by) == ("aside", "kept_first", "saisi deux fois", binta)
    assert (Submission.objects.count(), Alert.objects.count(), Submission.objects.waiting().count()) == (
        2,
        1,
        0,
    )
    assert Entry.objects.get(act="intake.settle_conflict").fields == "kept_first"
    shown = client.get(reverse("intake:submission", args=[waits.public_id])).content.decode()
    assert "Ce qui était là est gardé" in shown


def test_a_correction_takes_the_place_of_the_alert_or_is_made_by_hand(handset: Handset, binta: Account):
    assert handset.send(record(number="uuid:1")).status_code == 201
    assert handset.send(record({**ALERT, "boys": "3"}, number="uuid:2", replaces="uuid:1")).status_code == 201
    assert handset.send(record({**ALERT, "boys": "4"}, number="uuid:3", replaces="uuid:2")).status_code == 201
    second, third = Submission.objects.waiting().order_by("pk")
    client = reading(binta)
    there, settle = pages(second)
    page = client.post(there, {"why": "r"}).content.decode()
    first = Alert.objects.get()
    assert ([row[1:] for row in told(page)], first.get_absolute_url() in page) == ([["2", "3"]], True)
    assert client.post(settle, {"holds": "taken_new", "why": "recomptés"}).status_code == 302
    first.refresh_from_db()
    new = Alert.objects.exclude(pk=first.pk).get()
    assert (first.state, first.duplicate_of, new.boys) == ("duplicate", new, 3)
    assert words(first, "state_reason", by=binta) == ("recomptés",)
    # The next correction is compared with what holds now; it was decided meanwhile, so a person corrects by hand.
    there, settle = pages(third)
    assert [row[1:] for row in told(client.post(there, {"why": "r"}).content.decode())] == [["3", "4"]]
    set_not_mrm(alert=new, by=binta, reason="décidé")
    assert client.post(settle, {"holds": "taken_new", "why": "r"}).status_code == 422
    assert (Alert.objects.count(), third.outcomes.last().became) == (2, "waits")
    assert client.post(settle, {"holds": "by_hand", "why": "corrigé"}).status_code == 302
    assert (third.outcomes.last().kind, Submission.objects.waiting().count()) == ("by_hand", 0)


def test_where_nothing_was_made_yet_the_new_one_becomes_it(handset: Handset, binta: Account, oumar: Account):
    assert handset.send(record({**ALERT, "cercle": "ML9999"}, number="uuid:1")).status_code == 201
    assert handset.send(record(number="uuid:1")).status_code == 409
    first, other = Submission.objects.waiting().order_by("pk")
    client = reading(binta)
    assert client.post(pages(other)[1], {"holds": "taken_new", "why": "lieu corrigé"}).status_code == 302
    assert (Alert.objects.count(), Submission.objects.waiting().count()) == (1, 0)
    assert [one.outcomes.last().became for one in (first, other)] == ["aside", "made"]


def test_what_a_form_makes_without_an_act_to_correct_it_is_corrected_by_hand(
    registers: None, secretary: Account
):
    from sutura.intake.services.questionnaires import load_register

    load_register(by=secretary)
    host = add_organisation(name="ONG inventée", kind="nngo", by=secretary)
    open_group(code="GAPP-1", name="G", region=MOPTI, host=host, opened_on=date(2026, 1, 5), by=secretary)
    handed: Handed = create_phone(label="Bureau", by=secretary)
    said = {
        "group": "GAPP-1",
        "held_on": "2026-11-03",
        "held": "yes",
        "women": "5",
        "men": "3",
        "mode": "in_person",
    }
    version = Version.objects.get(questionnaire__form_id="sutura_sitting").version
    for women, status in (("5", 201), ("6", 409)):
        made = record({**said, "women": women}, form="sutura_sitting", version=version, number="uuid:s")
        assert Handset(handed.key).send(made).status_code == status
    (waits,) = Submission.objects.waiting()
    client: Any = reading(secretary)
    page = client.post(pages(waits)[0], {"why": "r"}).content.decode()
    assert Sitting.objects.get().get_absolute_url() in page
    refused = client.post(pages(waits)[1], {"holds": "taken_new", "why": "r"})
    assert (refused.status_code, "se corrige à la main" in refused.content.decode()) == (422, True)
    assert client.post(pages(waits)[1], {"holds": "by_hand", "why": "r"}).status_code == 302
    assert (Sitting.objects.get().women, Outcome.objects.last().kind) == (5, "by_hand")  # type: ignore[union-attr]
    # A form of somebody else makes nothing: both texts are kept, and the choice is noted.
    keep(Questionnaire(form_id="autre"), by=secretary)
    for letter, status in (("a", 201), ("b", 409)):
        assert (
            Handset(handed.key).send(record({"q": letter}, form="autre", number="uuid:o")).status_code
            == status
        )
    (waits,) = Submission.objects.waiting()
    assert told(client.post(pages(waits)[0], {"why": "r"}).content.decode()) == [["q", "a", "b"]]
    assert client.post(pages(waits)[1], {"holds": "taken_new", "why": "r"}).status_code == 302
    assert Submission.objects.waiting().count() == 0


def test_repeats_are_numbered_and_forms_without_words_show_their_paths():
    xml = record({}, more="<g><r><a>1</a></r><r><a>2</a></r></g><b/>")
    assert flat(read(xml)) == {"g/r[1]/a": "1", "g/r[2]/a": "2", "b": ""}
    form = (
        b'<h xmlns:jr="x"><instance id="l"><list><item><name>y</name><label>Oui</label></item></list></instance>'
        b'<itext><translation lang="default"><text id="t"><value>Quoi <output/>?</value></text></translation></itext>'
        b'<input ref="/d/g/r/a"><label ref="jr:itext(\'t\')"/></input>'
        b'<select1 ref="/d/b"><label>B</label><itemset nodeset="instance(\'l\')/list/item"/></select1></h>'
    )
    found = wording(form, "fr")
    assert (found.question("g/r[2]/a"), found.question("z"), found.answer("b", "y n")) == (
        "Quoi ?",
        "z",
        "Oui, n",
    )
    assert wording(b"<cut", "fr").questions == {}
