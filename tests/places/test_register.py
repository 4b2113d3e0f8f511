"""The shipped register: what it holds, that loading twice changes nothing, that both geographies sum alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sutura.access.errors import Invalid, NotAllowed
from sutura.people.models import Account
from sutura.places.models import Code, Name, RegisterChange, Unit
from sutura.places.resolver import Register
from sutura.places.services import REGISTER, add_alias, load_register

pytestmark = pytest.mark.django_db


def test_oumar_may_not_load_the_register(oumar: Account) -> None:
    with pytest.raises(NotAllowed):
        load_register(by=oumar)
    assert Unit.objects.count() == 0


def test_the_register_holds_mali(register: Register) -> None:
    assert Counter(Unit.objects.values_list("edition", "level")) == {
        ("cod-ab-2021", 0): 1,
        ("cod-ab-2021", 1): 10,
        ("cod-ab-2021", 2): 53,
        ("cod-ab-2021", 3): 701,
        ("reform-2023", 1): 20,
    }


def test_a_second_load_changes_nothing(machine: Account) -> None:
    first = load_register(by=machine)
    counts = (Unit.objects.count(), Name.objects.count(), Code.objects.count(), Unit.history.count())
    second = load_register(by=machine)
    assert first.created == sum(counts[:3])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 785)
    assert (Unit.objects.count(), Name.objects.count(), Code.objects.count(), Unit.history.count()) == counts
    assert RegisterChange.objects.count() == 1


def test_a_changed_file_updates_its_unit_and_keeps_the_past(machine: Account, tmp_path: Path) -> None:
    load_register(by=machine)
    for name in ("names.csv", "codes.csv"):
        (tmp_path / name).write_bytes((REGISTER / name).read_bytes())
    text = (REGISTER / "units.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if ",ML0104," in line)
    moved = row.replace("ML-R01", "ML-R15").replace(",check,", ",sure,")
    (tmp_path / "units.csv").write_text(text.replace(row, moved), encoding="utf-8")
    loaded = load_register(by=machine, folder=tmp_path)
    unit = Unit.objects.get(code="ML0104")
    assert (loaded.created, loaded.updated) == (0, 1)
    assert (unit.region, unit.region_2023, unit.confidence) == ("ML01", "ML-R15", "sure")
    assert list(unit.history.order_by("history_id").values_list("region_2023", flat=True)) == [
        "ML-R01",
        "ML-R15",
    ]


def test_every_unit_has_one_region_in_each_geography(register: Register) -> None:
    old = set(Unit.objects.regions("cod-ab-2021").values_list("code", flat=True))
    new = set(Unit.objects.regions("reform-2023").values_list("code", flat=True))
    below = Unit.objects.filter(level__gt=0)
    assert set(below.values_list("region", flat=True)) == old
    assert set(below.values_list("region_2023", flat=True)) == new
    # a 2023 region never takes from two old regions: an old total is the sum of its parts, commune by commune
    pairs = set(Unit.objects.filter(level__gte=2).values_list("region_2023", "region"))
    assert len(pairs) == len(new)
    assert dict(pairs) == dict(Unit.objects.regions("reform-2023").values_list("code", "region"))


def test_an_old_region_alone_goes_to_the_new_one_that_keeps_its_name(register: Register) -> None:
    kept = dict(Unit.objects.regions().values_list("code", "region_2023"))
    assert kept == {
        "ML01": "ML-R01", "ML02": "ML-R02", "ML03": "ML-R03", "ML04": "ML-R04", "ML05": "ML-R05",
        "ML06": "ML-R06", "ML07": "ML-R07", "ML08": "ML-R08", "ML09": "ML-R00", "ML10": "ML-R10",
    }  # fmt: skip


def test_taoudenit_is_the_commune_salam_and_is_marked(register: Register) -> None:
    rows = Unit.objects.filter(region_2023="ML-R09", level__gte=2)
    assert list(rows.values_list("code", "confidence")) == [("ML060505", "check")]


def test_path_cercle_and_parent_agree(register: Register) -> None:
    for unit in register.units.values():
        steps = unit.path.split("/") if unit.path else []
        assert len(steps) == unit.level
        assert steps == ([*unit.parent.path.split("/"), unit.code] if unit.level > 1 else steps)
        assert unit.cercle == (steps[1] if unit.level > 1 else "")


def test_every_unit_is_under_its_parent(register: Register, awa: Account) -> None:
    visible = Unit.objects.visible_to(awa)
    mopti = Unit.objects.get(code="ML05")
    bandiagara = Unit.objects.get(code="ML-R17")
    tombouctou = Unit.objects.get(code="ML-R06")
    assert visible.under(mopti).count() == 8
    assert set(visible.under(bandiagara).values_list("code", flat=True)) == {"ML0501", "ML0502", "ML0505"}
    assert visible.under(Unit.objects.get(code="ML-R09")).get().code == "ML060505"
    assert visible.under(tombouctou).count() == 5


def test_an_alias_is_learnt_once_and_found_at_once(
    register: Register, secretary: Account, oumar: Account
) -> None:
    unit = Unit.objects.get(code="ML050101")
    assert Register.current().resolve("Bandjagara-ville", parent="ML0501").unit is None
    with pytest.raises(NotAllowed):
        add_alias(unit=unit, text="Bandjagara-ville", by=oumar)
    add_alias(unit=unit, text="Bandjagara-ville", by=secretary)
    with pytest.raises(Invalid, match=r"."):
        add_alias(unit=unit, text="  BANDJAGARA  ville ", by=secretary)
    with pytest.raises(Invalid):
        add_alias(unit=unit, text=" - ", by=secretary)
    found = Register.current().resolve("bandjagara ville", parent="ML0501")
    assert (found.unit, found.how) == (unit, "alias")


def test_the_register_is_read_in_four_queries_then_one(
    register: Register, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    Register._now = None
    with django_assert_num_queries(4):
        Register.current()
    with django_assert_num_queries(1):
        again = Register.current()
        assert all(again.resolve(unit.code).unit == unit for unit in again.units.values() if unit.level)
