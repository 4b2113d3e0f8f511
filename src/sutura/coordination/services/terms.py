"""Write terms of reference, ask what members think, decide on each comment, validate twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.coordination.agenda import LANGUAGE
from sutura.coordination.choices.terms import HEADINGS, Ruling, Stage
from sutura.coordination.models import Body, Section, Terms, TermsComment
from sutura.coordination.rules.terms import BEFORE
from sutura.coordination.services.agenda import seat_in

REPLY, AUTHORITY = 300, 150


@transaction.atomic
def draft_terms(*, body: Body, by: Any) -> Terms:
    """A new version, with the words of the last one; the first has the usual headings. One draft at a time."""
    require(by, "coordination.manage", body.region)
    Body.objects.select_for_update().get(pk=body.pk)  # two drafts at once would take one number
    last = Terms.objects.of_body(body).first()
    if last is not None and last.is_written:
        raise Invalid(_("Version %(n)s is still being written: complete it first.") % {"n": last.version})
    terms = keep(Terms(body=body, version=last.version + 1 if last else 1), by=by)
    if last is not None:
        told = [(section.heading, section.text) for section in last.sections.all()]
    else:
        with override(LANGUAGE):
            told = [(str(heading), "") for heading in HEADINGS]
    sections = [
        Section(terms=terms, position=place, heading=heading, text=text)
        for place, (heading, text) in enumerate(told, start=1)
    ]
    keep_all(Section, sections, by=by)
    record(by, "coordination.draft_terms", of=terms)
    return terms


@transaction.atomic
def add_section(*, terms: Terms, heading: str, by: Any, text: str = "") -> Section:
    """One more section, at the end."""
    _writing(terms, by=by)
    heading = _heading(terms, heading)
    section = Section(terms=terms, heading=heading, text=text.strip(), position=terms.sections.count() + 1)
    keep(section, by=by)
    record(by, "coordination.add_section", of=section)
    return section


@transaction.atomic
def change_section(*, section: Section, heading: str, text: str, by: Any) -> Section:
    """Write a section anew, while its version is written."""
    _writing(section.terms, by=by)
    heading = _heading(section.terms, heading, but=section)
    if (section.heading, section.text) != (heading, text.strip()):
        section.heading, section.text = heading, text.strip()
        keep(section, by=by)
        record(by, "coordination.change_section", of=section)
    return section


@transaction.atomic
def open_comments(*, terms: Terms, until: date, by: Any) -> Terms:
    """Ask the members what they think, until a day."""
    require(by, "coordination.manage", terms.body.region)
    if until < timezone.localdate():
        raise Invalid(_("Choose today or a day to come."), field="until")
    return _staged(terms, Stage.COMMENT, by=by, comments_until=until)


@transaction.atomic
def comment_terms(*, section: Section, text: str, by: Any) -> TermsComment:
    """A member comments on a section, in the name of the organisation she sits for."""
    organisation = seat_in(section.terms.body, by=by)
    if not Terms.objects.select_for_update().get(pk=section.terms.pk).takes_comments:
        raise Invalid(_("These terms are not open for comments now."))
    comment = TermsComment(section=section, organisation=organisation, text=text.strip(), written_by=by)
    keep(comment, by=by)
    record(by, "coordination.comment_terms", of=comment)
    return comment


@transaction.atomic
def rule_on_comment(*, comment: TermsComment, ruling: str, by: Any, reply: str = "") -> TermsComment:
    """Decide on a comment; what is not taken up whole says why."""
    _writing(comment.section.terms, by=by)
    if ruling not in Ruling.values:
        raise Invalid(_("Choose from the list."), field="ruling")
    if ruling != Ruling.KEPT and not reply.strip():
        raise Invalid(_("Say why."), field="reply")
    comment.ruling, comment.reply = ruling, reply.strip()[:REPLY]
    keep(comment, by=by)
    record(by, "coordination.rule_on_comment", of=comment, fields=ruling)
    return comment


@transaction.atomic
def validate_terms(*, terms: Terms, stage: str, on: date, authority: str, by: Any) -> Terms:
    """Note that an authority validated a version, technically or then politically; the one before is replaced."""
    require(by, "coordination.manage", terms.body.region)
    if on > timezone.localdate():
        raise Invalid(_("Choose today or a day before."), field="on")
    authority = given_reason(authority, AUTHORITY)
    if TermsComment.objects.filter(section__terms=terms, ruling="").exists():
        raise Invalid(_("Decide on every comment first."))
    if stage == Stage.TECHNICAL:
        return _staged(terms, Stage.TECHNICAL, by=by, technical_on=on, technical_by=authority)
    if terms.technical_on and on < terms.technical_on:
        raise Invalid(_("Political validation comes after the technical one."), field="on")
    for older in Terms.objects.of_body(terms.body).filter(stage=Stage.POLITICAL):
        older.stage = Stage.REPEALED
        keep(older, by=by)
    return _staged(terms, Stage.POLITICAL, by=by, political_on=on, political_by=authority)


def _staged(terms: Terms, stage: str, *, by: Any, **facts: Any) -> Terms:
    now = Terms.objects.select_for_update(of=("self",)).select_related("body").get(pk=terms.pk)
    if now.stage not in BEFORE.get(stage, ()):
        raise Invalid(
            _("This version is at “%(stage)s”: this cannot be done now.") % {"stage": Stage(now.stage).label}
        )
    for name, value in {**facts, "stage": stage}.items():
        setattr(now, name, value)
    keep(now, by=by)
    record(by, "coordination.stage_terms", of=now, fields=stage)
    return now


def _writing(terms: Terms, *, by: Any) -> None:
    require(by, "coordination.manage", terms.body.region)
    if not Terms.objects.select_for_update().get(pk=terms.pk).is_written:
        raise Invalid(_("This version is validated: write a new one."))


def _heading(terms: Terms, heading: str, but: Section | None = None) -> str:
    heading = heading.strip()
    others = terms.sections.exclude(pk=but.pk if but else 0)
    if others.filter(heading=heading).exists():
        raise Invalid(_("Another section has this heading."), field="heading")
    return heading
