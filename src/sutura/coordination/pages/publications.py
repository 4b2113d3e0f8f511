"""What the pages of publications show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sutura.access.rules import may
from sutura.coordination.bulletins import content_of, paper_of
from sutura.coordination.models import Body, Publication
from sutura.coordination.papers import Paper
from sutura.coordination.rules.ownership import year_to
from sutura.coordination.services.publications import fingerprint
from sutura.ui.wording import language


def publications(user: Any, body: Body) -> dict[str, Any]:
    """What a body publishes, as far as this person may read it."""
    found = Publication.objects.visible_to(user).of_body(body)
    return {
        "body": body,
        "keeper": may(user, "coordination.manage", body.region),
        "rows": found.select_related("edition__validated_by", "made_by"),
    }


def publication(user: Any, one: Publication) -> dict[str, Any]:
    """One publication, to be read and printed; a draft with what may be done with it."""
    keeper = may(user, "coordination.manage", one.body.region)
    draft = one.frozen is None
    return {
        "publication": one,
        "paper": paper(one),
        "draft": draft,
        "keeper": keeper and draft,
        "wrote": draft and one.history.filter(history_user=user.pk).exists(),
        "seen": fingerprint(content_of(one)) if draft and keeper else "",
    }


def paper(one: Publication) -> Paper:
    """The paper in the language of the reader."""
    return paper_of(one, language())


def usual(query: Any) -> dict[str, Any]:
    """The days of a new publication: those of the page it is begun from, or the last twelve months."""
    year = year_to(timezone.localdate())
    return {"first": query.get("first") or year.first, "last": query.get("last") or year.last}
