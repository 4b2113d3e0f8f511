"""Codes of a report in words, in the language in force: titles, blocks, types, columns, places, dates."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from sutura.incidents.choices import Status
from sutura.reporting.choices import Geography, Level
from sutura.reporting.render.paper import Paper, Stamp
from sutura.reporting.rules.counting import WHOLE_COUNTRY
from sutura.reporting.rules.periods import ANNUAL, GHN, Period
from sutura.ui import wording

INVENTED = "inventé"
"""Printed in every file of a demonstration, in both languages, so that no figure of it is ever taken for true."""


def invented() -> str:
    """What every file of a demonstration says first."""
    return " · ".join((INVENTED.upper(), _("demonstration: every figure here is invented")))


def restricted(paper: Paper) -> str:
    """The mark on every page: invented, restricted, country, period."""
    mark = [INVENTED.upper()] if paper.demo else []
    return " · ".join([*mark, _("RESTRICTED"), "Mali", period(paper.period)])


def language() -> str:
    """`fr` or `en`."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def types() -> dict[str, str]:
    """Types of violations as the reports head them."""
    return {
        "killing": _("Killing"),
        "maiming": _("Maiming"),
        "recruitment_use": _("Recruitment and use"),
        "sexual_violence": _("Rape and other forms of sexual violence"),
        "abduction": _("Abduction"),
        "attack_school": _("Attacks on schools"),
        "attack_hospital": _("Attacks on hospitals"),
        "denial_humanitarian_access": _("Denial of humanitarian access"),
        "military_use": _("Military use of schools and hospitals"),
        "deprivation_liberty": _("Deprivation of liberty for alleged association"),
    }


def short_types() -> dict[str, str]:
    """Types as heads of narrow columns."""
    return {
        **types(),
        "recruitment_use": _("Recr. and use"),
        "sexual_violence": _("Sexual violence"),
        "attack_school": _("Schools"),
        "attack_hospital": _("Hospitals"),
        "denial_humanitarian_access": _("Access denied"),
    }


def columns() -> dict[str, str]:
    """Heads of the other columns."""
    return {
        "boys": _("Boys"),
        "girls": _("Girls"),
        "unknown": _("Sex unknown"),
        "total": _("Total"),
        "count": _("Violations"),
        "age_band": _("Age"),
        "types": _("Types of violations"),
        "violations": _("Violations"),
        "incidents": _("Incidents"),
    }


def units() -> dict[str, str]:
    """What each kind of table counts."""
    return {
        "victims": _("Unit: the child."),
        "events": _("Unit: the violation (one record)."),
        "by_party": _(
            "Unit: the child for the first five types, the violation for the others. One label "
            "per violation: rows sum to the total."
        ),
        "by_region": _("Unit: the child for the first five types, the violation for the others."),
        "multiple_individuals": _(
            "Unit: the child, by code; verified violations of the quarter, late ones included, "
            "across all incidents."
        ),
        "multiple_groups": _(
            "Unit: the group, by code; verified violations of the quarter, late ones included, "
            "across all incidents."
        ),
    }


def kinds() -> dict[str, str]:
    """Titles of the kinds of tables."""
    return {
        "victims": _("child victims"),
        "events": _("attacks and denials of access"),
        "by_party": _("by perpetrator"),
        "by_region": _("by region"),
        "multiple_individuals": _("Children in several violations"),
        "multiple_groups": _("Groups in several violations"),
    }


def blocks() -> dict[str, str]:
    """Names of the blocks."""
    return {
        "verified": _p("block of a report", "Verified"),
        "late": _("Late verification"),
        "unverified": _p("block of a report", "Not verified"),
        "apart": _("Recorded apart"),
    }


def bases(product: str) -> dict[str, str]:
    """Basis of each block, printed beside its numbers (mrm.md 4.1 to 4.3, 4.13, 4.14)."""
    if product == GHN:
        verified = _(
            "Verified by the task force in the quarter, for incidents that ended in the quarter "
            "or had not ended before it."
        )
        late = _(
            "Verified by the task force in the quarter, for incidents that ended in an earlier "
            "quarter. Never added to the others without saying so."
        )
    else:
        verified = _("Occurred in the period and verified by the task force in the period.")
        late = _(
            "Occurred before the period and verified by the task force in the period. Never "
            "added to the others without saying so."
        )
    return {
        "verified": verified,
        "late": late,
        "unverified": _(
            "Pending, or reported but could not be verified; by date of incident. Never part of a total."
        ),
        "apart": _("Verified in the period; outside the total of grave violations."),
    }


