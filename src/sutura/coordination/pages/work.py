"""What the pages of workshops and missions lay out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sutura.access.rules import may
from sutura.coordination.choices.work import EventState
from sutura.coordination.forms.work import EventFilter
from sutura.coordination.models import Body, Event, Recommendation
from sutura.coordination.pages.paging import addressed, paged
from sutura.coordination.querysets.work import EventQuerySet
from sutura.coordination.statuses import status, whole_country
from sutura.coordination.work_acts import NOTES, open_notes
from sutura.library.models import Document
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKUPS = {"body": "body__public_id", "since": "starts_on__gte", "until": "starts_on__lte"}
"""Filters whose name is not that of a column."""
LOOKS = {
    EventState.PLANNED: ("calendar", ""),
    EventState.HELD: ("check", "accent"),
    EventState.CANCELLED: ("ban", "quiet"),
}
TABS = {
    "planned": gettext_lazy("To come"),
    "held": pgettext_lazy("workshops", "Held"),
    "cancelled": pgettext_lazy("workshops", "Cancelled"),
}


def look(event: Event) -> Status:
    """The pill of a workshop or a mission."""
    return Status(event.get_state_display(), *LOOKS[EventState(event.state)])


def asked(user: Any, query: QueryDict) -> tuple[EventFilter, EventQuerySet]:
    """The filters of an address, and what answers to them of what a person may see."""
    form = EventFilter(query or None, bodies=Body.objects.visible_to(user))
    wanted = {LOOKUPS.get(name, name): value for name, value in form.in_force.items()}
    return form, Event.objects.visible_to(user).filter(**wanted)


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """Those that a person may see: the next first, or the last held first."""
    tab = query.get("tab", "") if query.get("tab") in TABS else "planned"
    form, found = asked(user, query)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    ordered = found.to_come() if tab == "planned" else found.filter(state=tab).order_by("-starts_on", "-pk")
    shown, turns = paged(counted(ordered), query, counts.get(tab, 0))
    return {
        "form": form,
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "url": addressed(query, tab=name),
                "current": name == tab,
                "count": counts.get(name, 0),
            }
            for name, label in TABS.items()
        ],
        "rows": rows(shown, form.regions),
        **turns,
        "file_url": reverse("coordination:event_book") + addressed(query) if counts else "",
        "keeps": may(user, "coordination.manage"),
    }


def counted(found: EventQuerySet) -> EventQuerySet:
    """With how many actions each one raised."""
    return found.select_related("body").annotate(raised=Count("recommendations", distinct=True))


def rows(shown: Sequence[Any], regions: dict[str, str]) -> list[dict[str, Any]]:
    """Each as a list shows it, with how many came and how many actions were raised."""
    came = Event.objects.filter(pk__in=[event.pk for event in shown]).annotate(
        came=Sum("turnout__participants")
    )
    numbers = dict(came.order_by().values_list("pk", "came"))
    return [
        {
            "event": event,
            "look": look(event),
            "where": whole_country(event.region, regions),
            "came": numbers.get(event.pk),
            "raised": event.raised,
        }
        for event in shown
    ]


def detail(user: Any, event: Event) -> dict[str, Any]:
    """One of them: what it is for, what came of it, who led, who came, what is asked."""
    keeps = may(user, "coordination.manage", event.body.region)
    turnout = list(event.turnout.select_related("organisation"))
    return {
        "event": event,
        "look": look(event),
        "facts": facts(event),
        "facilitators": list(event.facilitators.select_related("organisation")),
        "turnout": turnout,
        "total": totals(turnout),
        "outputs": outputs(user, event),
        "actions": actions(user, event),
        "keeps": keeps,
        "notes": [(name, NOTES[name]) for name in NOTES if keeps and name in open_notes(event)],
    }


def totals(turnout: list[Any]) -> dict[str, int]:
    """All the participants, by sex."""
    names = ("participants", "women", "men")
    return {name: sum(getattr(line, name) for line in turnout) for name in names}


def outputs(user: Any, event: Event) -> list[dict[str, Any]]:
    """What came out, with the address of its document for whoever may read that one."""
    tied = Document.objects.visible_to(user).filter(pk__in=event.outputs.values("document"))
    urls: dict[int | None, str] = {document.pk: document.get_absolute_url() for document in tied}
    return [{"output": each, "url": urls.get(each.document_id, "")} for each in event.outputs.all()]


def actions(user: Any, event: Event) -> list[dict[str, Any]]:
    """The recommendations born there, the nearest day first."""
    found = Recommendation.objects.visible_to(user).filter(event=event).select_related("responsible").by_day()
    return [{"recommendation": each, "look": status(each)} for each in found]


def facts(event: Event) -> list[dict[str, Any]]:
    """What is known of it; nothing that is not said."""
    host, theme = event.host, event.theme
    known: list[dict[str, Any]] = [
        {"label": _("When"), "value": wording.days(event.starts_on, event.ends_on)},
        {
            "label": _("Where"),
            "value": whole_country(event.region, Unit.objects.region_names()),
            "note": event.venue,
        },
        {"label": _("Body"), "value": event.body, "url": event.body.get_absolute_url()},
        {"label": _("Received by"), "value": host, "url": host.get_absolute_url() if host else ""},
        {"label": _("Theme"), "value": theme, "url": theme.get_absolute_url() if theme else ""},
        {"label": _("Cost in FCFA"), "value": "" if event.cost is None else wording.number(event.cost)},
    ]
    return [row for row in known if row["value"]]


def note_page(event: Event, name: str) -> dict[str, Any]:
    """What surrounds the form of a note."""
    note = NOTES[name]
    return {"title": note.title, "verb": note.button, "back": event, "eyebrow": event.ref}
