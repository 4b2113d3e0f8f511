"""Draft what a body publishes, change it while it is a draft, and freeze it: another person validates it, once."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination.bulletins import content_of
from sutura.coordination.models import Body, Edition, Publication

REVERSED = _("The end is before the beginning: change one of the two days.")


@transaction.atomic
def draft_publication(
    *, body: Body, kind: str, first: date, last: date, by: Any, words: str = ""
) -> Publication:
    """Begin a bulletin or a report; it takes the next number of its kind. One draft of each at a time."""
    require(by, "coordination.manage", body.region)
    Body.objects.select_for_update().get(pk=body.pk)  # two drafts at once would take one number
    others = Publication.objects.of_body(body).filter(kind=kind)
    if others.drafts().exists():
        raise Invalid(_("There is a draft already: complete it or throw it away first."))
    _check(first, last)
    number = max(others.values_list("number", flat=True), default=0) + 1
    made = Publication(
        body=body, kind=kind, number=number, first=first, last=last, words=words.strip(), made_by=by
    )
    keep(made, by=by)
    record(by, "coordination.draft_publication", of=made)
    return made


@transaction.atomic
def change_publication(
    *, publication: Publication, first: date, last: date, words: str, by: Any
) -> Publication:
    """Change its days or its words, while it is a draft."""
    require(by, "coordination.manage", publication.body.region)
    held = _held(publication)
    _check(first, last)
    said = {"first": first, "last": last, "words": words.strip()}
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    if changed:
        keep(held, by=by)
        record(by, "coordination.change_publication", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def validate_publication(*, publication: Publication, seen: str, by: Any) -> Edition:
    """Freeze it as it was looked at; never by somebody who wrote it. `seen`: the fingerprint of what was shown."""
    require(by, "coordination.manage", publication.body.region)
    held = _held(publication)
    if held.history.filter(history_user=by.pk).exists():
        raise NotAllowed(_("You wrote this publication: another person who keeps the body validates it."))
    content = content_of(held)
    if fingerprint(content) != seen:
        raise Invalid(_("The records have changed since you opened this page: look at the figures again."))
    edition = Edition.objects.create(
        publication=held, content=content, sha256=seen, validated_by=by, validated_at=timezone.now()
    )
    record(by, "coordination.validate_publication", of=held, fields=seen[:12])
    return edition


@transaction.atomic
def drop_publication(*, publication: Publication, by: Any) -> None:
    """Throw a draft away; what it said stays in its history."""
    require(by, "coordination.manage", publication.body.region)
    held = _held(publication)
    drop(held, by=by)
    record(by, "coordination.drop_publication", of=held)


def fingerprint(content: str) -> str:
    """SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _held(publication: Publication) -> Publication:
    """The draft as it stands now, nobody else changing it until the act is done."""
    held = Publication.objects.select_for_update(of=("self",)).select_related("body").get(pk=publication.pk)
    if Edition.objects.filter(publication=held).exists():
        raise Invalid(_("This publication is validated: it is changed no more. Begin the next one."))
    return held


def _check(first: date, last: date) -> None:
    if last < first:
        raise Invalid(REVERSED, field="last")
    if first > timezone.localdate():
        raise Invalid(_("This day is still to come: begin today or before."), field="first")
