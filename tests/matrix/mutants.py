"""`python -m tests.matrix.mutants`: the law of access broken on purpose, one way at a time; each must be noticed."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path

from tests.matrix.breaking import ROOT, Mutant, guards, roles, rules, scopes, tiers

# Changes which nobody can notice, each with its reason.
HARMLESS = {
    "desk.anchor without its guard": "the page asks the same right again, for the whole country",
    "alerts.triage at S2 instead of S3": "the page of triage reads the alert first, which is S3",
    "verification.focal_point at S1 instead of S2": "the page of judging reads the violation first, which is S2",
    **{
        f"coordination.{page} without its guard": "it takes posts alone, and the act asks the same right"
        for page in ("feed_make", "feed_revoke")
    },
    **{
        f"{what} identifying fields": "they are sealed: who may not open them holds no key"
        for what in ("nobody empties", "the story tells")
    },
    **{
        f"disclosure.{page} without its guard": "the line of the log which each download writes asks the same right"
        for page in ("note_docx", "note_html", "figures_xlsx", "figures_json")
    },
}


def every() -> list[Mutant]:
    """All of them, the kinds in turn."""
    kinds = [list(found()) for found in (rules, scopes, tiers, roles, guards)]
    turns = [mutant for turn in zip_longest(*kinds) for mutant in turn if mutant is not None]
    return [mutant for mutant in turns if mutant.what not in HARMLESS]


def killed(mutant: Mutant, staged: Path, cells: int) -> bool:
    """Whether the matrix, run with the broken file, finds a fault."""
    with tempfile.TemporaryDirectory(prefix="sutura-mutant-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / mutant.path.relative_to(ROOT)).write_text(mutant.source(), encoding="utf-8")
        if mutant.kind == "widen":
            # Grants stop at the highest tier of their role: those of a wider role are given under the broken law.
            (folder / "staged").mkdir()
            stage(folder / "staged", folder / "src")
        else:
            shutil.copytree(staged, folder / "staged")
        command = [sys.executable, "-m", "tests.matrix", "--stop", "--cells", str(cells), "--format", "json"]
        command += ["--folder", str(folder / "staged")]
        command += [word for one in mutant.prefer if one for word in ("--prefer", one)]
        environment = {**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{ROOT}"}
        told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        try:
            found = json.loads(told.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            raise RuntimeError(f"{mutant.what}: {told.stderr[-400:]}") from None
        return bool(found["leaks"] or found["closed"] or found["undeclared"])


def main() -> int:
    """0 when every mutant is noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix.mutants")
    parser.add_argument("--mutants", type=int, default=20)
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--only", default="", help="those whose words hold this")
    options = parser.parse_args()
    chosen = [mutant for mutant in every() if options.only in mutant.what][: options.mutants]
    with tempfile.TemporaryDirectory(prefix="sutura-matrix-") as name:
        stage(Path(name))
        with ThreadPoolExecutor(options.jobs) as pool:
            noticed = list(pool.map(lambda mutant: tell(mutant, Path(name), options.cells), chosen))
    told = {"mutants": len(chosen), "killed": sum(noticed), "of": len(every())}
    print(json.dumps(told) if options.format == "json" else " · ".join(f"{k} {v}" for k, v in told.items()))
    return 0 if all(noticed) else 1


def stage(folder: Path, product: Path = ROOT / "src") -> None:
    """The database and the plan, made with the law as that product has it."""
    command = [sys.executable, "-m", "tests.matrix", "--cells", "1", "--folder", str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{product}{os.pathsep}{ROOT}"}
    whole = (
        product == ROOT / "src"
    )  # a broken law may show in the first cell: it then says 1, and the stage stands
    subprocess.run(command, cwd=ROOT, env=environment, check=whole, capture_output=True)


def tell(mutant: Mutant, staged: Path, cells: int) -> bool:
    """Try one and say what became of it, on standard error."""
    noticed = killed(mutant, staged, cells)
    print("noticed " if noticed else "SURVIVES", f"[{mutant.kind}]", mutant.what, file=sys.stderr, flush=True)
    return noticed


if __name__ == "__main__":
    sys.exit(main())
