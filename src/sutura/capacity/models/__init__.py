"""Trainings, the people they train, and what follows."""

from sutura.capacity.models.catalogue import Competency, Module, Pathway, Step
from sutura.capacity.models.following import (
    PeerContact,
    PeerScheme,
    QualityVisit,
    Supervision,
    SupervisionMeeting,
    VisitMark,
)
from sutura.capacity.models.groups import Group, GroupReading, GroupRule, NeedRaised, Sitting
from sutura.capacity.models.initial import Course, CourseUnit, UnitStep
from sutura.capacity.models.initiatives import Initiative, JointTheme
from sutura.capacity.models.people import Apart, OpeningBalance, Professional
from sutura.capacity.models.results import Certificate, Mark, TestResult
from sutura.capacity.models.training import Attendance, Cohort, Enrolment, Lead, Session

__all__ = [
    "Apart",
    "Attendance",
    "Certificate",
    "Cohort",
    "Competency",
    "Course",
    "CourseUnit",
    "Enrolment",
    "Group",
    "GroupReading",
    "GroupRule",
    "Initiative",
    "JointTheme",
    "Lead",
    "Mark",
    "Module",
    "NeedRaised",
    "OpeningBalance",
    "Pathway",
    "PeerContact",
    "PeerScheme",
    "Professional",
    "QualityVisit",
    "Session",
    "Sitting",
    "Step",
    "Supervision",
    "SupervisionMeeting",
    "TestResult",
    "UnitStep",
    "VisitMark",
]
