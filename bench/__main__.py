"""`python -m bench`: each goal in a process of its own, then the table."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.measure import Skip, peak
from bench.report import as_text, unjudged
from bench.stage import ROOT
from sutura.config.language import say

# name → module; in this order, since the first are short
GOALS = {
    "save": "bench.save",
    "rollup": "bench.rollup",
    "import": "bench.importing",
    "ghn": "bench.ghn",
    "trends": "bench.trends",
    "list": "bench.listing",
    "xlsx": "bench.xlsx",
    "pages": "bench.pages",
    "names": "bench.names",
    "wall": "bench.wall",
    "opening": "bench.opening",
    "page": "bench.coded_page",
    "board": "bench.board",
    "map": "bench.services_map",
    "children": "bench.children",
    "children_wall": "bench.children_wall",
    "receiving": "bench.receiving",
}


def read(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--only", action="append", choices=tuple(GOALS))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=("fr", "en"))
    parser.add_argument("--url", help="another server: its OpenRosa address, for the goal `receiving`")
    parser.add_argument("--form", help="the form to fill in there")
    parser.add_argument("--pid", type=int, action="append", help="its first process, to tell what it costs")
    parser.add_argument("--peer", help="what another server did: RATE,CPU_MS,P95_MS,MB")
    parser.add_argument("--measure", choices=tuple(GOALS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main() -> int:
    """0 when every goal was measured (with --strict: and holds), 1 otherwise."""
    options = read()
    if options.url or options.peer:
        os.environ["SUTURA_BENCH_SERVER"] = json.dumps(
            {name: getattr(options, name) for name in ("url", "form", "pid", "peer")}
        )
    if options.measure:
        return measure(options.measure, options.folder, options.small)
    with tempfile.TemporaryDirectory(prefix="sutura-bench-") as folder:
        found = []
        for name in options.only or GOALS:
            found.append(one(name, Path(folder), options.small))
            if options.format == "text":
                print(as_text(found[-1], judged=not options.small), flush=True)
    if options.format == "json":
        print(json.dumps({"small": options.small, "goals": found}, ensure_ascii=False, indent=1))
    elif options.small:
        print(unjudged())
    broken = any("broken" in goal for goal in found)
    missed = any(not result["holds"] for goal in found for result in goal.get("results", ()))
    return int(broken or (options.strict and missed))


def one(name: str, folder: Path, small: bool) -> dict[str, Any]:
    """Measure one goal in its own process; a goal that breaks is told and the others go on."""
    print(f"── {name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench", "--measure", name, "--folder", str(folder)]
    started = time.monotonic()
    done = subprocess.run(
        [*command, *(["--small"] if small else [])],
        cwd=ROOT,
        env={**os.environ, "SUTURA_LANG": say("en", "fr"), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    took = {"name": name, "seconds": round(time.monotonic() - started, 1)}
    if done.returncode:
        return took | {"broken": say("this goal could not be measured", "ce but n’a pas pu être mesuré")}
    told: dict[str, Any] = took | json.loads(done.stdout.splitlines()[-1])
    return told


def measure(name: str, folder: Path, small: bool) -> int:
    """Measure a goal here, and print what was found as one line of JSON."""
    try:
        results = importlib.import_module(GOALS[name]).run(folder, small)
        told: dict[str, Any] = {"results": [result.as_json() for result in results]}
    except Skip as reason:
        told = {"skipped": str(reason)}
    told["memory_mb"] = round(peak())
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
