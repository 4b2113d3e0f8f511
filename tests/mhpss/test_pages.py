"""Pages of the map: who sees nothing, a service from its form to the matrix, what is public, what is blurred."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.mhpss.models import Campaign, ConfirmLink, Proposal, Service
from sutura.mhpss.services import campaigns, proposals
from sutura.mhpss.services import map as services
from sutura.mhpss.tokens import token_of
from sutura.people.models import Account
from tests.mhpss.conftest import Land, browser, keep, unit
from tests.people import MOPTI

MAP, LIST, GAPS = "/mhpss/", "/mhpss/services/", "/mhpss/gaps/"
TYPED = {
    "description": "Écoute au centre (inventé)", "codes": ["8.1"], "layers": ["L3"], "place": "Mopti / Djenné",
    "precision": "site", "sex": "all", "state": "running", "working": "yes", "updated_on": "2026-03-02",
    "women_counsellor": "2", "men_counsellor": "1", "site": "Centre (inventé)",
}  # fmt: skip


def opened(land: Land) -> tuple[Campaign, Any]:
    """A round in Mopti, one organisation invited."""
    today = timezone.localdate()
    made = campaigns.open_campaign(
        title="Atelier (inventé)", region=MOPTI, method="workshop", starts_on=today, ends_on=today + timedelta(days=9),
        by=land.keeper,
    )  # fmt: skip
    (invited,) = campaigns.invite(campaign=made, organisations=[land.ngo], by=land.keeper)
    return made, invited


def listed(client: Any, **query: str) -> list[str]:
    """What the list shows."""
    return [row["service"].description for row in client.get(LIST, query).context["rows"]]


def test_a_stranger_finds_nothing(land: Land):
    service = keep(land)
    proposal = proposals.propose(service=service, hours="lundi", by=land.member)
    round_, invited = opened(land)
    of_service = [
        reverse(f"mhpss:{name}", args=[service.public_id])
        for name in ("service", "change", "verify", "recode")
    ]
    of_proposal = [
        reverse(f"mhpss:{name}", args=[proposal.public_id]) for name in ("proposal", "proposal_refuse")
    ]
    of_round = [reverse(f"mhpss:{name}", args=[round_.public_id]) for name in ("campaign", "campaign_invite")]
    of_round += [
        reverse(f"mhpss:{name}", args=[invited.public_id]) for name in ("answer", "invitation_sheet")
    ]
    urls = of_service + of_proposal + of_round + [reverse("mhpss:poster", args=[MOPTI])]
    stranger, keeper, member = browser(land.stranger), browser(land.keeper), browser(land.member)
    assert [stranger.get(url).status_code for url in urls] == [404] * 11
    assert [keeper.get(url).status_code for url in urls] == [200] * 11
    refused = [403, 403, 403, 403, 403, 403]
    told = [url for url in urls if member.get(url).status_code == 403]
    assert len(told) == len(refused)
    assert (listed(stranger), listed(member)) == ([], [service.description])
    assert stranger.get("/mhpss/proposals/").context["waiting"].count() == 0
    assert stranger.get("/mhpss/rounds/").context["rows"] == []
    assert stranger.get(MAP).context["total"] == 0
    assert stranger.get("/mhpss/directory/", {"region": MOPTI}).context["entries"] == []
    assert stranger.get("/mhpss/twins/").context["rows"] == []
    assert member.get(MAP).context["total"] == 1


@pytest.mark.parametrize(
    "name", ["map", "gaps", "list", "new", "codes", "twins", "directory", "campaigns", "proposals"]
)
def test_who_has_no_part_in_the_map_is_refused(land: Land, oumar: Account, name: str):
    assert browser(oumar).get(reverse(f"mhpss:{name}")).status_code == 403
    assert browser(land.keeper).get(reverse(f"mhpss:{name}")).status_code == 200


def test_a_service_is_typed_and_stands_in_the_matrix(land: Land):
    keeper = browser(land.keeper)
    wrong = keeper.post(f"{LIST}new/", TYPED | {"organisation": land.ngo.public_id, "codes": ["10.1"]})
    page = wrong.content.decode()
    assert (wrong.status_code, "Le code 10 est celui des spécialistes" in page) == (422, True)
    assert "Écoute au centre (inventé)" in page
    keeper.post(f"{LIST}new/", TYPED | {"organisation": land.ngo.public_id})
    service = Service.objects.get()
    assert (service.place.name, service.region, service.codes) == ("Djenné", MOPTI, "8.1")
    grid = keeper.get(MAP).context
    row = next(row for row in grid["rows"] if row["label"] == "Mopti")
    assert [cell["services"] for cell in row["cells"]] == [0, 0, 1, 0, 0, 0]
    assert (row["total"], row["cells"][2]["names"]) == (1, ["OSF"])
    drilled = keeper.get(MAP + row["url"]).context
    assert [(each["label"], each["total"]) for each in drilled["rows"] if each["total"]] == [("Djenné", 1)]
    assert listed(keeper, region=MOPTI, layer="L3") == listed(keeper, cercle="ML0503", region=MOPTI)


def test_a_member_proposes_and_the_map_changes_once_it_is_accepted(land: Land):
    service, member, keeper = keep(land), browser(land.member), browser(land.keeper)
    url = reverse("mhpss:change", args=[service.public_id])
    form = member.get(url).context["form"]
    same = {each.html_name: each.value() for each in form if each.value() not in (None, "", False)}
    same["organisation"] = land.ngo.public_id
    nothing = member.post(url, same)
    assert (nothing.status_code, "Rien ne diffère de la carte" in nothing.content.decode()) == (422, True)
    assert member.post(url, same | {"hours": "samedi"}).status_code == 302
    proposal = Proposal.objects.get()
    service.refresh_from_db()
    assert service.hours == "lundi–vendredi, 8 h–16 h"
    assert member.post(reverse("mhpss:proposal_accept", args=[proposal.public_id])).status_code == 403
    shown = keeper.get(proposal.get_absolute_url()).context["rows"]
    assert [(row["before"], row["after"]) for row in shown] == [("lundi–vendredi, 8 h–16 h", "samedi")]
    keeper.post(reverse("mhpss:proposal_accept", args=[proposal.public_id]))
    service.refresh_from_db()
    assert (service.hours, service.history.count()) == ("samedi", 2)


def test_the_public_reads_no_sensitive_place(land: Land):
    keep(
        land, site="Maison cachée (inventé)", is_sensitive=True, precision="cercle", is_public=True,
        place=unit("ML050103"), distress=["light"],
    )  # fmt: skip
    keep(land, site="Sans accord (inventé)", description="Sans accord")
    client = browser(land.keeper)
    commune = unit("ML050103").name
    for url in (f"/mhpss/directory/?region={MOPTI}&for=public", f"/mhpss/poster/{MOPTI}/"):
        page = client.get(url).content.decode()
        assert ("Espace ami des enfants (inventé)" in page, "cachée" in page, "Sans accord" in page) == (
            True,
            False,
            False,
        )
        assert f">{commune}<" not in page
        assert f"{commune}," not in page
    members = client.get(f"/mhpss/directory/?region={MOPTI}").content.decode()
    assert ("cachée" in members, "Sans accord" in members) == (True, True)


def test_one_tap_confirms_and_the_link_dies(land: Land, client: Any):
    service, (round_, invited) = keep(land), opened(land)
    keep(land, organisation=land.other)
    made = browser(land.keeper).post(reverse("mhpss:invitation_link", args=[invited.public_id]))
    token = token_of(ConfirmLink.objects.get())
    url = reverse("mhpss:confirm", args=[token])
    assert url in made.content.decode()
    assert client.get(url[:-2] + "x/").status_code == 404
    assert list(client.get(url).context["form"].fields["services"].queryset) == [service]
    assert client.post(url, {"services": [service.public_id]}).status_code == 200
    service.refresh_from_db()
    invited.refresh_from_db()
    assert (service.verified_on, service.verified_by, invited.answer) == (
        timezone.localdate(),
        "OSF",
        "complete",
    )
    assert (client.get(url).status_code, client.post(url).status_code) == (410, 410)
    assert browser(land.keeper).get(round_.get_absolute_url()).context["complete"] == 1


def test_a_gap_is_no_service_no_answer_or_not_assessed(land: Land):
    service = keep(land)
    services.confirm_services(
        services=[service], verified_by="OSF", verified_on=timezone.localdate(), by=land.keeper
    )

    def states() -> dict[str, list[str]]:
        rows = browser(land.keeper).get(GAPS).context["rows"]
        return {row["label"]: [cell["state"] for cell in row["cells"]] for row in rows}

    assert (states()["Mopti"], states()["Kayes"]) == (
        ["not_assessed", "served", "not_assessed", "not_assessed"],
        ["not_assessed"] * 4,
    )
    _round, invited = opened(land)
    assert states()["Mopti"] == ["no_answer", "served", "no_answer", "no_answer"]
    campaigns.note_answer(
        invitation=invited, answer="complete", answered_on=timezone.localdate(), by=land.keeper
    )
    assert states()["Mopti"] == ["none", "served", "none", "none"]


def test_old_and_new_regions_have_one_total(land: Land):
    """Acceptance scenario 8."""
    keep(
        land, place=unit("ML0106"), site="Nioro (inventé)"
    )  # of Kayes in 2021, a region of its own since 2023
    keep(land, place=unit("ML0103"))
    client = browser(land.keeper)
    old, new = (client.get(MAP, {"regions": each}).context for each in ("2021", "2023"))
    assert sum(row["total"] for row in old["rows"]) == sum(row["total"] for row in new["rows"]) == 2
    assert [row["total"] for row in old["rows"] if row["label"] == "Kayes"] == [2]
    assert len([row for row in new["rows"] if row["total"]]) == 2


def test_pages_ask_as_much_at_any_length(land: Land, django_assert_max_num_queries: Any):
    client = browser(land.keeper)
    for url in (MAP, GAPS, LIST, f"{MAP}?region={MOPTI}"):
        client.get(url)
    for number in range(3):
        keep(land, site=f"Lieu {number} (inventé)", place=unit("ML0502"))
        for url in (MAP, GAPS, f"{MAP}?region={MOPTI}", f"{GAPS}?region={MOPTI}"):
            with django_assert_max_num_queries(10):
                client.get(url)


@pytest.mark.parametrize(
    "query", ["?region=x&regions=z&layer=q&page=-1", "?q=%00&fresh=9&show=x&cercle='", "?region=ML0501"]
)
def test_a_strange_address_is_answered(land: Land, query: str):
    client = browser(land.keeper)
    keep(land)
    for url in (MAP, GAPS, LIST, "/mhpss/directory/"):
        assert client.get(url + query).status_code == 200
