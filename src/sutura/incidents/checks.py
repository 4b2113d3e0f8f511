"""The rules as refusals: each raises Invalid with one sentence, and the field it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, TextField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.incidents import rules
from sutura.incidents.choices import State
from sutura.incidents.codes import CodesField
from sutura.security.sealed import Sealed

DATE_FAULTS = {
    ("occurred_on", "missing"): _("Say when it happened."),
    ("occurred_on", "future"): _("The incident cannot be dated after today."),
    ("occurred_to", "future"): _("The incident cannot have ended after today."),
    ("occurred_to", "order"): _("The end is before the beginning."),
    ("open_ended", "open"): _("An incident which is still going on has no end."),
}
TOO_MANY = {
    "boy": _("More boys are listed for %(ref)s than it counts."),
    "girl": _("More girls are listed for %(ref)s than it counts."),
    "unknown": _("More children of unknown sex are listed for %(ref)s than it counts."),
}
TALLY_FIELD = {"boy": "boys", "girl": "girls", "unknown": "unknown"}


def dates(occurred_on: date | None, occurred_to: date | None, open_ended: bool) -> None:
    """When it happened must be known, past, in order, and either ended or not."""
    fault = rules.date_fault(occurred_on, occurred_to, open_ended, timezone.localdate())
    if fault[0]:
        raise Invalid(DATE_FAULTS[fault], field=fault[0])


def point(latitude: Any, longitude: Any) -> None:
    """Both coordinates or none, on the globe."""
    if isinstance(latitude, Sealed) and isinstance(longitude, Sealed):
        return  # it was checked before it was sealed
    if (
        isinstance(latitude, Sealed)
        or isinstance(longitude, Sealed)
        or (latitude is None) != (longitude is None)
    ):
        raise Invalid(_("Give both latitude and longitude, or neither."), field="latitude")
    if latitude is None or longitude is None:
        return
    if not -90 <= latitude <= 90:
        raise Invalid(_("A latitude lies between -90 and 90."), field="latitude")
    if not -180 <= longitude <= 180:
        raise Invalid(_("A longitude lies between -180 and 180."), field="longitude")


def state(state_code: str, reason: str) -> None:
    """A file which leaves the count says why."""
    if state_code in (State.VOID, State.DUPLICATE) and not reason.strip():
        raise Invalid(_("Say why."), field="state_reason")


def attribution(given: str, codes: Iterable[str]) -> str:
    """The attribution given, or derived from the parties when empty; refused when it does not fit them."""
    parties = set(codes)
    if not given:
        return rules.derived_attribution(parties)
    if not rules.attribution_fits(given, parties):
        raise Invalid(
            _(
                "One party needs one party, jointly and crossfire need two or more, "
                "unidentified perpetrators need none."
            ),
            field="attribution",
        )
    return given


def decision(status: str, decided_on: date | None, occurred_on: date) -> None:
    """A verified violation has a date of decision; no decision is before the incident or after today."""
    if status == rules.VERIFIED and decided_on is None:
        raise Invalid(_("A verified violation needs the date of the decision."), field="decided_on")
    if decided_on is None:
        return
    if decided_on < occurred_on:
        raise Invalid(_("The decision cannot be before the incident."), field="decided_on")
    if decided_on > timezone.localdate():
        raise Invalid(_("The decision cannot be dated after today."), field="decided_on")


def violation(ref: str, facts: rules.ViolationFacts) -> None:
    """A violation with its victims must be possible: dates, numbers, each child once."""
    if rules.decided_too_early(facts):
        raise Invalid(
            _("The decision on %(ref)s would be before the incident.") % {"ref": ref}, field="decided_on"
        )
    if rules.verified_but_empty(facts):
        raise Invalid(
            _("%(ref)s is verified and must count at least one child.") % {"ref": ref}, field="unknown"
        )
    for sex in rules.sexes_exceeded(facts):
        raise Invalid(TOO_MANY[sex] % {"ref": ref}, field=TALLY_FIELD[sex])
    for key in rules.repeated_children(facts):
        raise Invalid(
            _("The child %(key)s stands twice in %(ref)s.") % {"key": key, "ref": ref}, field="child_key"
        )


def child_sex(key: str, sexes: Iterable[str]) -> str:
    """The one known sex of a child, "" when unknown everywhere; boy and girl under one key are refused."""
    try:
        return rules.common_sex(sexes)
    except ValueError:
        raise Invalid(
            _("The key %(key)s stands for a boy and for a girl.") % {"key": key}, field="sex"
        ) from None


def value(field: Field, given: Any) -> Any:
    """One value as its column takes it; what a form would refuse is refused here too."""
    if field.is_relation:
        return given
    if given is None and not field.null:
        given = field.get_default()
    if isinstance(given, str | int | date | None) and not isinstance(field, CodesField | TextField):
        return _remembered(field, given)
    return _cleaned(field, given)


def _cleaned(field: Field, given: Any) -> Any:
    try:
        return field.clean(given, None)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field=field.name) from None


@lru_cache(maxsize=20_000, typed=True)
def _remembered(field: Field, given: Any) -> Any:
    """Files repeat the same few words in thousands of rows: each is checked once."""
    return _cleaned(field, given)


def values(model: type[Model], given: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name of field, each as its column takes it; a name the model lacks is refused."""
    clean: dict[str, Any] = {}
    for name, raw in given.items():
        field = _fields(model).get(name)
        if field is None:
            raise Invalid(_("%(name)s: there is no such field.") % {"name": name}, field=name)
        clean[name] = value(field, raw)
    return clean


_KNOWN: dict[type[Model], dict[str, Field]] = {}


def _fields(model: type[Model]) -> dict[str, Field]:
    if model not in _KNOWN:
        _KNOWN[model] = {field.name: field for field in model._meta.concrete_fields}
    return _KNOWN[model]


def victim(record: Any) -> None:
    """A child is under 18 and alone; a group has members and neither key, age nor sex of its own."""
    if record.kind == "individual":
        if record.boys or record.girls or record.unknown:
            raise Invalid(_("Numbers are for a group; one child has a sex."), field="boys")
        if record.age is not None and record.age >= 18:
            raise Invalid(_("A victim is under 18."), field="age")
    elif (
        record.child is not None or record.age is not None or record.date_of_birth or record.sex != "unknown"
    ):
        raise Invalid(_("A group has numbers, not a key, an age or one sex."), field="kind")
