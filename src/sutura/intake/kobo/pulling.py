"""Fetch what is new on a server, and look again at what was changed there of late."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import acting
from sutura.access.errors import DomainError, Invalid
from sutura.access.rules import may
from sutura.intake.kobo import records
from sutura.intake.kobo.calling import Caller, Unreachable, understood
from sutura.intake.kobo.records import Told
from sutura.intake.kobo.secrets import unlocked
from sutura.intake.kobo.words import words_of
from sutura.intake.models import Kobo, KoboRecord
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.sightings import see
from sutura.intake.services import kobo as services
from sutura.intake.services.submissions import take_over

A_PAGE = 500
MOST_PAGES = 200
"""Of one fetching; the next goes on where this one stopped."""


@dataclass
class Pulled:
    """What one fetching brought."""

    new: int = 0
    corrected: int = 0
    files: int = 0
    refused: int = 0
    unreached: int = 0
    """Files which the server did not give; asked for again next time."""


def pull(kobo: Kobo) -> Pulled:
    """Fetch, as the account that answers for it. Raises DomainError when the server does not answer as it should."""
    if kobo.phone.revoked_at or not may(kobo.phone.account, "alerts.create"):
        raise Invalid(_("This connection is revoked, or whoever answers for it may no longer send."))
    account, found = kobo.phone.account, Pulled()
    with acting(account):
        caller = Caller(kobo.server, unlocked(kobo))
        asset = understood(caller.told(f"api/v2/assets/{kobo.asset}/?format=json"))
        services.note_words(kobo=kobo, words=words_of(asset), by=account)
        for content in _records(caller, kobo):
            _one(kobo, content, caller, found)
        see(kobo.phone)
    return found


def keep_one(kobo: Kobo, told: Told) -> bool:
    """Keep a record sealed, then make of it what its form says; no when it is here already."""
    kept = services.receive_kobo(kobo=kobo, told=told, by=kobo.phone.account)
    if kept is None:
        return False
    take_over(submission=kept[0], told=kept[1], by=kobo.phone.account)
    return True


def _one(kobo: Kobo, content: bytes, caller: Caller, found: Pulled) -> None:
    try:
        told = records.read(content)
        if keep_one(kobo, told):
            if KoboRecord.objects.among(kobo=kobo, root=told.root).count() > 1:
                found.corrected += 1
            else:
                found.new += 1
    except OperationalError:
        raise
    except (Refusal, DomainError):
        found.refused += 1
        return
    _fetch_files(kobo, told, caller, found)


def _records(caller: Caller, kobo: Kobo) -> Iterator[bytes]:
    """What came since the last one that is here; then, for corrections keep their number, what came of late."""
    here = KoboRecord.objects.among(kobo__server=kobo.server, kobo__asset=kobo.asset)
    last = here.aggregate(last=Max("server_id"))["last"]
    yield from _pages(caller, kobo, {"_id": {"$gt": last}} if last else {})
    if last:
        since = timezone.now() - timedelta(days=settings.SUTURA_KOBO_DAYS)
        yield from _pages(caller, kobo, {"_submission_time": {"$gte": f"{since:%Y-%m-%dT%H:%M:%S}"}})


def _pages(caller: Caller, kobo: Kobo, query: dict[str, Any]) -> Iterator[bytes]:
    asked = {"format": "json", "limit": A_PAGE, "start": 0, "sort": '{"_id":1}'}
    if query:
        asked["query"] = json.dumps(query)
    body = caller.told(f"api/v2/assets/{kobo.asset}/data/?{urlencode(asked)}")
    for _page in range(MOST_PAGES):
        try:
            found, following = records.cut(body)
        except Refusal as refusal:
            raise Unreachable(refusal.sentence) from refusal
        yield from found
        if not following or not found:
            return
        body = caller.fetched(following, records.PAGE_BYTES)


def _fetch_files(kobo: Kobo, told: Told, caller: Caller, found: Pulled) -> None:
    """The files of a record, with the same token and from the same server; those which are here are not asked for."""
    if not told.attachments:
        return
    here = KoboRecord.objects.among(kobo__server=kobo.server, kobo__asset=kobo.asset, number=told.number)
    row = here.select_related("submission").first()
    if row is None or row.submission.files.count() >= len({one.name for one in told.attachments}):
        return
    files = {}
    for one in told.attachments:
        try:
            files[one.name] = caller.fetched(one.url, settings.SUTURA_PHONE_BYTES)
        except Unreachable:
            found.unreached += 1
    found.files += services.add_kobo_files(submission=row.submission, files=files, by=kobo.phone.account)
