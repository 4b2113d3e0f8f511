"""Dockets and their lines: what may be written, what a correction does, and that no column could hold a name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.incidents.codes import CodeField, CodesField
from sutura.parties.models import Party
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.response.models import Docket, Evidence, Step, TimeLimits
from sutura.response.services import dockets as services
from sutura.response.services.evidence import keep_evidence
from sutura.response.services.limits import set_limits
from sutura.security.pictures import redrawn
from sutura.security.sealed import SealedTextField
from sutura.vault.models import Opening
from tests.people import come_in, open_vault
from tests.photographs import MAKER, photograph, place_in
from tests.response.conftest import Office, ago, on

# Words of columns which are no free text: made by the software, or of the register of places and of texts.
MADE = {
    "Activity.region", "Cost.region", "Move.origin", "Move.region", "Offer.region",
    "Docket.ref", "Docket.region", "Referral.ref", "Referral.region", "Step.answer", "Evidence.content_type",
    "Evidence.sha256", "Evidence.file",
    "Site.name", "Site.region", "TimeLimits.months", "TimeLimits.handover_source", "TimeLimits.plan_source",
    "TimeLimits.months_source", "TimeLimits.confirm_source", "Visit.ref", "Visit.region", "Approach.ref",
    "Approach.region",
    "School.name", "School.folded", "School.region", "SchoolLine.answer",
}  # fmt: skip


def test_no_column_could_hold_a_name():
    free = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("response").get_models()
        if not hasattr(model, "tracked_fields")
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.FileField | models.JSONField)
        and not isinstance(field, CodeField | CodesField | SealedTextField)
    }
    assert free == MADE


def test_only_who_keeps_the_region_writes(office: Office):
    docket = office.met()
    with pytest.raises(NotAllowed):
        office.met(by=office.kante)
    with pytest.raises(NotAllowed):
        services.note_step(docket=docket, kind="handover", answer="well", by=office.kante, **ago(1))
    with pytest.raises(NotAllowed):
        services.correct_step(
            step=docket.steps.get(), why="date", answer="arrested", by=office.kante, **ago(1)
        )


@pytest.mark.parametrize(
    "said",
    [
        {"answer": "sold"}, {"age": 18}, {"age_basis": ""}, {"association": "not", "party": True},
        {"precision": "day", "moment": None, "day": date(2099, 1, 1)},
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused(office: Office, machine: Account, said: dict):
    if said.get("party"):
        load_parties(by=machine)
        said = said | {"party": Party.objects.first()}
    with pytest.raises(Invalid):
        office.met(**said)
    assert not Docket.objects.exists()


def test_a_line_is_neither_changed_nor_deleted(office: Office):
    step = office.met().steps.get()
    for act in (lambda: Step.objects.filter(pk=step.pk).update(answer="escaped"), step.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Step.objects.get().answer == "arrested"


def test_a_correction_sets_the_clock_anew_and_leaves_what_was_written(office: Office):
    docket = office.met(60)
    step = docket.steps.get()
    made = services.correct_step(
        step=step, why="date", answer="arrested", by=office.salimata, **on(timezone.localdate())
    )
    docket.refresh_from_db()
    assert docket.next_due_at is not None
    assert docket.next_due_at > timezone.now()
    assert list(docket.steps.standing()) == [made]
    with pytest.raises(Invalid):
        services.correct_step(step=step, why="date", answer="arrested", by=office.salimata, **ago(1))
    with pytest.raises(Invalid):
        services.take_back_step(step=made, why="twice", by=office.salimata)
    handed = office.note(docket, "handover", answer="well", late_reason="age")
    services.take_back_step(step=handed, why="docket", by=office.salimata)
    docket.refresh_from_db()
    assert (docket.stage, docket.next_due, docket.steps.count()) == ("met", "handover", 4)


def test_a_child_detained_twice_has_two_encounters_in_one_docket(office: Office):
    docket = office.met(2000)
    office.note(docket, "detention", 1990, answer="prison")
    office.note(docket, "release", 1000, answer="court")
    office.note(docket, "encounter", 100, answer="captured")
    office.note(docket, "visit", 1100, answer="seen", episode=1)
    docket.refresh_from_db()
    assert list(docket.steps.values_list("kind", "episode")) == [
        ("encounter", 1), ("detention", 1), ("release", 1), ("encounter", 2), ("visit", 1),
    ]  # fmt: skip
    assert (docket.stage, docket.next_due) == ("met", "handover")
    with pytest.raises(Invalid):
        office.note(docket, "visit", 5, answer="seen", episode=3)


def test_an_encounter_keeps_the_limits_of_its_day(office: Office, machine):
    last = TimeLimits.objects.get()
    said = {
        name: getattr(last, name) for name in ("plan_hours", "plan_source", "months_source", "confirm_days")
    }
    set_limits(
        months=[1], valid_from=timezone.localdate() + timedelta(days=1), handover_hours=24, by=machine,
        handover_source="inventé", confirm_source="inventé", **said,
    )  # fmt: skip
    docket = office.met(10)
    assert docket.next_due_at == docket.steps.get().moment + timedelta(hours=48)


def test_evidence_lies_sealed_and_opens_with_a_reason_on_record(
    office: Office, client: Client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    docket = office.met()
    picture = photograph()
    kept = keep_evidence(
        step=docket.steps.get(),
        paper="handover",
        file=ContentFile(picture, name="Nom.jpg"),
        by=office.salimata,
    )
    with kept.file.open("rb") as lying:
        assert picture[:64] not in lying.read()
    assert str(Evidence.objects.get().original_name) == "•••"
    client.force_login(office.salimata)
    come_in(client)
    open_vault(client, office.salimata)
    url = reverse("response:evidence", args=[kept.public_id])
    assert client.post(url, {"why": ""}).status_code == 422
    answer = client.post(url, {"why": "préparer l’audience (inventé)"})
    # The same points, without the place and the device that the phone wrote in it; the original stays sealed.
    assert answer.content == redrawn(picture)
    assert (place_in(picture) != {}, place_in(answer.content), MAKER.encode() in answer.content) == (
        True,
        {},
        False,
    )
    assert "Nom" not in answer["Content-Disposition"]
    assert [one.reason for one in Opening.objects.all()] == ["préparer l’audience (inventé)"]
