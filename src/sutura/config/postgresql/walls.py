"""Which tables have rows by region, and which permissions open them: the second wall on one page.

The region of a row is its own column, or that of the record it belongs to. Who lacks every permission of `read` in it
does not find the row; who lacks every one of `write` cannot make, change or take it away. Wider than the rules of the
pages on purpose: what a page or a service forbids within a region stays theirs to forbid.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wall:
    """How rows of one table, and their versions, are found and written."""

    read: tuple[str, ...]
    write: tuple[str, ...]
    through: str = ""
    """The field which leads to the record whose region holds; none: the row has its own."""
    teller: str = ""
    """The field which names who may follow what she told herself."""
    tell: tuple[str, ...] = ()
    """What she needs, in any region, to tell something; it may have happened anywhere."""


FILE, DOCUMENT = ("incidents.read",), ("incidents.document", "incidents.void")
JUDGE = ("verification.focal_point", "verification.technical", "verification.ctfmr", "intake.import")
FIGURES = ("reporting.read",)
TOLD = ("alerts.read",)
SENT, TAKES = ("alerts.read", "incidents.restricted"), ("alerts.triage", "incidents.document")
FOLLOWED, FOLLOWS = ("response.read",), ("response.keep",)
SENDS = ("alerts.create", "capacity.manage", "incidents.document", "mhpss.propose", "response.keep")
"""What lets one send from a phone: the right of each form that comes with Sutura."""
LEDGER: tuple[str, ...] = ()
"""Nobody writes figures: the ledger books them itself, for whoever wrote the record."""

WALLS: dict[str, Wall] = {
    "alerts.Alert": Wall(
        ("alerts.read",), ("alerts.triage", "incidents.document", "intake.import"),
        teller="received_by", tell=("alerts.create",),
    ),
    "alerts.AccessNote": Wall(("alerts.read",), ("incidents.document",)),
    "incidents.Incident": Wall(FILE, DOCUMENT),
    "incidents.Violation": Wall(FILE, (*DOCUMENT, "verification.ctfmr")),
    **{
        f"incidents.{part}": Wall(FILE, DOCUMENT, through="incident")
        for part in ("Victim", "Perpetrator", "Source", "Attachment", "RetentionDecision")
    },
    **{
        f"incidents.{part}": Wall(FILE, DOCUMENT, through="violation")
        for part in (
            "VictimLink", "PerpetratorLink", "SourceLink", "Response", "LethalDetail", "SexualViolenceDetail",
            "RecruitmentDetail", "AbductionDetail", "DetentionDetail", "AttackDetail", "MilitaryUseDetail",
            "DenialDetail",
        )
    },
    "verification.Opinion": Wall(("verification.read",), JUDGE, through="violation"),
    "verification.SittingItem": Wall(
        ("verification.read",), ("verification.sitting", "verification.ctfmr"), through="violation"
    ),
    **{f"response.{whole}": Wall(FOLLOWED, FOLLOWS) for whole in ("Docket", "Referral")},
    **{
        f"response.{part}": Wall(FOLLOWED, FOLLOWS, through="docket")
        for part in (
            "Step", "Evidence", "Consent", "Origin", "FlaggedNeed", "Feedback", "Double", "SeenChild",
            "Enrolment", "Move",
        )
    },
    **{f"response.{whole}": Wall(FOLLOWED, FOLLOWS) for whole in ("Visit", "Approach")},
    **{f"response.{part}": Wall(FOLLOWED, FOLLOWS, through="visit") for part in ("Companion", "ToDo")},
    **{f"response.{part}": Wall(FOLLOWED, FOLLOWS, through="approach") for part in ("Reply", "Matter")},
    "response.School": Wall(FOLLOWED, FOLLOWS),
    **{f"response.{part}": Wall(FOLLOWED, FOLLOWS, through="school") for part in ("SchoolLine", "SchoolAction")},
    "intake.Submission": Wall(
        TOLD, ("alerts.triage",), teller="account", tell=SENDS
    ),
    "intake.Decryption": Wall(TOLD, ("alerts.triage",), teller="by", tell=("alerts.triage",)),
    "intake.DecryptedFile": Wall(TOLD, TOLD, through="decryption"),
    "intake.Envelope": Wall(SENT, TAKES, teller="sent_by", tell=("alerts.create", "incidents.document")),
    "intake.Unpacking": Wall(SENT, TAKES, through="envelope"),
    **{f"intake.{part}": Wall(TOLD, TOLD, through="submission") for part in ("SubmittedFile", "Outcome", "KoboRecord")},
    **{f"ledger.{table}": Wall(FIGURES, LEDGER) for table in ("Line", "Cell", "Margin", "Repeat")},
}  # fmt: skip
