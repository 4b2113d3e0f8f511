"""What may happen in the library: who is refused, what is refused, what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.library import services
from sutura.library.models import Document, Use, Version
from sutura.people.models import Account
from tests.library.conftest import DAY, Room, kept, pdf, with_version
from tests.people import KAYES, MOPTI, cast


def test_only_who_keeps_bodies_there_keeps_the_library(room: Room, tool: Document, fatou: Account):
    version = with_version(tool, fatou)
    sent = services.disseminate(version=version, organisation=room.ngo, sent_on=DAY, channel="hand", by=fatou)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (services.change_document, {"document": tool, "title": "Autre"}),
        (services.change_document, {"document": kept(fatou, region=KAYES), "region": MOPTI}),
        (services.add_version, {"document": tool, "dated_on": DAY, "file": pdf()}),
        (
            services.validate_version,
            {"version": version, "stage": "adopted", "authority": "x", "reached_on": DAY},
        ),
        (services.disseminate, {"version": version, "body": "x", "sent_on": DAY, "channel": "hand"}),
        (services.acknowledge, {"dissemination": sent, "acknowledged_on": DAY, "acknowledged_by": "x"}),
    ]
    for who in (room.stranger, cast("lamine", "body_member")):
        for act, said in acts[:1] + acts[2:]:
            with pytest.raises(NotAllowed):
                act(by=who, **said)
    move, said = acts[1]
    with pytest.raises(NotAllowed):
        move(by=room.stranger, **said)
    with pytest.raises(NotAllowed):
        kept(room.stranger, region="")
    tool.refresh_from_db()
    assert (tool.title, tool.versions.count()) == ("Fiche d’écoute (inventée)", 1)


def test_a_use_is_told_by_who_reads_the_document_and_works_there(room: Room, tool: Document, fatou: Account):
    said: dict[str, Any] = {
        "organisation": room.ngo,
        "used_on": DAY,
        "how": "En formation.",
        "evidence": "Liste.",
    }
    for document, region in ((tool, KAYES), (kept(fatou, region="", access="direction"), MOPTI)):
        with pytest.raises(NotAllowed):
            services.note_use(document=document, region=region, by=room.stranger, **said)
    with pytest.raises(NotAllowed):
        services.note_use(document=kept(fatou, access="direction"), region=MOPTI, by=room.member, **said)
    use = services.note_use(document=tool, region=MOPTI, by=room.member, **said)
    assert list(Use.objects.visible_to(room.member)) == [use]
    assert list(Use.objects.visible_to(room.stranger)) == []
    nothing = said | {"evidence": " "}
    with pytest.raises(Invalid, match="Dites ce qui le montre"):
        services.note_use(document=tool, region=MOPTI, by=room.member, **nothing)


def test_versions_are_numbered_and_stand_somewhere(tool: Document, fatou: Account):
    with pytest.raises(Invalid, match="Choisissez le fichier"):
        services.add_version(document=tool, dated_on=DAY, by=fatou)
    with pytest.raises(Invalid, match="après aujourd’hui"):
        services.add_version(
            document=tool, dated_on=timezone.localdate() + timedelta(days=1), file=pdf(), by=fatou
        )
    first = with_version(tool, fatou)
    second = services.add_version(document=tool, dated_on=DAY, address="https://exemple.invalid/x", by=fatou)
    assert [(each.number, each.stage) for each in (first, second)] == [(1, "draft"), (2, "draft")]
    assert (first.content_type, first.ending, first.size) == ("application/pdf", "pdf", 17)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=second.pk).update(address="")


def test_a_word_document_keeps_its_ending_and_a_script_is_refused(tool: Document, fatou: Account):
    word = ContentFile(b"PK\x03\x04 invented", name="Module.DOCX")
    assert services.add_version(document=tool, dated_on=DAY, file=word, by=fatou).ending == "docx"
    with pytest.raises(Invalid, match="Enregistrez-le en PDF"):
        script = ContentFile(b"#!/bin/sh", name="module.pdf")
        services.add_version(document=tool, dated_on=DAY, file=script, by=fatou)
    assert tool.versions.count() == 1


def test_stages_go_forward_and_each_is_kept(tool: Document, fatou: Account):
    version = with_version(tool, fatou)

    def reach(stage: str, on: date, authority: str = "CCT") -> Any:
        return services.validate_version(
            version=version, stage=stage, authority=authority, reached_on=on, by=fatou
        )

    reach("technical", DAY)
    for stage, on, words in (
        ("technical", DAY, "déjà"),
        ("draft", DAY, "déjà"),
        ("political", DAY - timedelta(days=1), "avant"),
        ("political", timezone.localdate() + timedelta(days=1), "après aujourd’hui"),
    ):
        with pytest.raises(Invalid, match=words):
            reach(stage, on)
    reach("adopted", DAY + timedelta(days=9), "Conseil des ministres (inventé)")
    version.refresh_from_db()
    kept_stages = [(each.stage, each.authority) for each in version.validations.all()]
    assert version.stage == "adopted"
    assert kept_stages == [("technical", "CCT"), ("adopted", "Conseil des ministres (inventé)")]


def test_a_version_goes_to_an_organisation_or_to_a_body(room: Room, tool: Document, fatou: Account):
    version = with_version(tool, fatou)
    said: dict[str, Any] = {"version": version, "sent_on": DAY, "channel": "email", "by": fatou}
    for both in ({}, {"organisation": room.ngo, "body": "GT"}):
        with pytest.raises(Invalid, match="l’une des deux"):
            services.disseminate(**said, **both)
    assert services.disseminate(**said, body=" GT de Mopti ").receiver == "GT de Mopti"
    sent = services.disseminate(**said, organisation=room.ngo)
    early = {"acknowledged_on": DAY - timedelta(days=1), "acknowledged_by": "Le bureau"}
    with pytest.raises(Invalid, match="avant l’envoi"):
        services.acknowledge(dissemination=sent, by=fatou, **early)
    done = services.acknowledge(dissemination=sent, by=fatou, **(early | {"acknowledged_on": DAY}))
    assert (done.acknowledged_on, done.acknowledged_by) == (DAY, "Le bureau")
    with pytest.raises(Invalid, match="déjà"):
        services.acknowledge(dissemination=sent, by=fatou, **(early | {"acknowledged_on": DAY}))
