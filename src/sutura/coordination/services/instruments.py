"""What the Council and the parties committed to: texts, their paragraphs, and what is recommended of each."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.choices.recommendations import Origin
from sutura.coordination.following import needed
from sutura.coordination.models import Body, Instrument, Paragraph, Recommendation
from sutura.coordination.rules import instruments as rules
from sutura.coordination.services.recommendations import write_down

ORIGIN = {
    InstrumentKind.COUNCIL: Origin.COUNCIL,
    InstrumentKind.PARTY_PLAN: Origin.ACTION_PLAN,
    InstrumentKind.ENDORSED: Origin.DECLARATION,
}
NOTHING = _("Write at least one paragraph, such as: 12. What it asks.")


@transaction.atomic
def add_instrument(
    *, body: Body, kind: str, reference: str, title: str, dated_on: date, by: Any, **facts: Any
) -> Instrument:
    """A text that a body follows from now on."""
    require(by, "coordination.manage", body.region)
    found = Instrument(body=body, kind=kind, reference=reference, title=title, dated_on=dated_on, **facts)
    _check(found)
    keep(found, by=by)
    record(by, "coordination.add_instrument", of=found)
    return found


@transaction.atomic
def change_instrument(*, instrument: Instrument, by: Any, **said: Any) -> Instrument:
    """Correct what is said of a text; the body that follows it stays."""
    require(by, "coordination.manage", instrument.body.region)
    changed = [name for name, value in said.items() if getattr(instrument, name) != value]
    for name in changed:
        setattr(instrument, name, said[name])
    _check(instrument)
    if changed:
        keep(instrument, by=by)
    record(by, "coordination.change_instrument", of=instrument, fields=" ".join(changed))
    return instrument


@transaction.atomic
def add_paragraphs(*, instrument: Instrument, pasted: str, by: Any, addressee: str = "") -> list[Paragraph]:
    """Paragraphs as they are pasted, one a line, each behind its number; all of them, or none."""
    require(by, "coordination.manage", instrument.body.region)
    Instrument.objects.select_for_update().get(pk=instrument.pk)  # two pastes at once would take one place
    read, unread = rules.read(pasted)
    if unread:
        line = unread[0]
        raise Invalid(
            _("Line %(line)s does not begin with a number (“%(words)s”): write it such as 12. What it asks.")
            % {"line": line.line, "words": line.text[:40]},
            field="pasted",
        )
    if not read:
        raise Invalid(NOTHING, field="pasted")
    known = instrument.paragraphs.values_list("number", flat=True)
    twice = rules.twice([*known, *(each.number for each in read)])
    if twice:
        raise Invalid(
            _("Number %(which)s would be there twice: give each paragraph its own number.")
            % {"which": ", ".join(twice)},
            field="pasted",
        )
    last = instrument.paragraphs.aggregate(last=Max("position"))["last"] or 0
    found = [
        Paragraph(instrument=instrument, position=last + at, number=number, text=text, addressee=addressee.strip())
        for at, (number, text) in enumerate(read, start=1)
    ]  # fmt: skip
    keep_all(Paragraph, found, by=by)
    record(by, "coordination.add_paragraphs", of=instrument, fields=str(len(found)))
    return found


@transaction.atomic
def change_paragraph(
    *, paragraph: Paragraph, number: str, text: str, by: Any, addressee: str = "", aside: str = ""
) -> Paragraph:
    """Correct a paragraph, or say why it calls for nothing here; the old words are kept."""
    require(by, "coordination.manage", paragraph.instrument.body.region)
    number = rules.plain(needed(number, "number", _("Write its number.")))
    others = paragraph.instrument.paragraphs.exclude(pk=paragraph.pk)
    if others.filter(number=number).exists():
        raise Invalid(
            _("Number %(which)s is already there: choose another, or correct that paragraph.") % {"which": number},
            field="number",
        )  # fmt: skip
    paragraph.number, paragraph.addressee, paragraph.aside = number, addressee.strip(), aside.strip()
    paragraph.text = needed(text, "text", _("Write what it asks."))
    keep(paragraph, by=by)
    record(by, "coordination.change_paragraph", of=paragraph)
    return paragraph


@transaction.atomic
def recommend(*, paragraph: Paragraph, by: Any, **facts: Any) -> Recommendation:
    """A recommendation born of a paragraph; `facts` as for `write_down`. It says by itself where it comes from."""
    instrument = paragraph.instrument
    require(by, "coordination.manage", instrument.body.region)
    found = write_down(
        body=instrument.body, origin=ORIGIN[InstrumentKind(instrument.kind)], source=str(paragraph),
        party_code=instrument.party_code, paragraph=paragraph, by=by, **facts,
    )  # fmt: skip
    record(by, "coordination.recommend", of=paragraph)
    return found


def _check(found: Instrument) -> None:
    found.reference = needed(found.reference, "reference", _("Write the reference of the document."))
    found.title = needed(found.title, "title", _("Write its title."))
    found.party_code = found.party_code.strip().upper()
    if found.kind not in InstrumentKind.values:
        raise Invalid(_("Choose from the list."), field="kind")
    if found.is_plan and not re.match(rules.PARTY_CODE, found.party_code):
        raise Invalid(
            _("Write the code of the party as the register of parties has it, such as CMA."),
            field="party_code",
        )
    if not found.is_plan and found.party_code:
        raise Invalid(
            _(
                "Conclusions and declarations bind no single party: leave the code empty, or choose an action plan."
            ),
            field="party_code",
        )
    if found.review_on and found.review_on < found.dated_on:
        raise Invalid(
            _("The review comes after the document. Correct one of the two days."), field="review_on"
        )
    same = Instrument.objects.filter(body=found.body, reference=found.reference).exclude(pk=found.pk)
    if same.exists():
        raise Invalid(_("This body already follows a text of this reference: open it."), field="reference")
