"""A form is published, version after version, and closed."""

from __future__ import annotations

from hashlib import md5, sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.intake.models import Media, Questionnaire, Version
from sutura.intake.questionnaires.conversion import converted
from sutura.intake.questionnaires.drafts import Draft
from sutura.intake.questionnaires.shelf import CHOICES, COMMUNES, communes, shipped_drafts

PUBLISH = "intake.import"


@transaction.atomic
def publish(*, draft: Draft, by: Any) -> Version:
    """Publish a version; it is never changed, and its records are taken for ever."""
    require(by, PUBLISH)
    given = {COMMUNES: communes(), CHOICES: draft.choices}
    missing = sorted(draft.media - given.keys())
    if missing:
        raise Invalid(
            _("The form asks for a file that was not given: %(name)s.") % {"name": missing[0]}, field="file"
        )
    questionnaire = Questionnaire.objects.select_for_update().filter(form_id=draft.form_id).first()
    if questionnaire is None:
        questionnaire = keep(Questionnaire(form_id=draft.form_id), by=by, why="published")
    elif questionnaire.versions.filter(version=draft.version).exists():
        raise Invalid(
            _("This version is published already. Give the sheet a new version, such as today’s date."),
            field="file",
        )
    version = Version(
        questionnaire=questionnaire, version=draft.version, title=draft.title, source=draft.source,
        source_sha256=sha256(draft.source).hexdigest(), xform=draft.xform, md5=_md5(draft.xform),
        warnings="\n".join(draft.warnings), published_by=by,
    )  # fmt: skip
    version.save(force_insert=True)
    for name in sorted(draft.media):
        Media(version=version, name=name, content=given[name], md5=_md5(given[name])).save(force_insert=True)
    record(by, "intake.publish_form", of=questionnaire, fields=draft.version)
    return version


@transaction.atomic
def publish_sheet(*, content: bytes, by: Any) -> Version:
    """Read a sheet in a limited process, judge it, publish it. Raises Invalid with the row that is wrong."""
    require(by, PUBLISH)
    return publish(draft=converted(content), by=by)


@transaction.atomic
def close_form(*, questionnaire: Questionnaire, by: Any) -> Questionnaire:
    """The form leaves the lists of phones and takes no record any more; what came stays."""
    require(by, PUBLISH)
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if held.closed_at is None:
        held.closed_at = timezone.now()
        keep(held, by=by, why="closed")
        record(by, "intake.close_form", of=held)
    return held


@transaction.atomic
def load_register(*, by: Any) -> list[Version]:
    """Publish the forms that come with Sutura; those here already are left as they are."""
    require(by, PUBLISH)
    here = set(Version.objects.values_list("questionnaire__form_id", "version"))
    return [
        publish(draft=draft, by=by)
        for draft in shipped_drafts()
        if (draft.form_id, draft.version) not in here
    ]


def _md5(content: bytes) -> str:
    """The mark that phones compare; no secret hangs on it."""
    return md5(content, usedforsecurity=False).hexdigest()
