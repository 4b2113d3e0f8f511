"""Why did this number change? Two editions or moments of a report, and every record that made the difference."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES, LineFacts
from sutura.reporting import papers, phrases
from sutura.reporting.forms import CompareForm
from sutura.reporting.models import Edition
from sutura.reporting.pages import links
from sutura.reporting.pages.records import figure_words, moment_of
from sutura.reporting.render import words
from sutura.reporting.rules.addresses import NoSuchFigure, address, flat
from sutura.reporting.rules.counting import BLOCKS
from sutura.reporting.rules.periods import Period
from sutura.reporting.services import Because, Explanation, explain
from sutura.ui.wording import moment

NOW = "now"
SHOWN = 200
"""Changes printed on one page; a longer list is narrowed by choosing a number."""


def compare_page(user: Any, asked: QueryDict) -> dict[str, Any]:
    """The two choices, the numbers which differ, and the records behind the differences."""
    when = links.period_or_404(asked.get("product", "ghn"), asked.get("period", ""))
    geography = "2023" if asked.get("geography") == "2023" else "2021"
    editions = list(Edition.objects.visible_to(user).of(when, geography))
    form = _form(asked, editions)
    shown: dict[str, Any] = {
        "form": form,
        "period": words.period(when),
        "days": words.days(when),
        "back": links.report(when, geography),
    }
    pair = _pair(form, editions) if form.is_valid() else None
    if pair is None:
        return shown
    return shown | _explained(when, geography, pair, user, asked)


def _form(asked: QueryDict, editions: list[Edition]) -> CompareForm:
    """Editions by their id, a moment by its instant, and now."""
    moments = [(str(one.public_id), words_of(one)) for one in editions]
    typed = asked.copy()
    typed.setdefault("after", NOW)
    for name in ("before", "after"):
        text = typed.get(name, "")
        if text and text != NOW and text not in dict(moments):
            instant = moment_of(text) if not _is_id(text) else None
            if instant is not None:
                moments.append((text, moment(instant)))
    choices = [("", _("Choose…")), *moments, (NOW, _("Now"))]
    if typed.get("before_day"):
        typed["before"] = typed.get("before") or NOW
    return CompareForm(
        typed if typed.get("before") or typed.get("before_day") else None, moments=choices, initial=typed
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def words_of(edition: Edition) -> str:
    """An edition in a list to choose from."""
    return _("Edition %(n)s, frozen on %(when)s") % {"n": edition.number, "when": moment(edition.as_at)}


def _pair(form: CompareForm, editions: list[Edition]) -> tuple[datetime, datetime] | None:
    """The two moments, the earlier first."""
    known = {str(one.public_id): one.as_at for one in editions}
    found = []
    for name in ("before", "after"):
        day, text = form.cleaned_data[f"{name}_day"], form.cleaned_data[name]
        if day:
            end = timezone.make_aware(datetime.combine(day, time.max))
            found.append(min(end, timezone.now()))
        elif text in known:
            found.append(known[text])
        else:
            found.append(timezone.now() if text in ("", NOW) else moment_of(text) or timezone.now())
    before, after = sorted(found)
    return before, after


def _explained(
    when: Period, geography: str, pair: tuple[datetime, datetime], user: Any, asked: QueryDict
) -> dict[str, Any]:
    before, after = pair
    try:
        found = explain(when.product, when, before=before, after=after, geography=geography, user=user)
    except DomainError as error:
        raise Http404 from error
    figure = asked.get("figure", "")
    changes = found.of(figure) if figure else list(found.changes)
    refs = papers.incident_refs((_incident(one) for one in changes[:SHOWN]), user)
    labels = _party_words(found.deltas)
    query = asked.copy()
    query.pop("figure", None)
    return {
        "before": before,
        "after": after,
        "figure": figure,
        "figure_words": _named(figure, found) if figure else "",
        "numbers": _numbers(found, query),
        "sum": _sum(figure, found) if figure else None,
        "changes": [_change(one, refs, figure, labels) for one in changes[:SHOWN]],
        "total": len(changes),
        "more": max(0, len(changes) - SHOWN),
        "all_url": f"?{query.urlencode()}",
        "compared": True,
    }


def _incident(because: Because) -> UUID:
    return _facts(because)[0].incident_ref


def _facts(because: Because) -> list[LineFacts]:
    return [facts for _block, facts in (*because.change.after, *because.change.before)]


def _named(figure: str, found: Explanation) -> str:
    try:
        place = address(figure)
    except NoSuchFigure as error:
        raise Http404 from error
    return figure_words(place, _party_words([figure]))


def _party_words(figures: Iterable[str]) -> dict[str, str]:
    """The parties which these figures are about, in words of the page's language."""
    return papers.party_words(party for one in figures if (party := address(one).party))[words.language()]


