"""Sets a paper as PDF; run by `security.limited`, imports nothing of ours.

What people typed comes as data and is never read as markup: a `#` or a `$` in a title comes out as it was typed.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

TEMPLATE = Path(__file__).with_name("paper.typ")


def main(words: list[str]) -> int:
    """Standard input, the paper as JSON, to standard output; its one word is the folder of our fonts."""
    import typst

    (fonts,) = words
    given = sys.stdin.buffer.read().decode()
    press = partial(
        typst.compile, str(TEMPLATE), root=str(TEMPLATE.parent), format="pdf", sys_inputs={"paper": given},
        font_paths=[fonts], ignore_system_fonts=True,
    )  # fmt: skip
    try:
        printed = press(pdf_standards="ua-1")  # PDF for everybody, with its tags
    except typst.TypstError:
        # A sign that no font of ours draws breaks that standard: the paper comes out all the same, unmarked.
        printed = press()
    assert isinstance(printed, bytes)
    sys.stdout.buffer.write(printed)
    return 0
