"""The register of initiatives across sectors, and the themes that need an answer of several of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.capacity.choices import GroupTheme
from sutura.capacity.models import Initiative, JointTheme, Module
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import faults_of_note
from sutura.capacity.services.groups import NOTE_FAULTS
from sutura.partners.choices import Sector
from sutura.partners.models import Organisation


@transaction.atomic
def add_initiative(
    *,
    title: str,
    sector: str,
    carried: str,
    organisation: Organisation,
    themes: Iterable[str],
    starts_on: date,
    by: Any,
    region: str = "",
    module: Module | None = None,
    ends_on: date | None = None,
    words: str = "",
) -> Initiative:
    """Something a sector does enters the register."""
    require(by, MANAGE, region)
    initiative = Initiative(
        title=title.strip(), sector=sector, carried=carried, organisation=organisation, region=region, module=module,
        themes=listed(GroupTheme, themes), starts_on=starts_on, ends_on=ends_on, words=words.strip(),
    )  # fmt: skip
    _check(initiative)
    keep(initiative, by=by)
    record(by, "capacity.add_initiative", of=initiative)
    return initiative


@transaction.atomic
def change_initiative(*, initiative: Initiative, by: Any, **said: Any) -> Initiative:
    """Change what is said of an initiative, or say when it ended; the old version stays."""
    require(by, MANAGE, initiative.region)
    require(by, MANAGE, said.get("region", initiative.region))
    if "themes" in said:
        said["themes"] = listed(GroupTheme, said["themes"])
    changed = [name for name, value in said.items() if getattr(initiative, name) != value]
    for name in changed:
        setattr(initiative, name, said[name])
    _check(initiative)
    if changed:
        keep(initiative, by=by)
        record(by, "capacity.change_initiative", of=initiative, fields=" ".join(changed))
    return initiative


@transaction.atomic
def raise_theme(
    *, theme: str, sectors: Iterable[str], why: str, raised_on: date, by: Any, region: str = ""
) -> JointTheme:
    """Several sectors are asked to answer a theme together."""
    require(by, MANAGE, region)
    asked = listed(Sector, sectors)
    if len(asked.split()) < 2:
        raise Invalid(_("Choose at least two sectors: one alone is no common answer."), field="sectors")
    if raised_on > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field="raised_on")
    if JointTheme.objects.waiting().filter(theme=theme, region=region).exists():
        raise Invalid(_("This theme waits for its answer there already."), field="theme")
    _neutral(why, "why")
    made = keep(
        JointTheme(theme=theme, region=region, sectors=asked, why=why.strip(), raised_on=raised_on), by=by
    )
    record(by, "capacity.raise_theme", of=made)
    return made


@transaction.atomic
def answer_theme(*, theme: JointTheme, answered_on: date, answer: str, by: Any) -> JointTheme:
    """The sectors gave their answer."""
    require(by, MANAGE, theme.region)
    if theme.answered_on:
        raise Invalid(_("This theme has its answer already."))
    if not theme.raised_on <= answered_on <= timezone.localdate():
        raise Invalid(
            _("This day is before the theme was raised, or after today. Correct it."), field="answered_on"
        )
    _neutral(answer, "answer")
    theme.answered_on, theme.answer = answered_on, answer.strip()
    keep(theme, by=by)
    record(by, "capacity.answer_theme", of=theme)
    return theme


def listed(words: Any, chosen: Iterable[str]) -> str:
    """Codes as they are kept: each once, in the order of the list."""
    held = set(chosen)
    return " ".join(code for code in words.values if code in held)


def _check(initiative: Initiative) -> None:
    if initiative.ends_on and initiative.ends_on < initiative.starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")
    if not initiative.themes:
        raise Invalid(_("Choose at least one theme."), field="themes")
    _neutral(initiative.words, "words")


def _neutral(text: str, field: str) -> None:
    for fault in faults_of_note(text):
        raise Invalid(NOTE_FAULTS[fault], field=field)
