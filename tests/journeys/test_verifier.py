"""Binta and Moussa verify: from the bench to their opinions, each a level, and no figure changes yet."""

from __future__ import annotations

from collections.abc import Callable

from sutura.incidents.models import Violation
from sutura.incidents.services import void_source
from sutura.ledger.models import Line
from sutura.people.models import Account
from sutura.verification.models import Opinion
from tests.journeys.conftest import Walk
from tests.journeys.walking import Walker

REASON = "Deux récits qui ne se connaissent pas concordent (inventé)."


def judge(walker: Walker, violation: Violation) -> None:
    """From the bench to the opinion."""
    walker.go("verification:bench")
    walker.look()
    walker.follow(violation.ref)
    walker.look()
    walker.page.get_by_label("Vérifiée", exact=True).check()
    walker.press("Donner cet avis")
    assert "Motif" in walker.page.locator(".errors, [role=alert]").first.inner_text()
    walker.look()
    walker.page.get_by_label("Motif").fill(REASON)
    walker.press("Donner cet avis")


def test_two_people_give_two_opinions_and_the_third_waits(
    walk: Walk, documented: Callable[..., Violation]
) -> None:
    violation = documented()
    before = list(Line.objects.values_list("pk", "superseded_at"))
    judge(walk("binta"), violation)
    moussa = walk("moussa")
    judge(moussa, violation)
    assert moussa.misses(REASON, "Binta (fictive)") == []
    given = Opinion.objects.order_by("id").values_list("level", "status", "by__username", "primary_sources")
    assert list(given) == [("focal_point", "verified", "binta", 1), ("technical", "verified", "moussa", 1)]
    violation.refresh_from_db()
    assert violation.status == "pending"
    assert list(Line.objects.values_list("pk", "superseded_at")) == before
    seydou = walk("seydou")
    assert seydou.misses("À décider pour l’équipe spéciale", violation.ref) == []
    seydou.look()


def test_a_violation_without_a_source_is_not_verified_and_says_what_lacks(
    walk: Walk, documented: Callable[..., Violation], people: dict[str, Account]
) -> None:
    violation = documented()
    void_source(source=violation.incident.sources.get(), by=people["binta"], why="Rétractée (inventé).")
    binta = walk("binta")
    binta.go("verification:violation", violation.public_id)
    assert binta.misses("Aucune source n’est liée à cette violation.") == []
    binta.page.get_by_label("Vérifiée", exact=True).check()
    binta.page.get_by_label("Motif").fill(REASON)
    binta.press("Donner cet avis")
    assert Opinion.objects.count() == 0
    assert binta.page.get_by_label("Motif").input_value() == REASON
    binta.look()
