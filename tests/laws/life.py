"""What may be drawn for a life of records: days, parts of a file, and the bundles of an import."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import strategies as st

from sutura.incidents.parts import IncidentBundle, SourcePart, VictimPart, ViolationPart
from sutura.ledger.rules import CHILD_COUNTED_TYPES

# Ends and beginnings of quarters and years, where late verification and previous years are decided.
DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        "2024-11-01", "2024-12-15", "2024-12-31", "2025-01-01", "2025-02-10", "2025-03-31", "2025-04-01",
        "2025-05-20", "2025-06-30", "2025-07-01",
    )
)  # fmt: skip
PERIODS = (
    ("ghn", "2024-Q4"), ("ghn", "2025-Q1"), ("ghn", "2025-Q2"), ("annual", "2025"), ("annual", "2024"),
    ("window", "2024-12-15..2025-05-20"),
)  # fmt: skip
PLACES = ("ML0504", "ML0506", "ML0103", "ML0703", "ML05", "ML")
PARTIES = ("JNIM", "DNA", "FAMA", "NOBODY")
SEX_OF = {"K1": "boy", "K2": "boy", "K3": "girl", "K4": "girl"}
COLUMN_OF = {"boy": "boys", "girl": "girls", "unknown": "unknown"}
STATUSES = ("verified", "verified", "verified", "pending", "could_not_verify", "not_mrm", "did_not_occur")
TYPES = (
    "killing", "maiming", "recruitment_use", "abduction", "sexual_violence", "attack_school",
    "denial_humanitarian_access", "deprivation_liberty", "military_use",
)  # fmt: skip

which = st.integers(0, 60)
"""Which of the records there are: taken modulo their number."""
few = st.integers(0, 3)
day = st.sampled_from(DAYS)
geography = st.sampled_from(("2021", "2023"))
report = st.sampled_from(PERIODS)
place = st.sampled_from(PLACES)
kind = st.sampled_from(TYPES)
status = st.sampled_from(STATUSES)
sex = st.sampled_from(("boy", "girl", "unknown"))
age = st.sampled_from((None, 4, 9, 13, 16))
key = st.sampled_from(("", *SEX_OF))
codes = st.lists(st.sampled_from(PARTIES), max_size=2, unique=True).map(tuple)
attribution = st.sampled_from(("", "", "", "joint", "crossfire", "sole", "unidentified"))
tally = st.fixed_dictionaries({"boys": few, "girls": few, "unknown": few})


@st.composite
def whens(draw: Any) -> dict[str, Any]:
    """One day, some days, or something that is still going on."""
    first = draw(day)
    last = draw(st.sampled_from((None, None, *(other for other in DAYS if other >= first))))
    return {"occurred_on": first, "occurred_to": last, "open_ended": last is None and draw(st.booleans())}


@st.composite
def violations(
    draw: Any, name: str = "", listed: Counter[str] | None = None, since: date | None = None
) -> ViolationPart:
    """One violation which counts at least the children `listed` by sex; decided `since` a day in a file."""
    type_ = draw(kind)
    told = draw(tally)
    if listed is not None and type_ in CHILD_COUNTED_TYPES:
        told = {column: max(told[column], listed[column]) for column in told}
        told["unknown"] += not any(told.values())
    ruling: dict[str, Any] = {}
    if since is not None:
        ruling = {"import_ref": name, "status": draw(status)}
        later = st.sampled_from([other for other in DAYS if other >= since])
        ruling["decided_on"] = None if ruling["status"] == "pending" else draw(later)
    detail = {"attack_kind": draw(st.sampled_from(("facility", "other_interference")))}
    parties = draw(codes)
    return ViolationPart(
        type=type_,
        key=name,
        parties=parties,
        attribution=draw(st.sampled_from(("", "joint", "crossfire")))
        if len(set(parties) - {"NOBODY"}) > 1
        else "",
        detail=detail if type_ == "attack_school" else {},
        **told,
        **ruling,
    )


@st.composite
def victims(
    draw: Any, names: tuple[str, ...], import_ref: str | None = None, known: str | None = None
) -> VictimPart:
    """A child with or without a key (`known`: this one), or a group, of some of the violations named."""
    linked = tuple(name for name in names if draw(st.booleans())) or names[:1]
    if draw(st.integers(0, 3)):
        child = draw(key) if known is None else known
        seen = draw(st.sampled_from((SEX_OF[child], "unknown"))) if child else draw(sex)
        facts = {"child_key": child, "sex": seen, "age": draw(age)}
        return VictimPart(violations=linked, import_ref=import_ref, **facts)
    more = {"age_bands": draw(st.sampled_from(((), ("11-14",), ("0-5", "6-10"))))}
    return VictimPart(violations=linked, import_ref=import_ref, kind="group", more=more, **draw(tally))


@st.composite
def bundles(draw: Any, units: dict[str, Any], import_ref: str | None = None) -> IncidentBundle:
    """An incident with up to three violations and three victims; with an `import_ref`, as a file tells it."""
    from_file = import_ref is not None
    when = draw(whens())
    names = tuple(f"{import_ref or 'N'}-V{number}" for number in range(draw(st.integers(1, 3))))
    keys = draw(st.lists(key, max_size=3, unique_by=lambda one: one or object()))
    people = tuple(
        draw(victims(names, f"{import_ref}-C{number}" if from_file else None, known))
        for number, known in enumerate(keys)
    )
    source = SourcePart(
        violations=names,
        category="primary_witness",
        import_ref=f"{import_ref}-S" if from_file else None,
        reliability="high",
        credibility="high",
    )
    since = when["occurred_on"] if from_file else None
    return IncidentBundle(
        place=units[draw(place)],
        import_ref=import_ref,
        state=draw(st.sampled_from(("open", "open", "closed", "void"))) if from_file else "open",
        violations=tuple(draw(violations(name, listed(people, name), since)) for name in names),
        victims=people,
        sources=(source,),
        **when,
    )


def listed(people: tuple[VictimPart, ...], name: str) -> Counter[str]:
    """Boys, girls and others whom the victims of one violation list."""
    found: Counter[str] = Counter()
    for one in people:
        if name in one.violations:
            found.update({"boys": one.boys, "girls": one.girls, "unknown": one.unknown})
            if one.kind == "individual":
                found[COLUMN_OF[one.sex]] += 1
    return found
