"""Lists of facilities: every row is placed or says why not; importing twice keeps one of each."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutura.access.errors import NotAllowed
from sutura.people.models import Account
from sutura.places.facilities import read, rows_of
from sutura.places.models import Facility
from sutura.places.resolver import Register
from sutura.places.services import import_facilities
from tests.shared import shared

SOURCE = "Maina et al. 2019, Scientific Data 6:134 (CC BY 4.0)"
REGIONS = {
    "Kayes": "ML01", "Koulikoro": "ML02", "Sikasso": "ML03", "Segou": "ML04", "Mopti": "ML05",
    "Tombouctou": "ML06", "Gao": "ML07", "Kidal": "ML08", "Bamako": "ML09",
}  # fmt: skip
SMALL = (
    "Nom;Type;Région;Cercle;Commune;Latitude;Longitude;Code établissement\r\n"
    "École de Koro;primaire;Mopti;Koro;;14,0833;-3,0833;E1\r\n"
    "École A;primaire;Mopti;Koro;Koro;;;\r\n"
    "École A;primaire;Mopti;Koro;Koro;;;\r\n"
    "École sans lieu;primaire;Atlantide;;;;;\r\n"
    "École ailleurs;primaire;Mopti;;;48,85;2,35;\r\n"
    ";primaire;Mopti;;;;;\r\n"
).encode("cp1252")


@pytest.mark.django_db
def test_a_monitor_may_not_import(register: Register, awa: Account) -> None:
    with pytest.raises(NotAllowed):
        import_facilities(file=SMALL, kind="school", source="list", by=awa)
    assert Facility.objects.count() == 0


@pytest.mark.django_db
def test_a_small_list_with_every_fault(register: Register, secretary: Account) -> None:
    told = import_facilities(file=SMALL, kind="school", source="list", by=secretary, dry_run=True)
    assert (told.created, told.repeated, Facility.objects.count()) == (2, 1, 0)
    told = import_facilities(file=SMALL, kind="school", source="list", by=secretary)
    assert [(fault.row, fault.code) for fault in told.faults] == [
        (5, "unknown_name"),
        (6, "outside"),
        (7, "nameless"),
    ]
    kept = Facility.objects.order_by("name").values_list(
        "name", "unit__code", "placed", "region", "region_2023"
    )
    assert list(kept) == [
        ("École A", "ML050512", "name", "ML05", "ML-R17"),
        ("École de Koro", "ML050503", "nearest", "ML05", "ML-R17"),
    ]
    again = import_facilities(file=SMALL, kind="school", source="list", by=secretary)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    moved = SMALL.replace(b"primaire;Mopti;Koro;;14,0833", b"secondaire;Mopti;Koro;;14,0833")
    changed = import_facilities(file=moved, kind="school", source="list", by=secretary)
    assert (changed.created, changed.updated, changed.unchanged) == (0, 1, 1)
    assert Facility.objects.get(source_ref="E1").history.count() == 2


@pytest.mark.django_db
def test_the_health_facilities_of_mali(register: Register, machine: Account) -> None:
    path = shared("data", "facilities", "mli_health_facilities_who_kemri_2019.csv")
    told = import_facilities(file=path, kind="health", source=SOURCE, by=machine)
    # five facilities stand twice in the list, with another accent or another decimal
    assert (told.created, told.by_point, told.by_name, told.faults, told.repeated) == (1473, 1448, 30, [], 5)
    by_name = Facility.objects.filter(latitude=None)
    assert Counter(by_name.values_list("unit__level", flat=True)) == {1: 30}
    # every row of the list is placed, or listed with its reason
    listed = [fault.row for fault in (*told.faults, *told.repeats)]
    assert (told.created + len(listed), len(rows_of(path))) == (1478, 1478)
    assert [str(fault.reason)[:24] for fault in told.repeats] == ["Une ligne précédente de "] * 5
    again = import_facilities(file=path, kind="health", source=SOURCE, by=machine)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1473)
    # the list names the regions of before 2016; a facility of Ménaka stands in Ménaka, not in Gao
    said = Counter(REGIONS[row["Admin1"]] for row in rows_of(path))
    kept = Counter(Facility.objects.values_list("region", flat=True))
    kept["ML07"] += kept.pop("ML10")
    assert sum((said - kept).values()) <= 0.01 * told.created


@settings(max_examples=150, deadline=None)
@given(
    raw=st.binary()
    | st.text().map(str.encode)
    | st.text().map(lambda text: f"name,lat,long\n{text}".encode())
)
def test_no_bytes_break_the_reader(remembered: Register, raw: bytes) -> None:
    reading = read(rows_of(raw), remembered)
    assert all(fault.reason for fault in reading.faults)
    assert all(row.found.unit and row.same_as for row in reading.described)
