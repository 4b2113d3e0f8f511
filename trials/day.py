"""A scripted day on a database of its own, then every byte it left on the disk searched for what was sealed.

    python -m tools.disk

Every sealed field of every model carries a word of its own. Prints what was planted, read and found.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PASSWORD = "un mot de passe inventé"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PLACE = "14.4843719527"


def settle(folder: Path) -> None:
    """Point the product at the folder, its log at a file in it."""
    os.environ.update(
        SUTURA_DATA=str(folder),
        SUTURA_SECRET_KEY="only-for-the-scan",
        DATABASE_URL=f"sqlite:///{folder / 'day.sqlite3'}",
        DJANGO_SETTINGS_MODULE="sutura.config.settings",
        SUTURA_STATIC="django.contrib.staticfiles.storage.StaticFilesStorage",
    )
    tempfile.tempdir = str(folder / "tmp")
    Path(tempfile.tempdir).mkdir()
    import django

    django.setup()
    import logging

    for name in ("", "django", "sutura"):
        logging.getLogger(name).addHandler(logging.FileHandler(folder / "day.log"))


def people() -> Any:
    """Awa of Mopti, of its group, with a password and a telephone, on a fresh schema with the registers."""
    from django.utils import timezone

    from sutura.config import registers, schema
    from sutura.people import factors, services

    schema.ensure(may_upgrade="always")
    registers.load()
    by, today = services.machine("scan"), timezone.localdate()
    awa = services.open_account(by=by, username="awa", name="Awa", password=PASSWORD)
    for role in ("regional_coordinator", "sexual_violence_group"):
        services.give_grant(
            by=by, account=awa, role=role, regions=["ML05"], purpose="scan",
            starts_on=today, ends_on=today + timedelta(days=300),
        )  # fmt: skip
    factors.keep_app(awa, SECRET)
    return type(awa).objects.get(pk=awa.pk)


def planted(records: Iterable[Any], by: Any) -> dict[str, str]:
    """A word of its own in every sealed text of the records, twice, so that versions hold some; word → field."""
    from sutura.audit.services import keep
    from sutura.incidents.codes import SealedCodesField
    from sutura.security.sealed import SealedDateField, SealedFloatField, sealed_fields

    words: dict[str, str] = {}
    for record in records:
        for _twice in range(2):
            for field in sealed_fields(type(record)):
                if isinstance(field, SealedFloatField | SealedDateField | SealedCodesField):
                    continue
                word = f"zq{secrets.token_hex(8)}"
                words[word] = f"{record._meta.model_name}.{field.name}"
                setattr(record, field.attname, word)
            keep(record, by=by)
    return words


def filled(by: Any) -> Any:
    """A file with everything, in its first words."""
    from sutura.incidents import services
    from sutura.incidents.models import DETAILS
    from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
    from sutura.places.models import Unit

    bundle = IncidentBundle(
        place=Unit.objects.get(code="ML0504"), occurred_on=date(2026, 2, 10), title="Inventé",
        latitude=float(PLACE), longitude=-4.18, account_restricted="zqfirst-account",
        violations=tuple(ViolationPart(type=kind, key=kind, boys=1) for kind in DETAILS),
        victims=(VictimPart(violations=("killing",), sex="boy"),),
        perpetrators=(PerpetratorPart(violations=("killing",), more={"name": "zqfirst-name"}),),
        sources=(SourcePart(violations=("killing",), category="secondary"),),
    )  # fmt: skip
    incident = services.open_incident(bundle=bundle, by=by)
    for violation in incident.violations.all():
        services.change_detail(violation=violation, by=by, notes="zqfirst-note")
    killing = incident.violations.get(type="killing")
    services.add_response(violation=killing, by=by, kinds=["advocacy"], notes="zqfirst-response")
    return incident


def day() -> dict[str, str]:
    """Open a file with everything, correct it by its page, open it, attach and hand out a file, sign out."""
    from allauth.mfa.totp.internal import auth as totp
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client
    from django.urls import reverse

    from sutura.incidents import whole

    awa = people()
    incident = filled(awa)
    browser = Client()

    def posted(name: str, *more: object, **sent: object) -> bytes:
        return browser.post(reverse(f"incidents:{name}", args=[incident.public_id, *more]), sent).content

    browser.post(reverse("people:sign_in"), {"username": "awa", "password": PASSWORD})
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    browser.post(reverse("people:second_factor"), {"code": code})
    file = SimpleUploadedFile("zqfirst-name.pdf", b"%PDF-1.7 zqfile " + b"zqfile" * 500_000)
    posted("step", "attachments", kind="document", file=file)
    words = planted(whole.records(incident), awa)
    posted("step", "accounts", account_restricted="zqtyped", account_shareable="Dit.", why="relu")
    attachment = incident.attachments.get()
    told = posted("open", why="relecture"), posted("attachment", attachment.public_id, why="relecture")
    assert (b"zqtyped" in told[0], b"zqfile" in told[1]) == (True, True), "nothing to leak proves nothing"
    browser.post(reverse("people:sign_out"))
    return words | {
        "zqfirst": "the first words", PLACE: "incident.latitude", "zqfile": "attachment.file",
        "zqtyped": "incident.account_restricted",
    }  # fmt: skip


def forms_of(word: str) -> Iterator[bytes]:
    """A word as it may lie on a disk: as it is, in two bytes a letter, in hexadecimal, inside base64."""
    raw = word.encode()
    yield from (raw, word.encode("utf-16-le"), raw.hex().encode())
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[(before * 4 + 2) // 3 : len(coded) - 4]


def found_in(folder: Path, words: dict[str, str]) -> dict[str, list[str]]:
    """File → the fields whose words lie in it."""
    found: dict[str, list[str]] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        told = sorted(
            {field for word, field in words.items() if any(form in content for form in forms_of(word))}
        )
        if told:
            found[str(path.relative_to(folder))] = told
    return found


def main() -> int:
    """Print what was planted, read and found; 1 if anything was."""
    with tempfile.TemporaryDirectory(prefix="sutura-disk-") as name:
        folder = Path(name)
        settle(folder)
        words = day()
        # While the connection is open the log of SQLite lies beside it; after, it has gone into the file.
        found = found_in(folder, words)
        from django.db import connections

        connections.close_all()
        found |= found_in(folder, words)
        files = [each for each in folder.rglob("*") if each.is_file()]
        told = {"words": len(words), "fields": len(set(words.values())), "files": len(files), "found": found}
        print(json.dumps(told, ensure_ascii=False))
        tempfile.tempdir = None
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
