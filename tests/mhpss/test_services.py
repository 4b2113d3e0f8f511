"""What may happen on the map: who is refused, what is refused, what is kept, and the lists of codes as loaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.mhpss.models import CodeList, Crosswalk, Service, Term
from sutura.mhpss.services import campaigns, proposals
from sutura.mhpss.services import map as services
from sutura.mhpss.services.register import load_register
from sutura.people.models import Account
from tests.mhpss.conftest import Land, keep, told, unit
from tests.people import KAYES, MOPTI


def test_the_lists_of_codes_are_loaded_once(land: Land, machine: Account):
    activities = Term.objects.filter(scheme__code="4ws-2012")
    assert (activities.filter(parent="").count(), activities.exclude(parent="").count()) == (11, 45)
    assert CodeList.objects.get(kind="package").is_active is False
    before = (Term.objects.count(), Crosswalk.objects.count())
    assert (load_register(by=machine), Term.objects.count(), Crosswalk.objects.count()) == (0, *before)
    with pytest.raises(NotAllowed):
        load_register(by=land.stranger)


def test_only_who_answers_for_the_region_writes(land: Land):
    service, today = keep(land), timezone.localdate()
    proposal = proposals.propose(service=service, hours="lundi", by=land.member)
    said: dict[str, Any] = {"title": "x", "method": "visit", "starts_on": today, "ends_on": today}
    round_ = campaigns.open_campaign(region=MOPTI, by=land.keeper, **said)
    (invited,) = campaigns.invite(campaign=round_, organisations=[land.ngo], by=land.keeper)
    for who in (land.stranger, land.member):
        acts: list[tuple[Any, dict[str, Any]]] = [
            (services.keep_service, told(land, site="Autre")),
            (services.change_service, {"service": service, "hours": "x"}),
            (services.confirm_services, {"services": [service], "verified_by": "x", "verified_on": today}),
            (services.settle_code, {"service": service}),
            (proposals.accept, {"proposal": proposal}),
            (proposals.refuse, {"proposal": proposal, "reason": "x"}),
            (campaigns.open_campaign, {"region": MOPTI, **said}),
            (campaigns.invite, {"campaign": round_, "organisations": [land.other]}),
            (campaigns.note_answer, {"invitation": invited, "answer": "complete", "answered_on": today}),
            (campaigns.hand_out_link, {"invitation": invited}),
        ]
        for act, words in acts:
            with pytest.raises(NotAllowed):
                act(by=who, **words)
    with pytest.raises(NotAllowed):
        proposals.propose(service=service, hours="lundi", by=land.stranger)
    with pytest.raises(NotAllowed):
        services.change_service(service=keep(land, place=unit(KAYES)), place=unit(MOPTI), by=land.stranger)
    service.refresh_from_db()
    assert (service.hours, Service.objects.count()) == ("lundi–vendredi, 8 h–16 h", 2)


def test_what_is_refused_says_at_which_field(land: Land):
    service, today = keep(land), timezone.localdate()
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("codes", {"codes": ["99.9"]}), ("codes", {"codes": ["10.1"]}), ("specified", {"codes": ["3.8"]}),
        ("precision", {"is_sensitive": True}), ("max_age", {"min_age": 40}), ("description", {"description": " "}),
        ("funded_until", {"starts_on": today, "funded_until": today - timedelta(days=1)}),
        ("coverage", {"coverage": ["ML0101"]}), ("place", {"place": unit("ML")}), ("site", {"hours": "double"}),
    ]  # fmt: skip
    for field, facts in wrong:
        facts = {"site": "Autre (inventé)"} | facts if field != "site" else facts
        with pytest.raises((Invalid, NotAllowed)) as refusal:
            keep(land, **facts)
        assert getattr(refusal.value, "field", "place") == field
    for who, day in (("", today), ("OSF", today + timedelta(days=1))):
        with pytest.raises(Invalid):
            services.confirm_services(services=[service], verified_by=who, verified_on=day, by=land.keeper)
    assert Service.objects.count() == 1


def test_a_proposal_is_decided_once_and_not_over_a_map_that_changed(land: Land):
    service = keep(land)
    first = proposals.propose(service=service, hours="lundi", by=land.member)
    second = proposals.propose(service=service, hours="mardi", staff={"nurse": (0, 1)}, by=land.member)
    proposals.accept(proposal=first, by=land.keeper)
    with pytest.raises(Invalid, match="La carte a changé"):
        proposals.accept(proposal=second, by=land.keeper)
    with pytest.raises(Invalid, match="Dites pourquoi"):
        proposals.refuse(proposal=second, reason=" ", by=land.keeper)
    proposals.refuse(proposal=second, reason="Déjà changé.", by=land.keeper)
    with pytest.raises(Invalid, match="déjà décidé"):
        proposals.accept(proposal=second, by=land.keeper)
    service.refresh_from_db()
    assert (service.hours, [each.cadre for each in service.staff.all()]) == ("lundi", ["community"])


def test_a_doubtful_code_leaves_the_queue_once_it_is_looked_at(land: Land):
    other = keep(land, codes=["3.8"], specified="Contes")
    open_code = keep(land, codes=[], site="Autre (inventé)")
    queue = Service.objects.to_recode(["3.8"]).order_by("pk")
    assert list(queue) == [other, open_code]
    services.settle_code(service=other, by=land.keeper)
    with pytest.raises(Invalid, match="le plus proche"):
        services.settle_code(service=open_code, by=land.keeper)
    services.settle_code(service=open_code, codes=["4.1"], by=land.keeper)
    assert (list(queue.all()), Service.objects.get(pk=open_code.pk).codes) == ([], "4.1")