def shown_figures() -> list[str]:
    """The numbers of the summary, each a way into the list of changes."""
    found = []
    for block in BLOCKS:
        found += [f"{block}/totals/violations", f"{block}/totals/children"]
        for kind in GRAVE_TYPES:
            found.append(
                f"{block}/victims/{kind}/total" if kind in PERSON_TYPES else f"{block}/events/{kind}"
            )
    return [*found, "apart/military_use", "apart/deprivation_liberty/total"]


def _numbers(found: Explanation, query: QueryDict) -> list[dict[str, Any]]:
    """The numbers which differ: before, difference, after; each opens its own changes."""
    old, new = flat(found.before), flat(found.after)
    rows = []
    for figure in shown_figures():
        if figure not in found.deltas:
            continue
        narrowed = query.copy()
        narrowed["figure"] = figure
        rows.append(
            {
                "label": figure_words(address(figure), {}),
                "before": old.get(figure, 0),
                "after": new.get(figure, 0),
                "delta": phrases.signed(found.deltas[figure]),
                "url": f"?{narrowed.urlencode()}",
            }
        )
    return rows


def _sum(figure: str, found: Explanation) -> dict[str, Any]:
    """The account of one number: before + entered + moved + left = after, to the unit."""
    sums = {"entered": 0, "left": 0, "moved": 0}
    for because in found.of(figure):
        sums[because.change.kind] += because.change.deltas[figure]
    return {
        "before": flat(found.before).get(figure, 0),
        "entered": phrases.signed(sums["entered"]),
        "moved": phrases.signed(sums["moved"]),
        "left": phrases.signed(sums["left"]),
        "after": flat(found.after).get(figure, 0),
    }


def _change(because: Because, refs: dict[UUID, str], figure: str, labels: dict[str, str]) -> dict[str, Any]:
    """One violation: from which block to which, what it changed, and every act with who, when and why."""
    change = because.change
    facts = _facts(because)[0]
    ref = refs.get(facts.incident_ref, "")
    main = {figure: change.deltas[figure]} if figure else _main(change.deltas)
    return {
        "kind": change.kind,
        "ref": ref,
        "url": links.incident(facts.incident_ref) if ref else "",
        "type": words.types()[facts.type],
        "before": _placed(change.before),
        "after": _placed(change.after),
        "deltas": [
            {"label": figure_words(address(one), labels), "delta": phrases.signed(delta)}
            for one, delta in main.items()
        ],
        "acts": [
            {"by": one.by_name, "why": one.why if ref else "", "moment": one.moment}
            for one in because.postings
        ],
    }


def _main(deltas: dict[str, int]) -> dict[str, int]:
    """The deltas worth a word: numbers of the summary, not of every table."""
    wanted = [one for one in shown_figures() if one in deltas]
    return {one: deltas[one] for one in wanted} or dict(list(deltas.items())[:3])


def _placed(lines: tuple[tuple[str, LineFacts], ...]) -> str:
    """Where a violation counted, with how many: `Verified (3)`; a dash when nowhere."""
    sums: dict[str, int] = {}
    for block, facts in lines:
        sums[block] = sums.get(block, 0) + facts.count
    return ", ".join(f"{words.blocks()[block]} ({count})" for block, count in sums.items()) or "–"
