"""A record that waits is opened by a person, for a reason: tried again, decrypted with a key she holds, taken away."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from sutura.access.errors import Invalid, given_reason
from sutura.intake.comparing import standing
from sutura.intake.kobo.filling import read_again
from sutura.intake.models import Decryption, Kobo, Outcome, Submission
from sutura.intake.openrosa.enclosed import decrypted
from sutura.intake.openrosa.records import Record, read
from sutura.intake.services import conflicts, decryptions
from sutura.intake.services.submissions import take_over
from sutura.security.formkeys import FormKey
from sutura.vault import serving
from sutura.vault.revealing import Gone, reveal

MANIFEST = "submission.xml"


def try_again(*, submission: Submission, why: str, by: Any) -> Outcome | None:
    """Open a record and make of it what its form says; the reason is on record before it opens."""
    (told,) = told_of([submission], why=why, by=by)
    return take_over(submission=submission, told=told, by=by)


def told_of(submissions: list[Submission], *, why: str, by: Any) -> list[Record]:
    """What records say, of a decrypted one what it held; the reason is on record before any opens."""
    clear = {one.submission_id: one for one in Decryption.objects.among(submission__in=submissions)}
    rows: list[Any] = [clear.get(one.pk, one) for one in submissions]
    reason = given_reason(why)
    for row in rows:
        reveal([row], by=by, reason=reason)
        if not isinstance(row.xml, str):
            raise Gone
    return [_read(one, row.xml.encode()) for one, row in zip(submissions, rows, strict=True)]


def _read(submission: Submission, sent: bytes) -> Record:
    """As it was read when it came: from a phone, or from a Kobo server."""
    kobo = Kobo.objects.filter(phone=submission.phone_id).first()
    if kobo is None:
        return read(sent)
    return read_again(kobo, submission, sent)


def settle(*, submission: Submission, holds: str, why: str, by: Any) -> Outcome:
    """Open a record that says something else than what is there, and let hold what a person chose."""
    other = standing(submission, by)
    if other is None:
        raise Invalid(_("The record that it touches is not of your regions. Ask a colleague of its region."))
    (told,) = told_of([submission], why=why, by=by)
    return conflicts.settle(submission=submission, standing=other, told=told, holds=holds, why=why, by=by)


def decrypt(*, submission: Submission, key: FormKey, why: str, by: Any) -> Outcome | None:
    """Open an encrypted record with a key that somebody gives for this once, keep what it held, take it over."""
    manifest, files = _opened(submission, why, by, act="intake.open_encrypted")
    plain = decrypted(read(manifest), files, key)
    return decryptions.decrypt(submission=submission, plain=plain, by=by)


def packed(*, submission: Submission, why: str, by: Any) -> bytes:
    """An encrypted record as it came, for whoever holds its key on another machine: a zip, still encrypted."""
    manifest, files = _opened(submission, why, by, act="intake.take_encrypted")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**files, MANIFEST: manifest}.items():
            archive.writestr(name, content)
    return out.getvalue()


def _opened(submission: Submission, why: str, by: Any, *, act: str) -> tuple[bytes, dict[str, bytes]]:
    """The list of files as it came, and the files, out of our own seal."""
    rows = list(submission.files.all())
    reason = given_reason(why)
    contents = serving.opened_whole(submission, rows, by=by, reason=reason, act=act)
    if not isinstance(submission.xml, str):
        raise Gone
    return submission.xml.encode(), dict(zip([row.original_name for row in rows], contents, strict=True))
