"""What a body of one region publishes and learns, for the walks: a draft, a card, and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import Body, Card, Publication
from sutura.coordination.services import cards, publications
from sutura.partners.models import Organisation
from sutura.people.models import Account

OF_BODY = ("dashboard", "attendance_matrix", "hand_over", "publications", "publication_new")
OF_PUBLICATION = ("publication", "publication_file", "publication_pdf", "publication_change")
POSTED = ("publication_validate", "publication_drop")
OF_PUBLISHED = {
    f"coordination:{name}"
    for name in (*OF_BODY, *OF_PUBLICATION, *POSTED, "figure", "card", "card_change", "card_act")
}


@dataclass
class Published:
    """The records that hang on one body."""

    publication: Publication
    card: Card

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who may read it (nobody where it only takes posts)."""
        body = self.publication.body
        for name in OF_BODY:
            yield name, _to(name, body.public_id), "fatou"
        yield "figure", _to("figure", body.public_id, "regularity"), "fatou"
        for name in OF_PUBLICATION:
            yield name, _to(name, self.publication.public_id), "fatou"
        for name in POSTED:
            yield name, _to(name, self.publication.public_id), ""
        for name in ("card", "card_change"):
            yield name, _to(name, self.card.public_id), "fatou"
        yield "card_act", _to("card_act", self.card.public_id, "validate"), "fatou"


def publish(body: Body, organisation: Organisation, member: Account, *, by: Any) -> Published:
    """One of each in a body."""
    today = timezone.localdate()
    card = cards.write_card(
        body=body, kind="practice", title=f"Fiche inventée {body.acronym}", context="Un contexte inventé.",
        action="Un geste inventé.", evidence="Un rapport inventé.", organisation=organisation, by=member,
    )  # fmt: skip
    draft = publications.draft_publication(
        body=body, kind="bulletin", first=today - timedelta(days=30), last=today, words="Inventé.", by=by
    )
    return Published(draft, card)


def _to(name: str, *arguments: object) -> str:
    return reverse(f"coordination:{name}", args=arguments)
