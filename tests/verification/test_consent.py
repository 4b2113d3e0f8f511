"""A refusal is kept: what a source or a child does not agree to have told stays with those who document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import DomainError
from sutura.incidents import services as incidents
from sutura.incidents.models import Violation
from sutura.incidents.parts import SourcePart, VictimPart
from sutura.incidents.rules import may_tell
from sutura.people.models import Account
from sutura.verification.evidence import evidence_of, lacks_of
from sutura.verification.services import give_opinion

Make = Callable[..., Violation]


def test_a_refusal_alone_bars() -> None:
    assert [may_tell(answer) for answer in ("yes", "", "unknown", "no")] == [True, True, True, False]


@pytest.fixture
def refused(document: Make, awa: Account) -> Violation:
    """One violation whose only source refuses that the facts be reported, and one child who does."""
    source = SourcePart(
        violations=("v",),
        category="primary_witness",
        reliability="high",
        credibility="high",
        consent_reporting="no",
        more={"code": "S-REFUSED"},
    )
    violation = document(sources=(source,))
    incidents.add_victim(
        incident=violation.incident,
        part=VictimPart(violations=(violation.ref,), sex="boy", age=7, more={"consent_reporting": "no"}),
        by=awa,
    )
    incidents.add_victim(
        incident=violation.incident, part=VictimPart(violations=(violation.ref,), sex="boy", age=16), by=awa
    )
    return Violation.objects.select_related("incident").get(pk=violation.pk)


def test_a_source_that_refuses_is_no_evidence(refused: Violation, binta: Account) -> None:
    evidence = evidence_of([refused])[refused.pk]
    assert evidence.sources == ()
    assert "no_primary" in lacks_of(evidence) or "no_source" in lacks_of(evidence)
    with pytest.raises(DomainError):
        give_opinion(
            violation=refused, level="focal_point", status="verified", given_on=timezone.localdate(), reason="Vu.",
            by=binta,
        )  # fmt: skip


def test_neither_is_shown_to_those_who_judge_nor_printed(
    refused: Violation, visit: Callable, moussa: Account, awa: Account
) -> None:
    source, young, old = refused.incident.sources.get(), *refused.incident.victims.order_by("pk")
    judged = visit(moussa).get(reverse("verification:violation", args=[refused.public_id])).content.decode()
    assert (source.ref in judged, young.ref in judged, old.ref in judged) == (False, False, True)
    printed = (
        visit(moussa).get(reverse("incidents:sheet", args=[refused.incident.public_id])).content.decode()
    )
    assert "S-REFUSED" not in printed
    kept = visit(awa).get(reverse("incidents:step", args=[refused.incident.public_id, "sources"]))
    assert source.ref.rpartition("-")[2] in kept.content.decode()


def test_a_consent_given_later_counts_from_then_on(refused: Violation, awa: Account, binta: Account) -> None:
    incidents.change_source(source=refused.incident.sources.get(), by=awa, consent_reporting="yes")
    assert len(evidence_of([refused])[refused.pk].sources) == 1
    opinion = give_opinion(
        violation=refused, level="focal_point", status="verified", reason="Vu.", by=binta,
        given_on=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    assert opinion.status == "verified"
