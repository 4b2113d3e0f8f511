"""Rows by code leave with a reason, a second person, the receiver's key, within a time; and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pyrage
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.disclosure.models import Export, Parcel, ReceiverKey
from sutura.disclosure.services import exports as services
from sutura.incidents.parts import ViolationPart
from sutura.people import services as people
from sutura.people import sessions
from sutura.people.models import Account
from sutura.reporting import services as reporting
from sutura.verification import services as verification
from tests.accounts.doors import PASSWORD, with_password
from tests.disclosure.test_downloads import cells, unpacked
from tests.incidents.conftest import Opener
from tests.people import KAYES, MOPTI, cast
from tests.reporting.conftest import Visit

pytestmark = pytest.mark.django_db
IDENTITY = pyrage.x25519.Identity.generate()
KEY = str(IDENTITY.to_public())
ASKED: dict[str, Any] = {
    "kind": "incidents", "product": "ghn", "period": "2025-Q1", "reason": "Note au Conseil", "receiver": "New York",
    "key": KEY,
}  # fmt: skip
Ask = Callable[..., Export]


def ask(by: Account, **more: Any) -> Export:
    return services.ask_export(by=by, **(ASKED | more))


def received(content: bytes) -> bytes:
    """What the receiver reads with the secret half of the key."""
    return pyrage.decrypt(content, [IDENTITY])


def acts() -> list[tuple[str, str]]:
    found = Entry.objects.filter(act__startswith="disclosure.").order_by("id")
    return list(found.values_list("actor", "act"))


def later(monkeypatch: pytest.MonkeyPatch, **more: int) -> None:
    moment = timezone.now() + timedelta(**more)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_who_may_not_ask_or_answer_is_refused(
    told: dict[str, Any], visit: Visit, moussa: Account, awa: Account, fatou: Account, secretary: Account
) -> None:
    export = ask(moussa)
    for who in (awa, fatou):
        assert visit(who).get(reverse("disclosure:exports")).status_code == 403
        assert visit(who).get(reverse("disclosure:export_new")).status_code == 403
        for view in ("approve", "refuse", "take", "withdraw"):
            assert visit(who).post(reverse(f"disclosure:{view}", args=[export.public_id])).status_code == 403
        with pytest.raises(NotAllowed):
            ask(who)
    # The secretariat asks, and answers nobody.
    assert visit(secretary).get(reverse("disclosure:to_approve")).status_code == 403
    assert visit(secretary).get(export.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        services.approve_export(export=export, by=secretary)
    export.refresh_from_db()
    assert (export.state, Parcel.objects.count()) == ("asked", 0)


def test_nobody_answers_her_own_request(told: dict[str, Any], visit: Visit, moussa: Account) -> None:
    export = ask(moussa)
    assert visit(moussa).post(reverse("disclosure:approve", args=[export.public_id])).status_code == 403
    assert b"Approuver" not in visit(moussa).get(export.get_absolute_url()).content
    with pytest.raises(NotAllowed):
        services.refuse_export(export=export, by=moussa, why="non")
    export.refresh_from_db()
    assert (export.state, Parcel.objects.count()) == ("asked", 0)


def test_from_the_question_to_the_receiver(
    told: dict[str, Any], visit: Visit, moussa: Account, chair: Account
) -> None:
    """By the pages, as the three people do it."""
    asker, second = visit(moussa), visit(chair)
    answer = asker.post(reverse("disclosure:export_new"), {**ASKED, "geography": "2021", "everywhere": "on"})
    export = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, export.get_absolute_url())
    assert export.ref in second.get("/").content.decode()
    assert "Note au Conseil" in second.get(export.get_absolute_url()).content.decode()
    assert second.post(reverse("disclosure:approve", args=[export.public_id])).status_code == 302
    assert export.ref in asker.get("/").content.decode()
    assert second.post(reverse("disclosure:take", args=[export.public_id])).status_code == 403
    taken = asker.post(reverse("disclosure:take", args=[export.public_id]))
    assert taken["Content-Disposition"] == f'attachment; filename="{export.ref}.xlsx.age"'
    assert taken["Content-Security-Policy"] == "default-src 'none'; sandbox"
    rows = cells(received(taken.content), "Incidents")[1:]
    assert {row[1] for row in rows} == {one.ref for name, one in told.items()}
    assert told["mopti"].ref.encode() not in taken.content
    assert acts() == [
        ("moussa", "disclosure.ask_export"),
        ("chair", "disclosure.approve_export"),
        ("moussa", "disclosure.take_export"),
    ]


@pytest.mark.parametrize("kind", ["incidents", "lines", "note", "workbook"])
def test_each_kind_says_for_whom_it_was_made_and_by_which_request(
    told: dict[str, Any], moussa: Account, chair: Account, kind: str
) -> None:
    export = services.approve_export(export=ask(moussa, kind=kind), by=chair)
    content = received(services.take_export(export=export, by=moussa))
    text = unpacked(content)
    assert told["mopti"].ref in text
    assert "Moussa → New York" in text
    assert f", {export.ref}" in text
    if kind == "note":
        footers = [one.footer.paragraphs[0].text for one in Document(BytesIO(content)).sections]
        assert footers
        assert [foot for foot in footers if export.ref not in foot] == []
    if kind == "lines":
        assert {row[-1] for row in cells(content, "Lignes")[1:]} == {export.ref}
    assert [one for one in ("Une voisine", "Abou Untel", "Le récit des témoins") if one in text] == []


@pytest.mark.parametrize("roles", [("verification_panel",), ("verification_panel", "sexual_violence_group")])
@pytest.mark.parametrize(
    ("kind", "sheet", "column", "month"),
    [("incidents", "Incidents", 6, "févr.\u00a02025"), ("lines", "Lignes", 11, "2025-02")],
)
def test_an_incident_of_sexual_violence_leaves_by_its_month_whoever_asks(
    told: dict[str, Any], opened: Opener, chair: Account, roles: tuple[str, ...],
    kind: str, sheet: str, column: int, month: str,
) -> None:  # fmt: skip
    """The whole of it: the day of a killing in the same incident would tell the other day."""
    apart = opened(
        occurred_on=date(2025, 2, 13), occurred_to=date(2025, 2, 14), victims=(), perpetrators=(), sources=(),
        violations=tuple(ViolationPart(key=one, type=one, girls=3) for one in ("sexual_violence", "killing")),
    )  # fmt: skip
    asker = cast("aissata", *roles)
    export = services.approve_export(export=ask(asker, kind=kind), by=chair)
    content = received(services.take_export(export=export, by=asker))
    assert [one in unpacked(content) for one in (told["mopti"].ref, apart.ref)] == [True, False]
    rows = cells(content, sheet)[1:]
    hidden = [row for row in rows if row[1] == ""]
    assert [(row[column], row[column + 1]) for row in hidden] == [(month, "")] * 2
    assert {len(str(row[column])) for row in rows if row not in hidden} == {len("2025-02-13")}


def test_a_request_holds_its_regions_and_no_other(
    told: dict[str, Any], moussa: Account, chair: Account, visit: Visit
) -> None:
    local = cast("kadi", "ctfmr_principal", regions=(KAYES,))
    export = ask(moussa, codes=[KAYES])
    assert visit(local).get(export.get_absolute_url()).status_code == 200
    content = received(
        services.take_export(export=services.approve_export(export=export, by=local), by=moussa)
    )
    assert {row[1] for row in cells(content, "Incidents")[1:]} == {told["kayes"].ref}
    for codes in ((), (MOPTI,), (KAYES, MOPTI)):
        other = ask(moussa, codes=codes)
        assert visit(local).get(other.get_absolute_url()).status_code == 404
        with pytest.raises(NotAllowed):
            services.approve_export(export=other, by=local)
    with pytest.raises(NotAllowed):
        ask(cast("ali", "secretariat", regions=(KAYES,)), codes=[MOPTI])
    with pytest.raises(NotAllowed):
        ask(cast("aly", "secretariat", regions=(KAYES,)))


def test_an_edition_leaves_as_it_was_frozen(
    told: dict[str, Any], moussa: Account, chair: Account, secretary: Account, visit: Visit
) -> None:
    edition = reporting.freeze(product="ghn", period="2025-Q1", by=secretary)
    there = reverse("disclosure:export_new") + f"?edition={edition.public_id}"
    typed = {name: ASKED[name] for name in ("kind", "reason", "receiver", "key")}
    assert visit(moussa).post(there, typed | {"everywhere": "on"}).status_code == 302
    export = services.approve_export(export=Export.objects.get(), by=chair)
    assert edition.sha256 in unpacked(received(services.take_export(export=export, by=moussa)))
    local = cast("kadi", "verification_panel", regions=(KAYES,))
    assert visit(local).get(there).status_code == 404


def test_the_minutes_go_by_the_same_door(
    told: dict[str, Any], moussa: Account, chair: Account, secretary: Account, visit: Visit
) -> None:
    sitting = verification.convene_sitting(held_on=timezone.localdate(), by=secretary, attendance="ONU")
    verification.put_on_agenda(sitting=sitting, violations=told["pending"].violations.all(), by=secretary)
    page = visit(moussa).get(reverse("verification:minutes", args=[sitting.public_id]))
    there = reverse("disclosure:export_new") + f"?sitting={sitting.public_id}"
    assert there in page.content.decode()
    typed = {name: ASKED[name] for name in ("reason", "receiver", "key")}
    assert visit(moussa).post(there, typed | {"everywhere": "on"}).status_code == 302
    export = services.approve_export(export=Export.objects.get(), by=chair)
    content = received(services.take_export(export=export, by=moussa))
    assert export.ref in Document(BytesIO(content)).sections[0].footer.paragraphs[0].text
    assert told["pending"].violations.first().ref in unpacked(content)


def test_a_file_goes_when_its_time_is_over(
    told: dict[str, Any], moussa: Account, chair: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = services.approve_export(export=ask(moussa), by=chair)
    unanswered = ask(moussa)
    later(monkeypatch, hours=71)
    services.take_export(export=export, by=moussa)
    later(monkeypatch, hours=2)
    with pytest.raises(Invalid):
        services.take_export(export=export, by=moussa)
    ask(moussa)
    export.refresh_from_db()
    assert (export.state, Parcel.objects.exists()) == ("expired", False)
    later(monkeypatch, days=12)
    with pytest.raises(Invalid):
        services.approve_export(export=unanswered, by=chair)
    services.forget_expired(by=people.machine("exports"))
    unanswered.refresh_from_db()
    assert (unanswered.state, Parcel.objects.exists()) == ("expired", False)


def test_a_grant_withdrawn_since_closes_the_door(
    told: dict[str, Any], moussa: Account, chair: Account, machine: Account
) -> None:
    approved, waiting = services.approve_export(export=ask(moussa), by=chair), ask(moussa)
    people.withdraw_grant(by=machine, grant=moussa.grants.get(role="verification_panel"), why="partie")
    moussa = Account.objects.get(pk=moussa.pk)
    with pytest.raises(NotAllowed):
        services.take_export(export=approved, by=moussa)
    with pytest.raises(Invalid):
        services.approve_export(export=Export.objects.get(pk=waiting.pk), by=chair)
    assert Parcel.objects.count() == 1


def test_every_step_asks_again_who_sits_at_the_screen(
    told: dict[str, Any], moussa: Account, chair: Account, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eleven minutes after the sign-in each says so and does nothing; with a proof the same act goes on."""
    asker, second = visit(with_password(moussa)), visit(with_password(chair))
    waiting, ready = ask(moussa), services.approve_export(export=ask(moussa), by=chair)
    moment = sessions.clock() + 11 * 60
    monkeypatch.setattr(sessions, "clock", lambda: moment)
    kept = (Export.objects.count(), ReceiverKey.objects.count(), acts())
    steps: list[tuple[Client, str, dict[str, str]]] = [
        (asker, reverse("disclosure:export_new"), ASKED | {"geography": "2021", "everywhere": "on"}),
        (asker, reverse("disclosure:key"), {"key": KEY}),
        (second, reverse("disclosure:approve", args=[waiting.public_id]), {}),
        (asker, reverse("disclosure:take", args=[ready.public_id]), {}),
    ]
    for browser, there, words in steps:
        for proof in ({}, {"proof-of": "POST", "proof-password": "non"}):
            answer = browser.post(there, words | proof)
            assert (answer.status_code, "Confirmer que c’est vous" in answer.content.decode()) == (403, True)
    assert (Export.objects.count(), ReceiverKey.objects.count(), acts()) == kept
    done = []
    for browser, there, words in steps:
        done.append(browser.post(there, words | {"proof-of": "POST", "proof-password": PASSWORD}).status_code)
    assert done == [302, 302, 302, 200]
    assert [act for _who, act in acts()[len(kept[2]) :]] == [
        "disclosure.ask_export", "disclosure.keep_key", "disclosure.approve_export", "disclosure.take_export",
    ]  # fmt: skip


