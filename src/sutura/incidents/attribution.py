"""Keeps attribution and label of violations in line with the parties linked to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sutura.audit.services import drop, keep, keep_all, keep_changes
from sutura.incidents import checks, rules
from sutura.incidents.assembly import named_parties, parties_of
from sutura.incidents.models import Incident, Perpetrator, PerpetratorLink, Violation
from sutura.incidents.references import PERPETRATOR, of_part


def codes_of(violation: Violation) -> set[str]:
    """Codes of the parties which stand linked to a violation."""
    links = violation.perpetrator_links.filter(
        perpetrator__voided_reason="", perpetrator__party__isnull=False
    )
    return set(links.values_list("perpetrator__party__code", flat=True))


def relabel(violations: Iterable[Violation], *, by: Any, why: str) -> list[Violation]:
    """Bring attribution and label in line with the parties linked; the violations which changed.

    An attribution which no longer fits is derived again from the number of parties.
    """
    held = list(violations)
    codes: dict[int, set[str]] = {violation.pk: set() for violation in held}
    links = PerpetratorLink.objects.filter(
        violation__in=list(codes), perpetrator__voided_reason="", perpetrator__party__isnull=False
    )
    for pk, code in links.order_by().values_list("violation_id", "perpetrator__party__code"):
        codes[pk].add(code)
    changed = []
    for violation in held:
        parties = codes[violation.pk]
        fits = rules.attribution_fits(violation.attribution, parties)
        told = violation.attribution if fits else rules.derived_attribution(parties)
        label = rules.party_label(told, parties)
        if (told, label) != (violation.attribution, violation.party_label):
            violation.attribution, violation.party_label = told, label
            changed.append(violation)
    keep_changes(changed, ["attribution", "party_label"], by=by, why=why)
    return changed


def write_parties(
    violation: Violation, parties: Iterable[str], attribution: str, *, by: Any, why: str
) -> bool:
    """Link exactly these parties, reusing the perpetrators of the incident; whether anything changed."""
    wanted = sorted(set(parties))
    register = parties_of(wanted)
    codes = named_parties(wanted, register)
    told = checks.attribution(attribution, codes)
    links = violation.perpetrator_links.select_related("perpetrator__party")
    held = {link.perpetrator.party.code: link for link in links if link.perpetrator.party}
    gone = [link for code, link in held.items() if code not in codes]
    for link in gone:
        drop(link, by=by, why=why)
    missing = sorted(codes - held.keys())
    new = [_perpetrator_of(violation.incident, register[code], by=by, why=why) for code in missing]
    keep_all(
        PerpetratorLink,
        [PerpetratorLink(perpetrator=one, violation=violation) for one in new],
        by=by,
        why=why,
    )
    label = rules.party_label(told, codes)
    if (violation.attribution, violation.party_label) != (told, label):
        violation.attribution, violation.party_label = told, label
        keep(violation, by=by, why=why)
        return True
    return bool(gone or missing)


def _perpetrator_of(incident: Incident, party: Any, *, by: Any, why: str) -> Perpetrator:
    found = incident.perpetrators.standing().filter(party=party).order_by("pk").first()
    if found:
        return found
    ref = of_part(incident.ref, PERPETRATOR, incident.perpetrators.count() + 1)
    return keep(Perpetrator(incident=incident, ref=ref, party=party, category=party.type), by=by, why=why)
