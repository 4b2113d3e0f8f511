"""What the map gives out: files for other systems, the bulletin, the trend, themes, poster, card and paper."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sutura.audit.models import Entry
from sutura.mhpss.exchange.listing import entries
from sutura.mhpss.models import Service
from sutura.mhpss.rules import changes
from sutura.mhpss.rules.changes import Version
from sutura.mhpss.services import campaigns
from sutura.mhpss.services import map as services
from tests.mhpss.conftest import Land, browser, keep, unit
from tests.mhpss.shapes import misfits, recorded
from tests.people import KAYES, MOPTI

HIDDEN = "ML050103"
ON, OFF = {"working": "yes", "hours": "lundi"}, {"working": "closed", "hours": "lundi"}
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("before", "now", "verified", "kind"),
    [
        (None, ON, False, "opened"), (OFF, ON, True, "opened"), (ON, OFF, True, "closed"), (None, OFF, False, "closed"),
        (OFF, OFF, False, ""), (ON, ON | {"hours": "samedi"}, True, "changed"), (ON, ON, True, "verified"),
        (ON, ON, False, ""),
    ],
)  # fmt: skip
def test_what_a_bulletin_says_of_a_service(before: Any, now: Any, verified: bool, kind: str):
    assert changes.change(before, now, verified=verified) == kind


@pytest.mark.parametrize(
    ("age", "stale"), [(180, False), (181, True), (210, True), (211, False), (None, False), (3, False)]
)
def test_a_verification_goes_stale_once(age: int | None, stale: bool):
    """Told in the bulletin of the 30 days in which it happened, and in no later one."""
    day = None if age is None else DAY - timedelta(days=age)
    assert changes.went_stale(day, since=DAY - timedelta(days=30), today=DAY, stale=180) is stale


def test_services_are_counted_as_they_stood():
    def on(month: int) -> datetime:
        return datetime(2026, month, 1, tzinfo=UTC)

    told = [
        Version(1, on(2), True, ("L1",)), Version(2, on(3), True, ("L1", "L2")), Version(1, on(4), True, ("L2",)),
        Version(2, on(5), False, ("L1", "L2")),
    ]  # fmt: skip
    assert changes.standing(told, [on(1), on(2), on(3), on(4), on(5)]) == {
        "": [0, 1, 2, 2, 1], "L1": [0, 1, 2, 1, 0], "L2": [0, 0, 1, 2, 1],
    }  # fmt: skip


def sown(land: Land) -> tuple[Service, Service]:
    """A public service at a sensitive site, one whose organisation agrees, one whose does not, one of Nioro."""
    hidden = keep(
        land, site="Maison cachée (inventé)", is_sensitive=True, precision="cercle", is_public=True,
        place=unit(HIDDEN), coverage=["ML050101"], focal_name="Fonction cachée", themes=["suicide"], access="Rampe",
        distress=["light"], languages=["fr"], cost="free", entry="walk_in",
    )  # fmt: skip
    shown = keep(land, place=unit("ML0106"), is_public=True, layers=["L2", "L3"], max_age=None)
    keep(land, place=unit("ML0103"), site="Sans accord (inventé)", description="Sans accord")
    return hidden, shown


def test_files_for_other_systems_keep_their_shape_and_tell_no_sensitive_place(land: Land):
    hidden, shown = sown(land)
    client = browser(land.keeper)
    true = unit(HIDDEN)
    for kind in ("hsds", "geojson"):
        answer = client.get(reverse("mhpss:export", args=[kind]))
        found, text = json.loads(answer.content), answer.content.decode()
        assert list(misfits(found, recorded(kind))) == []
        assert (str(hidden.public_id) in text, str(shown.public_id) in text, "Sans accord" in text) == (
            True,
            True,
            False,
        )
        secrets = (
            true.name,
            HIDDEN,
            "ML050101",
            "cachée",
            str(true.latitude),
            str(true.longitude),
            hidden.ref,
        )
        assert [secret for secret in secrets if secret in text] == []
        stranger = browser(land.stranger).get(reverse("mhpss:export", args=[kind])).content.decode()
        assert (str(hidden.public_id) in stranger, str(shown.public_id) in stranger) == (False, True)
    points = {each["id"]: each for each in found["features"]}
    assert points[str(hidden.public_id)]["properties"]["point_of"] == "cercle"
    # narrowed to one commune, the file would tell what it blurs
    narrowed = client.get(reverse("mhpss:export", args=["geojson"]), {"cercle": "ML0502", "q": "cachée"})
    assert len(json.loads(narrowed.content)["features"]) == 2
    assert Entry.objects.filter(act="mhpss.export").count() == 5


def test_the_same_place_blurred_is_one_location_for_all_who_hide_there(land: Land):
    """Two sites of one cercle share the place that is told of them: its identifier tells neither."""
    sown(land)
    keep(
        land,
        site="Autre maison",
        is_sensitive=True,
        precision="cercle",
        is_public=True,
        place=unit("ML050105"),
    )
    file = json.loads(browser(land.keeper).get(reverse("mhpss:export", args=["hsds"])).content)
    assert (len(file["service"]), len(file["location"]), len(file["service_at_location"])) == (3, 2, 3)


def test_every_output_has_one_total_under_both_divisions(land: Land):
    """Acceptance scenario 8, on the matrix, the gaps, the page of files and each file."""
    sown(land)
    client, found = browser(land.keeper), {}
    for division in ("2021", "2023"):
        asked = {"regions": division}
        pages = {
            name: client.get(reverse(f"mhpss:{name}"), asked).context["rows"] for name in ("map", "gaps")
        }
        counts = {name: Counter({row["label"]: row["total"] for row in rows}) for name, rows in pages.items()}
        files = client.get(reverse("mhpss:take"), asked).context["rows"]
        counts["take"] = Counter({row["label"]: row["count"] for row in files})
        sheet = client.get(reverse("mhpss:export", args=["csv"]), asked).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
        counts["csv"] = Counter(row[rows[1].index("#adm1+name")] for row in rows[2:])
        points = json.loads(client.get(reverse("mhpss:export", args=["geojson"]), asked).content)["features"]
        counts["geojson"] = Counter(point["properties"]["region"] for point in points)
        found[division] = {name: +each for name, each in counts.items()}
    whole, public = {"Mopti": 1, "Kayes": 2}, {"Mopti": 1, "Kayes": 1}
    assert found["2021"] == {"map": whole, "gaps": whole, "take": whole, "csv": whole, "geojson": public}
    assert {name: sum(each.values()) for name, each in found["2023"].items()} == {
        "map": 3, "gaps": 3, "take": 3, "csv": 3, "geojson": 2,
    }  # fmt: skip
    assert [found["2023"][name]["Nioro"] for name in ("map", "gaps", "take", "csv", "geojson")] == [1] * 5


def test_the_bulletin_tells_what_changed_and_hides_a_sensitive_place(
    land: Land, monkeypatch: pytest.MonkeyPatch
):
    later = timezone.now() + timedelta(days=60)
    today = later.date()
    often = keep(land, site="Souvent changé (inventé)")
    for number in range(9):  # a version has a number of its own, not that of its service
        services.change_service(service=often, hours=f"{number} h", by=land.keeper)
    hidden, changed = sown(land)
    closed = keep(land, site="Bientôt fermé (inventé)")
    stale = keep(land, site="Oublié (inventé)")
    staffed = keep(land, site="Équipe (inventé)")
    said: dict[str, Any] = {"verified_by": "OSF", "by": land.keeper}
    services.confirm_services(services=[stale], verified_on=today - timedelta(days=190), **said)
    monkeypatch.setattr(timezone, "now", lambda: later)
    services.change_service(service=hidden, place=unit("ML0501"), hours="samedi", by=land.keeper)
    services.change_service(service=closed, working="closed", by=land.keeper)
    services.change_service(service=staffed, staff={"community": (4, 4)}, by=land.keeper)
    services.confirm_services(services=[changed], verified_on=today, **said)
    opened = keep(land, site="Neuf (inventé)")
    client = browser(land.keeper)
    page = client.get(reverse("mhpss:changes"))
    parts = {part["kind"]: [row["service"] for row in part["rows"]] for part in page.context["parts"]}
    assert parts == {
        "opened": [opened], "closed": [closed], "changed": [hidden, staffed], "verified": [changed], "stale": [stale],
    }  # fmt: skip
    text = page.content.decode()
    assert ("lundi–vendredi, 8 h–16 h → samedi" in text, "Lieu ?" in text, HIDDEN in text) == (
        True,
        False,
        False,
    )
    assert (unit(HIDDEN).name in text, "Personnel" in text) == (False, True)
    words = client.get(reverse("mhpss:changes_file"), {"region": MOPTI})
    written = "\n".join(each.text for each in Document(io.BytesIO(words.content)).paragraphs)
    assert ("→ samedi" in written, "Services fermés (1)" in written, unit(HIDDEN).name in written) == (
        True,
        True,
        False,
    )
    elsewhere = browser(land.stranger).get(reverse("mhpss:changes")).context["parts"]
    assert [row["service"] for part in elsewhere for row in part["rows"]] == [changed]
    wrong = client.get(reverse("mhpss:changes"), {"since": "2999-01-01"})
    assert (wrong.status_code, "Ce jour est après aujourd’hui" in wrong.content.decode()) == (422, True)
    shown = client.get(reverse("mhpss:trend"), {"region": KAYES}).content.decode()
    assert ("Tous, chacun une fois" in shown, ">2</td>" in shown) == (True, True)


def test_a_theme_says_where_nobody_is_and_where_nobody_was_asked(land: Land):
    hidden, _shown = sown(land)
    services.confirm_services(
        services=[hidden], verified_by="OSF", verified_on=timezone.localdate(), by=land.keeper
    )
    today = timezone.localdate()
    campaigns.open_campaign(
        title="Tournée (inventée)",
        region=MOPTI,
        method="sheet",
        starts_on=today,
        ends_on=today,
        by=land.keeper,
    )
    page = browser(land.keeper).get(reverse("mhpss:themes")).context
    row = {each["label"]: [cell["state"] for cell in each["cells"]] for each in page["rows"]}
    assert (row["Mopti"][:2], row["Kayes"][:2]) == (["none", "served"], ["not_assessed", "not_assessed"])
    assert [head["services"] for head in page["heads"]][:2] == [0, 1]
    assert browser(land.stranger).get(reverse("mhpss:themes")).context["total"] == 0
    narrowed = browser(land.keeper).get(reverse("mhpss:map"), {"theme": "suicide"}).context
    assert narrowed["total"] == 1


def test_poster_and_card_advise_the_latest_verified_and_nothing_discouraged(land: Land):
    for number in range(8):
        service = keep(
            land, site=f"Écoute {number} (inventé)", description=f"Écoute {number}", codes=["8.1"], layers=["L3"],
            is_public=True, distress=["moderate"],
        )  # fmt: skip
    services.confirm_services(
        services=[service], verified_by="OSF", verified_on=timezone.localdate(), by=land.keeper
    )
    keep(land, description="Débriefing", codes=["8.5"], layers=["L3"], is_public=True, distress=["moderate"])
    client = browser(land.keeper)
    steps = client.get(reverse("mhpss:poster", args=[MOPTI])).context["steps"]
    assert [(len(step["services"]), step["more"]) for step in steps] == [(0, 0), (5, 3), (0, 0)]
    assert steps[1]["services"][0]["service"] == service
    page = client.get(reverse("mhpss:card", args=[MOPTI]))
    panels = page.context["panels"]
    assert [len(panel["services"]) for panel in panels] == [0, 0, 3, 3, 0, 0]
    assert (
        "Débriefing" in page.content.decode(),
        "et 2 autres dans l’annuaire" in page.content.decode(),
    ) == (False, True)
    assert browser(land.stranger).get(reverse("mhpss:card", args=[MOPTI])).status_code == 404


def test_the_paper_of_an_organisation_holds_its_services_and_room_to_write(land: Land):
    service, today = keep(land), timezone.localdate()
    keep(land, organisation=land.other, description="D’une autre (inventé)")
    round_ = campaigns.open_campaign(
        title="Tournée (inventée)",
        region=MOPTI,
        method="sheet",
        starts_on=today,
        ends_on=today,
        by=land.keeper,
    )
    (invited,) = campaigns.invite(campaign=round_, organisations=[land.ngo], by=land.keeper)
    url = reverse("mhpss:invitation_paper", args=[invited.public_id])
    assert [browser(who).get(url).status_code for who in (land.stranger, land.member)] == [404, 403]
    page = browser(land.keeper).get(url)
    assert [block["service"] for block in page.context["blocks"]] == [service]
    assert ("D’une autre" in page.content.decode(), "6 à" in page.content.decode()) == (False, False)
    # whoever types it in finds the service by the reference on the paper
    found = browser(land.keeper).get(reverse("mhpss:list"), {"q": service.ref}).context["rows"]
    assert [row["service"] for row in found] == [service]


def test_an_unknown_form_of_file_is_no_page(land: Land):
    assert browser(land.keeper).get("/mhpss/services/export/pdf/").status_code == 404
    assert list(entries(land.stranger, MOPTI)) == []
