"""The way home as a drawing: five bars that narrow, and between them how many stay behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sutura.response.choices import Kind
from sutura.ui.charts import Bar, Canvas, place
from sutura.ui.wording import number

HIGH, HEAD, FOOT = 180, 34, 22
WORDS = {
    Kind.ENCOUNTER: gettext_lazy("Separated"),
    Kind.HANDOVER: pgettext_lazy("way home", "Handed over"),
    Kind.CARE: pgettext_lazy("way home", "In care"),
    Kind.REUNIFICATION: gettext_lazy("Reunified"),
    Kind.FOLLOW_UP: pgettext_lazy("way home", "Followed"),
}


def drawn(steps: Sequence[tuple[str, int]], address: Callable[[str], str]) -> SafeString:
    """One bar for each step, as high as children passed it; the band to the next shows who went on."""
    canvas = Canvas(HIGH, _("The way home: children at each step"))
    most, room = max((count for _kind, count in steps), default=0) or 1, HIGH - HEAD - FOOT
    tall = [max(room * count / most, 2) for _kind, count in steps]
    middle = HEAD + room / 2
    for at, (kind, count) in enumerate(steps):
        x, wide = place(at, len(steps), gap=0.5)
        if at + 1 < len(steps):
            band(
                canvas,
                x + wide,
                place(at + 1, len(steps), gap=0.5)[0] - x - wide,
                tall[at],
                tall[at + 1],
                middle,
            )
        label = str(WORDS[Kind(kind)])
        canvas.box(x, middle - tall[at] / 2, wide, tall[at], "c1", Bar(label, count, address(kind)))
        canvas.text(x + wide / 2, 14, label, anchor="middle", css="muted")
        canvas.text(x + wide / 2, HIGH - 6, number(count), anchor="middle", bold=True)
    return canvas.svg()


def band(canvas: Canvas, x: float, wide: float, tall: float, after: float, middle: float) -> None:
    """What leads from one bar to the next, narrowing as children stay behind."""
    high = max(tall, after)
    left, right = 50 * tall / high, 50 * after / high
    shape = f"0,{50 - left:.4g} 100,{50 - right:.4g} 100,{50 + right:.4g} 0,{50 + left:.4g}"
    canvas.parts.append(
        f'<svg x="{x:.4g}%" y="{middle - high / 2:.4g}" width="{wide:.4g}%" height="{high:.4g}" viewBox="0 0 100 100"'
        f' preserveAspectRatio="none"><polygon points="{shape}" {canvas.ink("level-2")}/></svg>'
    )
