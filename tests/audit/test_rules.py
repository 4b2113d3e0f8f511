"""A chain is read from its first row to the first that is not as it was written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sutura.audit.rules import GENESIS, Anchor, Content, Fault, Row, digest, walk

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def content(key: int, fields: str = "") -> Content:
    return (key, NOON, 7, "awa", "incidents.change_incident", "incidents.incident", "x", fields)


def chained(*contents: Content) -> list[Row]:
    hash_, rows = GENESIS, []
    for number, told in enumerate(contents, start=1):
        hash_ = digest(hash_, number, told)
        rows.append(Row(number, hash_, told))
    return rows


def seen(rows: list[Row], *numbers: int) -> list[Anchor]:
    return [Anchor(number, rows[number - 1].hash, "") for number in numbers]


FIVE = chained(*[content(key) for key in (10, 11, 13, 14, 15)])
OTHER = chained(*[content(key, "place" if key == 13 else "") for key in (10, 11, 13, 14, 15)])


def test_a_chain_as_it_was_written_holds() -> None:
    walked = walk(FIVE, seen(FIVE, 2, 5))
    assert (walked.rows, walked.met, walked.fault) == (5, 2, None)
    assert walk([]).fault is None


@pytest.mark.parametrize(
    ("rows", "anchored", "fault"),
    [
        ([*FIVE[:2], Row(3, FIVE[2].hash, content(13, "place")), *FIVE[3:]], [], Fault("changed", 3, 2)),
        ([*FIVE[:2], Row(3, OTHER[2].hash, content(13, "place")), *FIVE[3:]], [], Fault("changed", 4, 3)),
        ([*FIVE[:2], Row(3, FIVE[2].hash, None), *FIVE[3:]], [], Fault("deleted", 3, 2)),
        ([*FIVE[:2], *FIVE[3:]], [], Fault("missing", 3, 2)),
        (FIVE[1:], [], Fault("missing", 1, 0)),
        (FIVE[:3], [], None),
        (FIVE[:3], [2, 5], Fault("cut", 4, 3)),
        ([], [5], Fault("cut", 1, 0)),
        (OTHER, [], None),
        (OTHER, [2], None),
        (OTHER, [2, 5], Fault("rewritten", 3, 2)),
        (OTHER, [4], Fault("rewritten", 1, 0)),
    ],
)
def test_the_first_broken_row_is_named(rows: list[Row], anchored: list[int], fault: Fault | None) -> None:
    assert walk(rows, seen(FIVE, *anchored)).fault == fault


def test_two_anchors_that_contradict_each_other_are_a_fault() -> None:
    assert walk(FIVE, [*seen(FIVE, 4), *seen(OTHER, 4)]).fault == Fault("rewritten", 1, 0)


def test_no_two_contents_are_written_alike() -> None:
    base = (1, NOON, None, "a", "b", "c", "d", "e")
    contents: list[Content] = [
        base,
        (1, NOON, None, "ab", "", "c", "d", "e"),
        (1, NOON, None, "a", "b1:c", "", "d", "e"),
        (1, NOON + timedelta(microseconds=1), None, "a", "b", "c", "d", "e"),
        (1, NOON, 0, "a", "b", "c", "d", "e"),
        (2, NOON, None, "a", "b", "c", "d", "e"),
    ]
    hashes = [digest(GENESIS, 1, told) for told in contents]
    assert len({*hashes, digest(GENESIS, 2, base), digest(hashes[0], 1, base)}) == 8


def test_a_moment_is_the_same_in_every_zone() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    assert digest(GENESIS, 1, (1, elsewhere, None, "a", "b", "c", "d", "e")) == digest(
        GENESIS, 1, (1, NOON, None, "a", "b", "c", "d", "e")
    )
