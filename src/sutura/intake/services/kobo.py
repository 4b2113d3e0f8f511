"""A form on a Kobo server is connected, its records are received, the connection ends with its phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.intake import shipped
from sutura.intake.keeping import put, put_files
from sutura.intake.kobo import secrets
from sutura.intake.kobo.calling import origin
from sutura.intake.kobo.filling import form_of, version_of
from sutura.intake.kobo.records import Told
from sutura.intake.models import Kobo, KoboRecord, Questionnaire, Submission
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.records import Record
from sutura.intake.services.phones import KEEP, create_phone
from sutura.intake.services.submissions import receive
from sutura.intake.tokens import fingerprint, new_key

ASSET = re.compile(r"[A-Za-z0-9]{8,40}")
TOKEN = re.compile(r"[\x21-\x7e]{8,200}")
FIELD = re.compile(r"[\w./-]{1,200}")


@dataclass(frozen=True)
class Connected:
    """A connection, and the word of the address to which the server may push: told this once."""

    kobo: Kobo
    key: str


@transaction.atomic
def connect(
    *, label: str, server: str, asset: str, token: str, by: Any, form_id: str = "", region: str = "",
    renames: str = "", account: Any = None,
) -> Connected:  # fmt: skip
    """Connect a form on a server: its records are those of a source with this label. Raises DomainError."""
    require(by, KEEP, region)
    if not ASSET.fullmatch(asset.strip()):
        raise Invalid(_("This is not the identifier of a form there, such as aBcDeFgH123."), field="asset")
    if not TOKEN.fullmatch(token.strip()):
        raise Invalid(
            _("This is not a token: copy it whole from the settings of your account there."), field="token"
        )
    if form_id and form_id not in shipped.MAPPINGS:
        raise Invalid(_("No form of Sutura has this identifier."), field="form_id")
    phone = create_phone(label=label, region=region, account=account, by=by).phone
    key = new_key()
    made = Kobo(
        phone=phone, server=origin(server), asset=asset.strip(), form_id=form_id, renames=_renames(renames),
        digest=fingerprint(key),
    )  # fmt: skip
    made.token = secrets.locked(made, token.strip())
    if not form_id and not Questionnaire.objects.filter(form_id=form_of(made)).exists():
        keep(Questionnaire(form_id=form_of(made)), by=by, why="connected")
    keep(made, by=by, why="connected")
    record(by, "intake.connect_kobo", of=made, fields=f"form={form_id or '-'} region={region or '*'}")
    return Connected(made, key)


@transaction.atomic
def receive_kobo(*, kobo: Kobo, told: Told, by: Any) -> tuple[Submission, Record] | None:
    """Keep a record as the server told it, once for each of its versions; none when it is here already."""
    require(by, "alerts.create")
    Kobo.objects.select_for_update().get(pk=kobo.pk)  # a push and a fetch at once bring one record
    # A form that was connected anew goes on where it was.
    here = KoboRecord.objects.among(kobo__server=kobo.server, kobo__asset=kobo.asset)
    if here.filter(number=told.number).exists():
        return None
    before = here.filter(root=told.root).select_related("submission").order_by("pk").last()
    as_ours = told.record(
        form_of(kobo), version_of(kobo), before.submission.instance_id if before else "", kobo.renamed
    )
    kept = receive(told=as_ours, sent=Sent(told.content), phone=kobo.phone, by=by)
    put(
        KoboRecord(
            kobo=kobo, root=told.root, number=told.number, server_id=told.kobo_id, submission=kept.submission,
            files=len(told.attachments),
        )
    )  # fmt: skip
    record(by, "intake.receive_kobo", of=kept.submission, fields=f"kobo={told.kobo_id}")
    return kept.submission, as_ours


@transaction.atomic
def add_kobo_files(*, submission: Submission, files: dict[str, bytes], by: Any) -> int:
    """Keep the files of a record that were fetched, each once; how many are new."""
    require(by, "alerts.create")
    added = put_files(submission, files)
    if added:
        record(by, "intake.add_kobo_files", of=submission, fields=f"files={added}")
    return added


@transaction.atomic
def note_words(*, kobo: Kobo, words: str, by: Any) -> Kobo:
    """Keep what the questions and answers of the form are called there."""
    require(by, "alerts.create")
    held = Kobo.objects.select_for_update().get(pk=kobo.pk)
    if held.words != words:
        held.words = words
        keep(held, by=by, why="words")
        record(by, "intake.note_kobo_words", of=held)
    return held


def _renames(text: str) -> str:
    """One line for each field: `there = here`. Raises Invalid."""
    lines = []
    for line in text.splitlines():
        there, mark, here = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not mark or not FIELD.fullmatch(there) or not FIELD.fullmatch(here):
            raise Invalid(_("Write one field on each line: there = here."), field="renames")
        lines.append(f"{there} = {here}")
    return "\n".join(lines)
