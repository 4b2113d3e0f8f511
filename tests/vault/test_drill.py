"""The rehearsal of recovery: three passwords open every key, two open none, and nothing is written."""

from __future__ import annotations

import io

import pytest

from sutura.access.errors import Invalid
from sutura.config.console import main
from sutura.incidents.models import Incident
from sutura.people.models import Account
from sutura.vault import services
from sutura.vault.drill import Drill, drill
from sutura.vault.models import RecordKey, RegionKey, RegionShare
from tests.incidents.conftest import Opener
from tests.people import PASSWORD, cast, with_vault


@pytest.fixture
def five(keeper: Account, lead: Account) -> list[Account]:
    """The custodians of a new escrow."""
    chosen = [cast(f"custodian{number}", "coordinator") for number in range(1, 6)]
    services.set_up_escrow(by=keeper, custodians=chosen)
    services.agree_escrow(by=lead)
    return chosen


def test_two_passwords_or_a_wrong_one_open_nothing(five: list[Account], awa: Account):
    with pytest.raises(Invalid):
        drill([(one, PASSWORD) for one in five[:2]])
    with pytest.raises(Invalid):
        drill([(five[0], PASSWORD), (five[1], PASSWORD), (five[2], "faux")])
    with pytest.raises(Invalid):
        drill([(five[0], PASSWORD), (five[1], PASSWORD), (awa, PASSWORD)])


def test_three_passwords_open_every_key_and_nothing_is_written(
    five: list[Account], awa: Account, opened: Opener
):
    opened()
    services.settle(by=with_vault(awa))
    opened()
    before = (RegionShare.objects.count(), RecordKey.objects.count())
    done = drill([(one, PASSWORD) for one in (five[4], five[0], five[2])])
    assert done == Drill(shares=3, keys=2, opened=2, records=RecordKey.objects.count(), wrong=0)
    assert (RegionShare.objects.count(), RecordKey.objects.count()) == before


def test_a_key_outside_escrow_and_a_spoilt_one_are_told(five: list[Account], awa: Account, opened: Opener):
    opened()
    row = RecordKey.objects.first()
    assert row is not None
    RecordKey.objects.filter(pk=row.pk).update(box=bytes(row.box)[:-1] + b"\x00")
    RegionKey(region="ML01", right="incidents.restricted", year=2026, public=b"0" * 32).save()
    done = drill([(one, PASSWORD) for one in five])
    assert (done.keys, done.opened, done.wrong) == (3, 2, 1)


def test_the_command_asks_the_passwords_and_prints_the_numbers(
    five: list[Account], incident: Incident, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 3))
    assert main(["vault", "drill", "custodian1", "custodian2", "custodian3"]) == 0
    assert "avec 3 parts : 2 clés de régions sur 2" in capsys.readouterr().out
