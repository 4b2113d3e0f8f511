"""What the file of each violation holds, read for many at once: four statements at any length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings

from sutura.incidents.choices import Attribution, PerpetratorCategory
from sutura.incidents.models import PerpetratorLink, SourceLink, VictimLink, Violation
from sutura.incidents.rules import may_tell
from sutura.verification import rules
from sutura.verification.models import Opinion
from sutura.verification.rules import Evidence, Given, Weight

PARTIES_BY_KIND = (PerpetratorCategory.ARMED_FORCE, PerpetratorCategory.ARMED_GROUP)


def evidence_of(violations: Sequence[Violation]) -> dict[int, Evidence]:
    """Primary key → evidence; the violations come with their incident."""
    ids = [violation.pk for violation in violations]
    sources, nexus, ages = _sources(ids), _with_nexus(ids), _with_age(ids)
    return {
        violation.pk: Evidence(
            type=violation.type,
            children=violation.total,
            sources=tuple(sources.get(violation.pk, ())),
            identified=violation.attribution != Attribution.UNIDENTIFIED,
            nexus=violation.pk in nexus,
            age_known=violation.pk in ages,
            shareable=bool(violation.incident.account_shareable.strip()),
        )
        for violation in violations
    }


def given_on(violations: Iterable[Violation]) -> dict[int, list[Given]]:
    """Primary key → its opinions, oldest first; a violation without any is absent."""
    found: dict[int, list[Given]] = defaultdict(list)
    ids = [violation.pk for violation in violations]
    for opinion in Opinion.objects.among(violation__in=ids).order_by("id"):
        found[opinion.violation_id].append(opinion.as_given)
    return dict(found)


def lacks_of(evidence: Evidence) -> list[str]:
    """What lacks under the settings in force."""
    return rules.lacks(evidence, settings.SUTURA_MIN_PRIMARY_SOURCES)


def _sources(ids: list[int]) -> dict[int, list[Weight]]:
    links = SourceLink.objects.among(violation__in=ids, source__voided_reason="").order_by("source_id")
    columns = ("source__category", "source__reliability", "source__credibility", "source__trained")
    found: dict[int, list[Weight]] = defaultdict(list)
    for violation, consent, *told in links.values_list("violation_id", "source__consent_reporting", *columns):
        if may_tell(consent):
            found[violation].append(rules.weight(*told))
    return found


def _with_nexus(ids: list[int]) -> set[int]:
    """Those of which an unidentified perpetrator is held to be a party, by kind or by a note."""
    links = PerpetratorLink.objects.among(violation__in=ids, perpetrator__voided_reason="")
    told = links.values_list("violation_id", "perpetrator__category", "perpetrator__nexus")
    return {violation for violation, category, note in told if note.strip() or category in PARTIES_BY_KIND}


def _with_age(ids: list[int]) -> set[int]:
    """Those of which a described victim has an age, or a note on how it is known."""
    links = VictimLink.objects.among(violation__in=ids, victim__voided_reason="").select_related("victim")
    return {link.violation_id for link in links if _age_known(link)}


def _age_known(link: VictimLink) -> bool:
    victim = link.victim
    bands = set(victim.age_bands) - {"unknown"}
    return victim.age is not None or victim.date_of_birth is not None or bool(bands or victim.under_18_reason)
