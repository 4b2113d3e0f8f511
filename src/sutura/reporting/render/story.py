"""The text of the quarterly note, in the language in force, after the skeleton of mrm.md 3.5: sentences and tables from
the figures, and marked places for what only an author can write."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.alerts.choices import Access, Silence
from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES
from sutura.reporting import phrases
from sutura.reporting.render import drawings, words
from sutura.reporting.render.annex import annex
from sutura.reporting.render.blocks import Block, Facts, Grid, Heading, Picture, Text, Title, ToWrite
from sutura.reporting.render.paper import Paper, count_in
from sutura.ui.wording import moment, number

EMBLEMATIC = 3


def story(paper: Paper) -> list[Block]:
    """The whole note."""
    return [
        *head(paper),
        *context(paper),
        *summary(paper),
        *by_type(paper),
        *apart(paper),
        *late(paper),
        *unverified(paper),
        *to_write(),
        *annex(paper),
    ]


def head(paper: Paper) -> list[Block]:
    """Country, quarter, restriction, version and clearance."""
    rows = [
        (_("Country"), "Mali"),
        (_("Period"), f"{words.period(paper.period)} ({words.days(paper.period)})"),
        (_("Distribution"), _("Restricted: not public; to the task force and the addressees named by it")),
        (_("Version"), words.version(paper)),
        (_("Scope"), f"{words.scope(paper)} · {words.geography(paper.geography)}"),
        (_("Basis"), words.bases(paper.period.product)["verified"]),
    ]
    if paper.frozen:
        rows += [(words.level(one.level), _signed(one.by, one.at)) for one in paper.frozen.clearances]
        if paper.frozen.reason:
            rows.append((_("Reason of this edition"), paper.frozen.reason))
        rows.append((_("Fingerprint (SHA-256)"), paper.frozen.sha256))
    if paper.stamp:
        rows.append((_("Copy made for"), words.stamped(paper.stamp)))
    under = f"Mali · {words.period(paper.period)}"
    return [
        Title(words.title(paper.period.product), under, words.INVENTED if paper.demo else ""),
        Facts(tuple(rows)),
    ]


def _signed(by: str, at: object) -> str:
    return f"{by}, {moment(at)}" if by else _("clearance awaited")  # type: ignore[arg-type]


def context(paper: Paper) -> list[Block]:
    """What is known of access and silence; the rest is the author's."""
    found: list[Block] = [Heading(_("1. Context, access and limits of monitoring"))]
    rows = paper.coverage
    if rows:
        access, silence = Counter(row.access for row in rows), Counter(row.silence for row in rows)
        reach = [(access[one.value], str(one.label)) for one in Access if access[one.value]]
        found.append(
            Text(
                _says(
                    _("Access to %(n)s cercles, by the last note of the period") % {"n": number(len(rows))},
                    reach,
                )
            )
        )
        heard = [(silence[one.value], str(one.label)) for one in Silence if silence[one.value]]
        found.append(Text(_says(_("Alerts and silence in these cercles"), heard)))
        found.append(
            Text(
                _(
                    "Where nothing was reported or assessed, zero violations must not be read as calm: "
                    "figures are a floor."
                ),
                small=True,
            )
        )
    return [
        *found,
        ToWrite(
            _(
                "political and security developments of the quarter; access constraints; strains on "
                "the monitoring capacity"
            )
        ),
    ]


def _says(head: str, parts: list[tuple[int, str]]) -> str:
    listed = "; ".join(f"{words[:1].lower()}{words[1:]} ({number(count)})" for count, words in parts)
    return _("%(head)s: %(list)s.") % {"head": head, "list": listed}


def summary(paper: Paper) -> list[Block]:
    """The headline, the summary table beside the two periods it is compared with, the charts and the map."""
    panels = _("As known at the moment of this version; all panels on one scale.")
    by_quarter = _("Verified violations by quarter of the incident")
    by_region = _("Verified grave violations by region")
    return [
        Heading(_("2. Summary")),
        Text(phrases.headline(paper.block("verified")["totals"]), strong=True),
        summary_grid(paper),
        Picture(drawings.multiples_svg(paper), by_quarter, panels, 16.0),
        Picture(drawings.map_svg(paper), by_region, words.geography(paper.geography), 9.5),
    ]


def summary_grid(paper: Paper) -> Grid:
    """One row a type, then the total and the children, beside the periods they are compared with."""
    beside = [(words.short(when), blocks["verified"]) for when, blocks in paper.beside()]
    sexes = ("boys", "girls", "unknown")
    heads = (
        _("Type"),
        *(words.columns()[one] for one in (*sexes, "total")),
        *(when for when, _block in beside),
    )
    rows: list[tuple[str, ...]] = []
    for kind in GRAVE_TYPES:
        known = paper.victims("verified", kind) if kind in PERSON_TYPES else None
        cells = [number(known[one]) if known else "" for one in sexes]
        before = [number(count_in(block, kind)) for _when, block in beside]
        rows.append((words.types()[kind], *cells, number(paper.count("verified", kind)), *before))
    totals = paper.block("verified")["totals"]
    for label, cells, name in (
        (_("All grave violations"), ["", "", ""], "violations"),
        (_("Children, each counted once"), [number(totals[one]) for one in sexes], "children"),
    ):
        rows.append(
            (label, *cells, number(totals[name]), *(number(block["totals"][name]) for _when, block in beside))
        )
    basis = " ".join(
        (
            _("Children for the first five types, violations for the others."),
            _(
                "A child who suffered several violations is counted once in the last row, and once "
                "in each type."
            ),
            _("The periods on the right are on the same basis and of the same moment."),
        )
    )
    return Grid(heads, tuple(rows), _("Verified in time"), basis, totals=2)


