"""Pages of the library: who sees nothing, one document from its file to its use, the funnel, the search."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.library import services
from sutura.library.models import Dissemination, Document
from sutura.people.models import Account
from tests.library.conftest import DAY, Room, kept, pdf, with_version
from tests.people import KAYES, MOPTI
from tests.registers import load_places as load_register

LIBRARY = "/library/"


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def titles(client: Client, **query: str) -> list[str]:
    """What the list shows."""
    return [row["document"].title for row in client.get(LIBRARY, query).context["rows"]]


def counts(client: Client, **query: str) -> list[int]:
    """The funnel."""
    return [each["count"] for each in client.get(LIBRARY, query).context["funnel"]]


def test_a_stranger_finds_nothing(room: Room, tool: Document, fatou: Account):
    version = with_version(tool, fatou)
    sent = services.disseminate(version=version, body="GT", sent_on=DAY, channel="hand", by=fatou)
    used: dict[str, Any] = {
        "organisation": room.ngo,
        "region": MOPTI,
        "used_on": DAY,
        "how": "Ici.",
        "file": pdf(),
    }
    use = services.note_use(document=tool, by=room.member, **used)
    stranger, member = browser(room.stranger), browser(room.member)
    read = [
        tool.get_absolute_url(),
        reverse("library:version_file", args=[version.public_id]),
        reverse("library:use_file", args=[use.public_id]),
    ]
    kept_pages = [
        reverse("library:change", args=[tool.public_id]),
        reverse("library:version_new", args=[tool.public_id]),
        reverse("library:validate", args=[version.public_id]),
        reverse("library:disseminate", args=[version.public_id]),
        reverse("library:acknowledge", args=[sent.public_id]),
    ]
    assert [member.get(url).status_code for url in read] == [200] * 3
    assert [member.get(url).status_code for url in kept_pages] == [403] * 5
    assert [stranger.get(url).status_code for url in read + kept_pages] == [404] * 8
    assert (titles(stranger), counts(stranger)) == ([], [0, 0, 0])
    assert (titles(member), counts(member)) == ([tool.title], [1, 1, 1])


def test_what_is_for_the_keepers_is_not_there_for_members(room: Room, tool: Document, fatou: Account):
    hidden = kept(fatou, title="Note interne", access="direction")
    national = kept(fatou, title="Cadre national", region="")
    assert titles(browser(fatou)) == ["Cadre national", tool.title, "Note interne"]
    assert titles(browser(room.member)) == ["Cadre national", tool.title]
    assert titles(browser(room.stranger)) == ["Cadre national"]
    assert browser(room.member).get(hidden.get_absolute_url()).status_code == 404
    assert browser(room.stranger).get(national.get_absolute_url()).status_code == 200


def test_who_has_no_part_in_coordination_is_refused(oumar: Account):
    assert browser(oumar).get(LIBRARY).status_code == 403


def test_a_document_from_its_file_to_its_use(room: Room, machine: Account, fatou: Account):
    load_register(by=machine)
    keeper = browser(fatou)
    typed: dict[str, Any] = {
        "kind": "module", "title": "Module communautaire", "issuer": "", "language": "fr", "access": "members",
    }  # fmt: skip
    wrong = keeper.post(f"{LIBRARY}new/", typed)
    assert (wrong.status_code, "Module communautaire" in wrong.content.decode()) == (422, True)
    keeper.post(f"{LIBRARY}new/", typed | {"issuer": "ONG fictive", "layers": ["L1", "L2"]})
    found = Document.objects.get()
    url = reverse("library:version_new", args=[found.public_id])
    assert keeper.post(url, {"dated_on": "2026-03-02"}).status_code == 422
    keeper.post(url, {"dated_on": "2026-03-02", "file": pdf()})
    version = found.versions.get()
    reached = {"stage": "political", "authority": "Une direction (inventée)", "reached_on": "2026-03-01"}
    url = reverse("library:validate", args=[version.public_id])
    early = keeper.post(url, reached)
    assert (early.status_code, "Une direction (inventée)" in early.content.decode()) == (422, True)
    keeper.post(url, reached | {"reached_on": "2026-04-01"})
    sent = {"organisation": room.ngo.public_id, "sent_on": "2026-04-02", "channel": "meeting"}
    keeper.post(reverse("library:disseminate", args=[version.public_id]), sent)
    arrived = {"acknowledged_on": "2026-04-03", "acknowledged_by": "Le bureau de Mopti"}
    keeper.post(reverse("library:acknowledge", args=[Dissemination.objects.get().public_id]), arrived)
    use = {"organisation": room.ngo.public_id, "region": MOPTI, "used_on": "2026-05-01", "how": "En formation.",
           "evidence": "Rapport de mai."}  # fmt: skip
    member = browser(room.member)
    assert member.post(reverse("library:use_new", args=[found.public_id]), use).status_code == 302
    page = member.get(found.get_absolute_url()).content.decode()
    for word in ("validé politiquement", "Une direction (inventée)", "Le bureau de Mopti", "Rapport de mai."):
        assert word in page
    file = member.get(reverse("library:version_file", args=[version.public_id]))
    assert file.content == b"%PDF-1.4 invented"
    assert file["Content-Disposition"] == f'attachment; filename="document-{version.public_id.hex[:8]}.pdf"'


def test_the_funnel_opens_its_rows(room: Room, tool: Document, fatou: Account):
    module = kept(fatou, title="Module", kind="module", region="")
    client = browser(fatou)
    assert counts(client) == [2, 0, 0]
    sent: dict[str, Any] = {"sent_on": DAY, "channel": "hand", "by": fatou}
    version = with_version(module, fatou)
    for organisation in (room.ngo, room.other):
        services.disseminate(version=version, organisation=organisation, **sent)
    assert (counts(client), titles(client, step="disseminated")) == ([2, 1, 0], ["Module"])
    services.note_use(
        document=module, organisation=room.ngo, region=KAYES, used_on=DAY, how="Ici.", evidence="x", by=fatou
    )
    assert (counts(client), titles(client, step="used"), counts(client, kind="tool")) == (
        [2, 1, 1], ["Module"], [1, 0, 0],
    )  # fmt: skip
    assert (counts(client, stage="draft"), titles(client, layer="L3", kind="tool")) == (
        [1, 1, 1],
        [tool.title],
    )


@pytest.mark.parametrize("words", ["ecoute", "ÉCOUTE", "sahel secours", "L’Enfant interroger"])
def test_search_minds_neither_accents_nor_case(tool: Document, fatou: Account, words: str):
    kept(fatou, title="Rapport annuel", summary="", theme="", issuer="CCT")
    assert titles(browser(fatou), q=words) == [tool.title]


def test_search_follows_a_change(tool: Document, fatou: Account):
    services.change_document(document=tool, title="Guide d’entretien", by=fatou)
    client = browser(fatou)
    assert (titles(client, q="entretien"), titles(client, q="fiche")) == (["Guide d’entretien"], [])


@pytest.mark.parametrize("query", ["?step=x&kind=y&layer=L9&region=z&stage=q&page=-1", "?q=%00&page=zz"])
def test_a_strange_address_is_answered(tool: Document, fatou: Account, query: str):
    assert browser(fatou).get(LIBRARY + query).status_code == 200


def test_the_list_asks_as_much_at_any_length(tool: Document, fatou: Account, django_assert_num_queries: Any):
    client = browser(fatou)
    client.get(LIBRARY)
    for more in range(2):
        with django_assert_num_queries(7):
            client.get(LIBRARY)
        kept(fatou, title=f"Outil {more}")