def test_a_refusal_says_why_and_a_request_can_be_taken_back(
    told: dict[str, Any], moussa: Account, chair: Account, visit: Visit
) -> None:
    refused, back = ask(moussa), services.approve_export(export=ask(moussa), by=chair)
    there = reverse("disclosure:refuse", args=[refused.public_id])
    assert visit(chair).post(there, {"why": " "}).status_code == 422
    assert visit(chair).post(there, {"why": "Demandez par région"}).status_code == 302
    assert "Demandez par région" in visit(moussa).get(refused.get_absolute_url()).content.decode()
    with pytest.raises(Invalid):
        services.approve_export(export=refused, by=chair)
    assert visit(chair).post(reverse("disclosure:withdraw", args=[back.public_id])).status_code == 403
    assert visit(moussa).post(reverse("disclosure:withdraw", args=[back.public_id])).status_code == 302
    back.refresh_from_db()
    assert (back.state, Parcel.objects.exists()) == ("withdrawn", False)


@pytest.mark.parametrize(
    "key", ["", "age1", KEY[:-1], KEY + "q", "ssh-ed25519 AAAA", str(IDENTITY), f"x {IDENTITY} y"]
)
def test_a_wrong_key_is_refused_and_a_secret_one_never_written_back(
    told: dict[str, Any], moussa: Account, visit: Visit, key: str
) -> None:
    typed = {**ASKED, "geography": "2021", "everywhere": "on", "key": key}
    for there, words in (
        (reverse("disclosure:export_new"), typed),
        (reverse("disclosure:key"), {"key": key}),
    ):
        answer = visit(moussa).post(there, words)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "AGE-SECRET" not in page.upper()
        assert ("Note au Conseil" in page) == ("reason" in words)
    assert not Export.objects.exists()


def test_ones_own_key_is_kept_and_offered(told: dict[str, Any], moussa: Account, visit: Visit) -> None:
    browser: Client = visit(moussa)
    assert browser.post(reverse("disclosure:key"), {"key": f" {KEY.upper()}\n"}).status_code == 302
    page = browser.get(reverse("disclosure:export_new")).content.decode()
    assert f'value="{KEY}"' in page
    assert 'value="Moussa"' in page
