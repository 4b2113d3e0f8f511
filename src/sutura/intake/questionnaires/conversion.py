"""A stranger's sheet made into a form: read in a limited process, then judged line by line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sutura.access.errors import Invalid
from sutura.intake.questionnaires.drafts import Draft
from sutura.intake.questionnaires.lint import judge
from sutura.intake.questionnaires.shelf import draft_of
from sutura.security import child

SCRIPT = Path(__file__).with_name("sheet_process.py")
FORM_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")
VERSION = re.compile(r"[A-Za-z0-9_.: -]{0,100}")


def converted(content: bytes) -> Draft:
    """The form of a sheet, with what was remarked. Raises Invalid with the row that is wrong."""
    return drafted(content, _read(content))


def drafted(content: bytes, found: dict[str, Any]) -> Draft:
    """The form of a sheet that was read. Raises Invalid with the row that is wrong."""
    if "refused" in found:
        said = str(found["refused"])
        raise Invalid(_("The sheet cannot become a form: %(said)s") % {"said": said}, field="file")
    judged = judge(found["rows"], found["settings"], found["xform"])
    if judged.refused:
        raise Invalid(judged.refused[0], field="file")
    if not found["settings"].keys() & {"form_id", "id_string"}:
        raise Invalid(_("The settings sheet names no form_id. Write one on its second row."), field="file")
    draft = draft_of(
        content, found["xform"].encode(), (*judged.remarks, *found["remarks"]), found["itemsets"]
    )
    if not FORM_ID.fullmatch(draft.form_id) or not VERSION.fullmatch(draft.version):
        raise Invalid(
            _("On the settings sheet, write form_id and version with plain letters and digits."), field="file"
        )
    return draft


def _read(content: bytes) -> dict[str, Any]:
    try:
        with child.reading(SCRIPT, content=content) as lines:
            found: dict[str, Any] = json.loads(lines.read() or b"{}")
    except child.NotUnderstood:
        found = {}
    except child.Stopped:
        raise Invalid(_("The sheet asks for more time or memory than a form needs."), field="file") from None
    if not found:
        raise Invalid(_("This is no sheet of questions. Give an .xlsx or .xls file."), field="file")
    return found
