"""Freeze a report as an edition, clear it by two people, check that it is intact."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura import __version__
from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.ledger import services as ledger
from sutura.people.models import Account
from sutura.reporting.choices import CLEARING, Geography, Level
from sutura.reporting.models import Clearance, Edition
from sutura.reporting.rules.periods import Period
from sutura.reporting.services.collecting import check_geography, period_of
from sutura.reporting.services.contents import content_of


@transaction.atomic
def freeze(
    *,
    product: str,
    period: str | Period,
    by: Account,
    reason: str = "",
    geography: str = Geography.COD_AB_2021,
) -> Edition:
    """Freeze a report as its next edition; from the second on a reason is needed.

    The moment of freezing is a posting of its own: whatever is booked later has a later moment, so the
    edition computed again at its moment has the same hash.
    """
    require(by, "reporting.freeze", "")
    when = period_of(product, period)
    check_geography(geography)
    posting = ledger.mark(by=by, act="reporting.freeze", why=reason)
    last = Edition.objects.of(when, geography).first()
    if last is not None and not reason.strip():
        raise Invalid(_("Say why a new edition is needed."), field="reason")
    content = canonical(content_of(when, posting.moment, geography))
    edition = Edition.objects.create(
        product=when.product,
        period=when.text,
        geography=geography,
        number=last.number + 1 if last else 1,
        as_at=posting.moment,
        content=content,
        sha256=fingerprint(content),
        rules_version=json.loads(content)["figures"]["rules_version"],
        code_version=__version__,
        frozen_by=by,
        frozen_by_name=str(by)[:150],
        reason=reason.strip()[:500],
    )
    record(by, "reporting.freeze", of=edition, fields=f"{edition.sha256[:12]}")
    return edition


@transaction.atomic
def clear(*, edition: Edition, level: str, by: Account) -> Clearance:
    """Clear an edition at one level; the other level is cleared by another person (four eyes)."""
    if level not in Level.values:
        raise Invalid(_("This level of clearance does not exist."), field="level")
    require(by, CLEARING[Level(level)], "")
    given = list(edition.clearances.all())
    if any(clearance.level == level for clearance in given):
        raise Invalid(_("This edition is already cleared at this level."), field="level")
    if any(clearance.by_id == by.pk for clearance in given):
        raise NotAllowed(_("You cleared this edition at the other level. Somebody else must clear this one."))
    clearance = Clearance.objects.create(
        edition=edition, level=level, by=by, by_name=str(by)[:150], at=timezone.now()
    )
    record(by, "reporting.clear", of=edition, fields=level)
    return clearance


def is_intact(edition: Edition) -> bool:
    """Whether the stored content still has the hash of the edition."""
    return fingerprint(edition.content) == edition.sha256


def recompute(edition: Edition) -> str:
    """Compute the edition again at its own moment; returns the hash, equal to the edition's for the same rules."""
    return fingerprint(canonical(content_of(edition.when, edition.as_at, edition.geography)))


def canonical(content: dict[str, Any]) -> str:
    """The one way a content is written: keys in the order of the format, no spaces, true letters."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
