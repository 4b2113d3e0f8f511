"""A day of work by pages and commands: every sealed text that is typed, sent or kept in it is a word like no other."""

from __future__ import annotations

import gzip
import io
import logging
import secrets
import shutil
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyrage
import xlsxwriter
from allauth.mfa.totp.internal import auth as totp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from sutura.alerts.choices import Asked
from sutura.alerts.models import Alert
from sutura.audit import anchors
from sutura.audit import services as audit
from sutura.audit.services import keep
from sutura.config.backup import sealing, taking
from sutura.incidents import services as incidents
from sutura.incidents import whole
from sutura.incidents.codes import SealedCodesField
from sutura.incidents.models import DETAILS, Incident
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.incidents.views import reading
from sutura.intake.models import StagedFile
from sutura.people import factors, services
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.security.sealed import SealedDateField, SealedFloatField, sealed_fields
from trials import doors

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DAY, PERIOD = date(2026, 2, 10), "2026-Q1"
FILLER = 12 * 1024 * 1024
"""More than any request keeps in memory by Django's own measure: what would go through the disk, would here."""
SECOND = timedelta(days=1)


class Day:
    """Who works, in which browser, and the words which they have typed: each with the field it belongs to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.words, self.open = folder, {}, ""
        for name in ("downloads", "backups", "mail"):
            (folder / name).mkdir()
        self.awa = at_home(Account.objects.get(username="awa"))
        self.browser, self.phone = (
            Client(raise_request_exception=False),
            Client(raise_request_exception=False),
        )
        self.keeper = doors.browser(doors.account("day-keeper", "secretariat"))
        self.panel = doors.browser(doors.account("day-panel", "verification_panel"))
        self.chair = doors.browser(doors.account("day-chair", "ctfmr_principal"))

    def word(self, field: str) -> str:
        """A word like no other, for a field."""
        word = f"zq{secrets.token_hex(8)}"
        self.words[word] = field
        return word

    def passes(self) -> None:
        """All of it, once; whoever has signed in stays so."""
        for browser, name in ((self.browser, "Firefox"), (self.phone, "Android")):
            sign_in(browser, name)
        self.told()
        self.typed()
        self.imported()
        self.exported()
        self.sent()
        self.failed()
        self.backed_up()

    def saved(self, name: str, answer: Any) -> None:
        """What a browser saves of an answer."""
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        content = b"".join(answer) if answer.streaming else answer.content
        (self.folder / "downloads" / name).write_bytes(content)

    def told(self) -> None:
        """An alert sent from the phone: answered in every way, opened again and again, read for a reason."""
        told = self.word("alert.told")
        sent = {"types": "killing", "told": told, "when": "today", "region": "ML05", "boys": "1"}
        choices = {"party_type": "unidentified", "source_category": "unknown", "access": "unknown"}
        self.phone.post(reverse("alerts:new"), sent | choices | {"consent_known": "unknown"})
        alert = Alert.objects.latest("pk")
        acts = {
            "protect": {"done": self.word("alert.protection_done")},
            "ask": {"about": Asked.values[0], "question": self.word("alert.asked")},
            "not-mrm": {"reason": self.word("alert.state_reason")},
            "reopen": {"reason": self.word("alert.state_reason")},
        }
        for act, said in acts.items():
            typed = {f"{act}-{name}": words for name, words in said.items()}
            answer = self.keeper.post(reverse("alerts:triage", args=[alert.public_id, act]), typed)
            assert answer.status_code == 302, f"{act}: {answer.status_code}"
        page = self.browser.post(reverse("alerts:open", args=[alert.public_id]), {"why": "relecture"})
        assert told.encode() in page.content, "nothing to leak proves nothing"

    def typed(self) -> None:
        """A file with everything: opened, corrected by its page and underneath, searched, read, handed out."""
        incident = self.filed()
        page = address(incident)
        file = SimpleUploadedFile(
            f"{self.word('attachment.original_name')}.pdf", paper(self.word("attachment.file"))
        )
        self.browser.post(page("step", "attachments"), {"kind": "document", "file": file})
        planted(self, whole.records(incident))
        told = self.word("incident.account_restricted")
        said = {"account_restricted": told, "account_shareable": "Dit.", "why": "relu"}
        self.browser.post(page("step", "accounts"), said)
        self.browser.post(
            reverse("incidents:names"), {"words": self.word("names sought"), "reason": "relecture"}
        )
        read = self.browser.post(page("open"), {"why": "relecture"}).content
        attachment = incident.attachments.get()
        handed = self.browser.post(page("attachment", attachment.public_id), {"why": "relecture"}).content
        assert told.encode() in read, "nothing to leak proves nothing"
        assert b"zq" in handed[:40], "nothing to leak proves nothing"
        for violation in incident.violations.all():
            incidents.set_status(
                violation=violation, status="verified", decided_on=DAY + SECOND, by=services.machine("trials")
            )

    def filed(self) -> Incident:
        """A file with everything, in its first words; its title is no secret, and shows that the search can find."""
        self.open = self.open or f"zq{secrets.token_hex(8)}"
        latitude = point("14.4")
        self.words[latitude] = "incident.latitude"
        bundle = IncidentBundle(
            place=Unit.objects.get(code="ML05"), occurred_on=DAY, title=self.open, latitude=float(latitude),
            longitude=-4.18, account_restricted=self.word("incident.account_restricted"),
            violations=tuple(ViolationPart(type=kind, key=kind, boys=1) for kind in DETAILS),
            victims=(VictimPart(violations=("killing",), sex="boy"),),
            perpetrators=(
                PerpetratorPart(violations=("killing",), more={"name": self.word("perpetrator.name")}),
            ),
            sources=(SourcePart(violations=("killing",), category="secondary"),),
        )  # fmt: skip
        incident = incidents.open_incident(bundle=bundle, by=self.awa)
        for violation in incident.violations.all():
            incidents.change_detail(violation=violation, by=self.awa, notes=self.word("detail.notes"))
        killing = incident.violations.get(type="killing")
        incidents.add_response(
            violation=killing, by=self.awa, kinds=["advocacy"], notes=self.word("response.notes")
        )
        return incident

    def imported(self) -> None:
        """A workbook tried and taken, one with faults, one that waits: the last two stay."""
        for name, spoil in (("taken", False), ("faulty", True), ("waiting", False)):
            ref, content = self.workbook(name, spoil=spoil)
            file = SimpleUploadedFile(f"{name}.xlsx", content)
            answer = self.keeper.post(reverse("intake:incidents"), {"file": file})
            doors.read(answer)
            assert answer.status_code in (200, 302), f"{name}: {answer.status_code}"
            staged = StagedFile.objects.latest("pk")
            self.keeper.get(staged.get_absolute_url())
            if name == "taken":
                doors.read(self.keeper.post(reverse("intake:confirm", args=[staged.public_id])))
                assert Incident.objects.filter(import_ref=ref).exists()
            if name == "faulty":
                self.keeper.get(reverse("intake:faults", args=[staged.public_id]))

    def workbook(self, name: str, *, spoil: bool) -> tuple[str, bytes]:
        """The reference of an incident, and the workbook that tells of it with what is sealed; larger than most."""
        account = self.word(f"import.{name}.account_restricted")
        latitude = point("14.3")
        self.words[latitude] = f"import.{name}.latitude"
        ref = f"{name}-{len(self.words)}"
        sheets: dict[str, dict[str, object]] = {
            "incidents": {
                "incident_ref": ref, "occurred_on": "nowhere" if spoil else "2026-01-10", "place": "ML05",
                "latitude": latitude if spoil else float(latitude), "longitude": -4.18, "account_restricted": account,
            },
            "violations": {
                "violation_ref": f"{ref}-V", "incident_ref": ref, "type": "killing", "boys": 1, "status": "pending",
                "notes": self.word(f"import.{name}.notes"),
            },
        }  # fmt: skip
        made = io.BytesIO()
        with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
            for title, row in sheets.items():
                sheet = book.add_worksheet(title)
                sheet.write_row(0, 0, list(row))
                sheet.write_row(1, 0, list(row.values()))
        with zipfile.ZipFile(made, "a") as archive:
            archive.writestr("xl/media/picture.bin", secrets.token_bytes(FILLER))
        return ref, made.getvalue()

    def exported(self) -> None:
        """The figures downloaded in every form; rows by code asked for, approved by a second person, fetched."""
        for name in ("note.docx", "note.html", "figures.xlsx", "figures.json"):
            self.saved(f"{len(self.words)}-{name}", self.panel.get(f"/disclosure/ghn/{PERIOD}/{name}"))
        key = str(pyrage.x25519.Identity.generate().to_public())
        wanted = {
            "kind": "incidents",
            "product": "ghn",
            "period": PERIOD,
            "geography": "2021",
            "everywhere": "on",
        }
        asked = self.panel.post(
            reverse("disclosure:export_new"), wanted | {"reason": "Note", "receiver": "New York", "key": key}
        )
        assert asked.status_code == 302, asked.status_code
        assert self.chair.post(f"{asked['Location']}approve/").status_code == 302
        self.saved(f"{len(self.words)}.age", self.panel.post(f"{asked['Location']}file/"))
        self.keeper.post(reverse("reporting:freeze", args=["ghn", PERIOD]), {"reason": "relu"})

    def sent(self) -> None:
        """The mail that leaves, kept as files."""
        to = {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
        with override_settings(
            **to, EMAIL_FILE_PATH=self.folder / "mail", SUTURA_ANCHORS_TO=["a@example.org"]
        ):
            anchors.send(audit.anchor(by=services.machine("audit")))

    def failed(self) -> None:
        """A page that breaks on what it was told, and the log that tells of it; yesterday's log is packed."""
        said = self.word("error")

        def broken(*_given: object) -> None:
            raise RuntimeError(said)

        with patch.object(reading.pages, "listed", broken):
            page = self.browser.get(reverse("incidents:list"), {"ref": said})
        assert page.status_code == 500
        assert said.encode() not in page.content
        log = self.folder / "day.log"
        assert "RuntimeError" in log.read_text()
        with log.open("rb") as plain, gzip.open(f"{log}.1.gz", "wb") as packed:
            shutil.copyfileobj(plain, packed)

    def backed_up(self) -> None:
        """Everything in one file, sealed to two."""
        taking.take(self.folder / "backups", taking.readers([sealing.new_key()[0] for _reader in range(2)]))


