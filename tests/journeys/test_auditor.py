"""Aminata audits: she reads who did what to an incident which she may not open, and takes the day's anchor away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sutura.audit import anchors
from sutura.incidents.models import Violation
from sutura.security import signing
from tests.journeys.conftest import Walk
from tests.journeys.walking import PHONE


def test_the_auditor_follows_a_record_and_prints_an_anchor(
    walk: Walk, documented: Callable[..., Violation], album: Path
) -> None:
    incident = documented().incident
    awa = walk("awa", PHONE)
    assert awa.go("/audit/anchor/") == 403
    awa.go(f"/audit/?record={incident.ref}")
    assert awa.sees("Qui a fait quoi sur cette fiche", "Awa (fictive)", incident.ref)
    awa.look(album / "audit-owner-phone.png")

    aminata = walk("aminata")
    assert aminata.go("incidents:detail", incident.public_id) in {403, 404}
    aminata.go("/audit/")
    aminata.look(album / "audit-laptop.png")
    aminata.follow(incident.ref)
    assert aminata.misses("A ouvert un incident", "Awa (fictive)") == []
    aminata.go("/audit/")
    aminata.follow("Imprimer l’ancre du jour")
    aminata.look(album / "anchor-laptop.png")
    line = aminata.page.locator("code").first.inner_text()
    verdict = anchors.verify([line], [signing.public(anchors.key_file())])
    assert (verdict.holds, verdict.walked.met, json.loads(line)["number"] > 10) == (True, 1, True)
