"""The forms that come with Sutura, and the list of communes, made from the register of places."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from sutura.intake.questionnaires.drafts import Draft
from sutura.places.choices import Edition
from sutura.places.models import Unit

FOLDER = Path(__file__).parents[1] / "shipped"
COMMUNES, CHOICES = "communes.csv", "itemsets.csv"
XFORM, XHTML = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"
ASKED = re.compile(r"jr://(?:file-csv|file|images|audio|video)/(.+)")


def shipped_drafts() -> Iterator[Draft]:
    """Each form with its sheet, as the code holds them."""
    for path in sorted(FOLDER.glob("*.xml")):
        yield draft_of(path.with_suffix(".md").read_bytes(), path.read_bytes())


def draft_of(source: bytes, xform: bytes, warnings: tuple[str, ...] = (), choices: str = "") -> Draft:
    """A form, as its own head names it."""
    root: Element = fromstring(xform, forbid_dtd=True)
    model = root.find(f"{XHTML}head/{XFORM}model")
    first = model.find(f"{XFORM}instance") if model is not None else None
    assert model is not None
    assert first is not None
    title = root.findtext(f"{XHTML}head/{XHTML}title") or ""
    asked = (ASKED.fullmatch(one.get("src", "")) for one in model.iter(f"{XFORM}instance"))
    media = frozenset(found[1] for found in asked if found) | ({CHOICES} if choices else set())
    form_id, version = first[0].get("id", ""), first[0].get("version", "")
    return Draft(form_id, version, title[:200], source, xform, media, choices.encode(), warnings)


def communes() -> bytes:
    """P-code, name and cercle of every commune of the geography by which things are counted."""
    lines = io.StringIO()
    sheet = csv.writer(lines, lineterminator="\n")
    sheet.writerow(("name", "label", "cercle"))
    units = Unit.objects.filter(level=3, edition=Edition.COD_2021).order_by("path")
    sheet.writerows(units.values_list("code", "name", "parent__code"))
    return lines.getvalue().encode()