def at_home(awa: Account) -> Account:
    """Awa, of the group of her region, with a telephone."""
    today = timezone.localdate()
    services.give_grant(
        by=services.machine("trials"), account=awa, role="sexual_violence_group", regions=("ML05",), purpose="trial",
        starts_on=today, ends_on=today + timedelta(days=300),
    )  # fmt: skip
    factors.keep_app(awa, SECRET)
    return Account.objects.get(pk=awa.pk)


def sign_in(browser: Client, name: str) -> None:
    """By the door, from a browser of that name; a code is good once, so the second comes by the next."""
    browser.defaults.update(HTTP_HOST="localhost", HTTP_USER_AGENT=name)
    browser.post(reverse("people:sign_in"), {"username": "awa", "password": doors.PASSWORD})
    step = int(time.time()) // 30 + (name == "Android")
    code = totp.format_hotp_value(totp.hotp_value(SECRET, step))
    assert browser.post(reverse("people:second_factor"), {"code": code}).status_code == 302, name


def address(incident: Incident) -> Any:
    """The pages of a file."""
    return lambda name, *more: reverse(f"incidents:{name}", args=[incident.public_id, *more])


def point(start: str) -> str:
    """A number that is written as it is read: a zero at its end would be lost, and the word with it."""
    return f"{start}{secrets.randbelow(10**8):08}{1 + secrets.randbelow(9)}"


