"""The file of an incident laid out to be read: each violation with its children, parties, sources and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.incidents.choices import Grade, VictimKind
from sutura.incidents.chronicle import FileAt
from sutura.incidents.models import Child, Perpetrator, Source, Victim, Violation
from sutura.incidents.saying import attributed, rows, short, tally, words
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.parties.models import Party
from sutura.places.models import Facility, Unit
from sutura.security.sealed import Sealed
from sutura.ui import wording

OF_TALLY = {"boys", "girls", "unknown"}
HEAD = {"type", "attribution", "party_label", "status", "decided_on", *OF_TALLY}
OF_VICTIM = {"kind", "sex", "age", "age_estimated", *OF_TALLY}
OF_SOURCE = {"category", "reliability", "credibility"}
OF_FILE = {"kind", "file", "original_name", "content_type", "sha256", "size", "description"}


@dataclass
class Told:
    """One record as a line with its filled fields; `title` and `text` are the line, `of` its violations."""

    record: Any
    title: str
    text: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    of: str = ""
    unlink_url: str = ""

    @property
    def short(self) -> str:
        """`V1`, `C2`, `S1`."""
        return short(getattr(self.record, "ref", ""))


@dataclass
class ToldViolation(Told):
    """A violation with what hangs on it."""

    counted: str = ""
    decided: str = ""
    attributed: str = ""
    details: list[dict[str, str]] = field(default_factory=list)
    victims: list[Told] = field(default_factory=list)
    perpetrators: list[Told] = field(default_factory=list)
    sources: list[Told] = field(default_factory=list)
    responses: list[Told] = field(default_factory=list)
    verify_url: str = ""
    refer_url: str = ""


class Filing:
    """The records of a file in words; names of parties, children and facilities are read once each."""

    def __init__(self, file: FileAt) -> None:
        self.file = file

    @cached_property
    def parties(self) -> dict[int, Party]:
        """The parties named."""
        wanted = {one.party_id for one in self.file.perpetrators if one.party_id}
        return {party.pk: party for party in Party.objects.filter(pk__in=wanted)}

    @cached_property
    def keys(self) -> dict[int, str]:
        """The codes of the children."""
        wanted = {one.child_id for one in self.file.victims if one.child_id}
        return dict(Child.objects.filter(pk__in=wanted).values_list("pk", "key"))

    @cached_property
    def facilities(self) -> dict[int, str]:
        """The facilities named."""
        wanted = {getattr(one, "facility_id", None) or 0 for one in self.file.details.values()}
        return dict(Facility.objects.filter(pk__in=wanted).values_list("pk", "name"))

    @cached_property
    def place(self) -> list[str]:
        """From the finest unit up to the region."""
        unit: Unit | None = Unit.objects.select_related("parent__parent").get(pk=self.file.incident.place_id)
        names = []
        while unit is not None and unit.level:
            names.append(unit.name)
            unit = unit.parent
        return names

    def when(self) -> str:
        """The days in words."""
        incident = self.file.incident
        if incident.open_ended:
            told = _("since %(day)s, still going on") % {"day": wording.day(incident.occurred_on)}
        else:
            told = wording.days(incident.occurred_on, incident.occurred_to)
        return _("%(days)s (estimated)") % {"days": told} if incident.date_estimated else told

    def head(self) -> list[dict[str, str]]:
        """The facts of the incident, filled ones only."""
        incident = self.file.incident
        first = [
            {"label": _("When"), "value": self.when()},
            {"label": _("Where"), "value": ", ".join(self.place) or _("Mali, no region known")},
        ]
        total = incident.boys + incident.girls + incident.unknown
        counted = tally(incident.boys, incident.girls, incident.unknown)
        children = [{"label": _("Children, in all"), "value": counted}] if total else []
        apart = {
            "title",
            "state",
            "state_reason",
            "occurred_on",
            "occurred_to",
            "open_ended",
            "date_estimated",
            "account_restricted",
            "account_shareable",
            *OF_TALLY,
        }
        return [*first, *children, *rows(incident, apart=apart)]

    def violations(self) -> list[ToldViolation]:
        """The standing violations, in their order."""
        return [self.violation(one) for one in self.file.violations if one.standing]

    def violation(self, one: Violation) -> ToldViolation:
        """One violation with everything linked to it."""
        detail = self.file.details.get(one.pk)
        facility = self.facilities.get(getattr(detail, "facility_id", None) or 0)
        named = [{"label": _("Facility of the register"), "value": facility}] if facility else []
        return ToldViolation(
            record=one,
            title=one.get_type_display(),
            counted=tally(one.boys, one.girls, one.unknown) if one.total else "",
            decided=wording.day(one.decided_on) if one.decided_on else "",
            attributed=attributed(one.party_label),
            rows=rows(one, apart=HEAD),
            details=[*named, *(rows(detail) if detail else [])],
            victims=self._lines("victim", one),
            perpetrators=self._lines("perpetrator", one),
            sources=self._lines("source", one),
            responses=[
                self.response(each)
                for each in self.file.responses
                if each.violation_id == one.pk and not each.voided_reason
            ],
        )

    def _linked(self, name: str, violation: Violation) -> list[Any]:
        records = {one.pk: one for one in getattr(self.file, f"{name}s") if not one.voided_reason}
        links = getattr(self.file, f"{name}_links")
        held = [getattr(link, f"{name}_id") for link in links if link.violation_id == violation.pk]
        return [records[pk] for pk in sorted(held) if pk in records]

    def _lines(self, name: str, violation: Violation) -> list[Told]:
        """Those linked to a violation, one line each; of a victim also what became of it there."""
        lines = [getattr(self, name)(one) for one in self._linked(name, violation)]
        for line in lines:
            line.rows = self._fate(line.record, violation) if name == "victim" else []
            line.unlink_url = unlink_url(self.file.incident, f"{name}s", line.record, violation)
        return lines

    def _fate(self, one: Victim, violation: Violation) -> list[dict[str, str]]:
        links = self.file.victim_links
        held = [link for link in links if (link.victim_id, link.violation_id) == (one.pk, violation.pk)]
        return [row for link in held for row in rows(link)]

    def parts(self) -> list[dict[str, Any]]:
        """Everybody and everything of the file, each once with all that is known, by kind."""
        kinds = {
            "victims": _("Victims"),
            "perpetrators": _("Perpetrators"),
            "sources": _("Sources"),
        }
        found = []
        for kind, title in kinds.items():
            name = kind.removesuffix("s")
            items = [getattr(self, name)(one) for one in getattr(self.file, kind) if not one.voided_reason]
            for item in items:
                item.of = ", ".join(self._violations_of(name, item.record))
            if items:
                found.append({"kind": kind, "title": title, "items_of": items})
        return found

    def _violations_of(self, name: str, record: Any) -> list[str]:
        refs = {one.pk: short(one.ref) for one in self.file.violations if one.standing}
        links = getattr(self.file, f"{name}_links")
        return [
            refs[link.violation_id]
            for link in links
            if getattr(link, f"{name}_id") == record.pk and link.violation_id in refs
        ]

    def files(self) -> list[Told]:
        """The attachments, each with the violation it proves."""
        refs = {one.pk: short(one.ref) for one in self.file.violations}
        found = [self.attachment(one) for one in self.file.attachments if not one.voided_reason]
        for item in found:
            item.of = refs.get(item.record.violation_id, "")
        return found

    def victim(self, one: Victim) -> Told:
        """A child or a group."""
        if one.kind == VictimKind.GROUP:
            title = _("Group of %(children)s") % {"children": tally(one.boys, one.girls, one.unknown)}
        else:
            age = _("age unknown")
            if one.age is not None:
                age = ngettext("%(n)s year old", "%(n)s years old", one.age) % {"n": one.age}
                age = _("about %(age)s") % {"age": age} if one.age_estimated else age
            title = f"{one.get_sex_display()}, {age}"
        key = self.keys.get(one.child_id or 0, "")
        return Told(one, title, key, rows(one, apart=OF_VICTIM))

    def perpetrator(self, one: Perpetrator) -> Told:
        """A party, or an unidentified one."""
        party = self.parties.get(one.party_id or 0)
        title = f"{party} ({party.code})" if party else _("Not identified")
        return Told(one, title, one.get_category_display() if party else "", rows(one, apart={"category"}))

    def source(self, one: Source) -> Told:
        """A source, by its category and grades."""
        return Told(one, one.get_category_display(), grades(one), rows(one, apart=OF_SOURCE))

    def response(self, one: Any) -> Told:
        """A response, and whether it is given or due."""
        title = words(one._meta.get_field("kinds"), one.kinds)
        return Told(one, title, one.get_status_display(), rows(one, apart={"kinds", "status"}))

    def attachment(self, one: Any) -> Told:
        """A file: what it is, how large; its name only for who may read it."""
        name = one.original_name
        title = one.get_kind_display() if not name or isinstance(name, Sealed) else name
        text = f"{one.get_kind_display()} · {filesizeformat(one.size)}"
        apart = OF_FILE - {"description"}
        return Told(one, title, text, rows(one, apart=apart))

    def voided(self) -> list[Told]:
        """What was taken away, with the reason."""
        every: tuple[Any, ...] = (
            *self.file.violations,
            *self.file.victims,
            *self.file.perpetrators,
            *self.file.sources,
            *self.file.attachments,
            *self.file.responses,
        )
        return [
            Told(one, short(getattr(one, "ref", "")) or str(one._meta.verbose_name), one.voided_reason)
            for one in every
            if one.voided_reason
        ]

    def children(self) -> int:
        """Children counted by the violations which count children, each violation apart."""
        return sum(
            one.total for one in self.file.violations if one.standing and one.type in CHILD_COUNTED_TYPES
        )


def unlink_url(incident: Any, kind: str, record: Any, violation: Violation) -> str:
    """Where a record is separated from a violation."""
    return reverse("incidents:unlink", args=[incident.public_id, kind, record.public_id, violation.public_id])


def grades(source: Source) -> str:
    """`reliability high, credibility low`, or that they are not given."""
    label = dict(Grade.choices)
    if not source.reliability and not source.credibility:
        return _("not graded")
    told = {
        "reliability": label.get(source.reliability, "–"),
        "credibility": label.get(source.credibility, "–"),
    }
    return _("reliability: %(reliability)s · credibility: %(credibility)s") % told
