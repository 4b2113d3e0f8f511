"""What the questions and answers of a form are called on its server, kept small: for whoever compares two records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sutura.intake.questionnaires.wording import Wording

MOST = 500_000


def words_of(asset: Mapping[str, Any]) -> str:
    """The words of an asset as we keep them: {questions: {path: [words]}, answers: {path: {code: [words]}}}."""
    content = asset.get("content")
    content = content if isinstance(content, dict) else {}
    lists: dict[str, dict[str, list[str]]] = {}
    for row in _rows(content, "choices"):
        lists.setdefault(str(row.get("list_name")), {})[str(row.get("name"))] = _labels(row)
    questions: dict[str, list[str]] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    within: list[str] = []
    for row in _rows(content, "survey"):
        kind, name = str(row.get("type")), str(row.get("name") or row.get("$autoname") or "")
        if kind in ("end_group", "end_repeat", "end group", "end repeat"):
            within = within[:-1]
            continue
        path = "/".join([*within, name])
        if kind in ("begin_group", "begin_repeat", "begin group", "begin repeat"):
            within = [*within, name]
        questions[path] = _labels(row)
        listed = row.get("select_from_list_name") or kind.partition(" ")[2]
        if str(listed) in lists:
            answers[path] = lists[str(listed)]
    translations = [str(one or "") for one in content.get("translations") or []]
    told = {"languages": translations, "questions": questions, "answers": answers}
    text = json.dumps(told, ensure_ascii=False)
    return text if len(text) <= MOST else ""


def wording(words: str, language: str, renames: Mapping[str, str]) -> Wording:
    """The words in a language, else in the first of the form; of fields that are named otherwise, under our name."""
    if not words:
        return Wording()
    told = json.loads(words)
    for part in ("questions", "answers"):
        told[part] = {_renamed(path, renames): one for path, one in told[part].items()}
    at = next((n for n, one in enumerate(told["languages"]) if f"({language[:2]})" in one), 0)
    return Wording(
        {path: _at(labels, at) for path, labels in told["questions"].items()},
        {
            path: {code: _at(labels, at) for code, labels in one.items()}
            for path, one in told["answers"].items()
        },
    )


def _renamed(path: str, renames: Mapping[str, str]) -> str:
    above, mark, name = path.rpartition("/")
    return above + mark + (renames.get(path) or renames.get(name, name))


def _rows(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = content.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _labels(row: Mapping[str, Any]) -> list[str]:
    label = row.get("label")
    return [str(one or "") for one in (label if isinstance(label, list) else [label])]


def _at(labels: list[str], at: int) -> str:
    return (labels[at] if at < len(labels) else "") or next((one for one in labels if one), "")
