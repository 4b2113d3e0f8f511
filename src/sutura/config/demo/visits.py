"""Invented visits to the invented places, and approaches: doors that opened and stayed shut, promises, next steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sutura.incidents.models import Violation
from sutura.parties.models import Party
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.response.models import Docket, Site, Visit
from sutura.response.services import visits as services
from sutura.response.services.advocacy import make_approach, note_reply
from sutura.response.services.seen import note_child, open_child

PRISON, CENTRE, CAMP = "Prison inventée de Mopti", "Centre inventé de Gao", "Camp inventé de Gao"
WORDS = "Texte inventé : rappel du protocole et demande de rendez-vous."


class Team:
    """Who visits and asks, in the demonstration."""

    def __init__(self, by: Account, today: date) -> None:
        self.by, self.today = by, today
        self.lead = Organisation.objects.in_use().exclude(kind="state").order_by("id")[0]
        self.sites = {site.name: site for site in Site.objects.all()}

    def day(self, ago: int) -> date:
        """So many days ago; less than none: to come."""
        return self.today - timedelta(days=ago)

    def plan(self, site: str, ago: int, asked: int | None = None, of: str = "prosecutor") -> Visit:
        """A visit to a place, asked for so many days ago."""
        visit = services.plan_visit(
            site=self.sites[site], planned_on=self.day(ago), lead=self.lead, by=self.by
        )
        if asked is None:
            return visit
        return services.ask_visit(visit=visit, asked_on=self.day(asked), asked_of=of, by=self.by)

    def ask(self, region: str, ago: int, **said: Any) -> Any:
        """An approach so many days ago."""
        given: dict[str, Any] = {
            "channel": "meeting",
            "reach": "regional",
            "made_for": self.lead,
            "message": WORDS,
        }
        return make_approach(region=region, made_on=self.day(ago), by=self.by, **(given | said))


def visit(*, cast: dict[str, Account], today: date) -> None:
    """Visits in every state, and what was asked of whom."""
    team = Team(cast["salimata"], today)
    seen(team)
    shut(team)
    team.plan(PRISON, -5, asked=9)
    team.plan(CENTRE, -2)
    let_in = team.plan(CENTRE, -4, asked=6, of="social")
    services.authorise_visit(visit=let_in, answered_on=team.day(3), answered_by="social", by=team.by)
    of_parties(team, cast["binta"])


def seen(team: Team) -> None:
    """The prison of Mopti: a boy whom one follows, a girl whom nobody knew, and what is left to do."""
    by, ago = team.by, 41
    asked = team.plan(PRISON, ago, asked=50)
    let_in = services.authorise_visit(visit=asked, answered_on=team.day(45), answered_by="prosecutor", by=by)
    made = services.hold_visit(
        visit=let_in, made_on=team.day(ago), places=6, children=14, crowding="over", mixed="day", food="short",
        care="none", books="no", alone="yes", by=by,
    )  # fmt: skip
    boy = Docket.objects.filter(steps__site=made.site, stage="held").order_by("id")[0]
    note_child(
        visit=made, docket=boy, answer="seen", separated="no", lawyer="no", health="sick", family="no", by=by
    )  # fmt: skip
    open_child(
        visit=made, sex="girl", age=16, age_basis="child", association="unknown", mode="arrested", lawyer="no",
        age_disputed="yes", by=by,
    )  # fmt: skip
    for task, due, office in (("separate", 8, "prison"), ("care", 30, ""), ("age", -6, "judge")):
        last = services.leave_to_do(
            visit=made, task=task, organisation=team.lead, due_on=team.day(due), office=office, by=by
        )
        if task == "care":
            services.end_to_do(to_do=last, ending="done", ended_on=team.day(32), by=by)
    asked_for = team.ask(
        boy.region, 39, about="children", subject="handover", office="prosecutor", dockets=[boy],
        next_step="remind", next_on=team.day(30),
    )  # fmt: skip
    note_reply(
        approach=asked_for, reaction="promise", told_on=team.day(29), office="prosecutor", words=WORDS,
        next_step="higher", next_on=team.day(2), by=by,
    )  # fmt: skip


def shut(team: Team) -> None:
    """The camp of Gao: never answered, then refused, and access asked for one level higher."""
    services.leave_unanswered(visit=team.plan(CAMP, 70, asked=90, of="military"), by=team.by)
    refused = services.refuse_visit(
        visit=team.plan(CAMP, 12, asked=25, of="military"), answered_on=team.day(12), answered_by="military",
        no_entry="hierarchy", by=team.by,
    )  # fmt: skip
    team.ask(
        refused.region, 10, about="place", subject="access", office="governor", site=refused.site, visit=refused,
        next_step="remind", next_on=team.day(-3),
    )  # fmt: skip


def of_parties(team: Team, focal_point: Account) -> None:
    """Two parties: a commitment to carry out, and violations to end."""
    found = {party.code: party for party in Party.objects.filter(code__in=("PLATEFORME", "JNIM"))}
    plan = team.ask(
        "ML07",
        60,
        about="commitment",
        subject="screen",
        office="party",
        party=found["PLATEFORME"],
        channel="letter",
    )
    note_reply(
        approach=plan, reaction="partly", told_on=team.day(33), office="party", next_step="check",
        next_on=team.day(-12), by=team.by,
    )  # fmt: skip
    team.by = focal_point
    violations = Violation.objects.standing().attributed_to("JNIM").filter(region="ML05").order_by("id")[:2]
    team.ask(
        "ML05", 20, about="violation", subject="stop", office="leader", channel="between", reach="local",
        violations=list(violations),
    )  # fmt: skip
