"""History: the file as at any moment, its timeline, and tables which the database lets nobody rewrite."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sutura.incidents import services
from sutura.incidents.chronicle import file_as_at, timeline
from sutura.incidents.migrations import __path__ as _migrations  # noqa: F401 - the package must import
from sutura.incidents.models import (
    DETAILS,
    Attachment,
    Child,
    Incident,
    Response,
    Victim,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import VictimPart, ViolationPart
from sutura.people.models import Account
from sutura.security.sealed import MASK
from sutura.vault.revealing import vault_of
from tests.incidents.conftest import Opener
from tests.people import with_vault, words

KEPT = [
    model
    for model in Incident._meta.apps.get_app_config("incidents").get_models()
    if hasattr(model, "history")
]


def test_every_entity_of_the_file_keeps_its_history() -> None:
    history = [model.__name__ for model in KEPT]
    assert len(history) == 19
    assert {
        model.__name__ for model in (Incident, Violation, Victim, VictimLink, Child, Response, Attachment)
    } < {*history}


@pytest.mark.parametrize("model", KEPT)
def test_the_database_refuses_to_rewrite_history(incident: Incident, model: type) -> None:
    table = model.history.model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        if not cursor.fetchone()[0]:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
                if connection.vendor == "sqlite"
                else "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            assert len(cursor.fetchall()) == 2
            return
    for statement in (f"UPDATE {table} SET history_type = '-'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_file_is_read_as_it_stood(incident: Incident, awa: Account, binta: Account) -> None:
    killing = incident.violations.get(type="killing")
    first = timezone.now()
    services.change_incident(incident=incident, by=awa, why="témoin", title="Autre titre", locality="Sévaré")
    services.change_violation(violation=killing, by=awa, why="témoin", boys=3)
    part = VictimPart(violations=(killing.ref,), sex="boy", age=3)
    services.add_victim(incident=incident, part=part, by=awa)
    second = timezone.now()
    services.unlink_victim(link=VictimLink.objects.order_by("-pk")[0], by=awa, why="confondu")
    services.void_violation(violation=killing, by=binta, why="doublon")

    then = file_as_at(incident, first, awa)
    assert then is not None
    assert (then.incident.title, then.incident.locality) == ("Attaque du marché", "")
    assert [violation.boys for violation in then.violations] == [2, 3, 0]
    assert (len(then.victims), len(then.victim_links), len(then.sources)) == (4, 5, 1)
    assert then.details[then.violations[2].pk].attack_kind == "threat"

    later = file_as_at(incident, second, awa)
    assert later is not None
    assert (later.incident.title, later.violations[0].boys) == ("Autre titre", 3)
    assert (len(later.victims), len(later.victim_links)) == (5, 6)

    now = file_as_at(incident, timezone.now(), awa)
    assert now is not None
    assert (len(now.victim_links), now.violations[0].voided_reason) == (5, "doublon")
    assert now.hidden == set()


def test_before_it_was_opened_there_is_no_file(opened: Opener, awa: Account) -> None:
    before = timezone.now()
    assert file_as_at(opened(), before, awa) is None


def test_a_reader_without_the_right_gets_no_identifying_word(
    incident: Incident, chair: Account, awa: Account
) -> None:
    file = file_as_at(incident, timezone.now(), chair)
    assert file is not None
    assert (file.incident.account_restricted, file.incident.title) == ("", "Attaque du marché")
    assert [one.name for one in file.perpetrators] == ["", "", ""]
    assert file.sources[0].description == ""
    assert {
        ("incident", "account_restricted"),
        ("perpetrator", "name"),
        ("source", "description"),
    } == file.hidden
    assert words(incident, "account_restricted", by=awa) == ("Le récit des témoins.",)


def test_the_timeline_tells_who_when_why_and_which_fields(
    incident: Incident, awa: Account, binta: Account, chair: Account
) -> None:
    services.change_incident(
        incident=incident, by=awa, why="relu", title="Autre", account_restricted="Une voisine a vu."
    )
    services.add_violation(
        incident=incident, by=awa, why="oubliée", part=ViolationPart(type="killing", boys=1)
    )
    services.unlink_victim(link=VictimLink.objects.all()[0], by=binta, why="confondu")
    newest = timeline(incident, awa)[0]
    assert (newest.kind, newest.entity, newest.who, newest.why) == (
        "removed",
        "victimlink",
        "Binta",
        "confondu",
    )
    vault = vault_of(with_vault(awa))
    (edit,) = [change for change in timeline(incident, awa, vault) if change.kind == "changed"]
    assert (edit.entity, edit.ref, edit.who, edit.why) == ("incident", incident.ref, "Awa", "relu")
    assert [(field.name, field.old, field.new) for field in edit.fields] == [
        ("title", "Attaque du marché", "Autre"),
        ("account_restricted", "Le récit des témoins.", "Une voisine a vu."),
    ]
    (sealed,) = [change for change in timeline(incident, awa) if change.kind == "changed"]
    assert [(field.name, field.old, field.new) for field in sealed.fields] == [
        ("title", "Attaque du marché", "Autre"),
        ("account_restricted", MASK, MASK),
    ]
    (masked,) = [change for change in timeline(incident, chair) if change.kind == "changed"]
    assert [(field.name, field.new, field.hidden) for field in masked.fields] == [
        ("title", "Autre", False),
        ("account_restricted", "", True),
    ]
    made = [change.entity for change in timeline(incident, awa) if change.kind == "created"]
    assert len(made) == 1 + 3 + 1 + 4 + 5 + 3 + 4 + 1 + 2 + 1


def test_codes_are_told_in_words(incident: Incident, awa: Account) -> None:
    victim = incident.victims.first()
    assert victim is not None
    services.change_victim(
        victim=victim, by=awa, vulnerabilities=["displaced", "abducted"], sex="boy", age=10
    )
    (edit,) = [change for change in timeline(incident, awa) if change.kind == "changed"]
    told = {field.name: field.new for field in edit.fields}
    assert told["age"] == "10"
    assert told["vulnerabilities"].count(",") == 1
    assert "abducted" not in told["vulnerabilities"]


def test_each_type_has_its_table_of_details() -> None:
    assert len(DETAILS) == 10
    assert len(set(DETAILS.values())) == 8