def by_type(paper: Paper) -> list[Block]:
    """One paragraph a violation."""
    found: list[Block] = [Heading(_("3. Grave violations verified in the period"))]
    for kind in GRAVE_TYPES:
        found += paragraph(paper, kind)
    return found


def paragraph(paper: Paper, kind: str) -> list[Block]:
    """Number, sex, age, attribution in descending number, regions, change, and where the author goes on."""
    count = paper.count("verified", kind)
    sexes = paper.victims("verified", kind) if kind in PERSON_TYPES else None
    beside = [(words.short(when), count_in(blocks["verified"], kind)) for when, blocks in paper.beside()]
    sentences = [phrases.counted(kind, count, sexes)]
    if count:
        parties = paper.attributed("verified", kind)
        sentences.append(phrases.attribution([(one, words.party(paper, one), n) for one, n in parties]))
        sentences.append(
            phrases.places([(words.region(paper, one), n) for one, n in paper.located("verified", kind)])
        )
    if count and kind == "recruitment_use":
        sentences.append(phrases.under_15(paper.ages.get(kind, {})))
    sentences.append(phrases.compared(count, beside))
    found: list[Block] = [Heading(words.types()[kind], 2), Text(" ".join(one for one in sentences if one))]
    if count:
        found.append(ToWrite(_asked(paper, kind)))
    return found


def _asked(paper: Paper, kind: str) -> str:
    """What the author adds, with the codes of the largest incidents to choose an example from."""
    largest = sorted(
        (one for one in paper.items if one.block == "verified" and one.type == kind and one.ref),
        key=lambda one: (-one.count, one.ref),
    )
    refs = list(dict.fromkeys(one.ref for one in largest))[:EMBLEMATIC]
    asked = _("main cause; one or two emblematic incidents, without anything that identifies a child")
    return f"{asked} ({', '.join(refs)})" if refs else asked


def apart(paper: Paper) -> list[Block]:
    """Detention and military use, outside the totals."""
    found = paper.block("apart")
    held = found["deprivation_liberty"]
    return [
        Heading(_("4. Detention and military use")),
        Text(words.bases(paper.period.product)["apart"], small=True),
        Text(phrases.counted("deprivation_liberty", held["total"], held)),
        Text(phrases.counted("military_use", found["military_use"])),
        ToWrite(_("children still held and released; facilities vacated; steps taken with the authorities")),
    ]


def late(paper: Paper) -> list[Block]:
    """Late verification, one line a type, never added silently."""
    count = paper.block("late")["totals"]["violations"]
    return [
        Heading(_("5. Late verification")),
        Text(phrases.late(count)),
        *_listed(paper, "late"),
        *_earlier(paper, count),
    ]


def _earlier(paper: Paper, count: int) -> list[Block]:
    """How many of the late ones occurred in an earlier year: the annual report prints these apart (mrm.md 4.2)."""
    earlier = sum(paper.report.get("late_earlier_years", {}).values())
    if not count or not earlier:
        return []
    said = ngettext(
        "Of these, %(n)s occurred in a previous year.", "Of these, %(n)s occurred in previous years.", earlier
    )
    return [Text(said % {"n": number(earlier)})]


def unverified(paper: Paper) -> list[Block]:
    """What is not verified, in no total."""
    return [
        Heading(_("6. Reports not verified")),
        Text(phrases.pending(paper.block("unverified")["totals"]["violations"])),
        *_listed(paper, "unverified"),
    ]


def _listed(paper: Paper, block: str) -> list[Block]:
    """A small table of a block: type, sexes, total."""
    if not paper.block(block)["totals"]["violations"]:
        return []
    rows = []
    for kind in GRAVE_TYPES:
        if not paper.count(block, kind):
            continue
        sexes = paper.victims(block, kind) if kind in PERSON_TYPES else None
        cells = [number(sexes[one]) if sexes else "" for one in ("boys", "girls", "unknown")]
        rows.append((words.types()[kind], *cells, number(paper.count(block, kind))))
    total = number(paper.block(block)["totals"]["violations"])
    rows.append((_("Total"), "", "", "", total))
    heads = (_("Type"), *(words.columns()[one] for one in ("boys", "girls", "unknown", "total")))
    return [
        Grid(heads, tuple(rows), words.blocks()[block], words.bases(paper.period.product)[block], totals=1)
    ]


def to_write() -> list[Block]:
    """The sections which no figure can write."""
    return [
        Heading(_("7. Response and advocacy")),
        ToWrite(_("referrals, children released, trainings; advocacy with the parties")),
        Heading(_("8. Action plans and engagement with the parties")),
        ToWrite(_("state of each signed action plan; meetings; obstacles")),
        Heading(_("9. Follow-up to the conclusions of the Working Group of the Security Council")),
        ToWrite(_("paragraph by paragraph: what was done, what was not")),
        Heading(_("10. Challenges")),
        ToWrite(_("security, access, resources; what is asked of the addressees")),
    ]
