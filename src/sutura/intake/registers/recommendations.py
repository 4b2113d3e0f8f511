"""Recommendations of a body, as secretariats keep them in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.coordination.choices.recommendations import Origin, Priority, State
from sutura.coordination.models import Recommendation
from sutura.coordination.services.recommendations import change_recommendation, lapse, write_down
from sutura.intake.choices import Kind as KindName
from sutura.intake.registers.kinds import Column, Done, Kind, Row, Taking
from sutura.intake.registers.names import Bodies, Organisations, region
from sutura.intake.registers.readers import day, option, several, text, whole, yes_no
from sutura.places.resolver import Register
from sutura.places.rules import plain

FACTS = ("text", "priority", "person", "region", "budget_need", "source")
ORIGINS = {"réunion": "meeting", "atelier": "workshop", "conférence": "conference", "mission": "mission"}
PRIORITIES = {"élevée": "high", "forte": "high", "urgent": "high", "moyenne": "normal", "faible": "low"}
COLUMNS = (
    Column(
        "body", _("Body"), text(150), ("instance", "organe", "body", "groupe de travail", "gt"), ("#org+body",), True
    ),
    Column(
        "text", _("Recommendation"), text(2000),
        ("recommandation", "recommandations", "recommendations", "libelle", "intitule", "action", "point d action"),
        ("#activity+name", "#description"), True,
    ),
    Column(
        "responsible", _("Responsible organisation"), text(150),
        ("responsable", "structure responsable", "responsible", "lead", "organisation", "charge"),
        ("#org+lead", "#org"), True,
    ),
    Column(
        "due_on", _("To be done by"), day, ("echeance", "delai", "due date", "deadline", "date limite"), ("#date+due",)
    ),
    Column(
        "raised_on", _("Raised on"), day, ("date", "date de la reunion", "formulee le", "raised"), ("#date+raised",)
    ),
    Column("ref", _("Reference"), text(30), ("reference", "ref", "numero", "n"), ("#meta+id",)),
    Column("origin", _("Born in"), option(Origin, ORIGINS), ("origine", "origin", "cadre"), ("#activity+type",)),
    Column("priority", _("Priority"), option(Priority, PRIORITIES), ("priorite", "priority"), ("#severity",)),
    Column("adopted", _("The body has adopted it"), yes_no, ("adoptee", "adopte", "adopted", "validee"), ("#status",)),
    Column(
        "region", pgettext_lazy("column", "Region"), text(120), ("admin1", "adm1", "zone"),
        ("#adm1+name", "#adm1+code"),
    ),
    Column("person", _("Who is in charge there"), text(120), ("point focal", "focal point", "personne"), ("#contact",)),
    Column(
        "contributors", _("Organisations that help, with ; between them"), several,
        ("contributeurs", "appui", "structures d appui", "partenaires", "support", "contributors"), ("#org+support",),
    ),
    Column("budget_need", _("Budget needed, in CFA francs"), whole, ("budget", "cout", "cost"), ("#value+budget",)),
    Column(
        "source", _("Meeting, document or paragraph"), text(200), ("reunion", "source", "document", "meeting"),
        ("#meta+source",),
    ),
)  # fmt: skip


def take(rows: Sequence[Row], taking: Taking) -> None:
    """Write each one down, or correct the words of the one which is known by its reference or its text."""
    taking.one_by_one(rows, Writer(taking).write)


class Writer:
    """Writes recommendations one by one, with the lists of the moment."""

    def __init__(self, taking: Taking) -> None:
        self.by, self.why, self.register = taking.by, taking.why, Register.current()
        self.organisations, self.bodies = Organisations(self.by), Bodies(self.by)
        running = Recommendation.objects.visible_to(self.by).exclude(state__in=(State.LAPSED, State.REPLACED))
        self.known: dict[Any, Recommendation] = {}
        for one in running.select_related("body", "responsible"):
            self._note(one)

    def write(self, row: Row) -> Done:
        """The recommendation of a row."""
        body = self.bodies.one(row.said["body"], "body")
        responsible = self.organisations.one(row.said["responsible"], "responsible")
        helpers = [self.organisations.one(name, "contributors") for name in row.said.get("contributors", ())]
        facts = {name: row.said[name] for name in FACTS if name in row.said}
        if "region" in facts:
            facts["region"] = region(facts["region"], "region", self.register)
        found = self.known.get(row.said.get("ref", "")) or self.known.get(
            (body.pk, responsible.pk, plain(facts["text"]))
        )
        if found is not None:
            if all(getattr(found, name) == value for name, value in facts.items()):
                return []
            changed = change_recommendation(recommendation=found, by=self.by, why=self.why, **facts)
            return [("updated", changed)]
        days = {name: row.said[name] for name in ("raised_on", "due_on", "origin") if name in row.said}
        made = write_down(
            by=self.by, adopted=row.said.get("adopted", False), body=body, responsible=responsible,
            contributors=helpers, **facts, **days,
        )  # fmt: skip
        self._note(made)
        return [("created", made)]

    def _note(self, one: Recommendation) -> None:
        self.known[one.ref] = one
        self.known[one.body_id, one.responsible_id, plain(one.text)] = one


def back(record: Model, before: Any, by: Any, why: str) -> None:
    """A new one lapses with the reason; a changed one says again what it said."""
    one: Any = record
    if before is None:
        lapse(recommendation=one, by=by, reason=why)
    else:
        said = {name: getattr(before, name) for name in FACTS}
        change_recommendation(recommendation=one, by=by, why=why, **said)


RECOMMENDATIONS = Kind(KindName.RECOMMENDATIONS, "coordination.manage", COLUMNS, take, back)
