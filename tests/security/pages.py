"""An answer as an attacker reads it: all its words, also those inside Word and Excel files."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
CLOCK = re.compile(r"\b\d{1,2}[:h]\s?\d{2}(:\d{2}(\.\d+)?)?\b")
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}(:|%3A)\d{2}((:|%3A)\d{2})?(\.\d+)?((\+|%2B)\d{2}(:|%3A)\d{2}|Z)?|\d{8}T\d{4}Z"
)


def text_of(answer: Any) -> str:
    """The body, unpacked where it is a workbook or a document; the headers count too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items() if name != "Location")
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [
                archive.read(name) for name in sorted(archive.namelist()) if name.endswith((".xml", ".rels"))
            ]
        content = b"\n".join(inside)
    return f"{headers}\n{content.decode('utf-8', 'replace')}"


def steady(text: str) -> str:
    """The words of an answer without what differs between two visits: the token of the form and the time of day."""
    for pattern in (CSRF, INSTANT, CLOCK):
        text = pattern.sub("·", text)
    return re.sub(r"Content-Length: \d+\n", "", text)


class Elements(HTMLParser):
    """The elements and attributes of a page, and the texts of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._inside = ""
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside and data.strip():
            self.inline.append(f"<{self._inside}>{data.strip()[:60]}")

    def faults(self) -> list[str]:
        """Inline script or style, handlers, and elements or attributes made by somebody's words."""
        found = list(self.inline)
        for tag, attributes in self.elements:
            if tag.startswith("zq"):
                found.append(f"<{tag}> is a word of a person")
            for name, value in attributes.items():
                if name == "style" or name.startswith(("on", "zq")):
                    found.append(f"<{tag} {name}>")
                if name in ("href", "src", "action") and (value or "").strip().lower().startswith(
                    "javascript"
                ):
                    found.append(f"<{tag} {name}={value}>")
        return found
