"""Rows of a sheet taken onto the map: whole or not at all, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may, require
from sutura.audit.services import keep, keep_all, keep_changes, record
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.checking import refusals
from sutura.mhpss.models import Service, SheetHeading, Staff
from sutura.mhpss.shape import COLUMNS, staff_of, told, value_of
from sutura.mhpss.writing import assign, set_staff
from sutura.partners.models import Organisation
from sutura.partners.rules import key
from sutura.places.models import Unit
from sutura.places.resolver import Register

REVIEW = "mhpss.review"
NOT_YOURS = _("You do not answer for the map of this region. Take the row out, or ask whoever does.")
UNKNOWN_REF = _("No service of your regions has this reference. Leave it empty for a new service.")
REPEATED = _("Row %(row)s says the same: one organisation, place, site and code. Take one of the two out.")
TAKEN = _(
    "Another service has this organisation, place, site and code already. Use its reference, or name another site."
)
WRITTEN = (*COLUMNS, "organisation", "place", "region", "same_as", "folded", "recoded_on")


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and the text of each field that the file speaks for."""

    number: int
    said: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row, at which field."""

    row: int
    field: str
    value: str
    sentence: str | Promise


@dataclass
class Taken:
    """What a sheet did to the map, or would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    without_layer: int = 0
    to_recode: int = 0
    made: list[tuple[int, Service]] = field(default_factory=list)  # with the number of its row
    changed: list[tuple[int, Service]] = field(default_factory=list)


@dataclass
class Ready:
    """A service as a row would leave it."""

    row: int
    service: Service
    staff: dict[str, tuple[int, int]] | None
    before: dict[str, tuple[int, int]]
    changed: list[str]


@transaction.atomic
def take_in(*, rows: Iterable[Row], by: Any, dry_run: bool = False) -> Taken:
    """Keep what is new, change what differs; with one fault nothing is written, nor in a dry run."""
    require(by, REVIEW)
    taking = Taking(by)
    ready = [found for row in rows if (found := taking.weigh(row)) is not None]
    result = taking.result
    if result.faults or dry_run:
        return result
    fresh = [each for each in ready if each.service.pk is None]
    old = [each for each in ready if each.service.pk is not None and each.changed]
    keep_all(Service, [each.service for each in fresh], by=by, why="4Ws")
    keep_all(Staff, [one for each in fresh for one in _staff(each)], by=by, why="4Ws")
    keep_changes([each.service for each in old], WRITTEN, by=by, why="4Ws")
    for each in old:
        if each.staff is not None:
            set_staff(each.service, each.before, each.staff, by=by)
    result.made = [(each.row, each.service) for each in fresh]
    result.changed = [(each.row, each.service) for each in old]
    if fresh or old:
        record(by, "mhpss.take_in", fields=f"created={result.created} updated={result.updated}")
    return result


def _staff(ready: Ready) -> Iterable[Staff]:
    for cadre, (women, men) in sorted((ready.staff or {}).items()):
        yield Staff(service=ready.service, cadre=cadre, women=women, men=men)