def table_title(number: int, kind: str, block: str) -> str:
    """`Table 3 · Verified, by perpetrator`."""
    head = _("Table %(n)s") % {"n": number}
    words = kinds()[kind] if number > 12 else f"{blocks()[block]}, {kinds()[kind]}"
    return f"{head} · {words}"


def title(product: str) -> str:
    """The name of the product."""
    if product == GHN:
        return _("Global Horizontal Note")
    return _("Annual figures") if product == ANNUAL else _("Figures of a period")


def period(when: Period) -> str:
    """`1st quarter 2026`, `2026`, or the days of a window."""
    if when.product == GHN:
        return [
            _("1st quarter %(year)s"),
            _("2nd quarter %(year)s"),
            _("3rd quarter %(year)s"),
            _("4th quarter %(year)s"),
        ][(when.start.month - 1) // 3] % {"year": when.start.year}
    return str(when.start.year) if when.product == ANNUAL else days(when)


def days(when: Period) -> str:
    """First and last day."""
    return wording.days(when.start, when.end)


def short(when: Period) -> str:
    """`Q1 2026`, for heads of columns."""
    if when.product == GHN:
        return quarter(when.start.year * 10 + (when.start.month + 2) // 3)
    return str(when.start.year)


def quarter(number: int) -> str:
    """A quarter's number such as 20261 in words: `Q1 2026`."""
    return _("Q%(n)s %(year)s") % {"n": number % 10, "year": number // 10}


def region(paper: Paper, code: str) -> str:
    """A region's name; the country's code stands for what is placed in no region."""
    if code == WHOLE_COUNTRY:
        return _("Not located in a region")
    return paper.regions.get(code, code)


def party(paper: Paper, label: str) -> str:
    """A party label in words."""
    return paper.party(label, language())


def scope(paper: Paper) -> str:
    """Which regions the numbers cover."""
    if not paper.scope:
        return _("Whole country")
    listed = ", ".join(paper.regions.get(code, code) for code in paper.scope)
    return _("Your regions only: %(regions)s") % {"regions": listed}


def geography(code: str) -> str:
    """The edition of the regions."""
    return str(Geography(code).label)


def level(code: str) -> str:
    """Who clears."""
    return str(Level(code).label)


def status(code: str) -> str:
    """The status of a violation."""
    return str(Status(code).label)


def occurred(on: date, to: date | None, open_ended: bool, *, month_only: bool = False) -> str:
    """Day or days of an incident, or its month."""
    if month_only:
        return wording.month(on)
    if open_ended:
        return _("since %(day)s") % {"day": wording.day(on)}
    return wording.days(on, to)


def age_band(band: str) -> str:
    """An age band in words."""
    if band == "unknown":
        return _("not known")
    return _("%(band)s years") % {"band": band.replace("-", "–")}


def version(paper: Paper) -> str:
    """`Edition 2`, or that it is a draft."""
    if paper.frozen is None:
        return _("Draft, as known on %(when)s") % {"when": wording.moment(paper.as_at)}
    return _("Edition %(n)s, frozen on %(when)s") % {
        "n": paper.frozen.number,
        "when": wording.moment(paper.as_at),
    }


def stamped(stamp: Stamp) -> str:
    """For whom a copy was made, when, and by which request."""
    return ", ".join(one for one in (stamp.who, wording.moment(stamp.at), stamp.ref) if one)


def watermark(paper: Paper) -> str:
    """At the foot of every page: for whom this copy was made; without a copy, which version it is."""
    return copied(paper.stamp) if paper.stamp else version(paper)


def copied(stamp: Stamp) -> str:
    """The mark of a copy."""
    return _("Copy for %(whom)s") % {"whom": stamped(stamp)}


def file_name(paper: Paper, ending: str) -> str:
    """A file name made of codes only: nothing personal, no place."""
    version = f"ed{paper.frozen.number}" if paper.frozen else f"draft-{paper.as_at:%Y%m%dT%H%MZ}"
    demo = "invente-" if paper.demo else ""
    when = paper.period.text.replace("..", "_")
    return f"{demo}mali-{paper.period.product}-{when}-{version}.{ending}"
