"""The pyramid of layers as a small drawing: told apart by place and by pattern, so black ink on paper is enough."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutura.mhpss.rules import coverage

WIDE, HIGH, GAP = 30.0, 28.0, 1.6
SERVED, STALE, EMPTY, UNKNOWN = "served", "stale", "empty", "unknown"
LOOK = {
    coverage.SERVED: SERVED, coverage.STALE: STALE, coverage.NONE: EMPTY,
    coverage.NO_ANSWER: UNKNOWN, coverage.NOT_ASSESSED: UNKNOWN,
}  # fmt: skip
PATTERN = "step-stale"


def pyramid(states: Sequence[str]) -> str:
    """The steps of a pyramid, the base first, centred on 0,0: full, striped, empty or dotted."""
    return "".join(_step(index, len(states), LOOK.get(state, state)) for index, state in enumerate(states))


def pattern() -> str:
    """The stripes of a step that is to be verified again."""
    return (
        f'<pattern id="{PATTERN}" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="3" height="3" class="level-0"/><path d="M0 0V3" class="step-line" stroke-width="1.7"/></pattern>'
    )


def _step(index: int, count: int, look: str) -> str:
    """One step: a slice of the triangle between two heights."""
    tall = HIGH / count
    low, high = HIGH / 2 - index * tall, HIGH / 2 - (index + 1) * tall + GAP
    (left, right), (above, beyond) = _edges(low), _edges(high)
    shape = f"M{left:.1f} {low:.1f}H{right:.1f}L{beyond:.1f} {high:.1f}H{above:.1f}z"
    fill = f' fill="url(#{PATTERN})"' if look == STALE else ""
    dots = ' stroke-dasharray="1.2 1.6"' if look == UNKNOWN else ""
    return f'<path d="{shape}" class="step step-{look}"{fill}{dots} stroke-width=".9"/>'


def _edges(height: float) -> tuple[float, float]:
    """Where the sides of the triangle stand at a height."""
    half = WIDE / 2 * (height + HIGH / 2) / HIGH
    return -half, half


def symbol(place: int, count: int, label: str = "") -> SafeString:
    """The sign of one layer: a pyramid with its own step full."""
    steps = [SERVED if index == place else EMPTY for index in range(count)]
    return _svg(pyramid(steps), label)


def legend(layers: Sequence[tuple[str, str]]) -> dict[str, object]:
    """What the pyramid on the map says: which step is which layer, which look is which state."""
    looks = (
        (SERVED, _("served")), (STALE, _("to verify again")), (EMPTY, _("no service")),
        (UNKNOWN, _("no answer, or not assessed")),
    )  # fmt: skip
    return {
        "layers": [
            {"symbol": symbol(place, len(layers)), "label": label}
            for place, (_code, label) in reversed(list(enumerate(layers)))
        ],
        "looks": [{"symbol": _svg(_square(look)), "label": label} for look, label in looks],
    }


def _square(look: str) -> str:
    """A single step, to name a look."""
    fill = f' fill="url(#{PATTERN})"' if look == STALE else ""
    dots = ' stroke-dasharray="1.2 1.6"' if look == UNKNOWN else ""
    return f'<rect x="-13" y="-7" width="26" height="14" class="step step-{look}"{fill}{dots} stroke-width=".9"/>'


def _svg(inside: str, label: str = "") -> SafeString:
    role = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    box = f"{-WIDE / 2 - 1:g} {-HIGH / 2 - 1:g} {WIDE + 2:g} {HIGH + 2:g}"
    # the label was escaped, the rest is drawn here
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" class="symbol" viewBox="{box}" {role}>{inside}</svg>'
    )
