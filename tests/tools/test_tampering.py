"""Whatever is done to the log, the check with anchors finds it; the whole campaign is run on demand."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from tools.tampering import KINDS, campaign


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
def test_every_tampering_is_found_with_anchors() -> None:
    tallies = campaign(cells=20 * len(KINDS), seed=3)
    assert [astuple(tally)[:2] for tally in tallies.values()] == [(20, 20)] * 7
    alone = {kind: tally.by_the_chain_alone for kind, tally in tallies.items()}
    assert (alone["change"], alone["cut"], alone["rewrite"], alone["forge"]) == (20, 0, 0, 0)
