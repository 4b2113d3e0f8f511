"""Acts on a file, each on its own page: refused first, then done with its reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sutura.incidents import services
from sutura.incidents.acts import ACTS, VOIDINGS
from sutura.incidents.models import Incident
from sutura.ledger.models import Line
from sutura.people.models import Account
from tests.incidents.conftest import Opener

Visit = Callable[[Account], Client]
WHY = {"why": "compté deux fois"}


@pytest.fixture
def visit(client: Client) -> Visit:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting


def act(incident: Incident, name: str) -> str:
    return reverse("incidents:act", args=[incident.public_id, name])


def voiding(incident: Incident, kind: str) -> str:
    record = getattr(incident, kind).order_by("pk").first()
    return reverse("incidents:void_part", args=[incident.public_id, kind, record.public_id])


def unlinking(incident: Incident, kind: str = "victims") -> str:
    record = getattr(incident, kind).order_by("pk").first()
    violation = record.links.order_by("pk").first().violation
    return reverse("incidents:unlink", args=[incident.public_id, kind, record.public_id, violation.public_id])


def counted(incident: Incident) -> int:
    return Line.objects.open().filter(incident_ref=incident.public_id).count()


def test_who_may_not_void_is_refused(
    incident: Incident, visit: Visit, fatou: Account, awa: Account, moussa: Account
) -> None:
    addresses = [
        *(act(incident, name) for name in ACTS),
        voiding(incident, "violations"),
        voiding(incident, "victims"),
    ]
    for who in (fatou, awa, moussa):
        browser = visit(who)
        assert [browser.get(address).status_code for address in addresses] == [403] * len(addresses)
        assert [browser.post(address, WHY).status_code for address in addresses] == [403] * len(addresses)
    incident.refresh_from_db()
    assert (incident.state, incident.violations.standing().count()) == ("open", 3)


def test_another_region_finds_nothing_to_void_or_separate(
    incident: Incident, visit: Visit, oumar: Account
) -> None:
    from tests.people import cast

    kayes = cast("sira", "regional_coordinator", regions=("ML01",))
    addresses = [act(incident, "void"), voiding(incident, "victims"), unlinking(incident)]
    assert [visit(kayes).get(address).status_code for address in addresses] == [404] * 3
    assert [visit(kayes).post(address, WHY).status_code for address in addresses] == [404] * 3
    assert visit(oumar).post(addresses[2], WHY).status_code == 404
    assert incident.victims.first().links.count() == 2


def test_every_act_says_its_consequence_before(incident: Incident, visit: Visit, binta: Account) -> None:
    for name in ("close", "duplicate", "void"):
        shown = visit(binta).get(act(incident, name)).content.decode()
        assert str(ACTS[name].text).replace("’", "’") in shown


@pytest.mark.parametrize("name", ["duplicate", "void", "reopen"])
def test_no_act_without_its_reason(name: str, incident: Incident, visit: Visit, binta: Account) -> None:
    if name == "reopen":
        services.close_incident(incident=incident, by=binta)
    answer = visit(binta).post(act(incident, name), {"why": " "})
    assert (answer.status_code, "why" in answer.context["form"].errors) == (422, True)


def test_void_and_open_again(incident: Incident, visit: Visit, binta: Account) -> None:
    browser, lines = visit(binta), counted(incident)
    assert browser.post(act(incident, "void"), WHY).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.state_reason, counted(incident)) == ("void", "compté deux fois", 0)
    assert browser.get(act(incident, "close")).status_code == 404
    assert browser.post(act(incident, "reopen"), {"why": "erreur"}).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, counted(incident)) == ("open", lines)


def test_close_changes_no_figure(incident: Incident, visit: Visit, binta: Account) -> None:
    lines = counted(incident)
    assert visit(binta).post(act(incident, "close"), {"why": ""}).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, counted(incident)) == ("closed", lines)


def test_a_duplicate_names_the_other_by_its_reference(
    incident: Incident, opened: Opener, visit: Visit, binta: Account
) -> None:
    other, browser = opened(victims=()), visit(binta)
    wrong = browser.post(act(incident, "duplicate"), WHY | {"of": "INC-1999-00001"})
    assert list(wrong.context["form"].errors) == ["of"]
    itself = browser.post(act(incident, "duplicate"), WHY | {"of": incident.ref})
    assert itself.status_code == 422
    browser.post(act(incident, "duplicate"), WHY | {"of": other.ref.lower()})
    incident.refresh_from_db()
    assert (incident.state, incident.duplicate_of, counted(incident)) == ("duplicate", other, 0)
    shown = browser.get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
    assert other.ref in shown


@pytest.mark.parametrize("kind", ["violations", "victims", "perpetrators", "sources"])
def test_a_record_is_voided_with_its_reason(
    kind: str, incident: Incident, visit: Visit, binta: Account
) -> None:
    record = getattr(incident, kind).order_by("pk").first()
    address = voiding(incident, kind)
    assert visit(binta).post(address, {"why": ""}).status_code == 422
    assert visit(binta).post(address, WHY).status_code == 302
    record.refresh_from_db()
    assert record.voided_reason == "compté deux fois"
    assert visit(binta).get(address).status_code == 404
    assert set(VOIDINGS) >= {kind}


@pytest.mark.parametrize("kind", ["victims", "perpetrators", "sources"])
def test_a_link_is_taken_away_and_the_story_keeps_it(
    kind: str, incident: Incident, visit: Visit, awa: Account
) -> None:
    record = getattr(incident, kind).order_by("pk").first()
    address, links = unlinking(incident, kind), record.links.count()
    assert visit(awa).post(address, {"why": ""}).status_code == 422
    assert visit(awa).post(address, WHY).status_code == 302
    assert record.links.count() == links - 1
    assert visit(awa).get(address).status_code == 404
    shown = visit(awa).get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
    assert "compté deux fois" in shown


@pytest.mark.parametrize("kind", ["nothing", "incidents"])
def test_a_kind_which_is_none_is_not_found(
    kind: str, incident: Incident, visit: Visit, binta: Account
) -> None:
    ids = [incident.public_id, kind, incident.public_id]
    assert visit(binta).get(reverse("incidents:void_part", args=ids)).status_code == 404
    assert visit(binta).get(reverse("incidents:unlink", args=[*ids, incident.public_id])).status_code == 404
    assert visit(binta).get(act(incident, "burn")).status_code == 404
