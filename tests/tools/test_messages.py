"""The catalogues: what was translated stays, what is new is asked for, what lost a placeholder is a fault."""

from __future__ import annotations

import polib
import pytest

from sutura.config import catalogues
from tools import messages


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    """A catalogue of these entries."""
    made = polib.POFile()
    made.extend(entries)
    return made


def test_merge_keeps_the_french_and_drops_what_nobody_says():
    old = catalogue(
        polib.POEntry(msgid="Region", msgstr="Région"), polib.POEntry(msgid="Gone", msgstr="Parti")
    )
    merged = messages.merge(catalogue(polib.POEntry(msgid="Region"), polib.POEntry(msgid="Cercle")), old)
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("Region", "Région"), ("Cercle", "")]


def test_fill_gives_both_forms_of_a_plural_and_names_what_it_did_not_find():
    made = messages.merge(
        catalogue(polib.POEntry(msgid="%(n)s child", msgid_plural="%(n)s children")), catalogue()
    )
    unknown = messages.fill(made, {"%(n)s child": ["%(n)s enfant", "%(n)s enfants"], "Nowhere": "Nulle part"})
    assert unknown == ["Nowhere"]
    assert made[0].msgstr_plural == {0: "%(n)s enfant", 1: "%(n)s enfants"}
    assert messages.faults_of(made[0]) == []


def test_fill_names_the_context_and_sets_the_type():
    made = catalogue(
        polib.POEntry(msgctxt="state", msgid="Void", msgstr="Annulé"),
        polib.POEntry(msgid="Void", msgstr="Annuler"),
    )
    assert messages.fill(made, {"Void": "Annuler l'acte", "[verb] Void": "Annuler"}) == ["[verb] Void"]
    assert [entry.msgstr for entry in made] == ["Annulé", "Annuler l’acte"]
    assert messages.fill(made, {"[state] Void": "Annulée : « non »..."}) == []
    assert made[0].msgstr == "Annulée\u202f: «\u202fnon\u202f»…"


@pytest.mark.parametrize(
    ("english", "french", "fault"),
    [
        ("Region", "", "no French"),
        ("Region %(name)s", "Région %(nom)s", "placeholders differ"),
        ("Region {name}", "Région", "placeholders differ"),
        ("100% sure", "sûr à 100 %", ""),
        ("%(n)s of %(total)s", "%(n)s sur %(total)s", ""),
        ("What is it?", "Qu'est-ce ?", "typography (python -m tools.messages sets it right)"),
        ("What is it?", "Qu’est-ce\u202f?", ""),
    ],
)
def test_faults(english: str, french: str, fault: str):
    found = messages.faults_of(polib.POEntry(msgid=english, msgstr=french))
    assert [line.partition(":")[0] for line in found] == ([fault] if fault else [])


def test_catalogues_are_compiled_when_they_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    source = tmp_path / "places" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue(polib.POEntry(msgid="Region", msgstr="Région")).save(str(source))
    assert catalogues.compile_stale() == 1
    assert catalogues.compile_stale() == 0
    assert [entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))] == ["Région"]
