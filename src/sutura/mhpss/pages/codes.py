"""The lists of codes as a page: each with its version, its source, and what its codes lead to elsewhere."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sutura.mhpss.models import CodeList, Crosswalk


def code_lists(user: Any) -> dict[str, Any]:
    """Every list, in use or not, with its codes and their crosswalks."""
    leads: defaultdict[int, list[Any]] = defaultdict(list)
    for tie in Crosswalk.objects.visible_to(user).select_related("other__scheme"):
        leads[tie.term_id].append(tie)
    lists = CodeList.objects.visible_to(user).prefetch_related("terms")
    return {
        "lists": [
            {"list": each, "rows": [{"term": term, "leads": leads[term.pk]} for term in each.terms.all()]}
            for each in lists
        ]
    }
