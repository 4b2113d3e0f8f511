"""The register as a workbook: one sheet a question, for whoever manages, of her regions alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sutura.capacity.models import Cohort, Enrolment, Professional
from sutura.capacity.pages.training import called
from sutura.security.formulas import harmless

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def as_xlsx(user: Any) -> bytes:
    """People, enrolments and cohorts, each on its own sheet: three units that nobody adds up."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"author": ""})
    bold = book.add_format({"bold": True, "text_wrap": True})
    for title, heads, rows in (people(user), enrolments(user), cohorts(user)):
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 22)
        sheet.write_row(0, 0, heads, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(number, column, value if isinstance(value, int) else harmless(str(value or "")))
    book.close()
    return out.getvalue()


def people(user: Any) -> tuple[str, list[str], list[list[Any]]]:
    """The people of the register."""
    heads = [
        _("Code"),
        _("Name"),
        _("Sex"),
        _("Group"),
        _("Profession"),
        _("Employer"),
        _("Region"),
        _("Cohorts"),
    ]
    found: Any = Professional.objects.visible_to(user).single().counted().select_related("employer")
    rows = [
        [each.code, each.name, each.get_sex_display(), each.get_cadre_display(), each.profession,
         str(each.employer or ""), each.region, each.n_enrolled]
        for each in found
    ]  # fmt: skip
    return _("Professionals"), heads, rows


def enrolments(user: Any) -> tuple[str, list[str], list[list[Any]]]:
    """Who is in which cohort, and how it went."""
    heads = [
        _("Cohort"),
        _("Pathway"),
        _("Name"),
        _("Enrolled on"),
        _("Half-days"),
        _("Test before, in %"),
        _("Test after, in %"),
        _("Certificate"),
        _("Left on"),
    ]
    found = Enrolment.objects.visible_to(user).select_related(
        "cohort__pathway", "professional", "certificate"
    )
    rows = []
    for each in found.prefetch_related("tests", "attendances"):
        told = {test.kind: test.percent for test in each.tests.all()}
        certificate = getattr(each, "certificate", None)
        rows.append(
            [each.cohort.code, str(each.cohort.pathway), called(user, each.professional), each.enrolled_on.isoformat(),
             len(each.attendances.all()), told.get("pre"), told.get("post"),
             certificate.issued_on.isoformat() if certificate and not certificate.revoked_on else "",
             each.left_on.isoformat() if each.left_on else ""]
        )  # fmt: skip
    return _("Enrolments"), heads, rows


def cohorts(user: Any) -> tuple[str, list[str], list[list[Any]]]:
    """The cohorts and their counts."""
    heads = [
        _("Cohort"),
        _("Pathway"),
        _("Region"),
        _("From"),
        _("Until"),
        _("Enrolled"),
        _("Certified"),
        _("Left"),
    ]
    found: Any = Cohort.objects.visible_to(user).counted().select_related("pathway")
    rows = [
        [each.code, str(each.pathway), each.region, each.starts_on.isoformat(), each.ends_on.isoformat(),
         each.n_enrolled, each.n_certified, each.n_left]
        for each in found
    ]  # fmt: skip
    return _("Cohorts"), heads, rows
