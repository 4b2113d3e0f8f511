"""Hand out what is sealed: a file of a docket, the words of an approach; for a reason, and on record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sutura.response.models import Approach, Evidence, Reply
from sutura.security.downloads import as_download
from sutura.security.filetypes import TAKEN
from sutura.security.sealed import held
from sutura.vault.revealing import reveal
from sutura.vault.serving import opened


def hand_out(kept: Evidence, *, by: Any, reason: str) -> HttpResponse:
    """The file as a download, a photograph without what its camera wrote; DomainError as `opened` raises it."""
    content = opened(kept, of=kept.docket, by=by, reason=reason, act="response.read_evidence")
    name = f"{kept.docket.ref}-{kept.public_id.hex[:8]}.{TAKEN.get(kept.content_type, 'bin')}"
    return as_download(HttpResponse(content, content_type=kept.content_type), name)


def read_words(approach: Approach, *, by: Any, reason: str) -> tuple[Approach, list[Reply]]:
    """An approach and its replies with their sealed words open, once it is on record who opens them and why."""
    fresh = Approach.objects.among(pk=approach.pk).get()
    replies = list(Reply.objects.among(approach=fresh))
    if held([fresh, *replies]):
        reveal([fresh, *replies], by=by, reason=reason)
    return fresh, replies
