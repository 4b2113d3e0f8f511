"""`./sutura figures PRODUCT PERIOD`: the figures of a report, for a machine or for a person at a terminal."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import TYPE_CHECKING

from sutura.config.answers import add_format
from sutura.config.language import say

if TYPE_CHECKING:
    from sutura.reporting.rules.figures import BlockFigures, Figures

NAME = "figures"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "print the figures of a quarter (ghn), a year (annual) or a window of dates",
        "donner les chiffres d’un trimestre (ghn), d’une année (annual) ou d’une fenêtre de dates (window)",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "product", choices=("ghn", "annual", "window"), metavar="PRODUCT", help="ghn · annual · window"
    )
    parser.add_argument(
        "period",
        metavar=say("PERIOD", "PÉRIODE"),
        help=say(
            "2026-Q1 for ghn, 2026 for annual, 2026-04-01..2028-03-31 for window",
            "2026-Q1 pour ghn, 2026 pour annual, 2026-04-01..2028-03-31 pour window",
        ),
    )
    parser.add_argument(
        "--as-at",
        metavar="INSTANT",
        help=say(
            "what was known at a past moment: 2026-04-10T09:30:00Z, or a day (its end)",
            "ce qu’on savait à un moment passé : 2026-04-10T09:30:00Z, ou un jour (sa fin)",
        ),
    )
    parser.add_argument(
        "--geography",
        choices=("2021", "2023"),
        default="2021",
        help=say("regions of 2021, or of the 2023 reform", "régions de 2021, ou de la réforme de 2023"),
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Print the figures; the act is in the audit log under the machine account `figures`."""
    from sutura.audit.services import record
    from sutura.people.services import machine
    from sutura.reporting.rules.figures import as_json, instant
    from sutura.reporting.services import collect

    by = machine("figures")
    found = collect(
        options.product,
        options.period,
        as_at=moment(options.as_at) if options.as_at else None,
        geography=options.geography,
        user=by,
    )
    record(
        by,
        "reporting.figures",
        of=f"{options.product} {found.period.text}",
        fields=f"as at {instant(found.as_at)}, geography {options.geography}",
    )
    if options.format == "json":
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        tell(found)
    return 0


def moment(text: str) -> datetime | None:
    """Read an instant; without an offset it is Malian time, and a day means its end (today: now)."""
    from django.utils import timezone

    from sutura.access.errors import Invalid

    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = say(
            "this is not an instant; write it like 2026-04-10T09:30:00Z",
            "ce n’est pas un instant ; écrivez-le comme 2026-04-10T09:30:00Z",
        )
        raise Invalid(sentence, field="as_at") from error
    if len(text) == len("2026-04-10"):
        if found.date() == timezone.localdate():
            return None
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def tell(found: Figures) -> None:
    """The figures as a few plain tables."""
    from sutura.reporting.choices import Block

    print(
        f"{found.period.product} {found.period.text} · {say('as at', 'arrêté au')} {found.as_at.isoformat()}"
    )
    for name, block in found.blocks.items():
        print(f"\n{Block(name).label}")
        _tell_block(block)
    held = found.apart.deprivation_liberty
    print(f"\n{Block.APART.label}")
    print(f"  military_use {found.apart.military_use}")
    print(f"  deprivation_liberty {held.total} ({held.boys} / {held.girls} / {held.unknown})")
    for check, holds in found.checks.items():
        if not holds:
            print(say(f"CHECK FAILED: {check}", f"CONTRÔLE EN ÉCHEC : {check}"))


def _tell_block(block: BlockFigures) -> None:
    print(
        f"  {'':28}{say('boys', 'garçons'):>9}{say('girls', 'filles'):>9}{say('unknown', 'inconnu'):>9}{'':>9}"
    )
    for kind, sexes in block.victims.items():
        print(f"  {kind:28}{sexes.boys:9}{sexes.girls:9}{sexes.unknown:9}{sexes.total:9}")
    for kind, count in block.events.items():
        print(f"  {kind:28}{'':27}{count:9}")
    totals = block.totals
    print(
        say(
            f"  {totals.violations} violations, {totals.children.total} children, "
            f"{totals.children_multiple} of them in several violations",
            f"  {totals.violations} violations, {totals.children.total} enfants, "
            f"dont {totals.children_multiple} victimes de violations multiples",
        )
    )
