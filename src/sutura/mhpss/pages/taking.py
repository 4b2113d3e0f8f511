"""The page of files: each form, who it is for, and how many services of each region it holds under either division."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.pages.matrix import REFORM, Grid, division_tabs
from sutura.mhpss.pages.services import filter_for
from sutura.mhpss.rules import coverage

FORMS = (
    ("xlsx", "file-spreadsheet", _("4Ws sheet (.xlsx)"),
     _("Everything, columns A to V and ours. It comes back by its references. Not for the public.")),
    ("csv", "download", _("CSV with HXL and P-codes"), _("The same for other tools. Not for the public.")),
    ("geojson", "map-pin", _("GeoJSON"),
     _("Points for a map. Only services whose organisation agrees, sensitive places blurred.")),
    ("hsds", "book-open", _("JSON in the shape of HSDS"),
     _("For directories of services. Only services whose organisation agrees, sensitive places blurred.")),
)  # fmt: skip


def taking(user: Any, query: QueryDict) -> dict[str, Any]:
    """The forms with their addresses; a filter of the list holds for the first two."""
    grid = Grid(user, QueryDict(urlencode({"regions": query.get("regions", "")})))
    totals, names = coverage.totals(grid.seen), dict(grid.rows())
    kept = {name: str(value) for name, value in query.items() if name not in ("regions", "page") and value}
    asked = urlencode({**kept, "regions": grid.edition})
    return {
        "forms": [
            {"kind": kind, "icon": icon, "label": label, "words": words} for kind, icon, label, words in FORMS
        ],
        "query": asked,
        "filters": len(filter_for(user, query, Catalogue()).narrowing),
        "tabs": division_tabs(grid.edition, **kept),
        "rows": [{"label": name, "count": totals.get(code, 0)} for code, name in names.items()],
        "total": len(grid.seen),
        "reform": grid.edition == REFORM,
    }
