"""The trials of the doors at their small size, and proof that they would see what they look for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.incidents.conftest import Places, parties, places  # noqa: F401 - fixtures used by name
from trials import fuzz, hostile
from trials.hostile_files import EVERY

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_hostile_file_hangs_fills_or_breaks_a_door(places: Places, parties: Any, tmp_path: Path) -> None:  # noqa: F811
    told = hostile.run(tmp_path, len(EVERY), 1, weaker=False)
    assert told.faults == []
    assert told.counts["files"] == len(EVERY)
    assert min(told.counts[how] for how in ("taken", "refused", "handed out")) > 0


def test_a_photograph_with_its_place_would_be_seen(
    places: Places,  # noqa: F811
    parties: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    told = hostile.run(tmp_path, 1, 1, weaker=True)
    assert [fault.partition(": ")[2] for fault in told.faults] == ["handed out with its place"]


@pytest.mark.slow
def test_no_case_makes_an_address_fail(places: Places, parties: Any, tmp_path: Path) -> None:  # noqa: F811
    told = fuzz.run(tmp_path, fuzz.SMALL, 1, weaker=False)
    assert told.faults == []
    assert (told.counts["cases"], told.counts["5xx"]) == (fuzz.SMALL, 0)
    assert told.counts["addresses"] > 80
    assert min(told.counts[answers] for answers in ("2xx", "3xx", "4xx")) > 10


def test_a_page_that_fails_would_be_seen(places: Places, parties: Any, tmp_path: Path) -> None:  # noqa: F811
    told = fuzz.run(tmp_path, 1, 7, weaker=True)
    assert {fault.split()[-2] for fault in told.faults} == {"desk:home:"}
