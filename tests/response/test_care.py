"""Needs flagged from a violation and from an alert, the consents behind them, feedback, the form; refusals first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.alerts.services import receive
from sutura.incidents import services as incidents
from sutura.incidents.models import Victim
from sutura.incidents.parts import IncidentBundle, SourcePart, VictimPart, ViolationPart
from sutura.mhpss.models import Service
from sutura.people import services as people
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Origin, Referral
from sutura.response.offering import offered
from sutura.response.services.needs import begin_from_alert, begin_from_victim, note_double
from sutura.response.services.referrals import answer_by_link, note_feedback
from tests.people import KAYES, MOPTI, cast
from tests.response.conftest import Office, serving
from tests.response.test_pages import browser, text
from tests.response.test_referrals import link, referred


@dataclass
class Harmed:
    """An incident in Mopti with one girl wounded, and who may open what."""

    binta: Account
    victim: Victim
    urls: list[str]

    def change(self, **said: Any) -> Victim:
        """What the incident says of her."""
        return incidents.change_victim(victim=Victim.objects.get(pk=self.victim.pk), by=self.binta, **said)

    def begin(self, **said: Any) -> Docket:
        """Flag that she needs care."""
        given: dict[str, Any] = {"needs": ["medical"], "sex": "girl", "by": self.binta} | said
        return begin_from_victim(victim=Victim.objects.get(pk=self.victim.pk), **given)


AGREED = {"consent_sharing": "yes", "consent_sharing_with": ["partners"], "consent_contact": "yes"}


def opened(office: Office, by: Account, kind: str = "maiming", **said: Any) -> Victim:
    """An incident with one victim."""
    part = VictimPart(violations=("v",), sex="girl", age=12, more=said)
    bundle = IncidentBundle(
        place=office.place, occurred_on=timezone.localdate() - timedelta(days=9), title="Un fait inventé",
        violations=(ViolationPart(key="v", type=kind, girls=3),), victims=(part,),
        sources=(SourcePart(violations=("v",), category="secondary"),),
    )  # fmt: skip
    victim: Victim = incidents.open_incident(bundle=bundle, by=by).victims.get()
    return victim


def addresses_of(victim: Victim) -> list[str]:
    """The pages that begin from a victim."""
    violation = victim.links.get().violation
    return [
        reverse("response:from_violation", args=[violation.public_id]),
        reverse("response:from_victim", args=[victim.public_id]),
    ]


@pytest.fixture
def harmed(office: Office, binta: Account) -> Harmed:
    """A girl wounded, who agreed to nothing yet."""
    victim = opened(office, binta)
    return Harmed(binta, victim, addresses_of(victim))


def told(office: Office, by: Account, kind: str = "maiming") -> Any:
    """An alert of a child who needs help now."""
    return receive(
        by=by, types=[kind], place=office.place, happened_on=timezone.localdate(), girls=1, told="Inventé.",
        party_type="unidentified", locality="un hameau", source_category="witness", access="unknown",
        organisation="ONG", needs_medical=True,
    )  # fmt: skip


def test_whoever_does_not_read_the_incident_begins_nothing_from_it(
    office: Office, harmed: Harmed, fatou: Account, oumar: Account
):
    harmed.change(**AGREED)
    alert = told(office, harmed.binta)
    urls = [*harmed.urls, reverse("response:from_alert", args=[alert.public_id])]
    assert [browser(office.salimata).get(url).status_code for url in urls] == [404] * 3
    assert [browser(office.kante).get(url).status_code for url in urls] == [404] * 3
    assert [browser(one).get(url).status_code for one in (fatou, oumar) for url in urls] == [403] * 6
    assert [browser(harmed.binta).get(url).status_code for url in urls] == [200] * 3
    with pytest.raises(NotAllowed):
        harmed.begin(place=office.place, by=office.salimata)
    docket = harmed.begin(place=office.place)
    page = text(browser(office.salimata).get(docket.get_absolute_url()))
    assert (docket.ref in page, harmed.victim.ref in page, harmed.victim.incident.ref in page) == (
        True,
        False,
        False,
    )
    assert harmed.victim.ref in text(browser(harmed.binta).get(docket.get_absolute_url()))
    assert list(Origin.objects.visible_to(office.salimata)) == []
    file = text(
        browser(harmed.binta).get(reverse("incidents:detail", args=[harmed.victim.incident.public_id]))
    )
    assert (docket.ref in file, harmed.urls[0] in file) == (False, True)


def test_whoever_follows_children_elsewhere_and_reads_the_incident_begins_nothing_from_it(
    office: Office, harmed: Harmed, machine: Account
):
    harmed.change(**AGREED)
    alert = told(office, harmed.binta)
    sidi, today = cast("sidi", "ctfmr_principal", "secretariat"), timezone.localdate()
    people.give_grant(
        by=machine, account=sidi, role="regional_coordinator", regions=(KAYES,), everywhere=False, purpose="test",
        starts_on=today, ends_on=today + timedelta(days=30),
    )  # fmt: skip
    sidi = Account.objects.get(pk=sidi.pk)
    assert Victim.objects.visible_to(sidi).filter(pk=harmed.victim.pk).exists()
    urls = [*harmed.urls, reverse("response:from_alert", args=[alert.public_id])]
    assert [browser(sidi).get(url).status_code for url in urls] == [404] * 3
    kayes = Unit.objects.get(code=KAYES)
    given = {"needs": ["medical"], "place": kayes, "sex": "girl", "by": sidi}
    with pytest.raises(NotAllowed):
        harmed.begin(**given)
    with pytest.raises(NotAllowed):
        begin_from_alert(alert=alert, given_by="carer", given_on=today, shared_with=["partners"], **given)
    assert not Docket.objects.exists()


def test_sexual_violence_stays_behind_its_wall(office: Office, binta: Account):
    group = cast("hawa", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    victim = opened(office, group, "sexual_violence", **AGREED)
    alert = reverse("response:from_alert", args=[told(office, group, "sexual_violence").public_id])
    assert [browser(binta).get(url).status_code for url in (*addresses_of(victim), alert)] == [404] * 3
    assert [browser(group).get(url).status_code for url in (*addresses_of(victim), alert)] == [200] * 3
    with pytest.raises(NotAllowed):
        begin_from_victim(victim=victim, needs=["medical"], place=office.place, sex="girl", by=binta)
    docket = begin_from_victim(victim=victim, needs=["medical"], place=office.place, sex="girl", by=group)
    assert victim.ref not in text(browser(binta).get(docket.get_absolute_url()))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Demandez d’abord"),
        ({"consent_sharing": "no"}, "n’acceptent pas"),
        ({"consent_sharing": "yes"}, "avec qui"),
        ({"consent_sharing": "yes", "consent_sharing_with": ["no_one", "partners"]}, "avec qui"),
    ],
)
def test_without_the_consent_to_share_nothing_begins(
    office: Office, harmed: Harmed, said: dict[str, Any], words: str
):
    if said:
        harmed.change(**said)
    page = text(browser(harmed.binta).get(harmed.urls[0]))
    assert (words in page, harmed.urls[1] in page) == (True, False)
    with pytest.raises(Invalid):
        harmed.begin(place=office.place)
    assert not Docket.objects.exists()


def test_a_violation_asks_few_questions_however_many_its_victims(
    harmed: Harmed, django_assert_num_queries: Any
):
    binta, violation = browser(harmed.binta), harmed.victim.links.get().violation
    binta.get(harmed.urls[0])
    for count in (1, 3):
        while harmed.victim.incident.victims.count() < count:
            part = VictimPart(violations=(violation.ref,), sex="girl", age=9)
            incidents.add_victim(incident=harmed.victim.incident, part=part, by=harmed.binta)
        with django_assert_num_queries(8):
            assert len(binta.get(harmed.urls[0]).context["rows"]) == count


def test_one_victim_has_one_docket(office: Office, harmed: Harmed, oumar: Account):
    harmed.change(**AGREED, child_key="E-2222-3333")
    docket, other = harmed.begin(place=office.place), office.met(sex="girl")
    with pytest.raises(Invalid, match=docket.ref):
        harmed.begin(place=office.place, followed=other)
    again = opened(office, harmed.binta, **AGREED)
    again = incidents.change_victim(victim=again, by=harmed.binta, child_key="E-2222-3333")
    assert (
        begin_from_victim(victim=again, needs=["legal"], place=office.place, sex="girl", by=harmed.binta)
        == docket
    )
    assert docket.origins.count() == 2
    page = browser(harmed.binta).get(addresses_of(again)[0])
    assert [row["docket"] for row in page.context["rows"]] == [docket]
    Docket.objects.filter(pk=docket.pk).update(region="ML01")
    with pytest.raises(Invalid, match="une autre région"):
        harmed.begin(place=office.place)


def test_a_referral_from_a_victim_closes_when_the_incident_says_no(
    office: Office, harmed: Harmed, service: Service
):
    harmed.change(**AGREED)
    sent = {
        "needs": ["medical", "safety"],
        "place": "Mopti / Djenné",
        "sex": "girl",
        "age": "12",
        "age_basis": "family",
    }
    binta = browser(harmed.binta)
    assert binta.post(harmed.urls[1], sent | {"needs": []}).status_code == 422
    assert binta.post(harmed.urls[1], sent | {"followed": "R-0000-0000"}).status_code == 422
    answer = binta.post(harmed.urls[1], sent)
    docket = Docket.objects.get()
    assert answer["Location"] == docket.get_absolute_url()
    assert (docket.stage, docket.association, docket.next_due) == ("needs", "unknown", "")
    assert binta.post(harmed.urls[1], sent | {"needs": ["legal"]}).status_code == 302
    assert list(docket.needs.values_list("need", flat=True)) == ["medical", "safety", "legal"]
    assert Docket.objects.count() == 1
    salimata = browser(office.salimata)
    page = text(salimata.get(docket.get_absolute_url()))
    assert f"{reverse('response:referral_new', args=[docket.public_id])}?need=medical" in page
    assert text(salimata.get(reverse("response:home"), {"show": "all"})).count(docket.ref) > 0
    waiting = reverse("response:referrals")
    found = referred(office, service, docket, need="medical")
    assert [one.need for one in salimata.get(waiting, {"show": "needs"}).context["rows"]] == [
        "safety",
        "legal",
    ]
    assert list(browser(office.kante).get(waiting, {"show": "needs"}).context["rows"]) == []
    end = reverse("response:need_end", args=[docket.needs.get(need="legal").public_id])
    assert [salimata.post(end, {"ended": why}).status_code for why in ("", "wish")] == [422, 302]
    assert [one.need for one in salimata.get(waiting, {"show": "needs"}).context["rows"]] == ["safety"]
    cache.clear()
    assert Client().get(link(found)).status_code == 200
    harmed.change(consent_sharing_with=["unicef"])
    assert Client().get(link(found)).status_code == 410
    with pytest.raises(Invalid, match="ne couvre pas"):
        referred(office, service, docket)
    assert offered(docket, need="medical") == []
    form = reverse("response:form", args=[found.public_id])
    assert salimata.get(form).status_code == 302
    harmed.change(consent_sharing_with=["partners"])
    incidents.void_victim(
        victim=Victim.objects.get(pk=harmed.victim.pk), by=harmed.binta, why="Saisie par erreur"
    )
    assert Client().get(link(found)).status_code == 410


def test_a_child_of_an_alert_is_referred_on_a_consent_asked_for_it(
    office: Office, harmed: Harmed, service: Service
):
    alert, binta = told(office, harmed.binta), browser(harmed.binta)
    url = reverse("response:from_alert", args=[alert.public_id])
    assert url in text(binta.get(alert.get_absolute_url()))
    assert 'value="medical" id="id_needs_0" checked' in text(binta.get(url)).replace("  ", " ")
    sent = {
        "needs": ["medical"], "place": "Mopti / Djenné", "sex": "girl", "given_by": "carer",
        "given_on": timezone.localdate().isoformat(), "shared_with": ["partners"], "contact": "no",
    }  # fmt: skip
    assert binta.post(url, sent | {"shared_with": []}).status_code == 422
    assert binta.post(url, sent | {"given_on": "2999-01-01"}).status_code == 422
    assert binta.post(url, sent).status_code == 302
    docket = Docket.objects.get()
    assert docket.ref in text(binta.get(url))
    assert binta.post(url, sent | {"followed": docket.ref, "sex": "boy"}).status_code == 422
    assert binta.post(url, sent | {"followed": docket.ref, "needs": ["safety"]}).status_code == 302
    assert (Docket.objects.count(), docket.needs.count()) == (1, 2)
    assert referred(office, service, docket).consent.withdrawn_at is None
    withdraw = reverse("response:withdraw", args=[docket.public_id])
    assert [browser(one).post(withdraw).status_code for one in (office.kante, office.salimata)] == [404, 302]
    with pytest.raises(Invalid, match="ne couvre pas"):
        referred(office, service, docket)
    lead = told(office, harmed.binta)
    type(lead).objects.filter(pk=lead.pk).update(origin="lead", source="acled", source_event_id="1", told="")
    assert binta.get(reverse("response:from_alert", args=[lead.public_id])).status_code == 404


def test_feedback_asks_nobody_who_did_not_agree_to_be_contacted(
    office: Office, harmed: Harmed, service: Service
):
    harmed.change(**AGREED | {"consent_contact": "no"})
    docket = harmed.begin(place=office.place)
    found, salimata = referred(office, service, docket), browser(office.salimata)
    said = {"said": "not_received", "still_needed": "yes", "said_by": "carer", "asked_by": "officer"}
    today = timezone.localdate()
    with pytest.raises(Invalid, match="un service rendu"):
        note_feedback(referral=found, said_on=today, by=office.salimata, **said | {"asked_by": "came"})
    for state in ("accepted", "given"):
        answer_by_link(referral=found, state=state)
    assert Referral.objects.served().children() == 1
    url = reverse("response:feedback_new", args=[found.public_id])
    assert url in text(salimata.get(found.get_absolute_url()))
    with pytest.raises(NotAllowed):
        note_feedback(referral=found, said_on=today, by=office.kante, **said)
    sent = said | {"said_on": today.isoformat()}
    refused = salimata.post(url, sent)
    assert (refused.status_code, "être recontactés" in text(refused)) == (422, True)
    assert salimata.post(url, sent | {"asked_by": "came"}).status_code == 302
    assert "n’a pas été reçu" in text(salimata.get(found.get_absolute_url()))
    assert Referral.objects.served().children() == 0
    assert text(salimata.get(reverse("response:served"))).count(docket.ref) == 0
    with pytest.raises(Invalid, match="déjà"):
        note_feedback(referral=found, said_on=today, by=office.salimata, **said | {"asked_by": "came"})


def test_two_dockets_of_one_child_are_one_child_served(office: Office, service: Service, fatou: Account):
    dockets = [office.met() for _each in range(3)]
    for docket in dockets:
        found = referred(office, service, docket)
        for state in ("accepted", "given"):
            answer_by_link(referral=found, state=state)
    page, salimata = reverse("response:served"), browser(office.salimata)
    assert browser(fatou).get(page).status_code == 403
    assert browser(office.kante).get(page).context["count"] == 0
    assert "moins de 5" in text(browser(fatou).get(reverse("response:counts")))
    assert (salimata.get(page).context["count"], salimata.get(page, {"sex": "girl"}).context["count"]) == (
        3,
        0,
    )
    url = reverse("response:double", args=[dockets[0].public_id])
    with pytest.raises(NotAllowed):
        note_double(docket=dockets[0], into=dockets[1], by=office.kante)
    assert [salimata.post(url, {"into": ref}).status_code for ref in ("R-2222-2222", dockets[0].ref)] == [
        422,
        422,
    ]
    assert salimata.post(url, {"into": dockets[1].ref}).status_code == 302
    assert Referral.objects.served().children() == 2
    shown = salimata.get(page)
    assert (shown.context["count"], text(shown).count(dockets[0].ref), text(shown).count(dockets[1].ref)) == (
        2,
        0,
        1,
    )
    assert dockets[1].ref in text(salimata.get(dockets[0].get_absolute_url()))
    assert (
        salimata.post(
            reverse("response:double", args=[dockets[1].public_id]), {"into": dockets[2].ref}
        ).status_code
        == 422
    )
    assert salimata.post(url, {"into": ""}).status_code == 302
    assert Referral.objects.served().children() == 3


def test_services_stand_in_their_order_with_the_reasons(office: Office, service: Service, machine: Account):
    serving(office, machine, name="Un centre pour enfants", groups="children", layers="L3", waiting_days=1)
    serving(office, machine, name="Un centre suspendu", working="suspended")
    serving(office, machine, name="Un centre de femmes", sex="women")
    salimata = browser(office.salimata)
    docket = office.met()
    page = text(
        salimata.get(
            reverse("response:referral_new", args=[docket.public_id]),
            {"need": "psychosocial", "urgency": "24"},
        )
    )
    first, second = page.index("Un centre pour enfants"), page.index("Un centre inventé")
    assert first < second
    assert "reçoit des enfants · étage qui convient · au même endroit · reçoit à temps" in page
    assert [name for name in ("suspendu", "de femmes") if name in page] == []


def test_the_form_holds_the_packet_alone_on_the_page_and_as_pdf(office: Office, service: Service):
    docket = office.met(association="associated")
    found, salimata = referred(office, service, docket), browser(office.salimata)
    urls = [reverse(f"response:{name}", args=[found.public_id]) for name in ("form", "form_pdf")]
    blank = [reverse(f"response:{name}") for name in ("blank", "blank_pdf")]
    assert [browser(office.kante).get(url).status_code for url in urls] == [404, 404]
    page = text(salimata.get(urls[0]))
    assert (found.ref in page, docket.ref in page, "☒\u00a0soutien psychosocial" in page) == (
        True,
        False,
        True,
    )
    assert [word for word in ("associé à", "arrêté") if word in page] == []
    assert "Association" not in text(salimata.get(blank[0]))
    for url in (urls[1], blank[1]):
        answer = salimata.get(url)
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
