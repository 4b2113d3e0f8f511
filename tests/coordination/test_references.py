"""References of recommendations: a number is given once, whoever else is writing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from sutura.coordination.models import Recommendation
from sutura.people.models import Account
from tests.coordination.asked import day, proposed
from tests.coordination.conftest import Room

WRITERS, TURNS = 4, 5


@pytest.mark.django_db(transaction=True)
def test_many_writers_share_no_number(room: Room, machine: Account):
    def work(_number: int) -> None:
        for turn in range(TURNS):
            with transaction.atomic():
                proposed(room, machine, raised_on=day(0))
                transaction.set_rollback(turn == 0)
        connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    kept = set(Recommendation.objects.values_list("ref", flat=True))
    month = f"CCT-{day(0):%Y-%m}"
    assert len(kept) == WRITERS * (TURNS - 1)
    # What was rolled back takes its number with it: nobody ever saw it.
    assert kept == {f"{month}-{number:02d}" for number in range(1, WRITERS * (TURNS - 1) + 1)}
