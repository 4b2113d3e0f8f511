"""What the pages of an import show, made ready: figures, faults in the reader's language, a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sutura.intake.choices import Kind, Outcome
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.querysets import kinds_given
from sutura.intake.registers.kinds import Kind as RegisterKind
from sutura.intake.registers.shelf import KINDS
from sutura.intake.registers.ways_back import BACK
from sutura.intake.staging import Trial
from sutura.security.formulas import harmless

FAULTS_A_PAGE = 100


def kinds_of(user: Any) -> list[dict[str, Any]]:
    """What somebody may give, with the address of its form."""
    held = kinds_given(user)
    return [{"kind": kind, "label": kind.label, "url": giving(kind)} for kind in Kind if kind in held]


def giving(kind: str) -> str:
    """Where a file of a kind is given."""
    own = {Kind.INCIDENTS: "intake:incidents", Kind.SERVICES: "intake:services"}
    return reverse(own[Kind(kind)]) if kind in own else reverse(f"intake:register_{Kind(kind).value}")


def bare(name: str) -> str:
    """The name of a file without its ending and what stands before it."""
    return PurePosixPath(name.replace("\\", "/")).stem[:200]


def register_page(kind: RegisterKind) -> dict[str, Any]:
    """What the form for a list says of its columns."""
    return {
        "label": Kind(kind.name).label,
        "needed": [column.label for column in kind.columns if column.required],
        "more": [column.label for column in kind.columns if not column.required],
    }


def columns_page(staged: StagedFile, trial: Trial) -> dict[str, Any]:
    """What the page of the columns says."""
    kind = KINDS[staged.kind]
    return {
        "staged": staged,
        "label": Kind(staged.kind).label,
        "lacking": [kind.column(name).label for name in trial.lacking],
        "unknown": trial.unknown,
    }


def understood(staged: StagedFile, trial: Trial) -> list[dict[str, Any]]:
    """How each column was found, for a list."""
    if staged.kind not in KINDS:
        return []
    told = [
        (column, trial.columns.get(column.name), trial.told.get(column.name))
        for column in KINDS[staged.kind].columns
    ]
    return [
        {"label": column.label, "value": " · ".join(filter(None, [heading, value and f"= {value}"]))}
        for column, heading, value in told
        if heading or value
    ]


def figures(counted: Trial | ImportRun, kind: str = Kind.INCIDENTS) -> list[dict[str, Any]]:
    """The four counts as figure blocks."""
    unit = _("rows of the four sheets") if kind == Kind.INCIDENTS else _("rows")
    good, bad = ("accent" if counted.created else "", "attention" if counted.rejected else "")
    return [
        {
            "label": _("Created"),
            "value": counted.created,
            "unit": unit,
            "tone": good,
        },
        {"label": _("Updated"), "value": counted.updated, "unit": unit},
        {"label": _("Unchanged"), "value": counted.unchanged, "unit": unit},
        {
            "label": _("Rejected"),
            "value": counted.rejected,
            "unit": unit,
            "tone": bad,
        },
    ]


def spoken_faults(trial: Trial) -> list[dict[str, Any]]:
    """Faults with their sentence in the language of the page."""
    key = "message_en" if (get_language() or "fr").startswith("en") else "message_fr"
    return [fault | {"message": fault[key]} for fault in trial.faults]


def trial_page(staged: StagedFile, trial: Trial, page_number: str) -> dict[str, Any]:
    """All that the page of a waiting file shows."""
    page = Paginator(spoken_faults(trial), FAULTS_A_PAGE).get_page(page_number)
    return {
        "staged": staged,
        "trial": trial,
        "figures": figures(trial, staged.kind),
        "is_list": staged.kind in KINDS,
        "label": Kind(staged.kind).label,
        "giving": giving(staged.kind),
        "understood": understood(staged, trial),
        "faults": page,
        "empty": not (trial.faults or trial.created or trial.updated),
        "newer_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "shown": f"{page.start_index()}–{page.end_index()}",
    }


def run_page(run: ImportRun) -> dict[str, Any]:
    """All that the page of a run shows."""
    undoing, taken = getattr(run, "undoing", None), run.outcome == Outcome.TAKEN
    return {
        "run": run,
        "figures": figures(run, run.kind),
        "may_undo": run.kind in BACK and taken and not undoing and bool(run.created + run.updated),
        "undoing": undoing,
        "rows": [
            {"label": _("Imported by"), "value": str(run.by)},
            {"label": _("Outcome"), "value": run.get_outcome_display()},
            {"label": _("Fingerprint of the file (sha256)"), "value": run.sha256},
            {"label": _("Batch on the records"), "value": f"Import {run.sha256[:12]}"},
        ],
    }


def faults_table(faults: Iterable[dict[str, Any]]) -> bytes:
    """The faults as CSV that a spreadsheet opens well and runs nothing of."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [gettext("Sheet"), gettext("Row"), gettext("Column"), gettext("Value"), gettext("What to do")]
    )
    for fault in faults:
        cells = (fault[name] for name in ("sheet", "row", "column", "value", "message"))
        writer.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def services_trial_page(receipt: Any, form: Any) -> dict[str, Any]:
    """All that the page of a 4Ws sheet which was tried shows."""
    unit = gettext("rows")
    taken, refused = receipt.taken, receipt.rejected
    told = (
        (gettext("Created"), 0 if refused else taken.created, "accent"),
        (gettext("Updated"), 0 if refused else taken.updated, ""),
        (gettext("Unchanged"), 0 if refused else taken.unchanged, ""),
        (gettext("Rejected"), refused, "attention" if refused else ""),
    )
    return {
        "receipt": receipt,
        "form": form if form.headings else None,
        "figures": [
            {"label": label, "value": value, "unit": unit, "tone": tone} for label, value, tone in told
        ],
        "faults": [
            {
                "cell": f"{receipt.column_of(fault)}{fault.row}",
                "value": fault.value,
                "sentence": fault.sentence,
            }
            for fault in receipt.faults[:FAULTS_A_PAGE]
        ],
        "total": len(receipt.faults),
        "empty": not (receipt.faults or taken.created or taken.updated),
    }
