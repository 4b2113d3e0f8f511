"""A word which begins like a formula runs in the spreadsheet of whoever opens it, whoever wrote it."""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text which no spreadsheet takes for a formula, also once the sheet was saved again as CSV."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
