"""The results as a table for a person."""

from __future__ import annotations

from typing import Any

from sutura.config.language import say


def as_text(goal: dict[str, Any], *, judged: bool) -> str:
    """Two lines for each promise of a goal: what; then ours, baseline, ratio, goal, and whether it holds."""
    lines = [line_of(result, judged) for result in goal.get("results", ())]
    for why, word in (("skipped", say("skipped", "sauté")), ("broken", say("broken", "en panne"))):
        if why in goal:
            lines.append(f"{goal['name']:<8} {word}: {goal[why]}")
    return "\n".join(lines)


def unjudged() -> str:
    """Why the small sizes get no verdict."""
    return say(
        "Small sizes show that the bench runs; they judge nothing.",
        "Les petites tailles montrent que le banc marche ; elles ne jugent rien.",
    )


def line_of(result: dict[str, Any], judged: bool) -> str:
    """One promise in two lines."""
    sign = "≥" if result["at_least"] else "≤"
    verdict = say(" holds", " tenu") if result["holds"] else say(" MISSED", " MANQUÉ")
    note = f" · {result['note']}" if result["note"] else ""
    ratio = f"{say('ratio', 'rapport')} {number(result['ratio'])} ({sign} {number(result['goal'])})"
    return (
        f"{result['name']:<8} {result['what']}\n"
        f"{'':8} {told(result['ours'])} · {told(result['baseline'])} · {ratio}{verdict if judged else ''}{note}"
    )


def told(side: dict[str, Any]) -> str:
    """One side with its unit, and its CPU."""
    cpu = f" (CPU {number(side['cpu_ms'])} ms)" if side["cpu_ms"] is not None else ""
    return f"{side['what']} {number(side['value'])} {side['unit']}".rstrip() + cpu


def number(value: float) -> str:
    """Three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"
