"""The product as an outsider meets it: its commands, on a database of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SEVERAL = """
import json, sys
from sutura.config.console import main
for words in json.load(sys.stdin):
    assert main(words) == 0, words
    print(chr(12))
"""
"""Several commands, one after the other as each would be typed, in one process: to begin each costs a second."""
Asked = tuple[str, ...]
INSIDE = ("DJANGO_SETTINGS_MODULE", "SUTURA_SECRET_KEY", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS")


@dataclass(frozen=True)
class Product:
    """One database with the schema and the registers."""

    url: str
    home: Path

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """One command, as a person types it."""
        return self.started(["-m", "sutura", *map(str, words)])

    def started(self, words: Sequence[str], told: str | None = None) -> subprocess.CompletedProcess[str]:
        """Python on this database."""
        environment = {k: v for k, v in os.environ.items() if k not in INSIDE}
        environment |= {"DATABASE_URL": self.url, "SUTURA_DATA": str(self.home), "HOME": str(self.home)}
        environment |= {
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONWARNINGS": "default",
        }
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=environment,
            text=True,
            input=told,
            capture_output=True,
            timeout=900,
        )

    def answer(self, *words: str | Path, code: int = 0) -> Any:
        """The JSON which a command prints, alone, on standard output."""
        done = self.run(*words, "--format", "json")
        told = f"{' '.join(map(str, words))}\n{done.stdout[:4000]}\n{done.stderr[-4000:]}"
        assert done.returncode == code, told
        return json.loads(done.stdout)

    def take(self, path: Path, *words: str, code: int = 0) -> dict[str, Any]:
        """Import a workbook."""
        answer: dict[str, Any] = self.answer("import", "incidents", path, *words, code=code)
        return answer

    def figures(self, product: str, period: str, geography: str = "2021", *words: str) -> dict[str, Any]:
        """Figures of one product and period, without the two keys that name the moment and the rules."""
        geo = ("--geography", geography) if geography != "2021" else ()
        return bare(self.answer("figures", product, period, *geo, *words))

    def figures_of(self, asked: Sequence[Asked], geography: str = "2021") -> list[dict[str, Any]]:
        """The same of several products and periods."""
        commands = [["figures", *one, "--geography", geography, "--format", "json"] for one in asked]
        done = self.started(["-c", SEVERAL], json.dumps(commands))
        assert done.returncode == 0, done.stderr[-4000:]
        answers = [bare(json.loads(answer)) for answer in done.stdout.split(chr(12))[:-1]]
        assert len(answers) == len(asked)
        return answers


def bare(answer: dict[str, Any]) -> dict[str, Any]:
    """Figures without the two keys that name the moment and the rules."""
    assert answer.pop("as_at")
    assert answer.pop("rules_version")
    return answer


@contextmanager
def made(folder: Path, template: Product | None = None) -> Iterator[Product]:
    """A fresh database: by the command `init`, or a copy of one where that has been done."""
    folder.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield from made_in_postgres(given, folder, template)
        return
    product = Product(f"sqlite:///{folder / 'sutura.sqlite3'}", folder)
    if template:
        for part in template.home.glob("sutura.sqlite3*"):
            shutil.copy(part, folder)
    else:
        begin(product)
    yield product


def made_in_postgres(given: str, folder: Path, template: Product | None) -> Iterator[Product]:
    """The same beside the PostgreSQL database which the session names; dropped afterwards."""
    import psycopg

    name = f"sutura_truth_{os.getpid()}_{abs(hash(folder))}"
    origin = f' TEMPLATE "{template.url.partition("?")[0].rpartition("/")[2]}"' if template else ""
    address, _, options = given.partition("?")
    url = f"{address.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")
    with psycopg.connect(given, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"{origin}')  # type: ignore[arg-type,unused-ignore]
        try:
            product = Product(url, folder)
            if not template:
                begin(product)
            yield product
        finally:
            link.execute(f'DROP DATABASE "{name}"')  # type: ignore[arg-type,unused-ignore]


def begin(product: Product) -> None:
    """Schema and registers."""
    done = product.run("init")
    assert done.returncode == 0, done.stdout + done.stderr
