"""Steps of five beside their sums: whoever knows how a page is made still learns no part of it by subtracting."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutura.response.choices import Stage
from sutura.response.pages.counts import TOGETHER
from sutura.response.rules.telling import Told, part, whole, within

SMALL = range(5)
Regions = tuple[tuple[int, ...], ...]


def page(regions: Regions, stages: tuple[int, ...]) -> tuple[object, ...]:
    """All that a reader is told: cercles, regions, the total, stages and a part of all of them."""
    parts = [[part(cercle) for cercle in region] for region in regions]
    wholes = [whole(sum(region), told) for region, told in zip(regions, parts, strict=True)]
    total = whole(sum(map(sum, regions)), wholes)
    return (
        tuple(tuple(each.low for each in region) for region in parts), tuple(each.low for each in wholes), total.low,
        tuple(within(stages, total.room)),
    )  # fmt: skip


@pytest.mark.parametrize("shape", [(1,), (2,), (3,), (1, 1), (2, 1), (1, 1, 1), (2, 2)])
def test_no_page_tells_whether_a_small_group_is_empty_or_how_large_it_is(shape: tuple[int, ...]) -> None:
    places = [(region, cercle) for region, number in enumerate(shape) for cercle in range(number)]
    possible: dict[object, list[tuple[int, ...]]] = {}
    for counts in product(SMALL, repeat=len(places)):
        regions: Regions = tuple(
            tuple(counts[at] for at, (where, _cercle) in enumerate(places) if where == region)
            for region in range(len(shape))
        )
        for first in {0, sum(counts) // 2, sum(counts)}:
            stages = (first, sum(counts) - first)
            possible.setdefault(page(regions, stages), []).append(counts)
    for worlds in possible.values():
        for at in range(len(places)):
            assert {world[at] for world in worlds} == set(SMALL)


def test_no_stage_is_given_away_by_the_sum_of_all() -> None:
    way = TOGETHER
    assert {stage for stages in way for stage in stages} == {*Stage} - {Stage.CLOSED}
    possible: dict[object, list[tuple[int, ...]]] = {}
    for stages in product(SMALL, repeat=len(way)):
        possible.setdefault(page(((sum(stages),),), stages), []).append(stages)
    for worlds in possible.values():
        assert [{world[at] for world in worlds} for at in range(len(way))] == [set(SMALL)] * len(way)


def test_two_small_regions_are_not_given_away_by_their_sum() -> None:
    regions = [whole(4, [part(4)]), whole(4, [part(4)])]
    assert [each.low for each in regions] == [0, 0]
    assert whole(8, regions).low == 0  # “at least 5” would say that neither is empty
    assert within([8, 0], whole(8, regions).room) == [0, 0]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_what_is_told_is_true_and_never_finer_than_five(counts: list[int]) -> None:
    parts = [part(count) for count in counts]
    told = whole(sum(counts), parts)
    assert told.low % 5 == 0
    assert sum(each.low for each in parts) <= told.low <= sum(counts) <= told.high
    assert sum(within(counts, told.room)) <= told.room


def test_a_whole_of_one_part_is_told_like_it() -> None:
    assert whole(14, [part(14)]) == Told(10, 14) == part(14)
