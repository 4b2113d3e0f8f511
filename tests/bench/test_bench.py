"""The bench answers by contract; what it measures is no business of a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bench import __main__ as bench
from bench.measure import Cost, Result, Side, median
from bench.report import as_text
from sutura.config.commands import bench as command
from tests.laws.source import ROOT


def result(ratio: float, goal: float, *, at_least: bool = False) -> Result:
    return Result(
        "save", "saving", Side("ours", 6.0, "ms", 5.0), Side("bare", 3.0, "ms"), ratio, goal, at_least
    )


def test_a_promise_holds_on_its_own_side() -> None:
    assert [result(2.0, 3.0).holds, result(4.0, 3.0).holds] == [True, False]
    assert [result(60, 50, at_least=True).holds, result(40, 50, at_least=True).holds] == [True, False]


def test_the_middle_of_the_rounds_counts() -> None:
    assert median([Cost(1, 30), Cost(9, 10), Cost(2, 20)]) == Cost(2, 20)


def test_a_promise_is_told_with_both_sides_its_ratio_and_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUTURA_LANG", "en")
    goal = {"name": "save", "results": [result(2.0, 3.0).as_json()]}
    told = "save     saving\n         ours 6 ms (CPU 5 ms) · bare 3 ms · ratio 2 (≤ 3)"
    assert as_text(goal, judged=True) == f"{told} holds"
    assert as_text(goal, judged=False) == told
    skipped = {"name": "list", "skipped": "wrk is not installed"}
    assert as_text(skipped, judged=True) == "list     skipped: wrk is not installed"


def test_the_command_knows_every_goal() -> None:
    assert tuple(bench.GOALS) == command.GOALS


@pytest.mark.once
@pytest.mark.slow
def test_the_small_bench_runs() -> None:
    asked = [sys.executable, "-P", "-m", "sutura", "bench", "--small", "--only", "save", "--format", "json"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(asked, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    (goal,) = answer["goals"]
    (found,) = goal["results"]
    assert (answer["small"], goal["name"], found["goal"]) == (True, "save", 3.0)
    assert found["ratio"] == pytest.approx(found["ours"]["value"] / found["baseline"]["value"])
    assert found["ours"]["value"] > 0
