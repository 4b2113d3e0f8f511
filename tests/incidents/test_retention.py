"""How long a file is kept: reviewed when its time has come, held for a court, never shredded while on hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Incident, RetentionDecision
from sutura.incidents.retention import to_review
from sutura.incidents.rules import years_before
from sutura.people.models import Account
from sutura.vault import services as vault
from sutura.vault.models import Shredding
from tests.incidents.conftest import Opener
from tests.people import MOPTI, cast

pytestmark = pytest.mark.django_db
OLD, TODAY = date(2012, 6, 1), timezone.localdate()


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2026, 11, 22), 10, date(2016, 11, 22)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
    ],
)
def test_the_same_day_years_before(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before


@pytest.fixture
def visit(client: Client) -> Callable[[Account], Client]:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting


@pytest.fixture
def old(opened: Opener) -> Incident:
    """An incident of Mopti, fourteen years ago."""
    return opened(occurred_on=OLD)


def test_who_may_not_void_neither_sees_nor_decides(
    old: Incident, visit: Any, oumar: Account, awa: Account, fatou: Account
) -> None:
    acts = [reverse("incidents:act", args=[old.public_id, name]) for name in ("hold", "keep")]
    for who, status in ((awa, 403), (oumar, 404), (fatou, 403)):
        assert [visit(who).get(act).status_code for act in acts] in ([status] * 2, [403, 403])
        assert visit(who).get(reverse("incidents:retention")).status_code == 403
        with pytest.raises(NotAllowed):
            services.hold_file(incident=old, by=who, why="tribunal")
        with pytest.raises(NotAllowed):
            services.keep_file(incident=old, by=who, until=TODAY + timedelta(days=9), why="utile")
    assert RetentionDecision.objects.count() == 0


def test_an_old_file_comes_up_and_goes_when_somebody_decides(
    old: Incident, opened: Opener, binta: Account, visit: Any
) -> None:
    opened()
    page = visit(binta).get(reverse("incidents:retention")).content.decode()
    assert (old.ref in page, page.count("INC-")) == (True, 1)
    assert list(to_review(binta)) == [old]
    answer = visit(binta).post(
        reverse("incidents:act", args=[old.public_id, "keep"]),
        {"until": (TODAY + timedelta(days=30)).isoformat(), "why": "Une demande de réparation"},
    )
    assert answer.status_code == 302
    assert list(to_review(binta)) == []
    assert (
        "Une demande de réparation"
        in visit(binta).get(reverse("incidents:detail", args=[old.public_id])).content.decode()
    )
    assert Entry.objects.filter(act="incidents.keep_file").count() == 1


def test_a_file_kept_until_a_day_comes_back_after_it(old: Incident, binta: Account) -> None:
    kept = services.keep_file(incident=old, by=binta, until=TODAY + timedelta(days=1), why="utile")
    mine = Incident.objects.visible_to(binta)
    assert list(mine.to_review(OLD, TODAY + timedelta(days=1))) == []
    assert list(mine.to_review(OLD, kept.until + timedelta(days=1))) == [old]
    assert list(mine.to_review(OLD - timedelta(days=1), TODAY + timedelta(days=9))) == []


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1)])
def test_it_is_kept_until_a_day_to_come(old: Incident, binta: Account, until: date) -> None:
    with pytest.raises(Invalid) as refused:
        services.keep_file(incident=old, by=binta, until=until, why="utile")
    assert refused.value.field == "until"


def test_nothing_is_shredded_while_a_file_is_on_hold(old: Incident, binta: Account) -> None:
    other = cast("kadia", "regional_coordinator", regions=(MOPTI,))
    asked = vault.ask_shredding(by=binta, file=old, why="dix ans")
    services.hold_file(incident=old, by=binta, why="le tribunal")
    with pytest.raises(Invalid, match="suspendue"):
        vault.ask_shredding(by=binta, file=old, why="dix ans")
    with pytest.raises(Invalid, match="suspendue"):
        vault.agree_shredding(by=other, shredding=asked, file=old, records=[old])
    assert list(to_review(binta)) == []
    with pytest.raises(Invalid):
        services.hold_file(incident=old, by=binta, why="encore")
    services.release_file(incident=old, by=binta, why="jugé")
    with pytest.raises(Invalid):
        services.release_file(incident=old, by=binta, why="encore")
    assert list(to_review(binta)) == [old]


def test_what_is_shredded_is_reviewed_no_more(old: Incident, binta: Account) -> None:
    Shredding.objects.create(
        kind="incidents.incident", file=str(old.public_id), asked_by=1, agreed_by=2, why="x", shredded_at=timezone.now()
    )  # fmt: skip
    assert list(to_review(binta)) == []


def test_a_decision_is_never_changed(old: Incident, binta: Account) -> None:
    services.hold_file(incident=old, by=binta, why="le tribunal")
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionDecision.objects.update(why="autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionDecision.objects.all().delete()


def test_the_hold_is_offered_or_its_end(old: Incident, binta: Account, visit: Any) -> None:
    def offered() -> list[bool]:
        page = visit(binta).get(reverse("incidents:detail", args=[old.public_id])).content.decode()
        return [reverse("incidents:act", args=[old.public_id, name]) in page for name in ("hold", "release")]

    assert offered() == [True, False]
    services.hold_file(incident=old, by=binta, why="le tribunal")
    assert offered() == [False, True]
    assert visit(binta).get(reverse("incidents:act", args=[old.public_id, "hold"])).status_code == 404


def test_the_morning_tells_that_old_files_wait(old: Incident, binta: Account, visit: Any) -> None:
    page = visit(binta).get("/").content.decode()
    assert reverse("incidents:retention") in page
