"""What the pages of capitalisation cards lay out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.card_acts import open_acts
from sutura.coordination.choices.publications import WRITTEN, CardState
from sutura.coordination.forms.publications import TABS, CardFilter
from sutura.coordination.models import Body, Card, Theme
from sutura.coordination.pages.paging import addressed, paged
from sutura.coordination.querysets.bodies import seats_of
from sutura.coordination.statuses import whole_country
from sutura.library.choices import Access
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.statuses import Status

ADDRESSED = {"body": "body__public_id", "theme": "theme__public_id"}
LOOKS = {
    CardState.PROPOSED: ("hourglass", "attention"),
    CardState.RETURNED: ("pencil", "attention"),
    CardState.VALIDATED: ("badge-check", "accent"),
    CardState.WITHDRAWN: ("archive", "quiet"),
}


def cards_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The cards that a person may see, the last first."""
    tab = query.get("tab", "") if query.get("tab") in TABS else "waiting"
    form = CardFilter(
        query or None, bodies=Body.objects.visible_to(user), themes=Theme.objects.visible_to(user)
    )
    chosen = {ADDRESSED.get(name, name): value for name, value in form.in_force.items()}
    found = Card.objects.visible_to(user).filter(**chosen)
    states = {name: Count("pk", filter=Q(state__in=states)) for name, (_label, states) in TABS.items()}
    counts = found.order_by().aggregate(**states)
    rows = found.filter(state__in=TABS[tab][1]).select_related("body", "theme", "organisation")
    cards, turns = paged(rows, query, counts[tab])
    return {
        "form": form,
        "tabs": [
            {"label": label, "url": addressed(query, tab=name), "current": name == tab, "count": counts[name]}
            for name, (label, _states) in TABS.items()
        ],
        "rows": [shown(card, form.regions) for card in cards],
        **turns,
        "writes": takes_part_somewhere(user),
    }


def shown(card: Card, regions: dict[str, str]) -> dict[str, Any]:
    """A card as a list shows it."""
    return {
        "card": card,
        "look": Status(card.get_state_display(), *LOOKS[CardState(card.state)]),
        "where": whole_country(card.region, regions),
    }


def detail(user: Any, card: Card) -> dict[str, Any]:
    """One card: what it tells, who agreed, what may be done now."""
    document = card.document
    if document is not None and not Document.objects.visible_to(user).filter(pk=document.pk).exists():
        document = None
    consent = f"{card.consent_by}, {wording.day(card.consent_on)}" if card.consent_on else _("none noted")
    facts: list[dict[str, Any]] = [
        {"label": _("Organisation"), "value": card.organisation, "url": card.organisation.get_absolute_url()},
        {
            "label": _("Theme"),
            "value": card.theme,
            "url": card.theme.get_absolute_url() if card.theme else "",
        },
        {"label": _("Gathered by"), "value": card.body, "url": card.body.get_absolute_url()},
        {"label": _("Consent of the source"), "value": consent},
        {"label": _("Written by"), "value": card.written_by, "note": wording.day(card.written_on)},
        {"label": _("Validated by"), "value": card.validated_by, "note": wording.day(card.validated_on)},
        {"label": _("Reason"), "value": card.reason},
    ]
    keeps = may(user, "coordination.manage", card.body.region)
    return {
        **shown(card, Unit.objects.region_names()),
        "facts": [fact for fact in facts if fact["value"]],
        "document": document,
        "acts": open_acts(card, user),
        "writable": card.state in WRITTEN and (keeps or card.written_by_id == user.pk),
    }


def lists(user: Any) -> dict[str, Any]:
    """What a card may name."""
    documents = Document.objects.visible_to(user).filter(access__in=(Access.PUBLIC, Access.MEMBERS))
    return {
        "organisations": Organisation.objects.visible_to(user).in_use(),
        "themes": Theme.objects.visible_to(user),
        "documents": documents,
    }


def bodies_of(user: Any) -> Any:
    """The bodies for which a person may write a card."""
    mine = seats_of(user).values("body_id")
    bodies = Body.objects.visible_to(user)
    return bodies.filter(Q(pk__in=mine) | Q(pk__in=Body.objects.kept_by(user).values("pk"))).working()


def takes_part_somewhere(user: Any) -> bool:
    """Whether a person may write a card at all."""
    return bodies_of(user).exists()
