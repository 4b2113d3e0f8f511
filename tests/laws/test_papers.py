"""Law: the security papers do not lie — what they name as proof exists, and what is called shown is shown."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sutura.config import console
from tests.laws.source import FUNCTION, ROOT, tree
from tests.laws.test_docs import cells

POLICY, MODEL, REGISTER = (ROOT / name for name in ("SECURITY.md", "docs/threat-model.md", "docs/asvs.md"))
STATES = ("shown", "partly", "not yet", "not applicable")
# The level of each requirement of ASVS 5.0.0, in the order of each section: facts of the standard, none of its words.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223332", "17.3": "22",
}  # fmt: skip
SPAN = re.compile(r"`([^`\n]+)`")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
PLACE = re.compile(r"(?:\.ci|bench|docs|src|tests|tools|trials)/\S+|[\w-]+\.(?:md|toml|txt)")
MODULE = re.compile(r"python -m ([\w.]+)")
OUR_CHECKS = {"ruff check", "mypy"}  # run by `./sutura test`
NUMBER = re.compile(r"\d+(?:\.\d+){0,2}")


@dataclass(frozen=True)
class Row:
    """One line of the register; a line that stands for a whole section or chapter bears its number."""

    number: str
    level: str
    asks: str
    state: str
    evidence: str

    def requirements(self) -> Iterator[tuple[str, str]]:
        """Number and level of each requirement that the line answers."""
        for section, levels in LEVELS.items():
            for place, level in enumerate(levels, 1):
                number = f"{section}.{place}"
                if f"{number}.".startswith(f"{self.number}."):
                    yield number, level


def rows() -> list[Row]:
    """The lines of the register."""
    found = [
        cells(line) for line in REGISTER.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    return [Row(*row) for row in found if NUMBER.fullmatch(row[0])]


def answered(wanted: str) -> dict[str, Row]:
    """Requirement of one of these levels → its line."""
    return {number: row for row in rows() for number, level in row.requirements() if level in wanted}


def fault_of(span: str) -> str:
    """Why what a code span names as proof is not there; empty when it is, or when the span names none."""
    if "::" in span:
        match = TEST.fullmatch(span)
        if not match:
            return "is no test's name"
        path = ROOT / match[1]
        return "" if path.exists() and match[2] in named_in(path) else "is not there"
    if span.startswith("./sutura "):
        return "" if span.split()[1] in console.modules() else "is no command"
    if match := MODULE.match(span):
        path = ROOT / match[1].replace(".", "/")
        return "" if path.with_suffix(".py").exists() or (path / "__main__.py").exists() else "is no module"
    return "is not there" if PLACE.fullmatch(span) and not (ROOT / span).exists() else ""


def named_in(path: Path) -> set[str]:
    """The tests of a file."""
    return {
        node.name for node in ast.walk(tree(path)) if isinstance(node, FUNCTION) and node.name[:5] == "test_"
    }


def shows(evidence: str) -> bool:
    """Whether a test, a command or a page is named: a place in the code says that a wall stands, not that it holds."""
    return any(
        "::" in span
        or span in OUR_CHECKS
        or span.startswith("./sutura ")
        or MODULE.match(span)
        or (PLACE.fullmatch(span) and span.endswith(".md"))
        for span in SPAN.findall(evidence)
    )


@pytest.mark.parametrize("paper", [POLICY, MODEL, REGISTER], ids=lambda path: path.name)
def test_what_a_paper_names_as_proof_exists(paper: Path):
    spans = sorted(set(SPAN.findall(paper.read_text(encoding="utf-8"))))
    assert spans
    assert [f"{span} {fault}" for span in spans if (fault := fault_of(span))] == []


def test_what_is_run_as_a_check_is_run():
    text = Path(console.modules()["test"].__file__ or "").read_text(encoding="utf-8")
    assert [check for check in OUR_CHECKS if f'"{check}"' not in text] == []


def test_every_requirement_of_levels_1_and_2_has_one_line():
    counted = Counter(number for row in rows() for number, level in row.requirements() if level in "12")
    assert len(counted) > 200
    wanted = {
        f"{part}.{at}" for part, of in LEVELS.items() for at, level in enumerate(of, 1) if level in "12"
    }
    assert {number: counted[number] for number in wanted if counted[number] != 1} == {}
    assert [row.number for row in rows() if not list(row.requirements())] == []


def test_a_line_of_its_own_says_its_level():
    said = {row.number: row.level for row in rows() if row.number.count(".") == 2}
    known = {number: level for row in rows() for number, level in row.requirements()}
    assert said == {number: known[number] for number in said}


def test_every_line_has_a_state_and_its_reason():
    wrong = []
    for row in rows():
        whole = row.number.count(".") < 2
        if row.state not in STATES or not row.asks:
            wrong.append(f"{row.number}: {row.state} is no state")
        elif row.state == "shown" and not shows(row.evidence):
            wrong.append(f"{row.number}: shown by nothing")
        elif not row.evidence:
            wrong.append(f"{row.number}: {row.state}, and why?")
        elif whole and row.state != "not applicable":
            wrong.append(f"{row.number}: only what does not apply may be told together")
    assert wrong == []


def test_the_count_at_the_head_is_right():
    states = Counter(row.state for row in answered("12").values())
    counts = ", ".join(f"{states[state]} {state}" for state in STATES)
    told = re.findall(r"^Of the .*$", REGISTER.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == [f"Of the {states.total()} requirements of levels 1 and 2: {counts}."]


def test_every_adversary_is_answered():
    """What she reaches, what stops her, how it is proved, what is left: a wall without a proof says so."""
    text = MODEL.read_text(encoding="utf-8")
    chapter = text.partition("\n## Adversaries\n")[2].partition("\n## ")[0]
    adversaries = chapter.split("\n### ")[1:]
    assert len(adversaries) == 11
    asked = ("Reaches", "Stops", "Proof", "Left")
    for adversary in adversaries:
        head = adversary.splitlines()[0]
        assert re.findall(r"^\*\*(\w+)\.\*\*", adversary, re.MULTILINE) == list(asked), head
        proof = adversary.partition("**Proof.**")[2].partition("**Left.**")[0]
        assert shows(proof) or "None yet" in proof, head
