"""One incident as a reader meets it: the file as at a moment, what may be done with it, its printable sheet."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.alerts.models import Alert
from sutura.incidents.acts import ACTS
from sutura.incidents.chronicle import FileAt, file_as_at, timeline
from sutura.incidents.completeness import Completeness
from sutura.incidents.filing import Filing
from sutura.incidents.models import Incident
from sutura.incidents.retention import decisions
from sutura.incidents.rules import may_tell
from sutura.incidents.sealing import tells_apart
from sutura.incidents.story import acts
from sutura.security.sealed import held
from sutura.ui.statuses import STATUSES
from sutura.vault.models import Opening
from sutura.vault.revealing import may_open, reveal, vault_of
from sutura.vault.rules import EVIDENCE, NAMED
from sutura.vault.sharing import holders
from sutura.vault.shredded import of_file

STORY = 12
"""Acts of the story shown before the reader asks for all of it."""
SHOWN = 5
"""Openings shown on the file."""


def moment_of(text: str) -> datetime | None:
    """The moment asked for: a day means its end; what cannot be read means now."""
    try:
        told = parse_datetime(text.strip().replace(" ", "+"))
        day = parse_date(text.strip()) if told is None or "T" not in text else None
    except ValueError:
        return None
    if day is not None and "T" not in text:
        return timezone.make_aware(datetime.combine(day, time.max))
    if told is None or not date.min.year < told.year < date.max.year:
        return None  # at the ends of the calendar another time zone is another year, which there is not
    return timezone.make_aware(told) if timezone.is_naive(told) else told


def standing(incident: Incident, user: Any) -> FileAt:
    """The file as it stands now."""
    file = file_as_at(incident, timezone.now(), user)
    assert file is not None, "an incident has a first version"
    return file


def page(
    incident: Incident, user: Any, *, asked: str = "", whole_story: bool = False, reason: str = ""
) -> dict[str, Any]:
    """The page of one incident, now or as at the moment asked; its sealed parts open with a reason."""
    moment = moment_of(asked) if asked else None
    file = file_as_at(incident, moment, user) if moment else standing(incident, user)
    if file and reason:
        # Asked once for all its parts.
        incident.is_sexual_violence = tells_apart(incident)  # type: ignore[attr-defined]
        file.incident.is_sexual_violence = incident.is_sexual_violence  # type: ignore[attr-defined]
        sealed = [record for record, _fields in held(file.records()) if may_open(user, record)]
        reveal(sealed, by=user, reason=reason)
    vault = vault_of(user) if reason else None
    story = [act for act in acts(timeline(incident, user, vault)) if not moment or act.when <= moment]
    shown = {
        "incident": incident,
        "as_at": moment,
        "story": story if whole_story else story[:STORY],
        "more_story": 0 if whole_story else max(len(story) - STORY, 0),
        "first_moment": incident.opened_at,
        "today": timezone.localdate().isoformat(),
        "reason": reason,
        "openings": openings(incident, user),
        "shredding": of_file(incident),
        "retention": decisions(incident),
    }
    if file is None:
        return shown | {"filing": None}
    return shown | {"filing": Filing(file), "file": file, **told(file, incident, user, now=moment is None)}


def told(file: FileAt, incident: Incident, user: Any, *, now: bool) -> dict[str, Any]:
    """What the template shows of a file; acts only of the file as it stands."""
    filing = Filing(file)
    violations = filing.violations()
    for one in violations:
        one.verify_url = (
            later_url("verification:violation", one.record, user, "verification.read") if now else ""
        )
        one.refer_url = later_url("response:from_violation", one.record, user, "response.keep") if now else ""
    return {
        "violations": violations,
        "head": [*filing.head(), *origin(file.incident, user)],
        "place": ", ".join(filing.place) or _("Mali, no region known"),
        "when": filing.when(),
        "parts": filing.parts(),
        "files": filing.files(),
        "voided": filing.voided(),
        "state": STATUSES[file.incident.state],
        "may_open_files": may(user, "incidents.restricted", incident.region),
        "sealed": bool(held(file.records())),
        "named": holders(incident.region, NAMED) if tells_apart(incident) else [],
        **evidence(file, incident),
        "may_document": now and incident.counts and may(user, "incidents.document", incident.region),
        "may_void": now and may(user, "incidents.void", incident.region),
        "acts": [act for act in ACTS.values() if now and act.open_to(incident, user)],
        "duplicate_of": visible_duplicate(file.incident, user),
        "lacks": Completeness(file).lacks(),
    }


def evidence(file: FileAt, incident: Incident) -> dict[str, Any]:
    """Whether something of sources and perpetrators is sealed on the page, and to whom it opens."""
    sealed = bool(held([*file.sources, *file.perpetrators]))
    return {
        "evidence_sealed": sealed,
        "named_for_evidence": holders(incident.region, EVIDENCE) if sealed else [],
    }


def openings(incident: Incident, user: Any) -> list[Opening]:
    """Who opened sealed parts of the file of late, and why: for whoever may, and for whoever opened the incident."""
    if incident.opened_by_id != user.pk and not may(user, "incidents.restricted", incident.region):
        return []
    return list(Opening.objects.filter(file=str(incident.public_id))[:SHOWN])


def origin(incident: Incident, user: Any) -> list[dict[str, str]]:
    """The alert it came from, for who may read it."""
    alert = Alert.objects.visible_to(user).filter(pk=incident.alert_id or 0).first()
    return (
        [{"label": _("From the alert"), "value": alert.ref, "url": alert.get_absolute_url()}] if alert else []
    )


def visible_duplicate(incident: Incident, user: Any) -> Incident | None:
    """The incident which this one doubles, if the reader may read it."""
    return Incident.objects.visible_to(user).filter(pk=incident.duplicate_of_id or 0).first()


def later_url(name: str, violation: Any, user: Any, permission: str) -> str:
    """A page of a later chapter on this violation, for who may look, once that chapter has landed."""
    if not may(user, permission, violation.region):
        return ""
    try:
        return reverse(name, args=[violation.public_id])
    except NoReverseMatch:
        return ""


def sheet(incident: Incident, user: Any) -> dict[str, Any]:
    """The verification sheet: facts by code, sources that may be told of, what lacks, room for three opinions."""
    file = standing(incident, user)
    filing = Filing(file)
    shown = filing.violations()
    for one in shown:
        one.sources = [told for told in one.sources if may_tell(told.record.consent_reporting)]
    state = Completeness(file)
    lacks = state.lacks()
    return {
        "incident": incident,
        "place": ", ".join(filing.place),
        "when": filing.when(),
        "head": filing.head(),
        "violations": [
            {
                "told": told_one,
                "sum": summed,
                "lacks": [lack.text for lack in lacks if lack.ref == summed.violation.ref],
            }
            for told_one, summed in zip(shown, state.sums(), strict=True)
        ],
        "lacks": [lack.text for lack in lacks if "-V" not in lack.ref],
        "levels": [_("Focal point"), _("Co-chairs, technical level"), _("Task force (CTFMR)")],
        "statuses": [
            STATUSES[code].label
            for code in ("verified", "pending", "could_not_verify", "not_mrm", "did_not_occur")
        ],
        "printed": timezone.now(),
    }
