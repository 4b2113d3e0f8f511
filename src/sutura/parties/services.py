"""What may happen to the register of parties. Codes never change and nothing is deleted."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, keep_all, record
from sutura.parties.choices import Precision, Trigger
from sutura.parties.models import ActionPlan, Listing, Party, PartyName
from sutura.parties.rules import CODE, UNIDENTIFIED, goes_round, key

REGISTER = Path(__file__).parent / "register"
SHIPPED = "registre livré avec le logiciel"


@transaction.atomic
def load_register(*, by: Any, folder: Path = REGISTER) -> int:
    """Add what the shipped register has and the database has not; returns how many rows. What people changed stays."""
    require(by, "parties.manage")
    rows = _rows(folder / "parties.csv")
    parties = {party.code: party for party in Party.objects.all()}
    waiting = [row for row in rows if row["code"] not in parties]
    added = len(waiting)
    while waiting:
        # parents first, so that a party has one version to begin with
        ready = [row for row in waiting if not row["parent"] or row["parent"] in parties]
        made = keep_all(Party, [_party(row, parties) for row in ready], by=by, why=SHIPPED)
        parties.update((party.code, party) for party in made)
        waiting = [row for row in waiting if row["code"] not in parties]
    added += len(
        keep_all(PartyName, _new_names(rows, _rows(folder / "names.csv"), parties), by=by, why=SHIPPED)
    )
    added += len(
        keep_all(Listing, _new_listings(_rows(folder / "listings.csv"), parties), by=by, why=SHIPPED)
    )
    added += len(
        keep_all(ActionPlan, _new_plans(_rows(folder / "action_plans.csv"), parties), by=by, why=SHIPPED)
    )
    if added:
        record(by, "parties.load_register", fields=f"created={added}")
    return added


@transaction.atomic
def add_party(
    *,
    code: str,
    type: str,
    name_fr: str,
    name_en: str,
    by: Any,
    parent: Party | None = None,
    active_from: date | None = None,
    active_to: date | None = None,
    source: str = "",
    notes: str = "",
) -> Party:
    """A new party under a new code (A–Z, 0–9, `_`, a letter first). Raises Invalid on `code`, names or dates."""
    require(by, "parties.manage")
    if not CODE.match(code) or code.lower() == UNIDENTIFIED:
        raise Invalid(_("A code begins with a letter and has only A to Z, 0 to 9 and _."), field="code")
    if Party.objects.filter(code=code).exists():
        raise Invalid(_("Another party has this code."), field="code")
    _check_dates(active_from, active_to)
    party = Party(
        code=code, type=type, name_fr=name_fr, name_en=name_en, parent=parent,
        active_from=active_from, active_to=active_to, source=source, notes=notes,
    )  # fmt: skip
    keep(party, by=by)
    _teach(party, {code: "", name_fr: "fr", name_en: "en"}, by=by)
    record(by, "parties.add_party", of=party)
    return party


@transaction.atomic
def change_party(
    *,
    party: Party,
    type: str,
    name_fr: str,
    name_en: str,
    parent: Party | None,
    active_from: date | None,
    active_to: date | None,
    source: str,
    notes: str,
    why: str,
    by: Any,
) -> Party:
    """Change what is said of a party; old names stay as spellings. Raises Invalid on `parent`, names or dates."""
    require(by, "parties.manage")
    parents = dict(Party.objects.exclude(parent=None).values_list("code", "parent__code"))
    if parent and goes_round(party.code, parent.code, parents):
        raise Invalid(_("A party cannot be part of itself."), field="parent")
    _check_dates(active_from, active_to)
    said = {
        "type": type, "name_fr": name_fr, "name_en": name_en, "parent": parent,
        "active_from": active_from, "active_to": active_to, "source": source, "notes": notes,
    }  # fmt: skip
    changed = [field for field, value in said.items() if getattr(party, field) != value]
    if not changed:
        return party
    for field in changed:
        setattr(party, field, said[field])
    keep(party, by=by, why=why)
    _teach(party, {name_fr: "fr", name_en: "en"}, by=by)
    record(by, "parties.change_party", of=party, fields=" ".join(changed))
    return party


@transaction.atomic
def rename(*, party: Party, name_fr: str, name_en: str, why: str, by: Any) -> Party:
    """Give a party new names; the old ones stay as spellings."""
    return change_party(
        party=party, type=party.type, name_fr=name_fr, name_en=name_en, parent=party.parent,
        active_from=party.active_from, active_to=party.active_to, source=party.source, notes=party.notes,
        why=why, by=by,
    )  # fmt: skip


@transaction.atomic
def add_name(*, party: Party, text: str, by: Any, language: str = "") -> PartyName:
    """One more spelling. Raises Invalid if it is empty or belongs to a party already."""
    require(by, "parties.manage")
    folded = key(text)
    if not folded:
        raise Invalid(_("Write a name with letters or digits."), field="text")
    if PartyName.objects.filter(folded=folded).exists():
        raise Invalid(_("The register already knows this spelling."), field="text")
    name = keep(PartyName(party=party, text=text.strip(), folded=folded, language=language), by=by)
    record(by, "parties.add_name", of=party, fields="names")
    return name


@transaction.atomic
def add_listing(*, party: Party, year: int, violations: Collection[str], source: str, by: Any) -> Listing:
    """What the annexes of a year say of a party, with the source; a second word on the same year corrects the first."""
    require(by, "parties.manage")
    ticked = _ticked(violations)
    if not any(ticked.values()):
        raise Invalid(_("Choose at least one violation."), field="violations")
    if not source.strip():
        raise Invalid(_("Name the source: the document and its number."), field="source")
    if not 2002 <= year <= 2100:
        raise Invalid(_("Write the year of the list with four digits."), field="year")
    listing = Listing.objects.filter(party=party, year=year).first() or Listing(party=party, year=year)
    for field, value in ticked.items():
        setattr(listing, field, value)
    listing.source = source.strip()
    keep(listing, by=by)
    record(by, "parties.add_listing", of=party, fields=f"{year}")
    return listing


@transaction.atomic
def drop_listing(*, listing: Listing, why: str, by: Any) -> None:
    """Take back a listing entered in error; its last version stays in the history with the reason."""
    require(by, "parties.manage")
    drop(listing, by=by, why=why)
    record(by, "parties.drop_listing", of=listing.party, fields=f"{listing.year}")


@transaction.atomic
def add_action_plan(
    *,
    party: Party,
    signatory: str,
    source: str,
    by: Any,
    violations: Collection[str] = (),
    signed_on: date | None = None,
    precision: str = "",
    notes: str = "",
) -> ActionPlan:
    """A plan signed with the United Nations; no violation ticked means that its scope is not known."""
    require(by, "parties.manage")
    if not source.strip():
        raise Invalid(_("Name the source: the document and its number."), field="source")
    if bool(signed_on) and not precision:
        precision = Precision.DAY
    if ActionPlan.objects.filter(party=party, signatory=signatory, signed_on=signed_on).exists():
        raise Invalid(_("This plan is already in the register."), field="signed_on")
    plan = ActionPlan(
        party=party, signatory=signatory, signed_on=signed_on, precision=precision if signed_on else "",
        source=source.strip(), notes=notes, **_ticked(violations),
    )  # fmt: skip
    keep(plan, by=by)
    record(by, "parties.add_action_plan", of=party)
    return plan


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _party(row: dict[str, str], parties: dict[str, Party]) -> Party:
    """A party of the shipped register; its parent is already there."""
    plain_facts = {field: row[field] for field in ("code", "type", "name_fr", "name_en", "source", "notes")}
    dates = {field: _day(row[field]) for field in ("active_from", "active_to")}
    return Party(parent=parties.get(row["parent"]), **dates, **plain_facts)


def _new_names(
    rows: list[dict[str, str]], aliases: list[dict[str, str]], parties: dict[str, Party]
) -> list[PartyName]:
    """Code, names and aliases of each party as spellings, those already known left out."""
    wanted = [(row["code"], text, lang) for row in rows
              for text, lang in ((row["code"], ""), (row["name_fr"], "fr"), (row["name_en"], "en"))]  # fmt: skip
    wanted += [(row["party"], row["name"], row["language"]) for row in aliases]
    known = set(PartyName.objects.values_list("folded", flat=True))
    new = []
    for code, text, language in wanted:
        folded = key(text)
        if folded not in known:
            known.add(folded)
            new.append(PartyName(party=parties[code], text=text, folded=folded, language=language))
    return new


def _new_listings(rows: list[dict[str, str]], parties: dict[str, Party]) -> list[Listing]:
    known = set(Listing.objects.values_list("party__code", "year"))
    return [
        Listing(
            party=parties[row["party"]],
            year=int(row["year"]),
            source=row["source"],
            **_ticked(row["violations"]),
        )
        for row in rows
        if (row["party"], int(row["year"])) not in known
    ]


def _new_plans(rows: list[dict[str, str]], parties: dict[str, Party]) -> list[ActionPlan]:
    known = set(ActionPlan.objects.values_list("party__code", "signatory"))
    return [
        ActionPlan(
            party=parties[row["party"]], signatory=row["signatory"], signed_on=_day(row["signed_on"]),
            precision=row["precision"], source=row["source"], notes=row["notes"], **_ticked(row["violations"]),
        )
        for row in rows
        if (row["party"], row["signatory"]) not in known
    ]  # fmt: skip


def _ticked(violations: Collection[str] | str) -> dict[str, bool]:
    """Each trigger with whether it is among the violations (codes, or codes with `;` between)."""
    chosen = set(violations.split(";")) if isinstance(violations, str) else set(violations)
    return {trigger.value: trigger.value in chosen for trigger in Trigger}


def _teach(party: Party, names: dict[str, str], *, by: Any) -> None:
    """Keep the party's own names as spellings; a name that another party has is refused."""
    for text, language in names.items():
        folded = key(text)
        other = PartyName.objects.filter(folded=folded).first()
        if other is None:
            keep(PartyName(party=party, text=text, folded=folded, language=language), by=by)
        elif other.party_id != party.pk:
            raise Invalid(
                _("Another party is already called this."), field=f"name_{language}" if language else "code"
            )


def _check_dates(active_from: date | None, active_to: date | None) -> None:
    if active_from and active_to and active_to < active_from:
        raise Invalid(_("The end is before the beginning."), field="active_to")
