"""What may happen to an alert: it is received, triaged, protected first; leads are received by the batch."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.alerts import rules
from sutura.alerts.choices import OPEN_STATES, Asked, Origin, SourceCategory, State
from sutura.alerts.models import AccessNote, Alert
from sutura.audit.services import keep, keep_all, keep_changes, record, record_each
from sutura.parties.models import Party
from sutura.places.models import Unit

# Letters that nobody mistakes when a reference is read out on the phone.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
LEAD_PREFIX = {"insecurity-insight": "II", "ucdp-ged": "GED"}
BATCH = 500


@transaction.atomic
def receive(*, by: Any, types: Iterable[str] = (), place: Unit | None = None, **facts: Any) -> Alert:
    """Receive an alert told by `by`; `facts` are the fields of mrm.md 3.2. Raises Invalid on an impossible date."""
    require(by, "alerts.create")
    alert = _told(by, _new_refs(1)[0], types=types, place=place, **facts)
    keep(alert, by=by, why="received")
    record(by, "alerts.receive", of=alert)
    return alert


@transaction.atomic
def receive_all(*, told: Sequence[Mapping[str, Any]], by: Any) -> list[Alert]:
    """Receive several, each with the arguments of `receive`, in few statements. Raises Invalid for the first fault."""
    require(by, "alerts.create")
    refs = _new_refs(len(told))
    alerts = [_told(by, ref, **facts) for ref, facts in zip(refs, told, strict=True)]
    keep_all(Alert, alerts, by=by, why="received")
    record_each(by, "alerts.receive", of=alerts)
    return alerts


@transaction.atomic
def set_not_mrm(*, alert: Alert, by: Any, reason: str) -> Alert:
    """Close an alert as not a matter of this mechanism."""
    require(by, "alerts.triage", alert.region)
    alert = _taken(alert)
    alert.state = State.NOT_MRM
    alert.state_reason = _needed(reason, "reason", _("Say in one sentence why this is not MRM."))
    _triaged(alert, by=by, why="not MRM")
    record(by, "alerts.set_not_mrm", of=alert, fields="state")
    return alert


@transaction.atomic
def mark_duplicate(*, alert: Alert, of: Alert, by: Any, reason: str = "") -> Alert:
    """Close an alert as telling of the same event as another; nothing of it is lost."""
    require(by, "alerts.triage", alert.region)
    alert = _taken(alert)
    if of.pk == alert.pk:
        raise Invalid(_("An alert cannot be its own duplicate. Choose another."), field="of")
    if of.state == State.DUPLICATE:
        raise Invalid(_("That alert is itself a duplicate. Choose the first one."), field="of")
    alert.state, alert.duplicate_of, alert.state_reason = State.DUPLICATE, of, reason.strip()
    _triaged(alert, by=by, why=f"duplicate of {of.ref}")
    record(by, "alerts.mark_duplicate", of=alert, fields="state duplicate_of")
    return alert


@transaction.atomic
def ask(*, alert: Alert, by: Any, about: Iterable[str], question: str = "") -> Alert:
    """Ask the teller for what is missing, by the codes of `choices.Asked`; the alert waits."""
    require(by, "alerts.triage", alert.region)
    alert = _taken(alert)
    alert.state = State.WAITING
    wanted = [code for code in Asked.values if code in set(about)]
    if not wanted:
        raise Invalid(_("Tick what you need to know."), field="about")
    alert.asked_for, alert.asked = " ".join(wanted), question.strip()
    _triaged(alert, by=by, why="information asked")
    record(by, "alerts.ask", of=alert, fields="state asked_for")
    return alert


@transaction.atomic
def protect_first(*, alert: Alert, by: Any, done: str) -> Alert:
    """Note what was done for the child before anything else; the state and its clock stay as they are."""
    require(by, "alerts.triage", alert.region)
    alert = _locked(alert)
    alert.protection_done = _needed(done, "done", _("Write what was done for the child, without a name."))
    alert.protected_at, alert.protected_by = timezone.now(), by
    keep(alert, by=by, why="protection first")
    record(by, "alerts.protect_first", of=alert, fields="protection_done")
    return alert


@transaction.atomic
def reopen(*, alert: Alert, by: Any, reason: str) -> Alert:
    """Take back a triage that closed an alert; one with an incident stays with it."""
    require(by, "alerts.triage", alert.region)
    alert = _locked(alert)
    if alert.state not in (State.NOT_MRM, State.DUPLICATE):
        raise Invalid(_("Only an alert closed as not MRM or as a duplicate can be opened again."))
    alert.state_reason = _needed(reason, "reason", _("Say in one sentence why it is opened again."))
    alert.state, alert.duplicate_of = State.WAITING, None
    _triaged(alert, by=by, why="opened again")
    record(by, "alerts.reopen", of=alert, fields="state")
    return alert


@transaction.atomic
def mark_opened(*, alert: Alert, by: Any, reference: str) -> Alert:
    """Note that an incident was opened from the alert; `reference` is the incident's own. For the incidents' services.

    A monitor may open an incident from an alert of her region without the right to triage. A countrywide alert gets
    its region with the incident, so any region will do.
    """
    require(by, "incidents.document", alert.region or None)
    alert = _taken(alert)
    alert.state = State.INCIDENT
    alert.incident_ref = _needed(reference, "reference", _("The incident has no reference."))[:40]
    _triaged(alert, by=by, why=f"incident {reference}")
    record(by, "alerts.mark_opened", of=alert, fields="state incident_ref")
    return alert


@transaction.atomic
def note_access(
    *, unit: Unit, level: str, observed_on: date, source: str, by: Any, visited: bool = False, note: str = ""
) -> AccessNote:
    """Note how far a cercle could be reached on a day, and whether somebody went there."""
    require(by, "incidents.document", unit.region)
    if unit.level != 2:
        raise Invalid(_("Choose a cercle."), field="unit")
    if observed_on > timezone.localdate():
        raise Invalid(_("The day of the observation is after today. Correct it."), field="observed_on")
    found = AccessNote(
        unit=unit, region=unit.region, level=level, observed_on=observed_on, visited=visited,
        source=source.strip(), note=note.strip(), noted_by=by,
    )  # fmt: skip
    keep(found, by=by, why="access noted")
    record(by, "alerts.note_access", of=found)
    return found


@transaction.atomic
def receive_leads(*, rows: Sequence[rules.LeadFacts], by: Any) -> rules.Received:
    """Receive events of a public list, each once by (source, event id); a text changed upstream updates its lead.

    Triage is never touched: a lead closed as not MRM stays so, its new text in its history. Returns the counts.
    """
    require(by, "intake.import")
    places = {
        unit.code: unit for unit in Unit.objects.filter(code__in={row.place for row in rows if row.place})
    }
    for region in sorted({places[row.place].region if row.place in places else "" for row in rows}):
        require(by, "intake.import", region)
    parties = {party.code: party for party in Party.objects.filter(code__in={row.party_code for row in rows})}
    known = _known_leads(rows)
    for region in sorted({lead.region for lead in known.values()}):
        require(by, "intake.import", region)
    new: dict[tuple[str, str], Alert] = {}
    changed: dict[int, Alert] = {}
    for row in rows:
        at = (row.source, row.source_event_id)
        lead = known.get(at) or new.get(at)
        if lead is None:
            new[at] = _write_facts(_blank_lead(row, by), row, places, parties)[0]
        elif _write_facts(lead, row, places, parties)[1] and lead.pk:
            changed[lead.pk] = lead
    keep_all(Alert, list(new.values()), by=by, why="lead received")
    keep_changes(list(changed.values()), LEAD_COLUMNS, by=by, why="changed by the source")
    counts = rules.Received(len(new), len(changed), len(rows) - len(new) - len(changed))
    if new or changed:
        record(by, "alerts.receive_leads", fields=f"created={counts.created} updated={counts.updated}")
    return counts


# The columns of a lead which its source may change.
LEAD_COLUMNS = (
    "title", "told_by_list", "happened_on", "happened_to", "date_estimated", "place", "region", "cercle", "place_how",
    "place_km", "locality", "latitude", "longitude", "party", "party_text", "party_type", "datasets",
    "place_precision", "date_precision", "event_clarity", "deaths_best", "deaths_low", "deaths_high",
    *rules.VIOLATION_TYPES,
)  # fmt: skip
SAME_NAME = tuple(
    field.name
    for field in dataclass_fields(rules.LeadFacts)
    if field.name in LEAD_COLUMNS and field.name != "place"
)


@beyond("an event of a public list is known in the whole country, so that no file draws it to another region")
def _known_leads(rows: Sequence[rules.LeadFacts]) -> dict[tuple[str, str], Alert]:
    known: dict[tuple[str, str], Alert] = {}
    for source in sorted({row.source for row in rows}):
        ids = [row.source_event_id for row in rows if row.source == source]
        for start in range(0, len(ids), BATCH):
            # Locked, so that two imports at once do not both write.
            batch = Alert.objects.select_for_update().of_events(source, ids[start : start + BATCH])
            known.update({(lead.source, lead.source_event_id): lead for lead in batch})
    return known


def _blank_lead(row: rules.LeadFacts, by: Any) -> Alert:
    return Alert(
        origin=Origin.LEAD,
        ref=f"{LEAD_PREFIX[row.source]}-{row.source_event_id}"[:20]
        if len(row.source_event_id) <= 16
        else f"{LEAD_PREFIX[row.source]}-{_letters(8)}",
        source=row.source,
        source_event_id=row.source_event_id,
        received_by=by,
        source_category=SourceCategory.MEDIA,
        access="unknown",
        children_unknown=True,
    )


def _write_facts(
    lead: Alert, row: rules.LeadFacts, places: dict[str, Unit], parties: dict[str, Party]
) -> tuple[Alert, bool]:
    """Bring a lead to what its source says; tells whether anything changed."""
    place = places.get(row.place)
    party = parties.get(row.party_code)
    values: dict[str, Any] = {name: getattr(row, name) for name in SAME_NAME}
    values |= {kind: kind in row.types for kind in rules.VIOLATION_TYPES}
    values |= {
        "told_by_list": row.told,
        "place_id": place.pk if place else None,
        "region": place.region if place else "",
        "cercle": place.cercle if place else "",
        "party_id": party.pk if party else None,
    }
    changed = [name for name, value in values.items() if getattr(lead, name) != value]
    for name in changed:
        setattr(lead, name, values[name])
    return lead, bool(changed)


def _told(by: Any, ref: str, *, types: Iterable[str] = (), place: Unit | None = None, **facts: Any) -> Alert:
    """An alert as it will be kept. Raises Invalid."""
    alert = Alert(origin=Origin.REPORT, ref=ref, received_by=by, place=place, **facts)
    _check_days(alert)
    for kind in types:
        if kind not in rules.VIOLATION_TYPES:
            raise Invalid(_("This is not a violation type."), field="types")
        setattr(alert, kind, True)
    _copy_place(alert)
    alert.organisation = alert.organisation or by.organisation
    return alert


def _new_refs(count: int) -> list[str]:
    """`A26-7K3FM`: the year, and letters which tell nobody how many alerts there are."""
    year = timezone.localdate().year % 100
    for _attempt in range(20):
        refs = list(dict.fromkeys(f"A{year:02d}-{_letters(5)}" for _one in range(count)))
        if len(refs) == count and not Alert.objects.filter(ref__in=refs).exists():
            return refs
    return [f"A{year:02d}-{_letters(10)}" for _one in range(count)]


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def _check_days(alert: Alert) -> None:
    today = timezone.localdate()
    if alert.happened_on and alert.happened_on > today:
        raise Invalid(_("The day is after today. Correct it."), field="happened_on")
    if alert.happened_to and alert.happened_to > today:
        raise Invalid(_("The last day is after today. Correct it."), field="happened_to")
    if alert.happened_to and (not alert.happened_on or alert.happened_to < alert.happened_on):
        raise Invalid(_("The last day is before the first. Correct one of the two."), field="happened_to")
    if alert.happened_to == alert.happened_on:
        alert.happened_to = None


def _copy_place(alert: Alert) -> None:
    alert.region = alert.place.region if alert.place else ""
    alert.cercle = alert.place.cercle if alert.place else ""


def _locked(alert: Alert) -> Alert:
    """The alert as it stands now, held until the end of the act."""
    return Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)


def _taken(alert: Alert) -> Alert:
    """The alert as it stands now, if it still waits; two people may have it open."""
    now = _locked(alert)
    if now.state not in OPEN_STATES:
        raise Invalid(
            _("Somebody has already decided: %(state)s. Open the alert again first.")
            % {"state": now.get_state_display()}
        )
    return now


def _needed(text: str, field: str, message: object) -> str:
    text = text.strip()
    if not text:
        raise Invalid(message, field=field)
    return text


def _triaged(alert: Alert, *, by: Any, why: str) -> None:
    """The first triage stops the clock; later acts keep its moment."""
    if alert.triaged_at is None:
        alert.triaged_at, alert.triaged_by = timezone.now(), by
    keep(alert, by=by, why=why)
