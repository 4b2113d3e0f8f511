"""What is: the file of an incident and all that belongs to it."""

from django.db.models import Model

from sutura.incidents.choices import Type
from sutura.incidents.models.captivity import AbductionDetail, DetentionDetail, RecruitmentDetail
from sutura.incidents.models.evidence import Attachment, Response, Source, SourceLink
from sutura.incidents.models.facility import AttackDetail, MilitaryUseDetail
from sutura.incidents.models.harm import LethalDetail, SexualViolenceDetail
from sutura.incidents.models.humanitarian import DenialDetail
from sutura.incidents.models.incident import Incident, YearCount
from sutura.incidents.models.perpetrator import Perpetrator, PerpetratorLink
from sutura.incidents.models.retention import RetentionDecision
from sutura.incidents.models.victim import Child, Victim, VictimLink
from sutura.incidents.models.violation import Violation

DETAILS: dict[str, type[Model]] = {
    Type.KILLING: LethalDetail,
    Type.MAIMING: LethalDetail,
    Type.RECRUITMENT_USE: RecruitmentDetail,
    Type.SEXUAL_VIOLENCE: SexualViolenceDetail,
    Type.ABDUCTION: AbductionDetail,
    Type.ATTACK_SCHOOL: AttackDetail,
    Type.ATTACK_HOSPITAL: AttackDetail,
    Type.DENIAL: DenialDetail,
    Type.MILITARY_USE: MilitaryUseDetail,
    Type.DEPRIVATION_LIBERTY: DetentionDetail,
}
"""The one-to-one table which holds the details of each type of violation."""

__all__ = [
    "DETAILS",
    "AbductionDetail",
    "Attachment",
    "AttackDetail",
    "Child",
    "DenialDetail",
    "DetentionDetail",
    "Incident",
    "LethalDetail",
    "MilitaryUseDetail",
    "Perpetrator",
    "PerpetratorLink",
    "RecruitmentDetail",
    "Response",
    "RetentionDecision",
    "SexualViolenceDetail",
    "Source",
    "SourceLink",
    "Victim",
    "VictimLink",
    "Violation",
    "YearCount",
]
