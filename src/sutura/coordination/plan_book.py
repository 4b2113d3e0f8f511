"""A version of a plan as an Excel workbook: its activities, its funding leads, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from sutura.coordination.choices.plans import ActivityKind
from sutura.coordination.models import FundingLead, PlanLine, PlanVersion
from sutura.coordination.rules.plans import sums
from sutura.coordination.statuses import whole_country
from sutura.places.models import Unit
from sutura.security.formulas import harmless
from sutura.ui import wording

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
UNDATED = datetime(2000, 1, 1)  # the file says when it was made on a page, not in hidden properties
LINE = 13.5  # points
LEADS, MEANING = (30, 36, 14, 16, 16, 14, 50), (32, 96)
WIDTHS = (5, 18, 30, 15, 10, 12, 12, 11, 11, 13, 13, 13, 9, 13, 24)
BUDGET, FUNDED, GAP = 9, 10, 11


def as_xlsx(version: PlanVersion, *, today: date) -> bytes:
    """The workbook, in the language in force."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {"author": "", "title": f"{version.plan.body.acronym} – {version.plan}", "created": UNDATED}
    )
    lines = list(version.lines.told())
    pages = Pages(book)
    pages.activities(version, lines)
    pages.leads(list(version.plan.leads.select_related("activity").by_day()))
    pages.meaning(version, lines, today)
    book.close()
    return out.getvalue()


class Pages:
    """Writes the sheets, all alike."""

    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.words = book.add_format({**font, "text_wrap": True})
        self.head = book.add_format(
            {**font, "bold": True, "bg_color": "#ebeef9", "bottom": 1, "text_wrap": True}
        )
        self.money = book.add_format({**font, "num_format": "#,##0"})
        self.number = book.add_format({**font, "align": "left"})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"})
        self.share = book.add_format({**font, "num_format": '0" %"', "align": "center"})
        self.total = book.add_format(
            {**font, "bold": True, "top": 1, "num_format": "#,##0", "bg_color": "#ebeef9"}
        )

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
        """An empty sheet to be printed across A4, with its headings."""
        sheet = self.book.add_worksheet(name[:31])
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        sheet.set_row(0, 2 * LINE)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def row(
        self, sheet: Any, at: int, values: Sequence[Any], widths: Sequence[int], shapes: dict[int, Any]
    ) -> None:
        """One row: words as words, which can never run; numbers and days as such; nothing as nothing."""
        wrapped = (
            -(-len(str(value or "")) // (width - 1)) for value, width in zip(values, widths, strict=True)
        )
        sheet.set_row(at, LINE * max(1, *wrapped))  # not every spreadsheet makes room by itself
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, self.day)
            elif isinstance(value, int):
                sheet.write_number(at, column, value, shapes.get(column, self.money))
            elif value:
                sheet.write_string(at, column, harmless(str(value)), self.words)

    def activities(self, version: PlanVersion, lines: Sequence[PlanLine]) -> None:
        """The activities; the gaps and the totals are formulas, so that whoever changes an amount sees them move."""
        heads = (
            _("No."), _("Strategic axis"), _("Activity"), _("Kind"), _("Lead organisation"), _("Partner organisations"),
            _("Region"), _("From"), _("Until"), _("Budget, FCFA"), _("Funded, FCFA"), _("Gap, FCFA"), _("Progress"),
            _("State"), _("Last news"),
        )  # fmt: skip
        sheet = self.sheet(_("Action plan"), heads, WIDTHS)
        regions = Unit.objects.region_names()
        counted = [line for line in lines if line.standing.counts]
        for at, line in enumerate(counted, start=1):
            self.activity(sheet, at, line, regions)
        if counted:
            self.totals(sheet, counted)
        # What was given up stands below the totals, which leave it out.
        for at, line in enumerate(
            (each for each in lines if not each.standing.counts), start=len(counted) + 2
        ):
            self.activity(sheet, at, line, regions)

    def activity(self, sheet: Any, at: int, line: PlanLine, regions: dict[str, str]) -> None:
        """One activity, its gap as a formula."""
        activity = line.activity
        helpers = ", ".join(each.organisation.short for each in line.helpers.all())
        values = (
            activity.number, line.axis, line.title, ActivityKind(line.kind).label, line.lead.short, helpers,
            whole_country(line.region, regions), line.starts_on, line.ends_on, line.budget, activity.funded, None,
            activity.progress, activity.get_state_display(), activity.words,
        )  # fmt: skip
        self.row(sheet, at, values, WIDTHS, {0: self.number, 12: self.share})
        if line.budget is not None and line.standing.counts:
            of = [xl_rowcol_to_cell(at, column) for column in (BUDGET, FUNDED)]
            sheet.write_formula(at, GAP, f"={of[0]}-{of[1]}", self.money, line.standing.gap)

    def totals(self, sheet: Any, counted: Sequence[PlanLine]) -> None:
        """The sums of the activities above."""
        last = len(counted)
        total = sums((line.standing for line in counted), date.min)
        for column in range(len(WIDTHS)):
            sheet.write_blank(last + 1, column, None, self.total)
        sheet.write_string(last + 1, 2, _("Total, without those given up"), self.total)
        for column, value in ((BUDGET, total.budget), (FUNDED, total.funded), (GAP, total.gap)):
            of = f"{xl_rowcol_to_cell(1, column)}:{xl_rowcol_to_cell(last, column)}"
            sheet.write_formula(last + 1, column, f"=SUM({of})", self.total, value)

    def leads(self, leads: Sequence[FundingLead]) -> None:
        """Who may pay."""
        heads = (
            _("Donor"), _("Call for projects"), _("For activity"), _("Amount, FCFA"), _("Stage"), _("Closing day"),
            _("Notes"),
        )  # fmt: skip
        sheet = self.sheet(_("Funding leads"), heads, LEADS)
        for at, lead in enumerate(leads, start=1):
            number = lead.activity.number if lead.activity else None
            values = (
                lead.donor, lead.call, number, lead.amount, lead.get_stage_display(), lead.closes_on, lead.words,
            )  # fmt: skip
            self.row(sheet, at, values, LEADS, {})

    def meaning(self, version: PlanVersion, lines: Sequence[PlanLine], today: date) -> None:
        """Which version this is, and how its figures are made."""
        total = sums((line.standing for line in lines), today)
        sheet = self.sheet(_("Definitions"), (_("What"), _("Means")), MEANING)
        days = wording.days(version.starts_on, version.ends_on)
        told = [
            (_("Action plan"), f"{version.plan} ({version.plan.body})"),
            (_("Version"), f"{version.number}, {version.get_stage_display()}, {days}"),
            (_("As it stood on"), wording.day(today)),
            (
                _("Execution rate"),
                _(
                    "activities carried out, of all those planned, those given up left out: %(done)s of %(planned)s"
                )
                % {"done": total.done, "planned": total.planned},
            ),
            (
                _("Late"),
                _("the last day is over and the activity is not carried out: %(n)s") % {"n": total.late},
            ),
            (
                _("Financing gap"),
                _("budget less what is funded, activity by activity, those given up left out: %(gap)s FCFA")
                % {"gap": wording.number(total.gap)},
            ),
            (_("Without a budget"), _("nobody has worked out what they cost: %(n)s") % {"n": total.uncosted}),
        ]
        for at, (what, means) in enumerate(told, start=1):
            self.row(sheet, at, (what, means), MEANING, {})
