"""What is kept at the door: runs of the importers, phones, their forms, and the records that phones
and browsers send."""

from sutura.intake.models.decryptions import DecryptedFile, Decryption
from sutura.intake.models.envelopes import Envelope, Unpacking
from sutura.intake.models.imports import BatchRow, ImportedRow, ImportRun, StagedFile, ToldHeading, Undoing
from sutura.intake.models.kobo import Kobo, KoboRecord
from sutura.intake.models.phones import Phone, Sighting
from sutura.intake.models.questionnaires import Media, Questionnaire, Version
from sutura.intake.models.submissions import Outcome, Submission, SubmittedFile

__all__ = [
    "BatchRow",
    "DecryptedFile",
    "Decryption",
    "Envelope",
    "ImportRun",
    "ImportedRow",
    "Kobo",
    "KoboRecord",
    "Media",
    "Outcome",
    "Phone",
    "Questionnaire",
    "Sighting",
    "StagedFile",
    "Submission",
    "SubmittedFile",
    "ToldHeading",
    "Undoing",
    "Unpacking",
    "Version",
]
