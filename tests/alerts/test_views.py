"""The pages of alerts: refused first, then open, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.alerts import services
from sutura.alerts.models import AccessNote, Alert
from sutura.people.models import Account
from sutura.places.resolver import Register
from tests.alerts.conftest import KAYES_CERCLE, MOPTI_CERCLE, SIO

Tell = Callable[..., Alert]
Visit = Callable[[Account], Client]
FORM = {
    "types": ["killing", "abduction"], "told": "Deux enfants, près du puits.", "when": "yesterday", "region": "ML05",
    "place": "Mopti / Sio", "boys": "1", "girls": "1", "needs": ["needs_medical"], "party_type": "armed_group",
    "source_category": "witness", "access": "amber", "consent_known": "yes",
}  # fmt: skip


def page_of(alert: Alert) -> str:
    return reverse("alerts:detail", args=[alert.public_id])


# The form


def test_a_coordinator_may_not_send_an_alert(register: Register, visit: Visit, fatou: Account) -> None:
    assert visit(fatou).get(reverse("alerts:new")).status_code == 403
    assert visit(fatou).post(reverse("alerts:new"), FORM).status_code == 403
    assert Alert.objects.count() == 0


def test_a_stranger_is_sent_to_sign_in(db: None, client: Client) -> None:
    assert client.get(reverse("alerts:new")).status_code == 302


def test_an_alert_is_sent_and_answered_with_its_reference(
    register: Register, visit: Visit, partner: Account
) -> None:
    answer = visit(partner).post(reverse("alerts:new"), FORM, follow=True)
    alert = Alert.objects.get()
    assert answer.redirect_chain == [(reverse("alerts:sent", args=[alert.public_id]), 302)]
    assert alert.ref in answer.content.decode()
    assert (alert.place.code, alert.region, alert.types) == (SIO, "ML05", ("killing", "abduction"))
    assert alert.happened_on == timezone.localdate() - timedelta(days=1)
    assert (alert.boys, alert.girls, alert.unknown, alert.needs_medical, alert.locality) == (
        1,
        1,
        0,
        True,
        "",
    )


def test_a_village_which_the_register_does_not_know_is_kept_in_its_cercle(
    register: Register, visit: Visit, partner: Account
) -> None:
    visit(partner).post(reverse("alerts:new"), {**FORM, "place": "Hameau du puits", "cercle": MOPTI_CERCLE})
    alert = Alert.objects.get()
    assert (alert.place.code, alert.locality) == (MOPTI_CERCLE, "Hameau du puits")


def test_a_mistake_loses_nothing_typed(register: Register, visit: Visit, partner: Account) -> None:
    typed = {**FORM, "when": "other", "happened_on": "", "told": "Texte à garder.", "place": "Sio"}
    answer = visit(partner).post(reverse("alerts:new"), typed)
    assert answer.status_code == 422
    assert Alert.objects.count() == 0
    form = answer.context["form"]
    assert list(form.errors) == ["happened_on"]
    assert [form[name].value() for name in ("told", "place", "types", "needs")] == [
        "Texte à garder.", "Sio", ["killing", "abduction"], ["needs_medical"],
    ]  # fmt: skip


def test_an_alert_says_what_happened_one_way_or_another(
    register: Register, visit: Visit, partner: Account
) -> None:
    answer = visit(partner).post(reverse("alerts:new"), {**FORM, "types": [], "told": ""})
    assert list(answer.context["form"].errors) == ["types"]


@pytest.mark.parametrize(
    ("change", "days_ago", "wrong"),
    [
        ({"when": "today"}, 0, []),
        ({"when": "week"}, 6, []),
        ({"when": ""}, None, ["when"]),
        ({"when": "other"}, None, ["happened_on"]),
        ({"when": "", "happened_on": "-20"}, 20, []),
        ({"when": "other", "happened_on": "1"}, None, ["happened_on"]),
        ({"when": "other", "happened_on": "-20", "happened_to": "-25"}, None, ["happened_to"]),
    ],
)
def test_the_day_is_chosen_or_given(
    change: dict, days_ago: int | None, wrong: list, register: Register, visit: Visit, partner: Account
) -> None:
    today = timezone.localdate()
    days = {
        name: str(today + timedelta(days=int(value)))
        for name, value in change.items()
        if value.lstrip("-").isdigit()
    }
    answer = visit(partner).post(reverse("alerts:new"), FORM | change | days)
    found = Alert.objects.values_list("happened_on", flat=True)
    assert list(found) == ([today - timedelta(days=days_ago)] if days_ago is not None else [])
    assert (list(answer.context["form"].errors) if answer.status_code == 422 else []) == wrong


def test_the_communes_of_a_region_come_by_a_button_and_nothing_is_lost(
    register: Register, visit: Visit, partner: Account
) -> None:
    answer = visit(partner).post(reverse("alerts:new"), {**FORM, "region": "ML01", "show_places": "1"})
    form = answer.context["form"]
    assert (answer.status_code, Alert.objects.count()) == (200, 0)
    assert len(form.communes) == sum(u.level == 3 and u.region == "ML01" for u in register.units.values())
    assert [form[name].value() for name in ("told", "types", "boys")] == [FORM["told"], FORM["types"], "1"]


def test_the_form_is_light_and_begins_in_the_senders_own_region(
    register: Register, visit: Visit, partner: Account
) -> None:
    answer = visit(partner).get(reverse("alerts:new"))
    assert answer.context["form"]["region"].value() == "ML05"
    assert "Mopti / Sio" in answer.context["form"].communes
    assert len(answer.content) < 40_000


def test_only_the_sender_sees_the_page_of_the_sent_alert(
    tell: Tell, visit: Visit, awa: Account, partner: Account
) -> None:
    alert = tell()
    url = reverse("alerts:sent", args=[alert.public_id])
    assert visit(partner).get(url).status_code == 404
    assert visit(awa).get(url).status_code == 200


# One's own


def test_a_coordinator_has_no_alerts_of_her_own(visit: Visit, fatou: Account) -> None:
    assert visit(fatou).get(reverse("alerts:mine")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_a_partner_follows_her_own_alerts_and_no_others(
    count: int, tell: Tell, visit: Visit, partner: Account, django_assert_num_queries: Callable
) -> None:
    own = [tell(by=partner) for _ in range(count)]
    tell()
    browser = visit(partner)
    with django_assert_num_queries(4):  # session, account, grants, alerts
        answer = browser.get(reverse("alerts:mine"))
    assert {row.ref for row in answer.context["page"].rows} == {alert.ref for alert in own}


def test_a_partner_sees_the_state_of_her_alert_but_not_what_others_wrote(
    tell: Tell, visit: Visit, partner: Account, binta: Account
) -> None:
    alert = tell(by=partner, told="Mots de la partenaire.")
    services.protect_first(alert=alert, by=binta, done="Acte de protection.")
    services.ask(alert=alert, by=binta, about=["children"], question="Combien de filles ?")
    words = visit(partner).get(page_of(alert)).content.decode()
    assert "combien d’enfants, filles et garçons, leur âge" in words
    kept = ("Acte de protection.", "Combien de filles ?", "Mots de la partenaire.", binta.name)
    assert [text in words for text in kept] == [False] * 4


# Coverage


def test_coverage_is_closed_to_partners_and_coordinators(
    visit: Visit, partner: Account, fatou: Account
) -> None:
    for name in ("alerts:coverage", "alerts:access_new"):
        assert visit(partner).get(reverse(name)).status_code == 403
        assert visit(fatou).get(reverse(name)).status_code == 403


def test_coverage_costs_seven_queries(
    tell: Tell, visit: Visit, awa: Account, django_assert_num_queries: Callable
) -> None:
    tell()
    browser = visit(awa)
    with django_assert_num_queries(7):  # session, account, grants, cercles, counts, waiting, notes
        answer = browser.get(reverse("alerts:coverage"))
    assert {row.unit.region for row in answer.context["rows"]} == {"ML05"}


def test_a_number_of_the_coverage_opens_just_its_alerts(tell: Tell, visit: Visit, awa: Account) -> None:
    alert, old = tell(place=MOPTI_CERCLE), tell(place=MOPTI_CERCLE)
    tell(place="ML0503")
    Alert.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=120))
    browser = visit(awa)
    words = browser.get(reverse("alerts:coverage")).content.decode()
    since = timezone.localdate() - timedelta(days=90)
    for query, expected in (
        (f"cercle={MOPTI_CERCLE}&since={since}", {alert}),
        (f"cercle={MOPTI_CERCLE}&state=pending", {alert, old}),
        (f"cercle={MOPTI_CERCLE}&state=pending&age=90", {old}),
    ):
        link = f"{reverse('alerts:inbox')}?{query}"
        assert link.replace("&", "&amp;") in words
        assert {row.alert for row in browser.get(link).context["rows"]} == expected


def test_access_is_noted_for_a_cercle_of_ones_own_region_only(
    register: Register, visit: Visit, awa: Account
) -> None:
    typed = {"unit": KAYES_CERCLE, "level": "red", "observed_on": str(timezone.localdate()), "source": "OCHA"}
    assert visit(awa).post(reverse("alerts:access_new"), typed).status_code == 422
    assert AccessNote.objects.count() == 0
    assert visit(awa).post(reverse("alerts:access_new"), {**typed, "unit": MOPTI_CERCLE}).status_code == 302
    note = AccessNote.objects.get()
    assert (note.unit.code, note.level, note.region, note.visited) == (MOPTI_CERCLE, "red", "ML05", False)


def test_a_day_after_today_is_refused_with_the_rest_kept(
    register: Register, visit: Visit, awa: Account
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {"unit": MOPTI_CERCLE, "level": "red", "observed_on": str(tomorrow), "source": "OCHA"}
    answer = visit(awa).post(reverse("alerts:access_new"), typed)
    assert (answer.status_code, answer.context["form"]["source"].value()) == (422, "OCHA")
    assert list(answer.context["form"].errors) == ["observed_on"]
