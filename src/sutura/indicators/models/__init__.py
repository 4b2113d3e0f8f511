"""Tables of the indicators: definitions in versions, rounds of reports, frozen figures, codes. No child, by schema."""

from sutura.indicators.models.bulletins import Bulletin, Figure
from sutura.indicators.models.codes import Dhis2Code
from sutura.indicators.models.definitions import Aim, Definition, Indicator
from sutura.indicators.models.rounds import Report, ReportLink, Round, RoundItem, Value

__all__ = [
    "Aim", "Bulletin", "Definition", "Dhis2Code", "Figure", "Indicator", "Report", "ReportLink", "Round", "RoundItem",
    "Value",
]  # fmt: skip
