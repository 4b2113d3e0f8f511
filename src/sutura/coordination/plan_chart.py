"""The timeline of a plan as a drawing: a bar for the days of each activity, filled as far as it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sutura.coordination.models import PlanLine, PlanVersion
from sutura.coordination.rules.plans import Months, months, share
from sutura.ui import wording
from sutura.ui.charts import Canvas, legend

HEAD, ROW = 24, 44
LABELS = 5  # months named across a phone
LAST = 85  # per cent from which on the name of a month has no room


def timeline(version: PlanVersion, lines: Sequence[PlanLine], *, today: date) -> SafeString:
    """One row for each activity, named above its bar; the thin upright line is today."""
    along = months(version.starts_on, version.ends_on)
    title = _("Timeline of the plan: %(days)s") % {"days": wording.days(version.starts_on, version.ends_on)}
    canvas = Canvas(HEAD + ROW * len(lines), title)
    draw_months(canvas, along)
    for at, line in enumerate(lines):
        draw_line(canvas, line, HEAD + ROW * at, along, today)
    if along.firsts[0] <= today < along.after:
        upright(canvas, share(today, along), "axis")
    return canvas.svg()


def keys() -> SafeString:
    """What the colours mean."""
    return legend([_("done so far"), _("late"), _("still to do"), _("given up")])


def draw_months(canvas: Canvas, along: Months) -> None:
    """A line where each month begins; as many of their names as fit."""
    every = -(-len(along.firsts) // LABELS)
    for at, first in enumerate(along.firsts):
        upright(canvas, share(first, along), "grid")
        if at % every == 0 and share(first, along) < LAST:
            canvas.text(share(first, along) + 0.4, 12, wording.month(first), css="muted")


def upright(canvas: Canvas, x: float, css: str) -> None:
    """A line from top to bottom."""
    ink = canvas.ink(css, "stroke")
    canvas.parts.append(f'<line x1="{x:.4g}%" x2="{x:.4g}%" y1="0" y2="{canvas.height:.4g}" {ink}/>')


def draw_line(canvas: Canvas, line: PlanLine, y: float, along: Months, today: date) -> None:
    """The name, then the bar: what is done in one colour, what is left in another, and another where it is late."""
    activity, standing = line.activity, line.standing
    late = standing.is_late(today)
    start, end = share(line.starts_on, along), share(date.fromordinal(line.ends_on.toordinal() + 1), along)
    done = (end - start) * activity.progress / 100
    said = f"{activity.number}. {line.title} – {wording.days(line.starts_on, line.ends_on)} – {activity.progress} %"
    words = escape(f"{said} – {_('late')}" if late else said, quote=True)
    canvas.text(0, y + 15, f"{activity.number}. {shortened(line.title)}")
    whole = bar(canvas, start, y + 22, end - start, "c2" if late else "c3" if standing.counts else "c4")
    shape = whole + (bar(canvas, start, y + 22, done, "c1") if done else "")
    canvas.link(f"<g><title>{words}</title>{shape}</g>", activity.get_absolute_url(), words)


def bar(canvas: Canvas, x: float, y: float, wide: float, css: str) -> str:
    """A stretch of days, never too thin to be seen."""
    ink = canvas.ink(css).replace('class="', 'class="mark ')
    return f'<rect x="{x:.4g}%" y="{y:.4g}" width="{max(wide, 0.6):.4g}%" height="14" rx="2" {ink}/>'


def shortened(title: str, most: int = 46) -> str:
    """As much of a title as stands on a phone."""
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