def paper(word: str) -> bytes:
    """A document of three megabytes that says one word again and again."""
    return f"%PDF-1.7 {word} ".encode() + word.encode() * 160_000


def planted(day: Day, records: Iterable[Any]) -> None:
    """A word of its own in every sealed text and day of the records, twice, so that versions hold some."""
    for record in records:
        for twice in range(2):
            for field in sealed_fields(type(record)):
                if isinstance(field, SealedFloatField | SealedCodesField):
                    continue
                name = f"{record._meta.model_name}.{field.name}"
                if isinstance(field, SealedDateField):
                    born = date(1931, 1, 1) + timedelta(days=secrets.randbelow(9000) + twice)
                    day.words[born.isoformat()] = name
                    setattr(record, field.attname, born)
                else:
                    setattr(record, field.attname, day.word(name))
            keep(record, by=day.awa)


@contextmanager
def logged(folder: Path) -> Iterator[None]:
    """The console of the server goes to a file, as the journal of a system keeps it."""
    consoles = [
        handler
        for name in ("", "django", "sutura")
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, logging.StreamHandler)
    ]
    with (folder / "day.log").open("a") as log:
        kept = [handler.setStream(log) for handler in consoles]
        try:
            yield
        finally:
            for handler, stream in zip(consoles, kept, strict=True):
                if stream is not None:
                    handler.setStream(stream)
