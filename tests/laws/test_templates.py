"""Law: no style, script or handler inside a template; everything extends the page or is a fragment."""

from __future__ import annotations

import re

import pytest

from tests.laws.exceptions import TEMPLATE_SIGNS
from tests.laws.source import PACKAGE, templates, unexcused

pytestmark = pytest.mark.once

INLINE = {
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE | re.DOTALL),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE | re.DOTALL),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "other origin": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "unescaped value": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def test_nothing_is_inline():
    assert templates()
    found = {}
    for path in templates():
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        for what, sign in INLINE.items():
            if sign.search(text):
                found[f"{path.relative_to(PACKAGE)}: {what}"] = "write it otherwise"
    assert unexcused(found, TEMPLATE_SIGNS) == []


def test_every_form_that_posts_is_protected():
    """A form without the token would be refused at the moment someone needs it."""
    posts = re.compile(r"<form\b[^>]*method\s*=\s*[\"']?post[^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in templates()
        for body in posts.findall(path.read_text(encoding="utf-8"))
        if "csrf_token" not in body
    ]
    assert wrong == []
