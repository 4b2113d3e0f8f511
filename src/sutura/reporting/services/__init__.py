"""What reports can do: collect, open the records behind a number, freeze, clear, explain, show trends."""

from sutura.reporting.services.collecting import Details, collect, details
from sutura.reporting.services.contents import content_of
from sutura.reporting.services.editions import clear, freeze, is_intact, recompute
from sutura.reporting.services.explaining import Because, Explanation, explain, explain_editions
from sutura.reporting.services.records import Record, records_behind
from sutura.reporting.services.trends import Series, map_values, trend

__all__ = [
    "Because",
    "Details",
    "Explanation",
    "Record",
    "Series",
    "clear",
    "collect",
    "content_of",
    "details",
    "explain",
    "explain_editions",
    "freeze",
    "is_intact",
    "map_values",
    "recompute",
    "records_behind",
    "trend",
]
