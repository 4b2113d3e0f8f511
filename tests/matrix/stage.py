"""The scene of the matrix: a database full of canaries, every reader, and every cell to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sutura.access.roles import ALONE, MACHINE, ROLES, natural_tier
from sutura.alerts.models import AccessNote, Alert
from sutura.disclosure import preparing
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident, Perpetrator, Source, Violation
from sutura.people import services as people
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.vault import services as vault
from tests.matrix.oracle import GROUP, NAMED, Held
from tests.people import KAYES, MOPTI, cast, with_vault
from tests.security import world
from tests.security.addresses import (
    body_cases,
    common_cases,
    list_cases,
    organisation_cases,
    record_cases,
    shelved_cases,
    theme_cases,
)
from tests.security.canaries import Canaries, plant

METHODS = ("get", "post", "head", "put", "delete")
READS_INCIDENTS, OPENS_ACCOUNTS = "incidents.read", "incidents.restricted"
OF_THE_NATION = {"edition.reason": "edition", "stagedfile": "staged file", "export.reason": "export"}


@dataclass
class Reader:
    """Somebody who asks: what she holds in truth, in which situation."""

    name: str
    situation: str
    username: str = ""
    held: list[Held] = field(default_factory=list)
    out: bool = False
    unready: bool = False

    @property
    def standing(self) -> dict[str, bool]:
        """What keeps her out whatever she holds."""
        return {"out": self.out, "unready": self.unready}

    def gave(self, one: Address | Word) -> bool:
        """Whether it is hers: of what she told herself."""
        return bool(one.giver) and one.giver == self.username


@dataclass
class Address:
    """One address: of which record, where, and whether that is sexual violence."""

    route: str
    url: str
    region: str = ""
    apart: bool = False
    giver: str = ""


@dataclass
class Word:
    """What must not be read by everybody: a canary or a code, and whose it is."""

    text: str
    record: str
    privacy: str
    region: str = ""
    apart: bool = False
    giver: str = ""


@dataclass
class Plan:
    """Everything the walk needs to know, apart from the database."""

    readers: list[Reader] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


@transaction.atomic
def build() -> Plan:
    """Fill the database and say what is in it."""
    world.registers()
    who, canaries = world.everybody(), Canaries()
    held = world.sittings(who)
    regions = {code: world.region_of(code, who, held) for code in (KAYES, MOPTI)}
    further = {code: states(region, who) for code, region in regions.items()}
    for region in regions.values():
        plant(canaries, [type(one).objects.get(pk=one.pk) for one in region.records()], by=who.awa)
    nation = world.nation(who, held, canaries)
    plan = Plan(readers=list(readers()))
    # Whoever may open something holds the keys for it.
    vault.settle(by=with_vault(who.moussa))
    for code, region in regions.items():
        told_apart = {str(mark) for mark in marks_apart(region)}
        for case in record_cases(region, nation):
            plan.addresses.append(
                Address(case.name, case.url, code, any(mark in case.url for mark in told_apart))
            )
        of_bodies = (*body_cases(region), *shelved_cases(region))
        plan.addresses += [Address(case.name, case.url, code) for case in of_bodies]
        plan.addresses += further[code]
        partner = region.gathering.followed.partner
        dropping = reverse("coordination:partner_drop", args=[partner.theme.public_id, partner.pk])
        plan.addresses.append(Address("coordination:partner_drop", dropping, code))
        plan.words += [word for word in codes(region, code) if len(word.text) > 8]
    plan.addresses += [
        Address(case.name, case.url)
        for case in (
            *list_cases(regions[MOPTI]),
            *common_cases(),
            *organisation_cases(regions[MOPTI]),
            *theme_cases(regions[MOPTI]),
        )
    ]
    plan.addresses += [
        Address(name, reverse(name))
        for name in (
            "people:sign_in",
            "people:second_factor",
            "people:sign_out",
            "ui:set_language",
            "capacity:verify",
        )
    ]
    plan.addresses.append(Address("coordination:feed", reverse("coordination:feed", args=["unknown"])))
    plan.addresses += tables(who)
    told_herself(plan, canaries, regions[MOPTI].incident.place, by=who.awa)
    plan.words += canary_words(canaries)
    return plan


def told_herself(plan: Plan, canaries: Canaries, place: Unit, *, by: Account) -> None:
    """A partner who sent an alert follows it: its words and its triage are not hers to read."""
    sender = reader("alert_partner", "sent it", [Held("alert_partner", "S1", MOPTI)])
    sent = world.tell(place, Account.objects.get(username=sender.username))
    plant(canaries, [sent], by=by)
    plan.readers.append(sender)
    for page in ("detail", "sent"):
        url = reverse(f"alerts:{page}", args=[sent.public_id])
        plan.addresses.append(Address(f"alerts:{page}", url, MOPTI, giver=sender.username))
    plan.words += [
        Word(str(mark), "alert", "reference", MOPTI, giver=sender.username)
        for mark in (sent.public_id, sent.ref)
    ]


def states(region: world.Region, who: world.Cast) -> list[Address]:
    """The same pages for an incident that is void and for a duplicate."""
    monitor, focal = (who.awa, who.binta) if region.incident.region == MOPTI else (who.oumar, who.omar)
    found = []
    for act in ("void", "duplicate"):
        made = incidents.open_incident(
            bundle=world.whole(region.incident.place, region.opened_alert), by=monitor
        )
        if act == "void":
            incidents.void_incident(incident=made, by=focal, why="Erreur")
        else:
            incidents.mark_duplicate(incident=made, of=region.incident, by=focal, why="Double")
        key = {"public_id": made.public_id}
        found += [
            Address(f"incidents:{page}", reverse(f"incidents:{page}", kwargs=key), made.region)
            for page in ("detail", "sheet")
        ]
    return found


def tables(who: world.Cast) -> Iterator[Address]:
    """A table for the public that waits, and one that a second person let go."""
    asked = {"product": "ghn", "period": world.QUARTER, "block": "verified", "by": who.secretary}
    waiting = preparing.prepare(shape="region", **asked)
    let_go = preparing.prepare(shape="sex", **asked)
    preparing.decide(release=let_go, approved=True, by=who.chair)
    yield Address("disclosure:public_tables", reverse("disclosure:public_tables"))
    for page, made in (("table", waiting), ("decide", waiting), ("public_table", let_go)):
        key = {"public_id": made.public_id}
        yield Address(f"disclosure:{page}", reverse(f"disclosure:{page}", kwargs=key))
    for ending in ("csv", "xlsx"):
        key = {"public_id": let_go.public_id, "ending": ending}
        yield Address("disclosure:public_file", reverse("disclosure:public_file", kwargs=key))


def readers() -> Iterator[Reader]:
    """Every role in every situation."""
    yield Reader("stranger", "stranger", out=True)
    for role in sorted(set(ROLES) - {MACHINE}):
        yield from of_role(role)
    panel, focal = Held("verification_panel", "S3"), Held("regional_coordinator", "S3", KAYES)
    yield reader("mixed", "panel, focal point elsewhere", [panel, focal])
    yield reader("mixed", "reads Kayes whole", [Held("ctfmr_principal", "S2"), focal])


def of_role(role: str) -> Iterator[Reader]:
    """One role: held in its region, elsewhere, in the country, too low, not in force, in the group."""
    tier = natural_tier(role)
    where = {"own": (MOPTI,), "other region": (KAYES,), "national": ()}
    for situation, regions in where.items():
        yield reader(role, situation, [Held(role, tier, *regions)])
    for number in range(1, int(tier[1])):
        yield reader(role, f"lower tier {number}", [Held(role, f"S{number}")])
    if tier > ALONE:
        yield reader(role, "waiting", [Held(role, tier)], gone="waiting")
        yield reader(role, "no second factor", [Held(role, tier)], unready=True)
    for gone in ("expired", "not begun", "withdrawn", "disabled"):
        yield reader(role, gone, [Held(role, tier)], gone=gone)
    if READS_INCIDENTS in ROLES[role].permissions:
        yield reader(role, "in the group", [Held(role, tier), Held(GROUP, "S4", MOPTI)])
        yield reader(role, "in another group", [Held(role, tier), Held(GROUP, "S4", KAYES)])
        yield reader(role, "too low in the group", [Held(role, tier), Held(GROUP, "S3", MOPTI)])
    if OPENS_ACCOUNTS in ROLES[role].permissions:
        yield reader(role, "named", [Held(role, tier), Held(NAMED, "S4", MOPTI)])
        yield reader(role, "named elsewhere", [Held(role, tier), Held(NAMED, "S4", KAYES)])
        yield reader(role, "named too low", [Held(role, tier), Held(NAMED, "S3", MOPTI)])


def reader(role: str, situation: str, held: list[Held], *, gone: str = "", unready: bool = False) -> Reader:
    """Make the account; what is `gone` holds nothing in truth."""
    username = f"{role}-{situation}".replace(" ", "-").replace(",", "").replace("_", "-")
    account = cast(username)
    by = cast(f"k-{username}"[:60], "account_keeper") if gone == "waiting" else people.machine("tests")
    for one in held:
        grant(by, account, one, gone)
    if gone == "disabled":
        people.set_active(by=by, account=account, active=False, why="left")
    return Reader(role, situation, username, [] if gone else held, gone == "disabled", unready)


def grant(by: Account, account: Account, held: Held, gone: str) -> None:
    """One grant, in force or not any more."""
    today = timezone.localdate()
    first, last = {"expired": (-90, -1), "not begun": (1, 90)}.get(gone, (-1, 90))
    given = people.give_grant(
        by=by,
        account=account,
        role=held.role,
        tier=held.tier,
        regions=[held.region] if held.region else [],
        everywhere=not held.region,
        purpose="test",
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
    )
    if gone == "withdrawn":
        people.withdraw_grant(by=by, grant=given, why="left")


def marks_apart(region: world.Region) -> set[str]:
    """What names a record of sexual violence in an address."""
    named = {region.hushed.public_id, region.other.public_id}
    for parts in ("violations", "victims", "sources", "perpetrators", "attachments"):
        named |= {part.public_id for part in getattr(region.other, parts).all()}
    return {str(one) for one in named}


def is_apart(record: Any) -> bool:
    """Whether a record belongs to an incident of sexual violence, or is an alert of it."""
    if isinstance(record, Alert):
        return record.sexual_violence
    incident = incident_of(record)
    return incident is not None and incident.violations.filter(type="sexual_violence").exists()


def incident_of(record: Any) -> Incident | None:
    """The incident which a part belongs to."""
    if isinstance(record, Incident):
        return record
    violation = getattr(record, "violation", None)
    return violation.incident if violation is not None else getattr(record, "incident", None)


def region_of(record: Any) -> str:
    """Where a record happened."""
    incident = incident_of(record)
    return incident.region if incident is not None else getattr(record, "region", "")


def kind_of(record: Any) -> str:
    """The kind of a record as the table of words names it."""
    return (
        "alert"
        if isinstance(record, Alert)
        else "access note"
        if isinstance(record, AccessNote)
        else "evidence"
        if isinstance(record, Source | Perpetrator)
        else "incident"
    )


def canary_words(canaries: Canaries) -> Iterator[Word]:
    """Every canary with whose it is."""
    for token, name in canaries.fields.items():
        record = canaries.records[token]
        privacy = "identifying" if token.startswith("zqr") else "coded"
        if record is None:
            yield Word(token, OF_THE_NATION[name], privacy)
        else:
            yield Word(token, kind_of(record), privacy, region_of(record), is_apart(record))


def codes(region: world.Region, code: str) -> Iterator[Word]:
    """References and public ids of the records of a region."""
    for record in region.records():
        head = isinstance(record, Incident | Violation)
        kind = kind_of(record) if head or kind_of(record) not in ("incident", "evidence") else "part"
        if kind == "access note":
            continue
        for name in ("public_id", "ref"):
            if getattr(record, name, ""):
                yield Word(str(getattr(record, name)), kind, "reference", code, is_apart(record))
