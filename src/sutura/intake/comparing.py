"""Two records of one matter side by side, field by field, in the words of their form."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.db.models import Q
from django.utils.translation import get_language

from sutura.intake import shipped
from sutura.intake.choices import Became
from sutura.intake.kobo.words import wording as of_kobo
from sutura.intake.models import Decryption, Kobo, Outcome, Submission
from sutura.intake.openrosa.records import Record, plain
from sutura.intake.questionnaires.wording import Wording, wording
from sutura.places.models import Unit


@dataclass(frozen=True)
class Row:
    """One field: its question, what is there and what is new, in words."""

    question: str
    old: str
    new: str


def compares(submission: Submission, clear: Decryption | None = None) -> bool:
    """Whether a record says something else than one that is there, or corrects it."""
    return bool(
        submission.conflicts_with_id
        or submission.deprecated_id
        or (clear is not None and clear.deprecated_id)
    )


def standing(submission: Submission, by: Any) -> Submission | None:
    """The record that holds until now, if the person may see it: the last of which something was made."""
    clear = Decryption.objects.among(submission=submission).first()
    number = submission.deprecated_id or (clear.deprecated_id if clear else "")
    rows = Submission.objects.visible_to(by).filter(questionnaire=submission.questionnaire_id)
    first = submission.conflicts_with_id and rows.filter(pk=submission.conflicts_with_id).first()
    first = first or rows.filter(instance_id=number, conflicts_with=None).first()
    if not first:
        return None
    related = Q(pk=first.pk) | Q(conflicts_with=first) | Q(deprecated_id=first.instance_id)
    made = Outcome.objects.among(
        submission__in=rows.filter(related).exclude(pk=submission.pk), became=Became.MADE
    )
    last = made.select_related("submission__version", "submission__phone").order_by("pk").last()
    return last.submission if last else first


def became(submission: Submission, by: Any) -> Any:
    """What a record became, if the person may see it."""
    outcome = Outcome.objects.among(submission=submission, became=Became.MADE).first()
    mapping = shipped.MAPPINGS.get(submission.questionnaire.form_id)
    return mapping.find(outcome.made, by) if outcome and mapping else None


def rows(old: Record, new: Record, words: Wording) -> tuple[list[Row], list[Row]]:
    """The fields that differ, and those which are the same, in the order of the form."""
    before, after = flat(old), flat(new)
    names = _places({*before.values(), *after.values()})
    differing: list[Row] = []
    same: list[Row] = []
    for path in [*after, *(path for path in before if path not in after)]:
        told = [before.get(path, ""), after.get(path, "")]
        if any(told):
            said = [names.get(one) or words.answer(path, one) for one in told]
            (same if told[0] == told[1] else differing).append(Row(words.question(path), *said))
    return differing, same


def words_of(submission: Submission) -> Wording:
    """The words of the form of a record, in the language of the page."""
    kobo = Kobo.objects.filter(phone=submission.phone_id).first()
    if kobo is not None and kobo.words:
        return of_kobo(kobo.words, get_language() or "fr", kobo.renamed)
    version = submission.version
    return wording(bytes(version.xform), get_language() or "fr") if version else Wording()


def flat(record: Record) -> dict[str, str]:
    """Path of each field → what stands there; repeated groups are numbered."""
    return dict(_leaves(record.root, ""))


def _leaves(element: Element, above: str) -> Iterator[tuple[str, str]]:
    many = Counter(child.tag for child in element)
    met: Counter[str] = Counter()
    for child in element:
        name = plain(child.tag)
        met[child.tag] += 1
        if name == "meta" and not above:
            continue
        path = f"{above}{name}" + (f"[{met[child.tag]}]" if many[child.tag] > 1 else "")
        if len(child):
            yield from _leaves(child, f"{path}/")
        else:
            yield path, unicodedata.normalize("NFC", (child.text or "").strip())


def _places(said: set[str]) -> dict[str, str]:
    """Codes of the register → the name of the place and its code."""
    codes = [one for one in said if one[:2] == "ML" and one[2:].isdigit()]
    return {unit.code: f"{unit.name} ({unit.code})" for unit in Unit.objects.filter(code__in=codes)}
