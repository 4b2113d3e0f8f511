"""The guard of unscoped questions, on both databases: a page whose rule was forgotten fails instead of telling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sutura.access.acting import acting, actor, beyond
from sutura.access.middleware import ActingMiddleware
from sutura.access.querysets import Unscoped
from sutura.incidents.models import Incident, Violation
from sutura.people.models import Account

pytestmark = pytest.mark.django_db
QUESTIONS: dict[str, Callable[[], Any]] = {
    "a list": lambda: list(Incident.objects.all()),
    "one record": lambda: Incident.objects.get(ref="x"),
    "columns": lambda: list(Incident.objects.filter(state="open").values_list("ref")),
    "a count": lambda: Incident.objects.count(),
    "a sum": lambda: Incident.objects.aggregate(Count("pk")),
    "whether": lambda: Incident.objects.exists(),
    "bit by bit": lambda: next(iter(Incident.objects.iterator(chunk_size=1)), None),
    "many by key": lambda: Incident.objects.in_bulk([1]),
    "standing": lambda: list(Violation.objects.standing()),
    "a part of another": lambda: list(Violation.objects.filter(incident__ref="x")),
}


@pytest.fixture
def reading(facts: dict[str, Incident], secretary: Account) -> Iterator[Account]:
    """A page is answered to somebody who may read the whole country: unscoped stays unscoped."""
    with acting(secretary, reading=True):
        yield secretary


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_unscoped_question_is_refused(reading: Account, question: str) -> None:
    with pytest.raises(Unscoped, match="incidents"):
        QUESTIONS[question]()


def test_a_scoped_question_keeps_its_mark(reading: Account) -> None:
    mine = Incident.objects.visible_to(reading)
    assert mine.counting().newest_first().filter(state="open").count() == 3
    assert mine.values("region").annotate(number=Count("pk")).count() == 3
    assert Incident.objects.counting().visible_to(reading).exists()
    assert mine.aggregate(number=Count("violations"))["number"] == 3


def test_from_a_record_in_hand_to_its_parts(reading: Account) -> None:
    incident = Incident.objects.visible_to(reading).first()
    assert incident.violations.standing().count() == 1
    assert incident.victims.get().incident.violations.get().detail is None
    listed = list(Incident.objects.visible_to(reading))
    prefetch_related_objects(listed, "violations__victim_links")
    assert Violation.objects.among(incident__in=listed).count() == 3


def test_a_reason_lifts_it_and_an_act_is_not_guarded(reading: Account) -> None:
    with beyond("a test"):
        assert Incident.objects.count() == 3
    with acting(reading):
        assert Incident.objects.count() == 3


@pytest.mark.parametrize(("method", "guarded"), [("GET", True), ("HEAD", True), ("POST", False)])
def test_each_request_acts_as_whoever_signed_in(awa: Account, method: str, guarded: bool) -> None:
    found = []

    def answer(request: HttpRequest) -> HttpResponse:
        found.append(actor())
        return HttpResponse()

    for user in (awa, AnonymousUser()):
        request = RequestFactory().generic(method, "/")
        request.user = user
        ActingMiddleware(answer)(request)
    assert [(one.uid, one.reading) for one in found] == [(str(awa.pk), guarded), ("", guarded)]
