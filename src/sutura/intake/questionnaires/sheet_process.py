"""Makes a form of a sheet in a process of its own, with bounded memory and time; a hostile sheet gets hold of nothing.

Run by `security.limited` with the sheet on standard input. It writes one object of JSON: the form, the remarks of
pyxform, the settings, the rows of questions and the external choices; or, refused, its sentence, which names the row.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from typing import Any

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.utils import external_choices_to_csv, has_external_choices
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

UNPACKED = 40 * 1024 * 1024
CELL = 1000  # signs of a cell which are looked at
ROWS = 5000
KINDS = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}


def weigh(content: bytes) -> None:
    """A sheet of questions that unpacks to so much is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED:
            raise MemoryError


def made(content: bytes) -> dict[str, Any]:
    """The form of a sheet, or why there is none."""
    kind = KINDS.get(content[:4], ".md")
    if kind == ".xlsx":
        weigh(content)
    remarks: list[str] = []
    try:
        sheet = get_xlsform(xlsform=content, file_type=kind)
        told = workbook_to_json(
            workbook_dict=sheet, fallback_form_name=sheet.fallback_form_name, warnings=remarks
        )
        choices = (
            external_choices_to_csv(workbook_dict=sheet) if has_external_choices(json_struct=told) else ""
        )
        # Its public way writes a file first, which this process may not.
        xform = create_survey_element_from_dict(told)._to_ugly_xml()
    except PyXFormError as fault:
        return {"refused": str(fault)[:CELL]}
    rows = [
        {str(name): str(value)[:CELL] for name, value in row.items() if value} for row in sheet.survey[:ROWS]
    ]
    settings = {str(name): str(value)[:CELL] for row in sheet.settings or [] for name, value in row.items()}
    return {
        "xform": xform,
        "remarks": [str(one)[:CELL] for one in remarks][:50],
        "rows": rows,
        "settings": settings,
        "itemsets": choices or "",
    }


def main(_words: list[str]) -> int:
    """Read, make, write."""
    logging.disable()
    json.dump(made(sys.stdin.buffer.read()), sys.stdout)
    return 0
