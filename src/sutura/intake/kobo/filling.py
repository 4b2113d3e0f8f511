"""Which form of ours the records of a connection fill, and how one is read anew."""

from __future__ import annotations

from sutura.intake.kobo import records
from sutura.intake.models import Kobo, Submission, Version
from sutura.intake.openrosa.records import Record


def read_again(kobo: Kobo, submission: Submission, sent: bytes) -> Record:
    """A record that was received before, from its bytes."""
    version = submission.version.version if submission.version else ""
    return records.read(sent).record(form_of(kobo), version, submission.deprecated_id, kobo.renamed)


def form_of(kobo: Kobo) -> str:
    """The form that its records fill: one of ours, else one of its own, of which nothing is made."""
    return kobo.form_id or f"kobo.{kobo.asset}"


def version_of(kobo: Kobo) -> str:
    """Versions there have other names: its records are read as the latest of ours."""
    latest = Version.objects.filter(questionnaire__form_id=form_of(kobo)).order_by("-pk").first()
    return latest.version if latest else ""
