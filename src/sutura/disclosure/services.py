"""What leaves is written down; a table for the public is made safe, approved by another person, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura import __version__
from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import EVERYWHERE, regions, require
from sutura.audit.services import record
from sutura.disclosure import gathering
from sutura.disclosure.choices import BLOCKS, Shape, State
from sutura.disclosure.gate import Gate
from sutura.disclosure.models import Decision, Release
from sutura.disclosure.rules.copies import TOTAL, Copy
from sutura.ledger import services as ledger
from sutura.people.models import Account
from sutura.reporting.models import Edition
from sutura.reporting.render.paper import Paper
from sutura.reporting.rules.figures import instant
from sutura.reporting.rules.periods import Period
from sutura.reporting.services.collecting import period_of
from sutura.reporting.services.editions import canonical, fingerprint

LOCK = (
    0x5EED7AB  # PostgreSQL's advisory locks are named by numbers: tables are made and approved one at a time
)


@transaction.atomic
def record_download(*, form: str, paper: Paper, by: Any) -> None:
    """One row of the audit log for a file that leaves: which report, which version, which form."""
    require(by, "disclosure.export")
    read, taken = regions(by, "reporting.read"), regions(by, "disclosure.export")
    if taken is not EVERYWHERE and (read is EVERYWHERE or not read <= taken):
        raise NotAllowed  # the file holds all the regions that one reads: also some that one may not take away
    record(
        by,
        "disclosure.download",
        of=f"{paper.period.product} {paper.period.text}",
        fields=f"{form}: {paper.codes}",
    )


@transaction.atomic
def prepare(
    *,
    product: str,
    period: str | Period,
    block: str,
    shape: str,
    by: Account,
    edition: Edition | None = None,
    reason: str = "",
) -> Release:
    """Make a table for the public, with all hidden that must be; it waits for a second person.

    From a cleared edition it has the moment of that edition; without one the figures of now are frozen for it.
    Raises Invalid when nothing was found that hides enough: then nothing is kept.
    """
    require(by, "disclosure.publish", "")
    when = period_of(product, period)
    _hold()
    number = _next_number(when, block, shape, edition, reason)
    as_at = edition.as_at if edition else ledger.mark(by=by, act="disclosure.prepare", why=reason).moment
    safe = Gate((when, block), as_at).made_safe(shape)
    content = canonical(content_of(safe.copy, when, block, shape, as_at))
    made = Release.objects.create(
        product=when.product,
        period=when.text,
        first_day=when.start,
        last_day=when.end,
        block=block,
        shape=shape,
        number=number,
        edition=edition,
        as_at=as_at,
        content=content,
        sha256=fingerprint(content),
        code_version=__version__,
        targets=safe.findings.targets,
        programs=safe.findings.programs,
        reason=reason.strip()[:500],
        prepared_by=by,
        prepared_by_name=str(by)[:150],
        prepared_at=timezone.now(),
    )
    record(by, "disclosure.prepare", of=made, fields=made.sha256[:12])
    return made


def _next_number(when: Period, block: str, shape: str, edition: Edition | None, reason: str) -> int:
    """The number of the next release of a table; refuses what cannot be prepared."""
    if block not in BLOCKS or shape not in Shape.values:
        raise Invalid(_("This table does not exist."), field="shape")
    if edition is not None and not edition.is_cleared:
        raise Invalid(_("This edition is not cleared at both levels."), field="edition")
    known = list(Release.objects.of(when.product, when.text, block, shape).select_related("decision"))
    if any(one.state == State.PUBLISHED for one in known) and not reason.strip():
        raise Invalid(_("Say why a new release is needed."), field="reason")
    return known[0].number + 1 if known else 1


@transaction.atomic
def decide(*, release: Release, approved: bool, by: Account, reason: str = "") -> Decision:
    """Let a table go to the public, or decline it; whoever prepared it may not.

    It is attacked once more, beside all that was published meanwhile.
    """
    require(by, "disclosure.approve", "")
    _hold()
    if release.prepared_by == by:
        raise NotAllowed(_("You prepared this table. Somebody else must decide on it."))
    if Decision.objects.filter(release=release).exists():
        raise Invalid(_("This table is decided already."))
    if not approved and not reason.strip():
        raise Invalid(_("Say why the table is declined."), field="reason")
    if approved and not Gate((release.when, release.block), release.as_at, but=release).lets_through(release):
        raise Invalid(
            _(
                "Another table was published meanwhile, and together they show a small number. Prepare it again."
            )
        )
    made = Decision.objects.create(
        release=release,
        approved=approved,
        reason=reason.strip()[:500],
        by=by,
        by_name=str(by)[:150],
        at=timezone.now(),
    )
    record(by, "disclosure.approve" if approved else "disclosure.decline", of=release)
    return made


def content_of(copy: Copy, when: Period, block: str, shape: str, as_at: datetime) -> dict[str, Any]:
    """The public copy as it is kept: what it counts, its rows in both languages, its numbers and nothing else."""
    return {
        "format": 1,
        "product": when.product,
        "period": {"text": when.text, "from": when.start.isoformat(), "to": when.end.isoformat()},
        "block": block,
        "shape": shape,
        "as_at": instant(as_at),
        "columns": list(copy.types),
        "rows": gathering.labels_of(copy.rows),
        "cells": [[copy.cells[row, kind] for kind in (*copy.types, "")] for row in (*copy.rows, TOTAL)],
    }


def is_intact(release: Release) -> bool:
    """Whether the stored content still has the fingerprint of the release."""
    return fingerprint(release.content) == release.sha256


def _hold() -> None:
    """One table at a time: two approved at once would not have been attacked together."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
