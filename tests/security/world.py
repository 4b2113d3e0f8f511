"""Two regions full of records: Kayes, where Oumar works, and Mopti, of which he must learn nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pyrage
from django.core.files.base import ContentFile
from django.utils import timezone

from sutura.access.roles import ROLES
from sutura.alerts import services as alerts
from sutura.alerts.models import AccessNote, Alert
from sutura.alerts.rules import LeadFacts
from sutura.disclosure.models import Export
from sutura.disclosure.services import exports as disclosure
from sutura.incidents import services as incidents
from sutura.incidents.choices import Type
from sutura.incidents.models import DETAILS, Attachment, Incident, Response, Source, Victim, Violation
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.registers.facilities import FACILITIES
from sutura.intake.services import imports as intake
from sutura.intake.services.registers import stage_register
from sutura.mhpss.services.register import load_register as load_codes
from sutura.parties.services import load_register as load_parties
from sutura.people import services as people
from sutura.people.models import Account, Grant
from sutura.places.models import Unit
from sutura.reporting import services as reporting
from sutura.reporting.models import Edition
from sutura.vault import services as vault
from sutura.vault.models import Recovery
from sutura.verification import services as verification
from sutura.verification.models import Opinion, Sitting, SittingItem
from tests.intake.workbooks import INCIDENT, book, csv_bytes, csv_zip
from tests.people import KAYES, MOPTI, cast
from tests.photographs import photograph
from tests.registers import load_places
from tests.security.canaries import Canaries, plant
from tests.security.gathering import Gathering, gather

CERCLES = {MOPTI: "ML0504", KAYES: "ML0103"}
GROUP = "sexual_violence_group"
NAMED = "evidence_group"
PHOTO = photograph()
QUARTER = "2026-Q1"
# Roles which Oumar, Omar and Fatou hold already; nobody holds the last.
ELSEWHERE = {"alert_partner", "monitor", "regional_coordinator", "coordinator", "machine"}


@dataclass
class Cast:
    """Everybody: those of the stories, those whose time is over, and each role held in Kayes alone."""

    awa: Account
    binta: Account
    moussa: Account
    chair: Account
    secretary: Account
    keeper: Account
    lead: Account
    fatou: Account
    oumar: Account
    omar: Account  # focal point in Kayes, who judges there
    ended: Account
    withdrawn: Account
    closed: Account
    auditor: Account
    mixed: Account  # reads everything of Kayes, and the shareable account of Mopti
    of_kayes: dict[str, Account] = field(default_factory=dict)

    @property
    def outsiders(self) -> dict[str, Account]:
        """Who must learn nothing of Mopti."""
        named = {name: getattr(self, name) for name in ("oumar", "omar", "fatou", "ended")}
        return named | {f"{role} of Kayes": account for role, account in self.of_kayes.items()}

    @property
    def insiders(self) -> dict[str, Account]:
        """Who may read Mopti, or the whole country."""
        return {name: getattr(self, name) for name in ("awa", "binta", "moussa", "chair", "secretary")}


@dataclass
class Region:
    """The records of one region."""

    alert: Alert
    opened_alert: Alert
    lead: Alert
    hushed: Alert  # of sexual violence: for its group
    note: AccessNote
    incident: Incident
    other: Incident
    attachment: Attachment
    response: Response
    violation: Violation
    decided: Violation
    item: SittingItem
    decided_item: SittingItem
    opinions: list[Opinion]
    gathering: Gathering

    def records(self) -> list[Any]:
        """Every record which has words."""
        found: list[Any] = [self.alert, self.opened_alert, self.lead, self.hushed, self.note]
        for incident in (self.incident, self.other):
            found += [incident, *incident.violations.all(), *incident.victims.all()]
            found += [*incident.perpetrators.all(), *incident.sources.all(), *incident.attachments.all()]
            for violation in incident.violations.all():
                found += [*violation.responses.all(), *violation.victim_links.all()]
                found += list(DETAILS[violation.type].objects.filter(violation=violation))
        return found

    @cached_property
    def marks(self) -> set[str]:
        """Public ids and references: what no outsider may be told."""
        found: set[str] = {str(one.public_id) for one in (*self.opinions, self.item, self.decided_item)}
        found |= self.gathering.returning.marks | self.gathering.handheld.marks
        for one in self.records():
            found |= {str(getattr(one, name)) for name in ("public_id", "ref") if getattr(one, name, "")}
        return found


@dataclass
class Nation:
    """What belongs to the whole country, or to one person."""

    sitting: Sitting
    closed_sitting: Sitting
    edition: Edition
    staged: StagedFile
    listed: StagedFile
    run: ImportRun
    grant: Grant
    export: Export
    recovery: Recovery


def everybody() -> Cast:
    """The cast."""
    today = timezone.localdate()
    machine = people.machine("tests")
    cast_of = Cast(
        awa=cast("awa", "monitor", GROUP, NAMED, regions=(MOPTI,)),
        binta=cast("binta", "regional_coordinator", GROUP, regions=(MOPTI,)),
        moussa=cast("moussa", "verification_panel", GROUP, NAMED),
        chair=cast("chair", "ctfmr_principal"),
        secretary=cast("secretary", "secretariat"),
        keeper=cast("keeper", "account_keeper"),
        lead=cast("lead", "protection_lead"),
        fatou=cast("fatou", "coordinator"),
        oumar=cast("oumar", "alert_partner", "monitor", GROUP, NAMED, regions=(KAYES,)),
        omar=cast("omar", "regional_coordinator", GROUP, regions=(KAYES,)),
        ended=cast("ended"),
        withdrawn=cast("withdrawn", "monitor", regions=(MOPTI,)),
        closed=cast("closed", "monitor", regions=(MOPTI,)),
        auditor=cast("auditor", "auditor"),
        mixed=cast("mixed", "monitor", "verification_panel", "secretariat", regions=(KAYES,)),
        of_kayes={
            role: cast(f"kayes-{role}", role, regions=(KAYES,)) for role in sorted(set(ROLES) - ELSEWHERE)
        },
    )
    people.give_grant(
        by=machine, account=cast_of.ended, role="regional_coordinator", regions=(MOPTI,), purpose="test",
        starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=1),
    )  # fmt: skip
    people.give_grant(
        by=machine, account=cast_of.mixed, role="ctfmr_principal", regions=(MOPTI,), purpose="test",
        starts_on=today, ends_on=today + timedelta(days=90),
    )  # fmt: skip
    cast_of.mixed = Account.objects.get(pk=cast_of.mixed.pk)
    people.withdraw_grant(by=machine, grant=cast_of.withdrawn.grants.get(), why="left")
    people.set_active(by=machine, account=cast_of.closed, active=False, why="left")
    return cast_of


def registers() -> None:
    """Places and parties as shipped."""
    machine = people.machine("tests")
    load_places(by=machine)
    load_parties(by=machine)
    load_codes(by=machine)


def tell(place: Unit, by: Account, kind: str = "killing") -> Alert:
    """An alert."""
    return alerts.receive(
        by=by, types=[kind], place=place, happened_on=date(2026, 2, 10), boys=1, told="Deux tirs.",
        party_type="unidentified", locality="un hameau", source_category="witness",
        access="unknown", organisation="ONG",
    )  # fmt: skip


def lead(place: Unit, event: str, by: Account) -> Alert:
    """A lead of a public list."""
    told = LeadFacts(
        source="ucdp-ged", source_event_id=event, title="Combat", told="Un texte", happened_on=date(2026, 2, 11),
        place=place.code, place_how="code", types=("killing",), party_text="un groupe", datasets="ged",
    )  # fmt: skip
    alerts.receive_leads(rows=[told], by=by)
    return Alert.objects.get(source_event_id=event)


def whole(place: Unit, alert: Alert, *, sexual: bool = False) -> IncidentBundle:
    """An incident with one of everything; with sexual violence, kept apart for its group."""
    keys = tuple(str(kind) for kind in Type.values if sexual or kind != Type.SEXUAL_VIOLENCE)
    details = {"attack_school": {"attack_kind": "threat"}, "attack_hospital": {"attack_kind": "threat"}}
    graded = SourcePart(
        violations=keys, category="primary_witness", reliability="high", credibility="high",
        more={"description": "Une voisine", "notes": "Connue du chef"},
    )  # fmt: skip
    return IncidentBundle(
        place=place,
        occurred_on=date(2026, 2, 10),
        title="Attaque du marché",
        account_restricted="Le récit des témoins.",
        account_shareable="Une attaque.",
        locality="Un hameau",
        latitude=14.5,
        longitude=-4.2,
        alert=alert,
        violations=tuple(
            ViolationPart(key=kind, type=kind, boys=1, parties=("JNIM",), detail=details.get(kind, {}))
            for kind in keys
        ),
        victims=(
            VictimPart(violations=("killing", "maiming"), sex="boy", age=9, child_key=f"K-{place.region}"),
        ),
        perpetrators=(PerpetratorPart(violations=("abduction",), more={"name": "Abou Untel"}),),
        sources=(graded,),
    )


def opinions(
    violation: Violation, focal: Account, technical: Account, chair: Account | None
) -> list[Opinion]:
    """Two opinions, and the decision if somebody is there to take it."""
    found = []
    for level, by in (("focal_point", focal), ("technical", technical), ("ctfmr", chair)):
        if by is not None:
            found.append(
                verification.give_opinion(
                    violation=violation, level=level, status="verified", given_on=date(2026, 2, 20),
                    reason="Les récits concordent.", by=by,
                )
            )  # fmt: skip
    return found


def region_of(code: str, who: Cast, sittings: tuple[Sitting, Sitting]) -> Region:
    """Fill one region: alerts, a lead, incidents in all their parts, opinions, decisions, sittings."""
    place = Unit.objects.get(code=CERCLES[code])
    monitor, focal = (who.awa, who.binta) if code == MOPTI else (who.oumar, who.omar)
    alert, source = tell(place, monitor), tell(place, monitor)
    alerts.protect_first(alert=alert, by=focal, done="L'enfant est soigné.")
    alert = alerts.ask(alert=Alert.objects.get(pk=alert.pk), by=focal, about=["place"], question="Où ?")
    hushed = tell(place, monitor, "sexual_violence")
    found = lead(place, f"{code}-77", people.machine("tests"))
    note = alerts.note_access(
        by=monitor, unit=place, level="red", observed_on=date(2026, 2, 1), source="réunion", note="Pont coupé"
    )
    incident = incidents.open_incident(bundle=whole(place, source), by=monitor)
    alerts.mark_opened(alert=source, by=monitor, reference=incident.ref)
    for violation in incident.violations.all():
        model = DETAILS[violation.type]
        if not model.objects.filter(violation=violation).exists():
            incidents.change_detail(violation=violation, by=monitor, notes="Des précisions")
    file = ContentFile(PHOTO, name="photo de la victime.jpg")
    killing = incident.violations.get(type="killing")
    attachment = incidents.add_attachment(
        incident=incident, file=file, violation=killing, by=monitor, description="Le visage de l'enfant"
    )
    response = incidents.add_response(violation=killing, by=monitor, kinds=["advocacy"], notes="Au centre")
    wrong = incidents.add_source(
        incident=incident, part=SourcePart(violations=(killing.ref,), category="secondary"), by=monitor
    )
    incidents.void_source(source=wrong, by=focal, why="Erreur de dossier")
    other = incidents.open_incident(bundle=whole(place, source, sexual=True), by=monitor)
    for violation in other.violations.filter(type=Type.SEXUAL_VIOLENCE):
        incidents.change_detail(violation=violation, by=monitor, notes="Des précisions")
    incidents.close_incident(incident=other, by=focal, why="Rien à ajouter")
    maiming, abduction = incident.violations.get(type="maiming"), incident.violations.get(type="abduction")
    said = opinions(killing, focal, who.moussa, who.chair) + opinions(maiming, focal, who.moussa, None)
    said += opinions(abduction, focal, who.moussa, None)
    item = verification.put_on_agenda(sitting=sittings[0], violations=[maiming], by=who.secretary)[0]
    decided = verification.put_on_agenda(sitting=sittings[1], violations=[abduction], by=who.secretary)[0]
    verification.decide_in_sitting(item=decided, status="verified", reason="Vu.", by=who.chair)
    decided.refresh_from_db()
    said.append(decided.opinion)
    return Region(
        alert=alert, opened_alert=Alert.objects.get(pk=source.pk), lead=found, hushed=hushed,
        note=note, incident=incident,
        other=other, attachment=attachment, response=response, violation=maiming, decided=killing, item=item,
        decided_item=decided, opinions=said, gathering=gather(code),
    )  # fmt: skip


def sittings(who: Cast) -> tuple[Sitting, Sitting]:
    """Two sittings of the task force."""
    found = [
        verification.convene_sitting(held_on=day, by=who.secretary, venue="Bamako", attendance="ONU")
        for day in (date(2026, 3, 20), date(2026, 3, 10))
    ]
    return found[0], found[1]


def nation(who: Cast, held: tuple[Sitting, Sitting], canaries: Canaries) -> Nation:
    """An edition, a file that waits, a run of the importer."""
    edition = reporting.freeze(
        product="ghn", period=QUARTER, by=who.secretary, reason=canaries.word("edition.reason")
    )
    word = canaries.word("stagedfile")
    told = INCIDENT | {"place": "ML0504", "occurred_on": "31/31/2026", "title": word, "latitude": word}
    staged = intake.stage_file(content=csv_zip(book(incidents=[told])), by=who.secretary)
    schools = csv_bytes([["Nom", "Lieu"], ["École inventée", "Mopti"]])
    listed = stage_register(kind=FACILITIES, content=schools, name="Liste inventée", by=who.secretary)
    run = intake.import_incidents(source=csv_zip(book()), by=who.secretary, dry_run=True).run
    assert run is not None
    return Nation(
        sitting=held[0], closed_sitting=held[1], edition=edition, staged=staged, listed=listed,
        run=run,
        grant=who.oumar.grants.first(), export=asked(who.secretary, canaries.word("export.reason")),
        recovery=vault.forget(by=who.keeper, account=who.withdrawn, why="oublié"),
    )  # fmt: skip


def asked(by: Account, reason: str) -> Export:
    """A request for the rows of the whole country, which waits."""
    return disclosure.ask_export(
        by=by, kind="incidents", product="ghn", period=QUARTER, reason=reason, receiver="New York",
        key=str(pyrage.x25519.Identity.generate().to_public()),
    )  # fmt: skip


def planted(region: Region, canaries: Canaries, by: Account) -> None:
    """Canaries in every text of every record of a region."""
    plant(canaries, [type(one).objects.get(pk=one.pk) for one in region.records()], by=by)


__all__ = ["Canaries", "Cast", "Nation", "Region", "Source", "Victim"]
