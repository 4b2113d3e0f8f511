"""What an encrypted record held is kept beside it, sealed; the key that opened it is kept nowhere."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.intake import shipped
from sutura.intake.keeping import hold, put, put_file
from sutura.intake.models import DecryptedFile, Decryption, Outcome, Submission
from sutura.intake.openrosa.enclosed import Plain
from sutura.intake.services.submissions import take_over
from sutura.places.models import Unit

READS = "alerts.triage"


@transaction.atomic
def decrypt(*, submission: Submission, plain: Plain, by: Any) -> Outcome | None:
    """Keep a record that the holder of its key opened, and make of it what its form says, as of any other."""
    require(by, READS, submission.region)
    hold(submission)
    made = _decryption(submission, plain, by)
    if not put(made):
        raise Invalid(_("The record was decrypted already. Look at it again."))
    for name, content in sorted(plain.files.items()):
        mark = sha256(content).hexdigest()
        put_file(DecryptedFile(decryption=made, original_name=name, sha256=mark, size=len(content)), content)
    record(by, "intake.decrypt", of=submission, fields=f"files={len(plain.files)}")
    return take_over(submission=submission, told=plain.told, by=by)


def _decryption(submission: Submission, plain: Plain, by: Any) -> Decryption:
    """Where it tells of, else where its phone is; sealed to the group when it tells of sexual violence."""
    regions = Unit.objects.region_names()
    region, apart = shipped.belongs(plain.told, submission.account, submission.region, regions)
    return Decryption(
        submission=submission, region=region, apart=apart,
        deprecated_id=plain.told.deprecated_id, sha256=sha256(plain.xml).hexdigest(), xml=plain.xml.decode(), by=by,
    )  # fmt: skip
