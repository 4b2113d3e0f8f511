"""What leaves is written down; a table for the public is made safe, approved by another person, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura import __version__
from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import EVERYWHERE, regions, require
from sutura.audit.services import record
from sutura.disclosure import gathering
from sutura.disclosure.choices import BLOCKS, Shape, State
from sutura.disclosure.gate import Wanted, Withstood
from sutura.disclosure.models import Decision, Release
from sutura.disclosure.rules.copies import TOTAL, Copy
from sutura.people.models import Account
from sutura.reporting.render.paper import Paper
from sutura.reporting.rules.figures import instant
from sutura.reporting.services.editions import canonical, fingerprint

if TYPE_CHECKING:
    from sutura.disclosure.rules.releasing import Safe

# PostgreSQL's advisory locks are named by numbers.
LOCK = 0x5EED7AB


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
def keep_release(*, wanted: Wanted, safe: Safe, by: Account) -> Release:
    """Keep a table that was made safe (`preparing.prepare`); it waits for a second person."""
    require(by, "disclosure.publish", "")
    _hold()
    when, content = wanted.when, canonical(content_of(safe.copy, wanted))
    made = Release.objects.create(
        product=when.product,
        period=when.text,
        first_day=when.start,
        last_day=when.end,
        block=wanted.block,
        shape=wanted.shape,
        number=next_number(wanted),
        edition=wanted.edition,
        as_at=wanted.as_at,
        content=content,
        sha256=fingerprint(content),
        code_version=__version__,
        targets=safe.findings.targets,
        programs=safe.findings.programs,
        reason=wanted.reason[:500],
        prepared_by=by,
        prepared_by_name=str(by)[:150],
        prepared_at=timezone.now(),
    )
    record(by, "disclosure.prepare", of=made, fields=made.sha256[:12])
    return made


def next_number(wanted: Wanted) -> int:
    """The number of the next release of a table; refuses what cannot be prepared."""
    if wanted.block not in BLOCKS or wanted.shape not in Shape.values:
        raise Invalid(_("This table does not exist."), field="shape")
    if wanted.edition is not None and not wanted.edition.is_cleared:
        raise Invalid(_("This edition is not cleared at both levels."), field="edition")
    of = Release.objects.of(wanted.when.product, wanted.when.text, wanted.block, wanted.shape)
    known = list(of.select_related("decision"))
    if any(one.state == State.PUBLISHED for one in known) and not wanted.reason:
        raise Invalid(_("Say why a new release is needed."), field="reason")
    return known[0].number + 1 if known else 1


@transaction.atomic
def decide(
    *, release: Release, approved: bool, by: Account, reason: str = "", withstood: Withstood | None = None
) -> Decision:
    """Let a table go to the public, or decline it (`preparing.decide`); whoever prepared it may not.

    To be approved it must have withstood the attack beside all that is published at this very moment.
    """
    require(by, "disclosure.approve", "")
    _hold()
    if release.prepared_by == by:
        raise NotAllowed(_("You prepared this table. Somebody else must decide on it."))
    if Decision.objects.filter(release=release).exists():
        raise Invalid(_("This table is decided already."))
    if not approved and not reason.strip():
        raise Invalid(_("Say why the table is declined."), field="reason")
    if approved and withstood != Withstood.now(release):
        raise Invalid(_("Another table was published at this moment. Decide again."))
    made = Decision.objects.create(
        release=release,
        approved=approved,
        reason=reason.strip()[:500],
        by=by,
        by_name=str(by)[:150],
        at=timezone.now(),
    )
    record(by, "disclosure.decide", of=release, fields="approved" if approved else "declined")
    return made


def content_of(copy: Copy, wanted: Wanted) -> dict[str, Any]:
    """The public copy as it is kept: what it counts, its rows in both languages, its numbers and nothing else."""
    when = wanted.when
    return {
        "format": 1,
        "product": when.product,
        "period": {"text": when.text, "from": when.start.isoformat(), "to": when.end.isoformat()},
        "block": wanted.block,
        "shape": wanted.shape,
        "as_at": instant(wanted.as_at),
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
