"""A table for the public: prepared by one, approved by another, small numbers gone for good, and never changed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.disclosure import preparing, services
from sutura.disclosure.gate import Wanted, Withstood
from sutura.disclosure.models import Decision, Release
from sutura.disclosure.showing import truth
from sutura.incidents import services as incidents
from sutura.people.models import Account
from sutura.reporting import services as reporting
from sutura.reporting.services.editions import canonical
from tests.people import cast
from tests.reporting.conftest import Visit

pytestmark = pytest.mark.django_db
TABLES = "/disclosure/tables/"
TYPED = {"product": "ghn", "period": "2025-Q1", "block": "verified", "shape": "region"}


@pytest.fixture
def prepared(told: dict[str, Any], secretary: Account) -> Release:
    """Nine violations in Mopti, nine in Kayes, by region; it waits."""
    return preparing.prepare(**TYPED, by=secretary)


@pytest.fixture
def published(prepared: Release, chair: Account) -> Release:
    """The same, approved."""
    preparing.decide(release=prepared, approved=True, by=chair)
    return Release.objects.get(pk=prepared.pk)


def test_who_may_neither_prepare_nor_approve_sees_nothing(
    prepared: Release, visit: Visit, fatou: Account, oumar: Account, awa: Account
) -> None:
    panel_of_kayes = cast("kadi", "verification_panel", regions=("ML01",))
    for who in (fatou, oumar, awa):
        for address in (f"{TABLES}new/", f"{TABLES}{prepared.public_id}/"):
            assert visit(who).get(address).status_code == 403
        assert visit(who).get(f"/disclosure/public/{prepared.public_id}/").status_code == 404
    assert visit(panel_of_kayes).get(f"{TABLES}{prepared.public_id}/").status_code == 404
    assert visit(fatou).get(TABLES).status_code == 403
    for who in (awa, panel_of_kayes):
        assert str(prepared.public_id) not in visit(who).get(TABLES).content.decode()


def test_one_prepares_another_approves(
    told: dict[str, Any], visit: Visit, secretary: Account, chair: Account
) -> None:
    answer = visit(secretary).post(f"{TABLES}new/", TYPED)
    made = Release.objects.get()
    address = f"{TABLES}{made.public_id}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    shown = visit(secretary).get(address).content.decode()
    assert "‹5" in shown
    assert visit(secretary).get(f"{address}decide/").status_code == 403
    answer = visit(chair).post(f"{address}decide/", {"approved": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert Release.objects.get().state == "published"
    acts = Entry.objects.filter(act__startswith="disclosure.").order_by("id").values_list("act", "actor")
    assert list(acts) == [("disclosure.prepare", "secretary"), ("disclosure.decide", "chair")]


def test_who_prepared_does_not_approve(prepared: Release) -> None:
    both = cast("both", "secretariat", "ctfmr_principal")
    mine = preparing.prepare(**TYPED, by=both)
    with pytest.raises(NotAllowed):
        preparing.decide(release=mine, approved=True, by=both)
    assert mine.state == "waiting"


def test_a_table_is_decided_once_and_declined_with_a_reason(
    prepared: Release, chair: Account, moussa: Account
) -> None:
    with pytest.raises(Invalid):
        preparing.decide(release=prepared, approved=False, by=chair)
    preparing.decide(release=prepared, approved=False, reason="À revoir", by=chair)
    with pytest.raises(Invalid):
        preparing.decide(release=prepared, approved=True, by=moussa)
    assert Release.objects.get().state == "declined"


def test_no_hidden_number_is_in_the_copy(published: Release) -> None:
    copy = published.copy
    assert copy.hidden
    assert [value for value in copy.cells.values() if value is not None and 0 < value < 5] == []


def test_what_is_published_never_changes(published: Release) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.update(content="{}")
    assert services.is_intact(published)


def test_strangers_read_only_where_the_setting_opens_it(published: Release, settings: Any) -> None:
    addresses = ["/disclosure/public/", f"/disclosure/public/{published.public_id}/"]
    addresses += [f"{addresses[1]}table.{ending}" for ending in ("csv", "xlsx", "html")]
    assert [Client().get(one).status_code for one in addresses] == [404] * 5
    settings.SUTURA_PUBLIC_TABLES = True
    answers = [Client().get(one) for one in addresses]
    assert [one.status_code for one in answers] == [200] * 5
    for one in answers:
        text = one.content.decode("utf-8", "ignore")
        assert "Secretary" not in text
        assert "/reporting/records/" not in text
    assert Client().get(f"{addresses[1]}table.docx").status_code == 404


def test_files_say_what_they_are(published: Release, visit: Visit, fatou: Account) -> None:
    base = f"/disclosure/public/{published.public_id}/table."
    text = visit(fatou).get(f"{base}csv").content.decode("utf-8-sig")
    for word in ("Période", "Base", "Unité", "État au", "Chiffres masqués", published.sha256):
        assert word in text
    book = CalamineWorkbook.from_filelike(BytesIO(visit(fatou).get(f"{base}xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == len(published.copy.rows) + 2
    assert "c" in {cell for row in rows for cell in row}


def test_it_is_attacked_again_when_it_is_approved(
    prepared: Release, machine: Account, secretary: Account, chair: Account
) -> None:
    """Another table went out meanwhile which prints what this one hides."""
    other = preparing.prepare(**(TYPED | {"shape": "region_2023"}), by=secretary)
    wanted = Wanted(other.when, other.block, other.shape, other.as_at)
    careless = services.content_of(truth(other), wanted)
    out = Release.objects.create(
        **{
            field.attname: getattr(other, field.attname)
            for field in Release._meta.concrete_fields
            if field.attname not in ("id", "public_id", "number", "content")
        },
        number=9,
        content=canonical(careless),
    )
    Decision.objects.create(release=out, approved=True, by=machine, by_name="x", at=other.prepared_at)
    with pytest.raises(Invalid):
        preparing.decide(release=prepared, approved=True, by=chair)
    assert Release.objects.get(pk=prepared.pk).state == "waiting"
    with pytest.raises(Invalid, match=r"Ce qui se verrait.*Mopti, Meurtre"):
        preparing.prepare(**TYPED, by=secretary)
    assert Release.objects.count() == 3


def test_nothing_is_approved_that_was_not_attacked(prepared: Release, chair: Account) -> None:
    for withstood in (None, Withstood(prepared.pk, frozenset([99])), Withstood(99, frozenset())):
        with pytest.raises(Invalid):
            services.decide(release=prepared, approved=True, by=chair, withstood=withstood)
    assert Release.objects.get().state == "waiting"


def test_a_correction_is_a_release_with_a_reason_and_keeps_its_secrets(
    published: Release, told: dict[str, Any], secretary: Account, machine: Account
) -> None:
    for violation in told["kayes"].violations.order_by("id")[:1]:
        incidents.set_status(
            violation=violation, status="pending", decided_on=None, by=machine, why="reprise"
        )
    with pytest.raises(Invalid):
        preparing.prepare(**TYPED, by=secretary)
    again = preparing.prepare(**TYPED, reason="Une décision reprise", by=secretary)
    assert again.number == 2
    # One killing was three children: printed, the difference to the first release would say so.
    assert again.copy.cells[("", ""), ""] is None
    assert published.copy.cells[("", ""), ""] == 18


def test_only_a_cleared_edition_is_published(
    told: dict[str, Any], secretary: Account, moussa: Account, chair: Account
) -> None:
    edition = reporting.freeze(product="ghn", period="2025-Q1", by=secretary)
    with pytest.raises(Invalid):
        preparing.prepare(**TYPED, edition=edition, by=secretary)
    reporting.clear(edition=edition, level="technical", by=moussa)
    reporting.clear(edition=edition, level="ctfmr", by=chair)
    made = preparing.prepare(**TYPED, edition=type(edition).objects.get(), by=secretary)
    assert (made.as_at, made.edition) == (edition.as_at, edition)


def test_numbers_open_their_records_in_the_preview_alone(
    published: Release, visit: Visit, chair: Account
) -> None:
    preview = visit(chair).get(f"{TABLES}{published.public_id}/").content.decode()
    assert preview.count("/reporting/records/?") == len(published.copy.cells)
    first = preview.partition('href="/reporting/records/?')[2].partition('"')[0].replace("&amp;", "&")
    assert visit(chair).get(f"/reporting/records/?{first}").status_code == 200
    public = visit(chair).get(f"/disclosure/public/{published.public_id}/").content.decode()
    assert "/reporting/records/" not in public
    assert "‹5" not in public


@pytest.mark.parametrize("shape", ["region_2023", "cercle", "party", "sex", "age", "quarter"])
def test_every_shape_is_prepared_and_shown(
    told: dict[str, Any], shape: str, visit: Visit, secretary: Account
) -> None:
    made = preparing.prepare(**(TYPED | {"shape": shape}), by=secretary)
    assert visit(secretary).get(f"{TABLES}{made.public_id}/").status_code == 200
    copy = truth(made)
    assert copy.cells[("", ""), ""] == sum(copy.cells[("", ""), kind] or 0 for kind in copy.types) > 0
    assert [value for value in made.copy.cells.values() if value is not None and 0 < value < 5] == []