class Taking:
    """Weighs rows against the map, one after the other."""

    def __init__(self, by: Any) -> None:
        self.by, self.result, self.today = by, Taken(), timezone.localdate()
        self.catalogue, self.register = Catalogue(), Register.current()
        known = (
            Service.objects.reviewed_by(by).select_related("organisation", "place").prefetch_related("staff")
        )
        self.by_ref = {each.ref: each for each in known}
        self.by_key = {each.same_as: each for each in self.by_ref.values()}
        self.organisations = {each.folded: each for each in Organisation.objects.all()}
        self.rows_of: dict[str, int] = {}
        self.rows_of_ref: dict[str, int] = {}

    def weigh(self, row: Row) -> Ready | None:
        """The service of a row, checked; what is wrong with it joins the faults."""
        said = dict(row.said)
        ref = said.pop("ref", "")
        place = self.register.by_code.get(said.pop("place", ""))
        whose = self.organisations.get(key(said.pop("organisation", "")))
        found = self.by_ref.get(ref) if ref else None
        if ref and found is None:
            self._fault(row, "ref", ref, UNKNOWN_REF)
            return None
        staff = staff_of(said.pop("staff")) if "staff" in said else None
        values = {name: value_of(name, text) for name, text in said.items()}
        if values.get("updated_on", 0) is None:
            del values["updated_on"]  # the day stays as it was; a new service has that of today
        service = found or self._new(place, whose, values)
        if service is None:
            return None  # the reader has said why
        return self._checked(
            row, service, place or service.place, whose or service.organisation, values, staff
        )

    def _new(
        self, place: Unit | None, whose: Organisation | None, values: Mapping[str, Any]
    ) -> Service | None:
        if place is None or whose is None:
            return None
        fresh = Service(place=place, organisation=whose, updated_on=self.today)
        assign(fresh, values, self.catalogue)
        return self.by_key.get(fresh.same_as) or fresh

    def _checked(
        self, row: Row, service: Service, place: Unit, whose: Organisation, values: dict[str, Any],
        staff: dict[str, tuple[int, int]] | None,
    ) -> Ready | None:  # fmt: skip
        before = told(service, service.staff.all() if service.pk else ())
        service.place, service.organisation = place, whose
        assign(service, values, self.catalogue)
        if "specified" not in values and not service.specified and self._asks_words(service):
            service.specified = service.description[:150]
        numbers = staff_of(before["staff"]) if staff is None else staff
        if not may(self.by, REVIEW, place.region):
            self._fault(row, "place", place.code, NOT_YOURS)
            return None
        wrong = refusals(service, numbers.keys(), catalogue=self.catalogue, today=self.today)
        for name, sentence in wrong:
            self._fault(row, name, str(row.said.get(name, "")), sentence)
        if wrong or self._twice(row, service):
            return None
        return self._counted(row, service, staff, before)

    def _asks_words(self, service: Service) -> bool:
        flags = self.catalogue.flags("activity")
        return any("text" in flags.get(code, ()) for code in service.codes.split())

    def _twice(self, row: Row, service: Service) -> bool:
        first = self.rows_of.setdefault(service.same_as, row.number)
        again = self.rows_of_ref.setdefault(service.ref, row.number)
        if first != row.number or again != row.number:
            self._fault(
                row, "codes", service.codes, REPEATED % {"row": first if first != row.number else again}
            )
            return True
        other = self.by_key.get(service.same_as)
        if other is not None and other.pk != service.pk:
            self._fault(row, "codes", service.codes, TAKEN)
            return True
        return False

    def _counted(
        self, row: Row, service: Service, staff: dict[str, tuple[int, int]] | None, before: Mapping[str, str]
    ) -> Ready:
        now = told(service, service.staff.all() if service.pk else ())
        changed = [name for name in now if now[name] != before[name] and name != "staff"]
        numbers = staff_of(before["staff"])
        if staff is not None and staff != numbers:
            changed.append("staff")
        result = self.result
        if service.pk is None:
            result.created += 1
        elif changed:
            result.updated += 1
        else:
            result.unchanged += 1
        result.without_layer += not service.layers
        result.to_recode += not service.codes
        return Ready(row.number, service, staff, numbers, changed)

    def _fault(self, row: Row, name: str, value: str, sentence: str | Promise) -> None:
        self.result.faults.append(Fault(row.number, name, value[:120], sentence))


@transaction.atomic
def remember_headings(*, letters: Mapping[str, str], by: Any) -> int:
    """What the headings of somebody's sheet stand for, as compared → letter; an empty letter leaves a column aside."""
    require(by, REVIEW)
    known = {each.folded: each for each in SheetHeading.objects.filter(folded__in=list(letters))}
    for folded, letter in letters.items():
        heading = known.get(folded) or SheetHeading(folded=folded)
        heading.letter = letter
        keep(heading, by=by)
    record(by, "mhpss.remember_headings", fields=f"headings={len(letters)}")
    return len(letters)
