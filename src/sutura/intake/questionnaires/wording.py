"""The words of a form: what each question and each answer is called, in the reader's language where the form has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sutura.intake.openrosa.records import plain

W = TypeVar("W")
QUESTIONS = {"input", "select", "select1", "upload", "trigger", "range", "rank", "group"}
NAMED = re.compile(r"jr:itext\('(.+)'\)")
LISTED = re.compile(r"instance\('([^']+)'\)")


@dataclass
class Wording:
    """Path of a question without the root → its words, and those of its answers by code."""

    questions: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)

    def question(self, path: str) -> str:
        """The words of a question; its path where the form has none."""
        return _of(self.questions, path) or path

    def answer(self, path: str, said: str) -> str:
        """An answer in words; several codes each."""
        known = _of(self.answers, path) or {}
        if not known or not said:
            return said
        return ", ".join(known.get(code, code) for code in ([said] if said in known else said.split()))


def _of(known: dict[str, W], path: str) -> W | None:
    """By the path without its numbers, else by the name alone: a field may have moved to another group."""
    path = re.sub(r"\[\d+\]", "", path)
    if path in known:
        return known[path]
    name = path.rpartition("/")[2]
    found = [words for one, words in known.items() if one.rpartition("/")[2] == name]
    return found[0] if len(found) == 1 else None


def wording(xform: bytes, language: str) -> Wording:
    """The words of a form in a language (`fr`, `en`), else in its own; none of a form that cannot be read."""
    found = Wording()
    try:
        root = fromstring(xform, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return found
    texts = _texts(root, language)
    lists = {one.get("id"): one for one in root.iter() if plain(one.tag) == "instance" and one.get("id")}
    for control in root.iter():
        ref = control.get("ref") or ""
        if plain(control.tag) not in QUESTIONS or not ref.startswith("/"):
            continue
        path = ref.split("/", 2)[-1]
        found.questions[path] = _label(control, texts)
        found.answers[path] = _answers(control, texts, lists)
    return found


def _texts(root: Element, language: str) -> dict[str, str]:
    """Number of a text → the text, in the language asked for, else in that of the form."""
    told = [one for one in root.iter() if plain(one.tag) == "translation"]
    mine = [one for one in told if language[:2] in _codes(one.get("lang", ""))]
    first = [one for one in told if one.get("default")] or told
    found: dict[str, str] = {}
    for translation in [*first[:1], *mine[:1]]:
        for text in translation:
            for value in text:
                if not value.get("form"):
                    found[text.get("id", "")] = _said(value)
    return found


def _codes(language: str) -> set[str]:
    """`Français (fr)`, `French`, `fr` are all French."""
    words = re.findall(r"\w+", language.lower())
    return {word[:2] for word in words if len(word) == 2 or word.startswith(("fran", "fren", "engl", "angl"))}


def _label(element: Element, texts: dict[str, str]) -> str:
    for child in element:
        if plain(child.tag) == "label":
            named = NAMED.fullmatch(child.get("ref", ""))
            return texts.get(named[1], "") if named else _said(child)
    return ""


def _answers(control: Element, texts: dict[str, str], lists: dict[str | None, Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in control:
        if plain(child.tag) == "item":
            (value,) = [one.text or "" for one in child if plain(one.tag) == "value"][:1] or [""]
            found[value] = _label(child, texts)
        elif plain(child.tag) == "itemset":
            listed = LISTED.match(child.get("nodeset", ""))
            found |= _listed(lists.get(listed[1]) if listed else None, texts)
    return {code: words for code, words in found.items() if words}


def _listed(instance: Element | None, texts: dict[str, str]) -> dict[str, str]:
    """The answers of a list beside the questions."""
    found = {}
    for item in instance.iter() if instance is not None else ():
        told = {plain(one.tag): one.text or "" for one in item}
        if "name" in told:
            found[told["name"]] = texts.get(told.get("itextId", ""), "") or told.get("label", "")
    return found


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
