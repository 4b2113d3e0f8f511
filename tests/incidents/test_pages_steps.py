"""The steps of documenting, each saved as it is sent; corrections with their reason; the check of what lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sutura.incidents import services
from sutura.incidents.models import Attachment, Child, Incident, LethalDetail, Response, Victim, Violation
from sutura.incidents.steps import LISTED
from sutura.people.models import Account
from tests.incidents.conftest import DAY, Opener
from tests.people import MOPTI, cast, words
from tests.photographs import photograph

Visit = Callable[[Account], Client]
# What the browser sends back for questions which nobody answered.
UNTOLD = {"consent_reporting": "", "consent_sharing": "", "consent_contact": "", "needs_services": ""}


@pytest.fixture
def visit(client: Client) -> Visit:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting


def step(incident: Incident, name: str, record: Any = None) -> str:
    if record is None:
        return reverse("incidents:step", args=[incident.public_id, name])
    return reverse("incidents:part", args=[incident.public_id, name, record.public_id])


def check(incident: Incident) -> str:
    return reverse("incidents:check", args=[incident.public_id])


def first(incident: Incident) -> Violation:
    return incident.violations.order_by("pk")[0]


# The steps


def test_every_step_opens_and_is_the_same_at_any_moment(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    browser = visit(awa)
    addresses = [*(step(incident, each.name) for each in LISTED), check(incident)]
    assert [browser.get(address).status_code for address in addresses] == [200] * 9


def test_a_new_violation_leads_to_its_own_questions(incident: Incident, visit: Visit, awa: Account) -> None:
    browser = visit(awa)
    sent = {"type": "maiming", "boys": "1", "girls": "1", "total": "2", "cross_border": "", "related": ""}
    answer = browser.post(step(incident, "violations"), sent)
    new = incident.violations.order_by("-pk")[0]
    assert answer["Location"] == step(incident, "details", new)
    assert (new.type, new.boys, new.girls) == ("maiming", 1, 1)
    told = {"context": "clashes", "weapon": "landmine", "consequences": ["disability"], "targeted": "no",
            "took_part": "", "indiscriminate": "yes"}  # fmt: skip
    assert browser.post(answer["Location"], told)["Location"] == step(incident, "violations")
    detail = LethalDetail.objects.get(violation=new)
    assert (detail.weapon, detail.consequences, detail.targeted) == ("landmine", ["disability"], "no")


def test_each_type_is_asked_its_own_questions_only(opened: Opener, visit: Visit) -> None:
    from sutura.incidents.choices import Type
    from sutura.incidents.models import DETAILS
    from sutura.incidents.parts import ViolationPart

    parts = tuple(ViolationPart(type=kind) for kind in Type.values)
    incident = opened(violations=parts, victims=(), perpetrators=(), sources=())
    member = cast("member", "monitor", "sexual_violence_group", regions=(MOPTI,))
    browser, asked = visit(member), {}
    for one in incident.violations.all():
        asked[one.type] = set(browser.get(step(incident, "details", one)).context["form"].fields) - {"why"}
    for kind, names in asked.items():
        columns = {column.name for column in DETAILS[kind]._meta.concrete_fields} - {"violation"}
        assert names <= columns, kind
    assert ("consequences" in asked["killing"], "consequences" in asked["maiming"]) == (False, True)
    assert ("school_kinds" in asked["attack_hospital"], "health_kinds" in asked["attack_hospital"]) == (
        False,
        True,
    )
    assert ("school_kinds" in asked["attack_school"], "health_kinds" in asked["attack_school"]) == (
        True,
        False,
    )
    both = {"facility"}  # offered where the register has some
    for kind in set(Type.values) - {"killing", "attack_school", "attack_hospital"}:
        columns = {column.name for column in DETAILS[kind]._meta.concrete_fields} - {"violation"}
        assert columns - both <= asked[kind], kind


def test_a_wrong_sum_is_refused_by_the_server(incident: Incident, visit: Visit, awa: Account) -> None:
    sent = {"type": "maiming", "boys": "1", "girls": "1", "total": "3"}
    answer = visit(awa).post(step(incident, "violations"), sent)
    assert answer.context["form"].errors == {
        "total": ["Garçons, filles et sexe inconnu font 2, non 3. Corrigez l’un d’eux."]
    }
    assert incident.violations.count() == 3


def test_children_are_added_one_by_one_and_as_a_group(opened: Opener, visit: Visit, awa: Account) -> None:
    incident = opened(victims=())
    browser, refs = visit(awa), [one.ref for one in incident.violations.order_by("pk")]
    child = UNTOLD | {
        "kind": "individual",
        "violations": refs[:2],
        "sex": "boy",
        "age": "9",
        "key_how": "new",
    }
    assert browser.post(step(incident, "victims"), child).status_code == 302
    group = UNTOLD | {
        "kind": "group",
        "violations": refs[1:2],
        "boys": "1",
        "unknown": "1",
        "age_bands": ["6-10"],
    }
    assert browser.post(step(incident, "victims"), group).status_code == 302
    one, many = incident.victims.order_by("pk")
    assert (one.sex, one.age, [link.violation.ref for link in one.links.order_by("pk")]) == (
        "boy",
        9,
        refs[:2],
    )
    assert (many.kind, many.size, many.child, many.age_bands) == ("group", 2, None, ["6-10"])
    assert one.child.key.startswith("E-")


def test_the_same_child_is_found_again_by_its_code(
    incident: Incident, opened: Opener, visit: Visit, awa: Account
) -> None:
    other = opened(occurred_on=DAY + timedelta(days=4), victims=())
    child = UNTOLD | {"kind": "individual", "violations": [first(other).ref], "sex": "boy", "key_how": "same"}
    browser = visit(awa)
    answer = browser.post(step(other, "victims"), child | {"child_key": "Abou Untel"})
    assert list(answer.context["form"].errors) == ["child_key"]
    assert browser.post(step(other, "victims"), child | {"child_key": "K1"}).status_code == 302
    assert [victim.incident.ref for victim in Child.objects.get(key="K1").victims.order_by("pk")] == [
        incident.ref, other.ref,
    ]  # fmt: skip


def test_more_children_than_counted_is_refused_at_the_page(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    child = UNTOLD | {
        "kind": "individual",
        "violations": [first(incident).ref],
        "sex": "girl",
        "key_how": "none",
    }
    answer = visit(awa).post(step(incident, "victims"), child)
    assert (answer.status_code, incident.victims.count()) == (422, 4)
    assert len(answer.context["form"].non_field_errors()) == 1
    assert answer.context["form"]["sex"].value() == "girl"


def test_what_became_of_the_child_is_kept_by_violation(opened: Opener, visit: Visit, awa: Account) -> None:
    from sutura.incidents.parts import VictimPart, ViolationPart

    incident = opened(
        violations=(ViolationPart(key="a", type="abduction", girls=1),), perpetrators=(), sources=(),
        victims=(VictimPart(violations=("a",), sex="girl", age=15),),
    )  # fmt: skip
    victim = incident.victims.get()
    link = victim.links.get()
    sent = {f"outcome_{link.pk}": "escaped", f"began_on_{link.pk}": "2025-02-10", f"ended_on_{link.pk}": "2025-03-01",
            f"ill_treated_{link.pk}": "unknown"}  # fmt: skip
    assert visit(awa).post(step(incident, "fate", victim), sent).status_code == 302
    link.refresh_from_db()
    assert (link.outcome, link.ended_on, link.ill_treated) == ("escaped", date(2025, 3, 1), "unknown")


def test_violations_are_ticked_and_unticked(incident: Incident, visit: Visit, awa: Account) -> None:
    victim = incident.victims.get(child__key="K1")
    refs = [one.ref for one in incident.violations.order_by("pk")]
    sent = UNTOLD | {"kind": "individual", "violations": [refs[0], refs[2]], "sex": "boy", "age": "10",
                     "key_how": "same", "child_key": "K1", "why": "mieux su"}  # fmt: skip
    assert visit(awa).post(step(incident, "victims", victim), sent).status_code == 302
    victim.refresh_from_db()
    assert (victim.age, sorted(link.violation.ref for link in victim.links.all())) == (10, [refs[0], refs[2]])
    assert victim.history.latest("history_id").history_change_reason == "mieux su"


def test_a_perpetrator_gives_the_violation_its_party(incident: Incident, visit: Visit, awa: Account) -> None:
    attack = incident.violations.order_by("pk")[2]
    assert attack.party_label == "unidentified"
    sent = {"violations": [attack.ref], "party": "DNA", "category": "unidentified", "verified": ""}
    assert visit(awa).post(step(incident, "perpetrators"), sent).status_code == 302
    attack.refresh_from_db()
    assert (attack.party_label, attack.attribution) == ("DNA", "sole")


def test_how_several_parties_acted_is_asked_once_there_are_several(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    browser, both = visit(awa), incident.violations.order_by("pk")[1]
    assert (
        "attribution" not in browser.get(step(incident, "violations", first(incident))).context["form"].fields
    )
    sent = {
        "type": "maiming",
        "boys": "3",
        "unknown": "2",
        "attribution": "crossfire",
        "cross_border": "",
        "related": "",
    }
    assert browser.post(step(incident, "violations", both), sent).status_code == 302
    both.refresh_from_db()
    assert both.party_label == "crossfire:FAMA+JNIM"


def test_a_source_is_added_with_its_grades_and_consents(
    incident: Incident, visit: Visit, awa: Account
) -> None:
    sent = UNTOLD | {"violations": [first(incident).ref], "category": "primary_victim", "reliability": "high",
                     "reliability_reason": "Vu de près.", "credibility": "low", "consent_reporting": "yes",
                     "trained": "yes"}  # fmt: skip
    assert visit(awa).post(step(incident, "sources"), sent).status_code == 302
    source = incident.sources.order_by("-pk")[0]
    assert (source.category, source.reliability, source.credibility) == ("primary_victim", "high", "low")
    assert words(source, "reliability_reason", "consent_reporting", "trained", by=awa) == (
        "Vu de près.",
        "yes",
        "yes",
    )


def test_accounts_are_saved_while_they_are_written(incident: Incident, visit: Visit, awa: Account) -> None:
    browser = visit(awa)
    assert "data-autosave" in browser.get(step(incident, "accounts")).content.decode()
    sent = {"account_restricted": "Tout.", "account_shareable": "Peu.", "autosave": "1"}
    assert browser.post(step(incident, "accounts"), sent).status_code == 204
    assert words(incident, "account_restricted", "account_shareable", by=awa) == ("Tout.", "Peu.")


def test_a_file_is_attached_to_the_violation_it_proves(
    incident: Incident, visit: Visit, awa: Account, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("photo.png", photograph("PNG"))
    sent = {"file": file, "kind": "photo", "proves": first(incident).ref}
    assert visit(awa).post(step(incident, "attachments"), sent).status_code == 302
    kept = Attachment.objects.get()
    assert words(kept, "violation", "content_type", "original_name", by=awa) == (
        first(incident),
        "image/png",
        "photo.png",
    )


def test_a_response_is_noted(incident: Incident, visit: Visit, awa: Account) -> None:
    sent = {
        "proves": first(incident).ref,
        "kinds": ["medical"],
        "status": "provided",
        "made_on": "2025-02-12",
    }
    assert visit(awa).post(step(incident, "responses"), sent).status_code == 302
    assert [(one.kinds, one.status) for one in Response.objects.all()] == [(["medical"], "provided")]


def test_what_is_said_of_a_file_and_of_a_response_is_corrected_and_voided(
    incident: Incident, visit: Visit, binta: Account, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    browser, one = visit(binta), first(incident)
    file = services.add_attachment(
        incident=incident, file=SimpleUploadedFile("a.pdf", b"%PDF-"), by=binta, kind="other"
    )
    response = services.add_response(violation=one, by=binta, kinds=["legal"])
    browser.post(step(incident, "attachments", file), {"kind": "document", "proves": one.ref})
    browser.post(step(incident, "responses", response), {"kinds": ["medical"], "status": "provided"})
    file.refresh_from_db()
    response.refresh_from_db()
    assert (file.kind, file.violation, response.kinds) == ("document", one, ["medical"])
    for kind, record in (("attachments", file), ("responses", response)):
        address = reverse("incidents:void_part", args=[incident.public_id, kind, record.public_id])
        assert browser.post(address, {"why": "erreur"}).status_code == 302
        record.refresh_from_db()
        assert record.voided_reason == "erreur"


def test_the_communes_of_another_region_come_and_an_unticked_box_stays_unticked(
    opened: Opener, visit: Visit, awa: Account
) -> None:
    incident = opened(date_estimated=True)
    sent = {"title": "Autre titre", "region": "ML05", "when": "day", "show_places": "1"}
    form = visit(awa).post(step(incident, "what"), sent).context["form"]
    assert (form["title"].value(), form["date_estimated"].value()) == ("Autre titre", "")
    incident.refresh_from_db()
    assert incident.title == "Attaque du marché"


def test_save_and_leave_returns_to_the_file(incident: Incident, visit: Visit, awa: Account) -> None:
    answer = visit(awa).post(step(incident, "accounts"), {"account_shareable": "Peu.", "leave": "1"})
    assert answer["Location"] == reverse("incidents:detail", args=[incident.public_id])


# Correcting


def test_once_judged_a_change_needs_its_reason(
    incident: Incident, visit: Visit, awa: Account, chair: Account
) -> None:
    one, browser = first(incident), visit(awa)
    services.set_status(violation=one, status="verified", decided_on=DAY, by=chair, why="preuves")
    sent = {"type": "killing", "boys": "3", "girls": "1", "cross_border": "", "related": ""}
    answer = browser.post(step(incident, "violations", one), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["why"])
    assert (
        browser.post(step(incident, "violations", one), sent | {"why": "un troisième corps"}).status_code
        == 302
    )
    one.refresh_from_db()
    assert (one.boys, one.history.latest("history_id").history_change_reason) == (3, "un troisième corps")
    autosaved = {"account_shareable": "Peu.", "autosave": "1"}
    assert browser.post(step(incident, "accounts"), autosaved).status_code == 422


def test_a_void_file_takes_nothing_more(
    incident: Incident, visit: Visit, awa: Account, binta: Account
) -> None:
    services.void_incident(incident=incident, by=binta, why="essai")
    answer = visit(awa).post(step(incident, "accounts"), {"account_shareable": "Peu.", "why": "x"})
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)


def test_a_record_of_another_incident_is_not_found(
    incident: Incident, opened: Opener, visit: Visit, awa: Account
) -> None:
    other = opened(victims=())
    assert visit(awa).get(step(other, "victims", incident.victims.first())).status_code == 404


# The check


def test_the_check_names_what_lacks(incident: Incident, visit: Visit, awa: Account) -> None:
    answer = visit(awa).get(check(incident))
    lacks = [lack["label"] for lack in answer.context["lacks"]]
    assert lacks == [
        "V1 n’a pas encore de détails.",
        "V2 n’a pas encore de détails.",
        "V1 compte 3 enfants, dont 2 décrits.",
        "V2 compte 5 enfants, dont 3 décrits.",
        "V3 ne nomme aucune partie, et rien ne dit pourquoi les auteurs inconnus en sont une.",
        "S1\u202f: fiabilité et crédibilité ne sont pas toutes deux indiquées.",
        "V3 n’a pas de source.",
        "Il n’y a pas de récit partageable\u202f: les rapports n’ont rien à raconter.",
    ]
    assert [(told.listed, told.rest, told.primary) for told in answer.context["sums"]] == [
        (2, 1, 1),
        (3, 2, 1),
        (1, 0, 0),
    ]


def test_a_sum_which_contradicts_is_to_correct(opened: Opener, visit: Visit, awa: Account) -> None:
    incident = opened(more={"boys": 1})
    tasks = {task["name"]: task["status"] for task in visit(awa).get(check(incident)).context["tasks"]}
    assert (tasks["what"], tasks["violations"], tasks["attachments"]) == ("problem", "started", "todo")


def test_nobody_is_named_in_a_new_record(db: None) -> None:
    assert not {"name", "first_name", "last_name"} & {column.name for column in Victim._meta.concrete_fields}
