"""The tags and the parts of a page, as HTML."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

import sutura.ui
from sutura.ui.forms import ExampleFilter, ExampleForm
from sutura.ui.statuses import STATUSES


@pytest.fixture(autouse=True)
def in_french() -> object:
    """Words of the tests are French."""
    with translation.override("fr"):
        yield


def write(text: str, **context: Any) -> str:
    """A template of one line."""
    return Template("{% load ui %}" + text).render(Context(context))


def part(name: str, **context: Any) -> str:
    """A component, on one line."""
    return re.sub(r"[ \n]+", " ", render_to_string(f"ui/components/{name}.html", context)).strip()


def test_an_icon_is_silent_unless_it_stands_alone() -> None:
    assert write('{% icon "lock" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#lock"/></svg>'
    )
    assert 'role="img" aria-label="Restreint"' in write('{% icon "lock" label="Restreint" %}')


def test_every_known_status_has_an_icon_and_a_word() -> None:
    for code, status in STATUSES.items():
        html = write("{% status_pill code %}", code=code)
        assert f"#{status.icon}" in html
        assert str(status.label).replace("’", "&#x27;").replace("'", "&#x27;") in html.replace("’", "&#x27;")


def test_an_unknown_status_shows_its_code_rather_than_failing() -> None:
    assert "quarantined" in write('{% status_pill "quarantined" %}')


def test_words_of_a_pill_are_escaped() -> None:
    assert "<b>" not in write("{% pill word %}", word="<b>")


def test_a_clock_says_its_state_in_words_icon_and_class() -> None:
    late = write("{% clock due %}", due=timezone.now() - timedelta(days=3))
    assert "clock-late" in late
    assert "triangle-alert" in late
    assert "en retard de 3 jours" in late
    assert "sans échéance" in write("{% clock due %}", due=None)
    assert "fait 21 nov. 2026" in write("{% clock due done=day %}", due=None, day=date(2026, 11, 21)).replace(
        "\u00a0", " "
    )


def test_filters_live_in_the_address() -> None:
    request = RequestFactory().get("/", {"region": "ML05", "after": "9"})
    assert write("{% query_string region='ML07' after=None %}", request=request) == "?region=ML07"
    assert (
        write("{% query_string status='verified' %}", request=request)
        == "?region=ML05&amp;after=9&amp;status=verified"
    )


def test_a_filter_in_force_is_a_chip_that_drops_it_and_the_page_position() -> None:
    request = RequestFactory().get("/", {"region": "ML05", "status": "", "since": "2026-11-01", "after": "9"})
    form = ExampleFilter(request.GET)
    html = part("filter_bar", form=form, request=request)
    assert 'href="?status=&amp;since=2026-11-01"' in html
    assert "Région <strong>Mopti</strong>" in html
    assert html.count("chips-clear") == 1


def test_no_filter_no_chip() -> None:
    request = RequestFactory().get("/")
    html = part("filter_bar", form=ExampleFilter(request.GET), request=request)
    assert "chips" not in html
    assert '<details class="filters-fold">' in html


def test_a_figure_opens_and_says_its_basis() -> None:
    html = part("figure", label="Violations", value=1141, url="/x", basis="vérifiées", period="T3 2026")
    assert '<a href="/x">1\u202f141</a>' in html
    assert "<span>vérifiées</span><span>T3 2026</span>" in html


def test_a_figure_not_known_is_a_dash_not_zero() -> None:
    assert '<p class="figure-number">–</p>' in part("figure", label="Écoles", value=None)
    assert '<p class="figure-number">0</p>' in part("figure", label="Écoles", value=0)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("nothing_happened", "Rien ne s’est passé"),
        ("nothing_reported", "Rien de signalé"),
        ("not_assessed", "Non évalué"),
    ],
)
def test_three_kinds_of_empty(kind: str, words: str) -> None:
    html = part("empty", kind=kind)
    assert f"empty-{kind}" in html
    assert f'<p class="empty-title">{words}</p>' in html


def test_a_matrix_tells_not_assessed_from_zero_and_links_only_numbers() -> None:
    cells = [{"value": None}, {"value": 0, "url": "/0"}, {"value": 5, "url": "/5", "level": 5}]
    html = part(
        "matrix",
        caption="Par région",
        corner="",
        columns=["A", "B", "C"],
        rows=[{"label": "Gao", "cells": cells}],
    )
    assert html.count("Non évalué") == 1
    assert "/0" not in html
    assert '<td class="level-5"><a href="/5">5</a></td>' in html


def test_a_file_says_what_is_not_stated() -> None:
    html = part("file", rows=[{"label": "Lieu", "value": ""}, {"label": "Garçons", "value": 0}])
    assert html.count("non précisé") == 1
    assert "<dd>0</dd>" in html


def test_errors_are_listed_with_links_to_their_fields() -> None:
    form = ExampleForm({"boys": "-1"})
    html = part("errors", form=form)
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert "Garçons\u202f: " in html


def test_no_error_no_summary() -> None:
    assert part("errors", form=ExampleForm()) == ""


def test_a_wrong_field_says_so_to_every_reader() -> None:
    html = write("{% field form.boys %}", form=ExampleForm({"boys": "-1"}))
    assert 'id="id_boys_error"' in html
    assert 'aria-describedby="id_boys_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="-1"' in html


def test_a_field_has_its_help_and_says_when_it_is_optional() -> None:
    html = write("{% field form.title %}{% field form.account %}", form=ExampleForm())
    assert 'aria-describedby="id_title_helptext"' in html
    assert html.count("(facultatif)") == 1


def test_counts_bring_the_number_keys_and_choices_are_wrapped_in_their_labels() -> None:
    form = ExampleForm()
    assert 'inputmode="numeric"' in write("{% field form.boys %}", form=form)
    html = write("{% field form.kind %}", form=form)
    assert html.count('<div class="choice"><label for="id_kind_') == 3
    assert "<fieldset" in html


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = write("{% field form.title %}", form=ExampleForm({"title": '"><script>'}))
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_day_is_written_for_the_browser_and_read_in_two_ways() -> None:
    typed = {"title": "x", "kind": "seen", "boys": 1, "girls": 1, "unknown": 1, "total": 3, "region": "ML05"}
    for text in ("2026-11-21", "21/11/2026"):
        form = ExampleForm(typed | {"day": text})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == date(2026, 11, 21)
    assert 'type="date" name="day" value="2026-11-21"' in write(
        "{% field form.day %}", form=ExampleForm(initial={"day": date(2026, 11, 21)})
    )


def test_every_component_is_documented_and_shown_in_the_gallery() -> None:
    ui = Path(sutura.ui.__file__).parent
    names = {path.stem for path in (ui / "templates/ui/components").glob("*.html")}
    readme = (ui / "README.md").read_text("utf-8")
    shown = "".join(path.read_text("utf-8") for path in (ui / "templates/ui").glob("gallery*.html"))
    used = set(re.findall(r"ui/components/([a-z_]+)\.html", shown)) | {"figure"}  # `stats` draws figures
    assert {name for name in names if f"`{name}`" not in readme} == set()
    assert names - used == set()
