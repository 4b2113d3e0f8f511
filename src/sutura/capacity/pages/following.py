"""What follows a training: who is supervised and at what gap, peer support of two kinds, quality visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.choices import PeerKind
from sutura.capacity.forms.fields import PlacedFilter
from sutura.capacity.models import PeerContact, PeerScheme, QualityVisit, Supervision, SupervisionMeeting
from sutura.capacity.pages.figures import counted
from sutura.capacity.pages.paging import paged
from sutura.capacity.pages.training import called
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import overdue
from sutura.places.models import Unit
from sutura.ui import wording

WINDOW, VISITS = 90, 50


def overview(user: Any, query: QueryDict) -> dict[str, Any]:
    """Supervision, peer support and visits on one page; names for whoever manages, counts for the others."""
    form = PlacedFilter(query or None, by=user)
    today, region = timezone.localdate(), form.in_force.get("region", "")

    def here(model: Any) -> Any:
        found = model.objects.visible_to(user)
        return found.in_region(region) if region else found

    schemes = list(here(PeerScheme).select_related("organisation").prefetch_related("contacts"))
    supervisions, around = paged(
        here(Supervision).select_related("professional", "supervisor").prefetch_related("meetings"), query
    )
    return {
        "form": form,
        "figures": [*supervised(user, region, today), contacts_figure(here(PeerContact), today)],
        "supervisions": [row(user, each, today) for each in supervisions],
        "schemes": [
            (kind.label, [scheme_row(each) for each in schemes if each.kind == kind]) for kind in PeerKind
        ],
        "visits": here(QualityVisit).select_related("cohort", "group").prefetch_related("marks")[:VISITS],
        "keeper": may(user, MANAGE),
        **around,
    }


def supervised(user: Any, region: str, today: date) -> list[dict[str, Any]]:
    """Who is supervised of those who are certified, and who by nobody: the gap."""
    certified = counted(user, {"region": region} if region else {}).certified()
    met = SupervisionMeeting.objects.filter(held_on__gt=today - timedelta(days=WINDOW), held_on__lte=today)
    covered = certified.filter(professional__supervisions__meetings__in=met)
    alone = certified.exclude(professional__in=Supervision.objects.going_on(today).values("professional"))
    asked = urlencode({"certified": "yes", "supervised": "no", **({"region": region} if region else {})})
    basis = _(
        "Different people certified who met their supervisor in the last %(n)s days, of %(all)s certified."
    )
    return [
        {"label": _("Supervised"), "value": covered.persons(), "url": "#supervision",
         "basis": basis % {"n": WINDOW, "all": certified.persons()}},
        {"label": _("Supervised by nobody"), "value": alone.persons(), "tone": "attention",
         "url": f"{reverse('capacity:people')}?{asked}" if may(user, MANAGE) else "",
         "basis": _("Different people certified for whom no supervision goes on today.")},
    ]  # fmt: skip


def contacts_figure(contacts: Any, today: date) -> dict[str, Any]:
    """Contacts of peer support of late."""
    late = contacts.filter(met_on__gt=today - timedelta(days=WINDOW), met_on__lte=today)
    basis = _("Contacts of both kinds in the last %(n)s days; the same people may come back.") % {"n": WINDOW}
    return {"label": _("Contacts of peer support"), "value": late.count(), "url": "#peers", "basis": basis}


def row(user: Any, supervision: Supervision, today: date) -> dict[str, Any]:
    """One supervision, and by how much it is late."""
    meetings = [each.held_on for each in supervision.meetings.all()]
    last = max(meetings, default=None)
    ended = supervision.ends_on is not None and supervision.ends_on < today
    return {
        "supervision": supervision,
        "name": called(user, supervision.professional),
        "supervisor": called(user, supervision.supervisor),
        "last": last,
        "late": 0 if ended else overdue(supervision.every_days, last or supervision.starts_on, today),
        "ended": ended,
    }


def scheme_row(scheme: PeerScheme) -> dict[str, Any]:
    """One scheme: its contacts, and how many alerts they raised."""
    contacts = list(scheme.contacts.all())
    return {"scheme": scheme, "contacts": len(contacts), "alerts": sum(each.alerted for each in contacts)}


def supervision_page(user: Any, supervision: Supervision) -> dict[str, Any]:
    """One supervision and its meetings."""
    return row(user, supervision, timezone.localdate()) | {"meetings": supervision.meetings.all()}


def scheme_page(user: Any, scheme: PeerScheme) -> dict[str, Any]:
    """One scheme of peer support and its contacts."""
    names = Unit.objects.region_names()
    return {
        "scheme": scheme,
        "contacts": scheme.contacts.all(),
        "keeper": may(user, MANAGE, scheme.region),
        "facts": [
            {"label": _("Organisation"), "value": scheme.organisation},
            {"label": _("Where"), "value": names.get(scheme.region, scheme.region)},
            {"label": _("Opened on"), "value": wording.day(scheme.opened_on)},
            {
                "label": _("Charter accepted on"),
                "value": scheme.charter_on and wording.day(scheme.charter_on),
            },
            {"label": _("People who support"), "value": scheme.supporters},
            {"label": _("Of whom supervised"), "value": scheme.supervised},
        ],
    }
