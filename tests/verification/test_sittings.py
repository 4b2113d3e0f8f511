"""A sitting of the task force: who may convene, what it decides, and what leaves the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sutura.access.errors import Invalid, NotAllowed
from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.verification import services
from sutura.verification.documents import as_docx
from sutura.verification.minutes import minutes_of
from sutura.verification.models import Opinion, Sitting, SittingItem
from tests.people import cast

Make = Callable[..., Violation]
Visit = Callable[[Account], Client]


@pytest.fixture
def sitting(secretary: Account, happened: date) -> Sitting:
    """A sitting held five days after the incident."""
    return services.convene_sitting(
        held_on=happened + timedelta(days=5), by=secretary, venue="Bamako", attendance="UNICEF\nOCHA"
    )


@pytest.fixture
def listed(sitting: Sitting, before_ctfmr: Make, secretary: Account) -> list[SittingItem]:
    """Three violations on its agenda."""
    return services.put_on_agenda(
        sitting=sitting, violations=[before_ctfmr() for _n in range(3)], by=secretary
    )


def names(sitting: Sitting) -> list[str]:
    """The addresses of a sitting."""
    pages = ("sitting", "sitting_edit", "agenda", "sitting_close", "minutes")
    return [reverse(f"verification:{page}", args=[sitting.public_id]) for page in pages]


def test_refused_to_whoever_has_no_seat(
    listed: list[SittingItem], sitting: Sitting, visit: Visit, awa: Account, oumar: Account, fatou: Account
) -> None:
    item = listed[0]
    decide = reverse("verification:item_decide", args=[sitting.public_id, item.public_id])
    for person in (awa, oumar, fatou):
        browser = visit(person)
        for address in [
            *names(sitting),
            reverse("verification:sittings"),
            reverse("verification:sitting_new"),
        ]:
            assert browser.get(address).status_code == 403
        assert browser.post(decide, {}).status_code == 403
        with pytest.raises(NotAllowed):
            services.decide_in_sitting(item=item, status="verified", reason="x", by=person)
        with pytest.raises(NotAllowed):
            services.convene_sitting(held_on=timezone.localdate(), by=person)
    assert Opinion.objects.of_level("ctfmr").count() == 0


def test_the_secretary_decides_nothing_and_the_chair_convenes_nothing(
    listed: list[SittingItem], sitting: Sitting, visit: Visit, secretary: Account, chair: Account
) -> None:
    decide = reverse("verification:item_decide", args=[sitting.public_id, listed[0].public_id])
    assert visit(secretary).post(decide, {}).status_code == 403
    browser = visit(chair)
    assert [browser.get(address).status_code for address in names(sitting)] == [200, 403, 403, 403, 200]


def test_a_principal_of_another_region_sees_no_item(
    listed: list[SittingItem], sitting: Sitting, visit: Visit
) -> None:
    kayes = cast("kayes", "ctfmr_principal", regions=("ML01",))
    page = visit(kayes).get(names(sitting)[0]).content.decode()
    assert [item.violation.ref in page for item in listed] == [False, False, False]
    decide = reverse("verification:item_decide", args=[sitting.public_id, listed[0].public_id])
    assert visit(kayes).post(decide, {}).status_code == 404


def test_a_sitting_from_agenda_to_close(
    sitting: Sitting,
    before_ctfmr: Make,
    document: Make,
    visit: Visit,
    secretary: Account,
    chair: Account,
    happened: date,
) -> None:
    ready, waiting, early = before_ctfmr(), before_ctfmr(), document()
    agenda = reverse("verification:agenda", args=[sitting.public_id])
    browser = visit(secretary)
    page = browser.get(agenda).content.decode()
    assert [ref in page for ref in (ready.ref, waiting.ref, early.ref)] == [True, True, False]
    answer = browser.post(agenda, {"violations": [str(ready.public_id)], "references": "INC-1999-00001-V1"})
    assert answer.status_code == 422
    assert "INC-1999-00001-V1" in answer.content.decode()
    browser.post(agenda, {"violations": [str(ready.public_id)], "references": waiting.ref.lower()})
    assert [item.violation for item in sitting.items.all()] == [ready, waiting]

    item = sitting.items.get(violation=ready)
    decide = reverse("verification:item_decide", args=[sitting.public_id, item.public_id])
    typed = {f"i{item.pk}-status": "verified", f"i{item.pk}-given_on": sitting.held_on.isoformat()}
    room = visit(chair)
    wrong = room.post(decide, typed | {f"i{item.pk}-reason": ""})
    assert wrong.status_code == 422
    answer = room.post(decide, typed | {f"i{item.pk}-reason": "Unanimité."})
    assert answer["Location"].endswith(f"#item-{item.public_id}")
    item.refresh_from_db()
    ready.refresh_from_db()
    assert (ready.status, ready.decided_on, item.opinion.given_on) == (
        "verified",
        sitting.held_on,
        sitting.held_on,
    )

    close = reverse("verification:sitting_close", args=[sitting.public_id])
    assert "1 point non décidé" in browser.get(close).content.decode()
    browser.post(close)
    sitting.refresh_from_db()
    assert (sitting.is_open, sitting.closed_by) == (False, secretary)
    with pytest.raises(Invalid, match="close"):
        services.decide_in_sitting(
            item=sitting.items.get(violation=waiting), status="verified", reason="x", by=chair
        )


def test_in_place_one_row_comes_back(
    listed: list[SittingItem], sitting: Sitting, visit: Visit, chair: Account
) -> None:
    item = listed[0]
    decide = reverse("verification:item_decide", args=[sitting.public_id, item.public_id])
    typed = {f"i{item.pk}-status": "could_not_verify", f"i{item.pk}-given_on": sitting.held_on.isoformat()}
    wrong = visit(chair).post(decide, typed, headers={"HX-Request": "true"})
    assert (
        wrong.status_code,
        "Veuillez corriger" in wrong.content.decode() or "errors" in wrong.content.decode(),
    ) == (200, True)
    page = (
        visit(chair)
        .post(decide, typed | {f"i{item.pk}-reason": "Récits divergents."}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "<html" not in page
    assert f'id="item-{item.public_id}"' in page
    assert "Décidé dans cette séance" in page
    assert Violation.objects.get(pk=item.violation_id).status == "could_not_verify"


def test_deciding_again_in_the_room_supersedes(listed: list[SittingItem], chair: Account) -> None:
    item = listed[0]
    first = services.decide_in_sitting(item=item, status="could_not_verify", reason="Un.", by=chair).opinion
    second = services.decide_in_sitting(item=item, status="verified", reason="Deux.", by=chair).opinion
    assert (first.pk < second.pk, item.opinion, item.violation.status) == (True, second, "verified")
    assert Opinion.objects.of_level("ctfmr").count() == 2


def test_deferred_stays_pending(listed: list[SittingItem], chair: Account) -> None:
    item = services.decide_in_sitting(item=listed[0], status="pending", reason="Compléter.", by=chair)
    assert (item.opinion.status, item.opinion.reopened, item.violation.status) == (
        "pending",
        False,
        "pending",
    )


def test_a_decided_item_stays_and_an_undecided_one_leaves(
    listed: list[SittingItem], chair: Account, secretary: Account
) -> None:
    services.decide_in_sitting(item=listed[0], status="not_mrm", reason="Hors conflit.", by=chair)
    with pytest.raises(Invalid, match="procès-verbal"):
        services.take_off_agenda(item=listed[0], by=secretary)
    services.take_off_agenda(item=listed[1], by=secretary)
    assert list(SittingItem.objects.order_by("id")) == [listed[0], listed[2]]
    assert (
        services.put_on_agenda(sitting=listed[0].sitting, violations=[listed[0].violation], by=secretary)
        == []
    )


def test_nothing_is_decided_nor_closed_before_the_day(
    before_ctfmr: Make, secretary: Account, chair: Account
) -> None:
    tomorrow = services.convene_sitting(held_on=timezone.localdate() + timedelta(days=1), by=secretary)
    (item,) = services.put_on_agenda(sitting=tomorrow, violations=[before_ctfmr()], by=secretary)
    with pytest.raises(Invalid, match="pas encore eu lieu"):
        services.decide_in_sitting(item=item, status="verified", reason="x", by=chair)
    with pytest.raises(Invalid, match="avant son jour"):
        services.close_sitting(sitting=tomorrow, by=secretary)


def test_references_run_by_year(secretary: Account) -> None:
    made = [
        services.convene_sitting(held_on=date(year, 5, 4), by=secretary).ref for year in (2026, 2025, 2026)
    ]
    assert made == ["CTF-2026-001", "CTF-2025-001", "CTF-2026-002"]


def test_the_minutes_hold_codes_and_no_names(
    listed: list[SittingItem], sitting: Sitting, visit: Visit, chair: Account, secretary: Account
) -> None:
    reason = "La mère de Moussa Traoré confirme."
    services.decide_in_sitting(item=listed[0], status="verified", reason=reason, by=chair)
    services.change_sitting(sitting=sitting, recommendations="Visite de Sio.", by=secretary)
    browser = visit(secretary)
    page = browser.get(reverse("verification:minutes", args=[sitting.public_id])).content.decode()
    document = Document(BytesIO(as_docx(minutes_of(sitting, secretary), "Copie EXP-2026-001")))
    assert document.sections[0].footer.paragraphs[0].text == "Copie EXP-2026-001"
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    for told in (page.partition("<main")[2], text):
        assert listed[0].violation.ref in told
        assert listed[1].violation.ref in told
        assert "OCHA" in told
        assert "Visite de Sio." in told
        assert [word for word in ("Traoré", "Moussa", "Chair", "Secretary", "puits") if word in told] == []


def test_statements_do_not_grow_with_the_agenda(
    sitting: Sitting,
    before_ctfmr: Make,
    visit: Visit,
    secretary: Account,
    chair: Account,
    django_assert_num_queries,
) -> None:
    address = names(sitting)[0]
    browser = visit(chair)
    services.put_on_agenda(sitting=sitting, violations=[before_ctfmr()], by=secretary)
    with django_assert_num_queries(SITTING):
        browser.get(address)
    services.put_on_agenda(sitting=sitting, violations=[before_ctfmr(), before_ctfmr()], by=secretary)
    with django_assert_num_queries(SITTING):
        browser.get(address)


SITTING = 11
