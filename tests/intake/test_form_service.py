"""A service of the map from a phone: a proposal, which somebody else accepts before the map says it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sutura.intake.questionnaires.shelf import shipped_drafts
from sutura.intake.services.phones import Handed
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.models import Proposal, Service
from sutura.mhpss.services.map import keep_service
from sutura.mhpss.services.proposals import accept
from sutura.mhpss.services.register import load_register as load_codes
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.intake.phones import record
from tests.intake.test_questionnaires import choices
from tests.intake.test_shipped import given, made, waiting
from tests.people import KAYES, MOPTI, cast

FORM = "sutura_service"


@pytest.fixture
def member(handed: Handed, machine: Account) -> Account:
    """Sits for an organisation in Mopti: proposes, and decides nothing."""
    load_codes(by=machine)
    return cast("member", "body_member", regions=(MOPTI,))


@pytest.fixture
def service(member: Account, ong: Organisation, machine: Account) -> Service:
    """An invented service of Mopti, as told a month ago."""
    return keep_service(
        organisation=ong, place=Unit.objects.get(code="ML0504"), description="Écoute (inventée)", hours="8 h à 12 h",
        updated_on=timezone.localdate() - timedelta(days=30), by=machine,
    )  # fmt: skip


def told(about: str, **said: str) -> bytes:
    """A record of today."""
    entered = timezone.localdate().isoformat()
    return record({"entered_on": entered, "about": about, **said}, form=FORM)


def proposed(proposal: Proposal) -> dict[str, str]:
    """What a proposal would change."""
    return dict(proposal.values.values_list("field", "after"))


def test_what_was_found_is_proposed_and_the_map_changes_when_it_is_accepted(
    service: Service, member: Account, machine: Account, fatou: Account
):
    (draft,) = [one for one in shipped_drafts() if one.form_id == FORM]
    assert choices(draft)["group"] == set(Catalogue().of(ListKind.GROUP))
    handset, today = given(member, machine), timezone.localdate()
    ref = service.ref.lower()
    assert handset.send(told("still", service=ref)).status_code == 201
    changed = told("changed", service=ref, working="partly", hours="8 h à 16 h", waiting_days="0", reached="40",
                   basis="persons", max_age="17")  # fmt: skip
    assert handset.send(changed).status_code == 201
    new = told("new", organisation="oi", description="Espace ami des enfants (inventé)", region="ML05",
               cercle="ML0504", commune="ML050401", site="Quartier inventé", groups="children caregivers",
               working="yes", cost="free", entry="walk_in")  # fmt: skip
    assert handset.send(new).status_code == 201
    first, second, third = Proposal.objects.order_by("pk")
    assert (waiting(), [kind for kind, _ref in made()]) == ([], ["mhpss.proposal"] * 3)
    assert proposed(first) == {"updated_on": today.isoformat()}
    assert proposed(second) == {
        "working": "partly", "hours": "8 h à 16 h", "waiting_days": "0", "reached": "40", "basis": "persons",
        "max_age": "17", "updated_on": today.isoformat(),
    }  # fmt: skip
    assert (Service.objects.count(), second.proposed_by, third.region) == (1, member, MOPTI)
    accept(proposal=second, by=fatou)
    made_of = accept(proposal=third, by=fatou)
    service.refresh_from_db()
    assert (service.working, service.hours, service.waiting_days, service.updated_on) == (
        "partly", "8 h à 16 h", 0, today
    )  # fmt: skip
    assert (made_of.place.code, made_of.groups, made_of.organisation.acronym, made_of.cost) == (
        "ML050401", "children caregivers", "OI", "free"
    )  # fmt: skip


def test_what_tells_nothing_or_of_nobody_waits_and_strangers_are_refused(
    service: Service, member: Account, machine: Account, awa: Account
):
    new = {"organisation": "OI", "description": "Écoute", "region": "ML05", "working": "yes"}
    elsewhere = {**new, "region": "ML01"}
    wrong = [
        ("about", told("")),
        ("service", told("still", service="SM-2222222")),
        ("working", told("changed", service=service.ref, working="demain")),
        ("max_age", told("changed", service=service.ref, max_age="dix")),
        ("max_age", told("changed", service=service.ref, min_age="12", max_age="6")),
        ("organisation", told("new", **{**new, "organisation": "Personne"})),
        ("region", told("new", **{**new, "region": ""})),
        ("description", told("new", **{**new, "description": ""})),
        ("groups", told("new", **new, groups="voisins")),
        ("working", told("new", **{**new, "working": ""})),
        ("", told("new", **elsewhere)),
    ]
    handset = given(member, machine)
    for _field, xml in wrong:
        assert handset.send(xml).status_code == 201
    assert [field for field, _reason in waiting()] == [field for field, _xml in wrong]
    assert Proposal.objects.count() == 0
    assert given(awa, machine).send(told("still", service=service.ref)).status_code == 404
    stranger = cast("stranger", "body_member", regions=(KAYES,))
    assert given(stranger, machine, KAYES).send(told("still", service=service.ref)).status_code == 201
    assert waiting()[-1][0] == "service"
