"""The register of professionals: who is in it, who may be there twice, whose training is to be refreshed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.capacity.forms.fields import PlacedFilter
from sutura.capacity.forms.training import RegisterFilter
from sutura.capacity.models import Apart, Attendance, Enrolment, Professional, Supervision
from sutura.capacity.pages.figures import tabs
from sutura.capacity.pages.paging import paged
from sutura.capacity.querysets import ProfessionalQuerySet
from sutura.capacity.rules import Card, digits, key, months_after, twins
from sutura.places.models import Unit
from sutura.ui import wording


def people(user: Any, query: QueryDict) -> dict[str, Any]:
    """The people that the filters leave."""
    form = RegisterFilter(query or None, by=user, names=True)
    found = filtered(Professional.objects.visible_to(user).single(), form.in_force)
    names = Unit.objects.region_names()
    rows, around = paged(found.select_related("employer").counted().order_by("name", "pk"), query)
    return {
        **around,
        "form": form,
        "rows": [{"person": each, "where": names.get(each.region, each.region)} for each in rows],
        "total": found.count(),
        "tabs": tabs(user, "people"),
        "doubles": len(pairs(user)),
    }


def filtered(found: ProfessionalQuerySet, wanted: dict[str, Any]) -> ProfessionalQuerySet:
    """People by name, by region and group of their cohorts, and by whether they completed one."""
    if "q" in wanted:
        found = found.searched(key(wanted["q"]))
    enrolments = Enrolment.objects.all()
    if "region" in wanted:
        enrolments = enrolments.in_region(wanted["region"])
    if "cadre" in wanted:
        enrolments = enrolments.filter(cohort__pathway__cadre=wanted["cadre"])
    if "certified" in wanted:
        enrolments = enrolments.certified()
    if "supervised" in wanted:
        found = found.exclude(
            pk__in=Supervision.objects.going_on(timezone.localdate()).values("professional")
        )
    asked = wanted.keys() - {"q", "supervised"}
    return found.filter(pk__in=enrolments.values("professional")) if asked else found


def person_page(user: Any, person: Professional) -> dict[str, Any]:
    """One person: her card, and her way through the trainings."""
    names = Unit.objects.region_names()
    enrolments = person.enrolments.visible_to(user).select_related("cohort__pathway", "certificate")
    return {
        "person": person,
        "enrolments": [{"enrolment": each, "certificate": getattr(each, "certificate", None)} for each in enrolments],
        "facts": [
            {"label": _("Sex"), "value": person.get_sex_display()},
            {"label": _("Year of birth"), "value": str(person.birth_year or "")},
            {"label": _("Telephone"), "value": person.phone},
            {"label": _("Group"), "value": person.get_cadre_display()},
            {"label": _("Profession"), "value": person.profession},
            {"label": _("Employer"), "value": person.employer or ""},
            {"label": _("Region"), "value": names.get(person.region, person.region)},
            {"label": _("Consented on"), "value": wording.day(person.consented_on)},
        ],
        "same_as": person.same_as,
    }  # fmt: skip


def pairs(user: Any) -> list[tuple[Professional, Professional]]:
    """Cards that may be one person, but for those which somebody said are two."""
    known = {
        person.pk: person
        for person in Professional.objects.visible_to(user).single().select_related("employer")
    }
    cards = (
        Card(person.pk, person.folded, digits(person.phone), person.birth_year, person.employer_id)
        for person in known.values()
    )
    apart = set(Apart.objects.values_list("one", "other"))
    return [(known[one], known[other]) for one, other in twins(cards) if (one, other) not in apart]


def refresher_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The calendar of refreshers, those of one region where the filter says so."""
    form = PlacedFilter(query or None, by=user)
    region = form.in_force.get("region", "")
    found = [row for row in refreshers(user) if region in ("", row["person"].region)]
    rows, around = paged(found, query)
    return {"form": form, "rows": rows, "tabs": tabs(user, "refreshers"), **around}


def refreshers(user: Any) -> list[dict[str, Any]]:
    """Modules that people are to refresh, the nearest day first: counted from the last time they were there."""
    there = Attendance.objects.filter(
        enrolment__professional__in=Professional.objects.visible_to(user).single(),
        session__module__refresh_months__isnull=False,
    )
    last: dict[tuple[int, str], tuple[date, Any]] = {}
    for each in there.select_related("enrolment__professional", "session__module").order_by(
        "session__held_on"
    ):
        person, module = each.enrolment.professional, each.session.module
        last[person.pk, module.code] = (
            months_after(each.session.held_on, module.refresh_months or 0),
            (person, module),
        )
    today = timezone.localdate()
    found = [
        {"due": due, "person": person, "module": module, "late": due < today}
        for due, (person, module) in last.values()
    ]
    return sorted(found, key=lambda row: (row["due"], row["person"].name))


def said_of(person: Professional) -> dict[str, Any]:
    """What the form of a person begins with."""
    own = ("name", "sex", "birth_year", "phone", "cadre", "profession", "region", "consented_on")
    return {name: getattr(person, name) for name in own} | {
        "employer": person.employer and person.employer.public_id
    }
