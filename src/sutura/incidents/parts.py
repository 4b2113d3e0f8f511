"""What is handed to the services to open or change incidents: frozen parts of one bundle per incident.

A form gives one bundle, an import thousands: the same parts, the same services.  Named fields are those of
the incidents workbook; `more` takes any other field of the model by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sutura.alerts.models import Alert
    from sutura.places.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class ViolationPart:
    """One violation. `key` is how the other parts of the bundle name it (default: its `import_ref`).

    `parties`: codes of the register; `attribution` "" is derived from their number.  `detail`: fields of the
    detail table of the type.  `given`: the names this part speaks for when it changes a record (None: all).
    """

    type: str = ""
    key: str = ""
    import_ref: str | None = None
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    parties: tuple[str, ...] = ()
    attribution: str = ""
    status: str = "pending"
    decided_on: date | None = None
    cross_border: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """How the other parts of the bundle name it."""
        return self.key or self.import_ref or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VictimPart:
    """One child, or one group, linked to `violations` by their keys; `child_key` is the pseudonymous key."""

    violations: tuple[str, ...]
    import_ref: str | None = None
    kind: str = "individual"
    child_key: str = ""
    sex: str = "unknown"
    age: int | None = None
    age_estimated: bool = False
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PerpetratorPart:
    """One perpetrator linked to `violations` by their keys; `party` is a code of the register, or ""."""

    violations: tuple[str, ...]
    party: str = ""
    category: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePart:
    """One source which corroborates `violations`, named by their keys."""

    violations: tuple[str, ...]
    category: str = ""
    import_ref: str | None = None
    kind: str = ""
    collected_on: date | None = None
    organisation: str = ""
    reliability: str = ""
    credibility: str = ""
    consent_reporting: str = ""
    consent_sharing: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentBundle:
    """One incident with its parts.

    `present` is false in a re-import where the file holds parts of the incident but not its own row.
    `state_reason` for a void or duplicate incident defaults to the reason of the act.
    """

    place: Unit | None = None
    occurred_on: date | None = None
    import_ref: str | None = None
    present: bool = True
    occurred_to: date | None = None
    open_ended: bool = False
    date_estimated: bool = False
    locality: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place_kind: str = ""
    title: str = ""
    account_restricted: str = ""
    account_shareable: str = ""
    first_reported_on: date | None = None
    reporting_organisation: str = ""
    state: str = "open"
    state_reason: str = ""
    alert: Alert | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    given: frozenset[str] | None = None
    violations: tuple[ViolationPart, ...] = ()
    victims: tuple[VictimPart, ...] = ()
    perpetrators: tuple[PerpetratorPart, ...] = ()
    sources: tuple[SourcePart, ...] = ()


INCIDENT_FIELDS = (
    "occurred_on",
    "occurred_to",
    "open_ended",
    "date_estimated",
    "locality",
    "latitude",
    "longitude",
    "place_kind",
    "title",
    "account_restricted",
    "account_shareable",
    "first_reported_on",
    "reporting_organisation",
    "state",
    "state_reason",
)
VIOLATION_FIELDS = ("type", "boys", "girls", "unknown", "status", "decided_on", "cross_border")
VICTIM_FIELDS = ("kind", "sex", "age", "age_estimated", "boys", "girls", "unknown")
SOURCE_FIELDS = (
    "category",
    "kind",
    "collected_on",
    "organisation",
    "reliability",
    "credibility",
    "consent_reporting",
    "consent_sharing",
)


@dataclass(kw_only=True, slots=True)
class Applied:
    """What `apply_changes` did, by kind of row: the import references created, updated, unchanged."""

    created: dict[str, list[str]] = field(default_factory=dict)
    updated: dict[str, list[str]] = field(default_factory=dict)
    unchanged: dict[str, list[str]] = field(default_factory=dict)

    def add(self, how: str, kind: str, ref: str | None) -> None:
        """Note one row: `how` is created, updated or unchanged; kind incidents, violations, victims or sources."""
        getattr(self, how).setdefault(kind, []).append(ref or "")

    def total(self, how: str) -> int:
        """Rows of the four kinds together."""
        return sum(len(refs) for refs in getattr(self, how).values())
