"""Trainees: cards of the register of professionals, and the cohort where they are enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.capacity.choices import Cadre, Sex
from sutura.capacity.models import Cohort, Enrolment, Professional
from sutura.capacity.rules import digits, key
from sutura.capacity.services.people import add_professional, change_professional, void_professional
from sutura.capacity.services.training import enrol, void_enrolment
from sutura.intake.choices import Kind as KindName
from sutura.intake.registers.kinds import Column, Done, Kind, Misread, Row, Taking
from sutura.intake.registers.names import Organisations, region
from sutura.intake.registers.readers import day, option, text, whole
from sutura.places.resolver import Register

SEXES = {
    "f": "woman", "femme": "woman", "féminin": "woman", "female": "woman", "w": "woman",
    "m": "man", "h": "man", "homme": "man", "masculin": "man", "male": "man",
}  # fmt: skip
CADRES = {
    "acteur communautaire": "community", "communautaire": "community", "relais communautaire": "community",
    "soins focalisés": "focused", "formateur": "trainer", "formatrice": "trainer",
    "superviseur": "supervisor", "superviseure": "supervisor",
}  # fmt: skip
FACTS = ("name", "sex", "cadre", "birth_year", "phone", "profession", "employer", "region", "consented_on")
COLUMNS = (
    Column(
        "name", _("Name of the trainee"), text(120),
        ("name", "nom", "nom et prenom", "nom et prenoms", "prenom et nom", "full name", "participant", "nom complet"),
        ("#contact+name", "#beneficiary+name", "#indicator+name"), True,
    ),
    Column("sex", _("Sex"), option(Sex, SEXES), ("genre", "gender", "sexe f h"), ("#contact+sex", "#sex"), True),
    Column(
        "cadre", _("Group of professionals"), option(Cadre, CADRES),
        ("cadre", "groupe", "group", "categorie", "category", "profil"), ("#contact+type",), True,
    ),
    Column(
        "region", pgettext_lazy("column", "Region"), text(120), ("admin1", "adm1", "region d intervention"),
        ("#adm1+name", "#adm1+code"), True,
    ),
    Column(
        "consented_on", _("Consented on"), day,
        ("date de consentement", "consentement", "consent date", "date of consent"), ("#date+consent",), True,
    ),
    Column(
        "birth_year", _("Year of birth"), whole, ("annee de naissance", "birth year", "ne en"), ("#date+birth+year",)
    ),
    Column("phone", _("Telephone"), text(20), ("tel", "phone", "contact", "numero"), ("#contact+phone",)),
    Column("profession", _("Profession"), text(100), ("fonction", "poste", "function", "job"), ("#contact+role",)),
    Column(
        "employer", _("Employer"), text(150), ("structure", "organisation", "organization", "service", "employeur"),
        ("#org", "#org+name"),
    ),
    Column("cohort", _("Code of the cohort"), text(30), ("cohorte", "cohort", "formation"), ("#activity+code",)),
    Column(
        "enrolled_on", _("Enrolled on"), day, ("date d inscription", "inscrit le", "enrolment date"), ("#date+start",)
    ),
)  # fmt: skip


def take(rows: Sequence[Row], taking: Taking) -> None:
    """Each trainee has one card; who has one already is changed where the list says otherwise."""
    taking.one_by_one(rows, Writer(taking).write)


class Writer:
    """Writes trainees one by one, with the lists of the moment."""

    def __init__(self, taking: Taking) -> None:
        self.by, self.register = taking.by, Register.current()
        self.organisations = Organisations(self.by)
        self.cohorts = {one.code.casefold(): one for one in Cohort.objects.visible_to(self.by)}

    def write(self, row: Row) -> Done:
        """The card of a row, and its place in the cohort."""
        facts = {name: row.said[name] for name in FACTS if name in row.said}
        facts["region"] = region(row.said["region"], "region", self.register)
        if "employer" in facts:
            facts["employer"] = self.organisations.one(facts["employer"], "employer")
        cohort = self._cohort(row)
        card = self._known(facts)
        done: Done = []
        if card is None:
            card = add_professional(by=self.by, **facts)
            done.append(("created", card))
        else:
            facts.pop("consented_on")  # the first consent stands
            if any(getattr(card, name) != value for name, value in facts.items()):
                done.append(("updated", change_professional(professional=card, by=self.by, **facts)))
        return done + [("created", one) for one in self._enrolled(row, cohort, card)]

    def _cohort(self, row: Row) -> Cohort | None:
        code = row.said.get("cohort", "")
        if not code:
            return None
        found = self.cohorts.get(code.casefold())
        if found is None:
            raise Misread("cohort", "unknown_cohort")
        return found

    def _enrolled(self, row: Row, cohort: Cohort | None, card: Professional) -> list[Enrolment]:
        if cohort is None or card.enrolments.filter(cohort=cohort).exists():
            return []
        day = row.said.get("enrolled_on") or min(timezone.localdate(), cohort.ends_on)
        return [enrol(cohort=cohort, professional=card, enrolled_on=day, by=self.by)]

    def _known(self, facts: dict[str, Any]) -> Professional | None:
        """Her card: the same name and region, and the same telephone or year of birth, or neither told."""
        same = Professional.objects.visible_to(self.by).single()
        same = same.filter(folded=key(facts["name"]), region=facts["region"])
        phone, year = digits(facts.get("phone", "")), facts.get("birth_year")
        for card in same:
            told = (phone and phone == digits(card.phone)) or (year and year == card.birth_year)
            silent = not phone and not year and not card.phone and not card.birth_year
            if told or silent:
                return card
        return None


def back(record: Model, before: Any, by: Any, why: str) -> None:
    """A new card or enrolment is taken out; a changed card says again what it said."""
    one: Any = record
    if isinstance(record, Enrolment):
        void_enrolment(enrolment=record, by=by, why=why)
    elif before is None:
        void_professional(professional=one, by=by, why=why)
    else:
        said = {name: getattr(before, name) for name in FACTS}
        change_professional(professional=one, by=by, **said)


TRAINEES = Kind(KindName.TRAINEES, "capacity.manage", COLUMNS, take, back)
