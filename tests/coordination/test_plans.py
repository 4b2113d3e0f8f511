"""Action plans: who sees nothing, what is refused, what the pages and the workbook show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Activity, FundingLead, PlanLine, PlanVersion
from sutura.coordination.services import activities, plans
from sutura.people.models import Account
from tests.coordination.conftest import Room
from tests.coordination.planned import END, START, axis, drafted, in_force, lined

PLANS, FUNDING, AXES = "/coordination/plans/", "/coordination/plans/funding/", "/coordination/plans/axes/"
VALID = {"on": date(2026, 1, 15), "authority": "Le groupe (inventé)"}
TOLD: dict[str, Any] = {"state": "under_way", "progress": 40, "funded": 250_000}


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def to(name: str, record: Any, *more: Any) -> str:
    """An address of coordination."""
    return reverse(f"coordination:{name}", args=[record.public_id, *more])


def test_a_stranger_finds_nothing(room: Room, fatou: Account):
    line = in_force(room, fatou)
    version, plan = line.version, line.version.plan
    lead = activities.add_lead(plan=plan, donor="Fonds inventé", stage="spotted", by=fatou)
    draft = plans.draft_plan(plan=plan, by=fatou)
    new = draft.lines.get()
    read = [
        version.get_absolute_url(),
        line.activity.get_absolute_url(),
        to("plan_difference", draft, 1),
        to("plan_file", version),
    ]
    kept = [to("plan_change", draft), to("plan_validate", draft), to("line_new", draft), to("line_change", new),
            to("line_remove", new), to("funding_new", plan), to("funding_change", lead)]  # fmt: skip
    stranger, member, keeper = browser(room.stranger), browser(room.member), browser(fatou)
    assert [stranger.get(url).status_code for url in (*read, *kept)] == [404] * 11
    assert [stranger.post(url).status_code for url in (*kept, to("plan_draft", plan))] == [404] * 8
    assert [stranger.get(url).context["rows"] for url in (PLANS, FUNDING)] == [[], []]
    assert [member.get(url).status_code for url in (*read, *kept)] == [200] * 4 + [403] * 7
    assert [keeper.get(url).status_code for url in (*read, *kept)] == [200] * 11
    assert len(member.get(PLANS).context["rows"]) == len(member.get(FUNDING).context["rows"]) == 1


def test_who_has_no_part_in_coordination_is_refused(oumar: Account):
    for url in (PLANS, FUNDING, AXES, f"{PLANS}new/", f"{AXES}new/"):
        assert browser(oumar).get(url).status_code == 403


def test_an_axis_is_read_as_its_document(room: Room, fatou: Account):
    found = axis(fatou)
    axis(fatou, number=2, access="direction")
    shown = [[str(each["axis"]) for _document, axes in browser(who).get(AXES).context["documents"] for each in axes]
             for who in (room.member, fatou)]  # fmt: skip
    assert shown == [["1. Coordination"], ["1. Coordination", "2. Coordination"]]
    assert browser(room.stranger).get(to("axis_change", found)).status_code == 404
    with pytest.raises(NotAllowed):
        plans.change_axis(axis=found, number=3, title="x", by=room.stranger)
    with pytest.raises(Invalid, match="a déjà un axe 1"):
        plans.add_axis(document=found.document, number=1, title="Autre", by=fatou)


def test_only_who_keeps_the_body_plans(room: Room, fatou: Account):
    line = in_force(room, fatou)
    plan = line.version.plan
    acts: list[Callable[[Any], object]] = [
        lambda by: drafted(room, by),
        lambda by: plans.draft_plan(plan=plan, by=by),
        lambda by: plans.change_plan(version=line.version, title="x", starts_on=START, ends_on=END, by=by),
        lambda by: plans.validate_plan(version=line.version, by=by, **VALID),
        lambda by: lined(line.version, room, by),
        lambda by: activities.change_activity(line=line, title="x", by=by),
        lambda by: activities.remove_activity(line=line, by=by),
        lambda by: activities.add_lead(plan=plan, donor="x", stage="spotted", by=by),
    ]
    for act in acts:
        for by in (room.member, room.stranger):
            with pytest.raises(NotAllowed):
                act(by)
    with pytest.raises(NotAllowed):
        activities.report_activity(activity=line.activity, by=room.stranger, **TOLD)


def test_the_lead_organisation_reports_and_its_story_is_kept(room: Room, fatou: Account):
    line = in_force(room, fatou)
    activities.report_activity(activity=line.activity, by=room.member, **TOLD)
    activities.report_activity(activity=line.activity, by=fatou, state="done", progress=80, funded=1_000_000)
    found = Activity.objects.get()
    assert (found.state, found.progress, found.funded) == ("done", 100, 1_000_000)
    assert [(each.state, each.progress, str(each.history_user)) for each in found.history.order_by("history_id")] == [
        ("planned", 0, str(fatou)), ("under_way", 40, str(room.member)), ("done", 100, str(fatou)),
    ]  # fmt: skip
    other = activities.change_activity
    with pytest.raises(Invalid, match="ne change plus"):
        other(line=line, title="Autre", by=fatou)
    led_by_another = lined(plans.draft_plan(plan=line.version.plan, by=fatou), room, fatou, lead=room.other)
    with pytest.raises(Invalid, match="Aucune version en vigueur"):
        activities.report_activity(activity=led_by_another.activity, by=fatou, **TOLD)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"funded": 1_000_001}, "funded"),
        ({"state": "planned"}, "progress"),
        ({"progress": 100}, "progress"),
        ({"state": "suspended"}, "words"),
        ({"state": "dropped", "words": "  "}, "words"),
        ({"state": "lost"}, "state"),
    ],
)
def test_a_report_that_cannot_be_true_is_refused(
    room: Room, fatou: Account, told: dict[str, Any], field: str
):
    line = in_force(room, fatou)
    with pytest.raises(Invalid) as refused:
        activities.report_activity(activity=line.activity, by=fatou, **(TOLD | told))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": date(2026, 1, 31)}, "ends_on"),
        ({"starts_on": date(2025, 12, 31)}, "starts_on"),
        ({"ends_on": date(2027, 1, 1)}, "ends_on"),
        ({"title": " "}, "title"),
    ],
)
def test_an_activity_stays_inside_its_plan(room: Room, fatou: Account, facts: dict[str, Any], field: str):
    version = drafted(room, fatou)
    with pytest.raises(Invalid) as refused:
        lined(version, room, fatou, **facts)
    assert (refused.value.field, PlanLine.objects.count(), Activity.objects.count()) == (field, 0, 0)


def test_what_a_plan_refuses(room: Room, fatou: Account):
    version, found = drafted(room, fatou), axis(fatou)
    refused: list[tuple[str, str, Callable[[], object]]] = [
        ("ends_on", "avant le début", lambda: drafted(room, fatou, title="x", ends_on=START - timedelta(days=1))),
        ("title", "déjà un plan", lambda: drafted(room, fatou)),
        ("axis", "document de référence", lambda: lined(version, room, fatou, axis=found)),
        ("", "d’abord une activité", lambda: plans.validate_plan(version=version, by=fatou, **VALID)),
        ("", "encore en cours de rédaction", lambda: plans.draft_plan(plan=version.plan, by=fatou)),
        ("amount", "montant", lambda: activities.add_lead(plan=version.plan, donor="x", stage="granted", by=fatou)),
    ]  # fmt: skip
    for field, words, act in refused:
        with pytest.raises(Invalid, match=words) as said:
            act()
        assert said.value.field == field
    lined(version, room, fatou)
    late = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid) as said:
        plans.validate_plan(version=version, on=late, authority="x", by=fatou)
    assert said.value.field == "on"
    with pytest.raises(Invalid, match="en dehors") as said:
        plans.change_plan(version=version, title="x", starts_on=date(2026, 3, 1), ends_on=END, by=fatou)
    assert said.value.field == "starts_on"


def test_a_new_version_begins_from_the_last_and_replaces_it(room: Room, fatou: Account):
    line = in_force(room, fatou)
    plan = line.version.plan
    activities.report_activity(activity=line.activity, by=fatou, **TOLD)
    draft = plans.draft_plan(plan=plan, by=fatou)
    copied = draft.lines.get()
    assert (copied.activity, copied.title, [each.organisation for each in copied.helpers.all()]) == (
        line.activity, line.title, [room.other],
    )  # fmt: skip
    with pytest.raises(Invalid, match="sont déjà là"):
        activities.change_activity(line=copied, budget=200_000, by=fatou)
    copied.refresh_from_db()
    activities.change_activity(line=copied, budget=2_000_000, helpers=[room.state], by=fatou)
    lined(draft, room, fatou, title="Plaidoyer (inventé)", kind="advocacy", budget=None)
    gone = lined(draft, room, fatou, title="De trop (inventé)")
    activities.remove_activity(line=gone, by=fatou)
    after = lined(draft, room, fatou, title="Encore une (inventée)")
    assert after.activity.number == 4
    page = browser(room.member).get(to("plan_difference", draft, 1))
    assert [(row["number"], row["how"]) for row in page.context["rows"]] == [
        (1, "changed"),
        (2, "new"),
        (4, "new"),
    ]
    assert "<del>1\u202f000\u202f000</del> <ins>2\u202f000\u202f000</ins>" in page.content.decode()
    with pytest.raises(Invalid, match="après ce jour"):
        plans.validate_plan(version=draft, on=date(2026, 1, 14), authority="Le groupe", by=fatou)
    plans.validate_plan(version=draft, on=date(2026, 6, 1), authority="Le groupe", by=fatou)
    third = plans.draft_plan(plan=plan, by=fatou)
    activities.remove_activity(line=third.lines.get(activity=after.activity), by=fatou)
    shown = [browser(room.member).get(after.activity.get_absolute_url()).context["gone"]]
    plans.validate_plan(version=third, on=date(2026, 6, 2), authority="Le groupe", by=fatou)
    shown.append(browser(room.member).get(after.activity.get_absolute_url()).context["gone"])
    assert shown == [False, True]
    stages = dict(PlanVersion.objects.values_list("number", "stage"))
    assert stages == {1: "replaced", 2: "replaced", 3: "validated"}
    assert browser(room.member).get(plan.get_absolute_url()).context["version"] == third


def test_each_figure_opens_its_activities(room: Room, fatou: Account):
    found = axis(fatou)
    version = drafted(room, fatou, document=found.document)
    first = lined(version, room, fatou, axis=found)
    second = lined(version, room, fatou, lead=room.state, region="ML05", budget=3_000_000)
    lined(version, room, fatou, budget=None, ends_on=END)
    given_up = lined(version, room, fatou)
    plans.validate_plan(version=version, by=fatou, **VALID)
    for line, told in (
        (first, {"state": "done", "progress": 0, "funded": 1_000_000}),
        (second, {"state": "under_way", "progress": 10, "funded": 500_000}),
        (given_up, {"state": "dropped", "progress": 0, "funded": 0, "words": "Sans objet."}),
    ):
        activities.report_activity(activity=line.activity, by=fatou, **told)
    activities.add_lead(plan=version.plan, donor="Fonds inventé", amount=700_000, stage="submitted", by=fatou)
    activities.add_lead(plan=version.plan, donor="Autre", amount=900_000, stage="refused", by=fatou)
    client = browser(room.member)
    page = client.get(version.get_absolute_url())
    assert [each["value"] for each in page.context["figures"]] == ["33\u00a0%", 1, 2_500_000, 700_000]
    for each, count in zip(page.context["figures"][:3], (1, 1, 1), strict=True):
        assert len(client.get(each["url"].partition("#")[0]).context["rows"]) == count
    assert [row["label"] for row in page.context["axes"]] == ["1. Coordination", "Aucun axe indiqué"]
    assert [cell["value"] for cell in page.context["axes"][0]["cells"]] == [1, 1, 0, 1_000_000, 1_000_000, 0]
    asked = {"?show=planned": 3, "?show=dropped": 1, f"?axis={found.public_id}": 1, "?region=ML05": 1,
             "?kind=advocacy": 0, f"?lead={room.state.public_id}&show=late": 1, "?show=zz&axis=%00": 4}  # fmt: skip
    for query, count in asked.items():
        assert len(client.get(version.get_absolute_url() + query).context["rows"]) == count, query


def test_the_workbook_says_the_same(room: Room, fatou: Account):
    version = drafted(room, fatou)
    gone = lined(version, room, fatou, title="Abandonner (inventé)", budget=7, starts_on=START)
    line = lined(version, room, fatou, title="=cmd|' /C calc'!A0")
    plans.validate_plan(version=version, by=fatou, **VALID)
    activities.report_activity(activity=line.activity, by=fatou, **TOLD)
    given_up = {"state": "dropped", "progress": 0, "funded": 0, "words": "Sans objet."}
    activities.report_activity(activity=gone.activity, by=fatou, **given_up)
    answer = browser(room.member).get(to("plan_file", line.version))
    assert answer["Content-Disposition"] == 'attachment; filename="GT-MOPTI-plan-v1.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]][2] == "'=cmd|' /C calc'!A0"
    assert [cell.value for cell in sheet[2]][9:13] == [1_000_000, 250_000, "=J2-K2", 40]
    assert [sheet[cell].value for cell in ("J3", "K3", "L3")] == ["=SUM(J2:J2)", "=SUM(K2:K2)", "=SUM(L2:L2)"]
    assert [sheet[cell].value for cell in ("C4", "J4", "L4")] == ["Abandonner (inventé)", 7, None]
    assert [len(each["A"]) for each in book.worksheets[1:]] == [1, 8]


def test_plans_through_the_pages(room: Room, fatou: Account):
    client = browser(fatou)
    typed: dict[str, Any] = {
        "body": room.group.public_id, "title": "Plan 2026 (inventé)", "starts_on": "2026-01-01",
        "ends_on": "2025-01-01",
    }  # fmt: skip
    wrong = client.post(f"{PLANS}new/", typed)
    assert (wrong.status_code, wrong.context["form"]["title"].value()) == (422, "Plan 2026 (inventé)")
    client.post(f"{PLANS}new/", typed | {"ends_on": "2026-12-31"})
    version = PlanVersion.objects.get()
    activity: dict[str, Any] = {
        "title": "Former (inventé)", "kind": "capacity", "lead": "0e5c4ed4-0000-4000-8000-000000000000",
        "helpers": [room.other.public_id], "starts_on": "2026-02-01", "ends_on": "2026-05-31",
        "budget": "1 000\u202f000",
    }  # fmt: skip
    unknown = client.post(to("line_new", version), activity)
    assert (
        unknown.status_code,
        "L’annuaire ne connaît pas cette organisation" in unknown.content.decode(),
    ) == (422, True)
    client.post(to("line_new", version), activity | {"lead": room.ngo.public_id})
    line = PlanLine.objects.get()
    again = client.get(to("line_change", line)).context["form"]
    assert (again["helpers"].value(), again["lead"].value()) == (
        [str(room.other.public_id)],
        room.ngo.public_id,
    )
    assert (
        client.post(to("plan_validate", version), {"on": "2026-01-15", "authority": "Le groupe"}).status_code
        == 302
    )
    too_much = client.post(
        line.activity.get_absolute_url(), {"state": "under_way", "progress": "5", "funded": "2000000"}
    )
    assert (too_much.status_code, too_much.context["form"]["funded"].value()) == (422, "2000000")
    assert "dépasse le budget" in too_much.content.decode()
    lead = {
        "donor": "Fonds inventé",
        "stage": "spotted",
        "activity": line.activity.public_id,
        "closes_on": "2026-01-01",
    }
    assert client.post(to("funding_new", version.plan), lead).status_code == 302
    rows = client.get(FUNDING).context["rows"]
    assert [(row["lead"].activity, row["late"]) for row in rows] == [(line.activity, "jour de clôture passé")]
    granted = lead | {"stage": "granted"}
    assert client.post(to("funding_change", FundingLead.objects.get()), granted).status_code == 422
    assert (
        client.post(to("funding_change", FundingLead.objects.get()), granted | {"amount": "5"}).status_code
        == 302
    )
    counts = {tab["label"]: tab["count"] for tab in client.get(f"{FUNDING}?tab=granted").context["tabs"]}
    assert list(counts.values()) == [0, 1, 1]


def test_pages_ask_as_much_at_any_length(room: Room, fatou: Account, django_assert_num_queries: Any):
    client = browser(room.member)
    first = in_force(room, fatou)
    for more in range(2):
        for url, asked in ((PLANS, 8), (first.version.get_absolute_url(), 11), (FUNDING, 8)):
            client.get(url)
            with django_assert_num_queries(asked):
                client.get(url)
        other = drafted(room, fatou, title=f"Plan {more} (inventé)")
        lined(other, room, fatou)
        PlanLine.objects.filter(version=other).update(version=first.version)
        activities.add_lead(plan=other.plan, donor="Fonds", stage="spotted", by=fatou)
