"""The five verbs of the bar and what stands under each (ui.md); only what exists and what one may do is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Section(NamedTuple):
    """One page under a verb: its label, its URL name, the permission that opens it, other pages that belong to it.

    Several permissions with a space between: any of them opens it.
    """

    label: str | Promise
    view: str
    permission: str
    also: tuple[str, ...] = ()


class Verb(NamedTuple):
    """One of the five verbs and its sections, in order."""

    label: str | Promise
    icon: str
    sections: tuple[Section, ...]


VERBS = (
    Verb(
        pgettext_lazy("menu", "Monitor"),
        "eye",
        (
            Section(pgettext_lazy("menu", "Alerts"), "alerts:inbox", "alerts.read"),
            Section(pgettext_lazy("menu", "My alerts"), "alerts:mine", "alerts.create"),
            Section(pgettext_lazy("menu", "Without a network"), "intake:offline", "alerts.create"),
            Section(pgettext_lazy("menu", "Received sealed"), "intake:received", "incidents.document"),
            Section(pgettext_lazy("menu", "Incidents"), "incidents:list", "incidents.read"),
            Section(pgettext_lazy("menu", "Verification"), "verification:bench", "verification.read"),
            Section(pgettext_lazy("menu", "Trends"), "reporting:trends", "reporting.read"),
            Section(pgettext_lazy("menu", "Parties"), "parties:list", "incidents.read"),
            Section(pgettext_lazy("menu", "Places"), "places:list", "incidents.read"),
        ),
    ),
    Verb(
        pgettext_lazy("menu", "Respond"),
        "hand-heart",
        (
            Section(pgettext_lazy("menu", "Children followed"), "response:home", "response.read"),
            Section(pgettext_lazy("menu", "Referrals"), "response:referrals", "response.read"),
            Section(pgettext_lazy("menu", "Indicators of return"), "response:indicators", "response.read"),
            Section(pgettext_lazy("menu", "Visits"), "response:visits", "response.read"),
            Section(pgettext_lazy("menu", "Advocacy"), "response:approaches", "response.read"),
            Section(
                pgettext_lazy("menu", "In numbers"),
                "response:counts",
                "response.counts",
                ("/response/visits/counts/",),
            ),
            Section(pgettext_lazy("menu", "Programme"), "response:programme", "response.counts"),
            Section(pgettext_lazy("menu", "Prevention"), "response:activities", "response.counts"),
            Section(pgettext_lazy("menu", "Training beside cases"), "response:coverage", "response.counts"),
            Section(pgettext_lazy("menu", "Safe schools"), "response:schools", "response.read"),
            Section(pgettext_lazy("menu", "Schools in numbers"), "response:school_counts", "response.counts"),
        ),
    ),
    Verb(
        pgettext_lazy("menu", "Coordinate"),
        "handshake",
        (
            Section(pgettext_lazy("menu", "Bodies"), "coordination:bodies", "coordination.read"),
            Section(pgettext_lazy("menu", "Organisations"), "partners:list", "coordination.read"),
            Section(
                pgettext_lazy("menu", "Recommendations"),
                "coordination:board",
                "coordination.read",
                ("/coordination/evidence/",),
            ),
            Section(
                pgettext_lazy("menu", "Needs"),
                "coordination:needs",
                "coordination.read",
                ("/coordination/themes/",),
            ),
            Section(pgettext_lazy("menu", "Action plans"), "coordination:plans", "coordination.read"),
            Section(
                pgettext_lazy("menu", "Council and parties"), "coordination:instruments", "coordination.read"
            ),
            Section(
                pgettext_lazy("menu", "Workshops and missions"),
                "coordination:events",
                "coordination.read",
                ("/coordination/targets/", "/coordination/mandates/"),
            ),
            Section(
                pgettext_lazy("menu", "Calendar"),
                "coordination:calendar",
                "coordination.read",
                ("/coordination/reminders/",),
            ),
            Section(pgettext_lazy("menu", "Library"), "library:list", "coordination.read"),
            Section(pgettext_lazy("menu", "Capitalisation"), "coordination:cards", "coordination.read"),
        ),
    ),
    Verb(
        pgettext_lazy("menu", "Strengthen"),
        "sprout",
        (
            Section(pgettext_lazy("menu", "Map of services"), "mhpss:map", "mhpss.read"),
            Section(pgettext_lazy("menu", "Services"), "mhpss:list", "mhpss.read", ("/mhpss/proposals/",)),
            Section(pgettext_lazy("menu", "Gaps"), "mhpss:gaps", "mhpss.read", ("/mhpss/themes/",)),
            Section(
                pgettext_lazy("menu", "Directory"),
                "mhpss:directory",
                "mhpss.read",
                ("/mhpss/poster/", "/mhpss/card/"),
            ),
            Section(pgettext_lazy("menu", "Mapping rounds"), "mhpss:campaigns", "mhpss.read"),
            Section(pgettext_lazy("menu", "Trainings"), "capacity:home", "capacity.read"),
            Section(pgettext_lazy("menu", "Practice groups"), "capacity:groups", "capacity.read"),
            Section(
                pgettext_lazy("menu", "Supervision and peer support"), "capacity:following", "capacity.read"
            ),
            Section(pgettext_lazy("menu", "Initial training"), "capacity:initial", "capacity.read"),
            Section(pgettext_lazy("menu", "Initiatives"), "capacity:initiatives", "capacity.read"),
            Section(pgettext_lazy("menu", "Indicators"), "indicators:list", "indicators.read"),
        ),
    ),
    Verb(
        pgettext_lazy("menu", "Report"),
        "chart-column",
        (
            Section(
                pgettext_lazy("menu", "Global Horizontal Note"),
                "reporting:notes",
                "reporting.read",
                ("/reporting/editions/", "/reporting/freeze/"),
            ),
            Section(
                pgettext_lazy("menu", "Figures"),
                "reporting:figures",
                "reporting.read",
                ("/reporting/compare/", "/reporting/records/", "/reporting/published/"),
            ),
            Section(
                pgettext_lazy("menu", "Tables for the public"),
                "disclosure:tables",
                "reporting.read",
                ("/disclosure/public/",),
            ),
            Section(pgettext_lazy("menu", "Exports"), "disclosure:exports", "disclosure.request"),
            Section(
                pgettext_lazy("menu", "Imports"),
                "intake:home",
                "intake.import places.manage coordination.manage mhpss.review capacity.manage",
            ),
            Section(
                pgettext_lazy("menu", "Phones"),
                "intake:phones",
                "intake.phones",
                ("/intake/forms/", "/intake/kobo/"),
            ),
            Section(pgettext_lazy("menu", "Records that wait"), "intake:submissions", "alerts.triage"),
        ),
    ),
)
SIGN_OUT = ("people:sign_out", "account_logout", "logout")
SIGN_IN = ("people:sign_in", "account_login", "login")
ACCOUNT = ("people:me", "people:account", "account_email")


@dataclass
class Item:
    """A link of the menu as a page shows it."""

    label: str | Promise
    url: str
    also: tuple[str, ...] = ()
    current: bool = False


@dataclass
class Group:
    """A verb as a page shows it: it leads to its first section."""

    label: str | Promise
    icon: str
    items: list[Item] = field(default_factory=list)
    current: bool = False

    @property
    def url(self) -> str:
        """Where the verb leads."""
        return self.items[0].url


def address(*names: str) -> str:
    """The first of these URL names that exists, or nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def groups(user: Any, path: str) -> list[Group]:
    """The verbs open to a user, the current page marked; `user` answers `may(permission)`."""
    may = getattr(user, "may", None)
    if may is None or not getattr(user, "is_authenticated", False):
        return []
    found: list[Group] = []
    for verb in VERBS:
        group = Group(verb.label, verb.icon)
        for section in verb.sections:
            url = address(section.view)
            if url and any(map(may, section.permission.split())):
                group.items.append(Item(section.label, url, section.also))
        if group.items:
            found.append(group)
    mark_current(found, path)
    return found


def mark_current(found: list[Group], path: str) -> None:
    """Mark the section one of whose addresses begins the path, the longest if several do."""
    matching = [
        (len(begins), item, group)
        for group in found
        for item in group.items
        for begins in (item.url, *item.also)
        if path.startswith(begins)
    ]
    if matching:
        _, item, group = max(matching, key=lambda match: match[0])
        item.current = group.current = True


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu`, `is_demo`, and the addresses of the account menu."""
    user = getattr(request, "user", None)
    return {
        "menu": groups(user, request.path),
        "is_demo": bool(getattr(settings, "SUTURA_DEMO", False) or getattr(user, "is_demo", False)),
        "home_url": address("desk:home") or "/",
        "sign_out_url": address(*SIGN_OUT),
        "sign_in_url": address(*SIGN_IN),
        "account_url": address(*ACCOUNT),
        "language_url": address("set_language", "ui:set_language", "people:set_language"),
    }
