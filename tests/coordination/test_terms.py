"""Terms of reference: versions, comments and what was decided, two validations; links; the signed sheet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.coordination.models import Meeting, Scan, Terms
from sutura.coordination.rules.terms import Piece, difference
from sutura.coordination.services import links, meetings
from sutura.coordination.services import terms as services
from sutura.people.models import Account
from tests.coordination.conftest import Room
from tests.photographs import photograph

TODAY = timezone.localdate()


def test_a_difference_says_what_went_and_what_came() -> None:
    assert difference("Se réunir chaque mois.", "Se réunir chaque trimestre.") == [
        Piece("=", "Se réunir chaque "),
        Piece("-", "mois."),
        Piece("+", "trimestre."),
    ]


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
def test_no_word_is_lost_in_a_difference(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.sign != "-") == new
    assert "".join(piece.text for piece in pieces if piece.sign != "+") == old


@pytest.fixture
def terms(room: Room, fatou: Account) -> Terms:
    """The first version of the group of Mopti, open for comments."""
    first = services.draft_terms(body=room.group, by=fatou)
    section = first.sections.get(heading="But")
    services.change_section(section=section, heading="But", text="Trier les alertes chaque mois.", by=fatou)
    return services.open_comments(terms=first, until=TODAY, by=fatou)


@pytest.mark.django_db
def test_nobody_of_another_region_finds_terms_or_comments_them(
    client: Client, room: Room, terms: Terms, oumar: Account
) -> None:
    section = terms.sections.get(heading="But")
    pages = (
        f"/coordination/terms/{terms.public_id}/",
        f"/coordination/terms/{terms.public_id}/paper/",
        f"/coordination/terms/{terms.public_id}/act/technical/",
        f"/coordination/terms/sections/{section.public_id}/comment/",
        f"/coordination/terms/sections/{section.public_id}/",
    )
    for person, status in ((room.stranger, 404), (oumar, 403)):
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == [status] * len(pages)
    with pytest.raises(NotAllowed):
        services.comment_terms(section=section, text="Non", by=room.stranger)


@pytest.mark.django_db
def test_from_the_first_draft_to_the_second_version(
    client: Client, room: Room, terms: Terms, fatou: Account
) -> None:
    client.force_login(room.member)
    section = terms.sections.get(heading="But")
    page = f"/coordination/terms/sections/{section.public_id}/comment/"
    assert client.post(page, {"text": "Deux fois par mois."}).status_code == 302
    comment = section.comments.get()
    assert comment.organisation == room.ngo
    with pytest.raises(Invalid, match="chaque commentaire"):
        services.validate_terms(terms=terms, stage="technical", on=TODAY, authority="Le cadre", by=fatou)
    client.force_login(fatou)
    ruling = f"/coordination/terms/comments/{comment.public_id}/"
    assert client.post(ruling, {"ruling": "refused"}).status_code == 422
    assert client.post(ruling, {"ruling": "refused", "reply": "Trop souvent"}).status_code == 302
    act = f"/coordination/terms/{terms.public_id}/act/"
    told = {"on": TODAY.isoformat(), "authority": "Cadre de concertation"}
    assert client.post(f"{act}political/", told).status_code == 422
    assert client.post(f"{act}technical/", told).status_code == 302
    assert client.post(f"{act}political/", told | {"authority": "Ministère inventé"}).status_code == 302
    terms.refresh_from_db()
    assert (terms.stage, terms.technical_by, terms.political_by) == (
        "political", "Cadre de concertation", "Ministère inventé",
    )  # fmt: skip
    with pytest.raises(Invalid, match="écrivez-en une nouvelle"):
        services.change_section(section=section, heading="But", text="Autre", by=fatou)
    client.post(f"/coordination/bodies/{room.group.public_id}/terms/new/")
    second = Terms.objects.get(version=2)
    aim = second.sections.get(heading="But")
    services.change_section(section=aim, heading="But", text="Trier les alertes chaque semaine.", by=fatou)
    shown = client.get(f"/coordination/terms/{second.public_id}/since/1/").content.decode()
    assert "<del>mois.</del><ins>semaine.</ins>" in shown
    services.validate_terms(terms=second, stage="technical", on=TODAY, authority="Cadre", by=fatou)
    services.validate_terms(terms=second, stage="political", on=TODAY, authority="Ministère", by=fatou)
    terms.refresh_from_db()
    assert terms.stage == "repealed"


@pytest.mark.django_db
def test_one_draft_at_a_time_and_one_heading_once(room: Room, terms: Terms, fatou: Account) -> None:
    with pytest.raises(Invalid, match="terminez-la"):
        services.draft_terms(body=room.group, by=fatou)
    with pytest.raises(Invalid) as refused:
        services.add_section(terms=terms, heading=" But ", by=fatou)
    assert refused.value.field == "heading"
    assert services.add_section(terms=terms, heading="Axes", by=fatou).position == 8


@pytest.mark.django_db
def test_a_liaison_is_named_and_its_dates_hold(client: Client, room: Room, fatou: Account) -> None:
    client.force_login(fatou)
    told = {
        "other": "Cluster protection (inventé)", "organisation": str(room.ngo.pk), "liaison": "Chargée de liaison",
        "starts_on": "2026-03-01", "ends_on": "2026-02-01",
    }  # fmt: skip
    page = f"/coordination/bodies/{room.group.public_id}/links/new/"
    answer = client.post(page, told)
    assert (answer.status_code, "Chargée de liaison" in answer.content.decode()) == (422, True)
    assert client.post(page, told | {"ends_on": ""}).status_code == 302
    tie = room.group.ties.get()
    client.force_login(room.member)
    assert tie.other in client.get(room.group.get_absolute_url()).content.decode()
    client.force_login(room.stranger)
    assert client.get(f"/coordination/links/{tie.public_id}/").status_code == 404
    with pytest.raises(NotAllowed):
        links.change_tie(link=tie, by=room.member, ends_on=date(2026, 4, 1))


@pytest.mark.django_db
def test_the_signed_sheet_is_kept_without_its_place(
    client: Client, room: Room, fatou: Account, tmp_path: object
) -> None:
    meeting = meetings.plan_meeting(body=room.group, planned_on=TODAY, by=fatou)
    sheet = ContentFile(photograph(), name="feuille.jpg")
    with override_settings(MEDIA_ROOT=tmp_path):
        with pytest.raises(Invalid, match="pas encore tenue"):
            links.keep_scan(meeting=meeting, file=sheet, by=fatou)
        held = meetings.open_minutes(meeting=meeting, held_on=TODAY, by=fatou)
        client.force_login(fatou)
        page = f"/coordination/meetings/{held.public_id}/scan/"
        assert client.post(page, {"file": ContentFile(b"#!/bin/sh", name="x.sh")}).status_code == 422
        assert client.post(page, {"file": sheet}).status_code == 302
        scan = Scan.objects.get()
        with pytest.raises(Invalid, match="déjà gardée"):
            links.keep_scan(meeting=held, file=ContentFile(photograph(), name="encore.jpg"), by=fatou)
        client.force_login(room.stranger)
        assert client.get(f"/coordination/scans/{scan.public_id}/file/").status_code == 404
        client.force_login(room.member)
        content = client.get(f"/coordination/scans/{scan.public_id}/file/").content
    assert (b"Exif" in photograph(), b"Exif" in content) == (True, False)
    assert Entry.objects.filter(act="coordination.read_scan", actor="mariam").count() == 1
    assert Meeting.objects.get().scans.count() == 1


@pytest.mark.django_db
def test_what_a_version_cannot_be(terms: Terms, fatou: Account) -> None:
    with pytest.raises(Invalid) as refused:
        services.open_comments(terms=terms, until=TODAY - timedelta(days=1), by=fatou)
    assert refused.value.field == "until"
    with pytest.raises(Invalid) as refused:
        services.validate_terms(
            terms=terms, stage="technical", on=TODAY + timedelta(days=1), authority="X", by=fatou
        )
    assert refused.value.field == "on"
    with pytest.raises(Invalid, match="Dites pourquoi"):
        services.validate_terms(terms=terms, stage="technical", on=TODAY, authority=" ", by=fatou)
