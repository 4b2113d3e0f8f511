"""What happened to a child, line by line: each kind of line, and the codes it is told in."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.response.choices.detention import (
    Answer,
    Charge,
    DetentionPlace,
    Hearing,
    IllTreatment,
    LegalBasis,
    Release,
    Request,
    Seen,
)


class Kind(TextChoices):
    """What happened: a step on the way home, or something of a detention."""

    ENCOUNTER = "encounter", _("Encounter or arrest")
    NOTIFICATION = "notification", _("Notification")
    HANDOVER = "handover", _("Handover")
    CARE = "care", _("Interim care")
    PLAN = "plan", _("Care plan")
    TRACING = "tracing", _("Family tracing")
    REUNIFICATION = "reunification", _("Reunification")
    PACKAGE = "package", _("Reintegration package")
    FOLLOW_UP = "follow_up", _("Follow-up visit")
    OUTCOME = "outcome", _("Outcome")
    DETENTION = "detention", _("Detention")
    LEGAL_BASIS = "legal_basis", _("Legal basis")
    CHARGE = "charge", _("Charge")
    JUDGE = "judge", _("Judge seen")
    LAWYER = "lawyer", _("Lawyer seen")
    SEPARATED = "separated", _("Apart from adults")
    VISIT = "visit", _("Visit to the place")
    ILL_TREATMENT = "ill_treatment", _("Ill-treatment alleged")
    HEARING = "hearing", _("Hearing")
    ADVOCACY = "advocacy", _("Advocacy")
    RELEASE = "release", pgettext_lazy("step", "Release")
    NEXT_ACTION = "next_action", _("Next action")


WAY_HOME = (
    Kind.ENCOUNTER, Kind.NOTIFICATION, Kind.HANDOVER, Kind.CARE, Kind.PLAN, Kind.TRACING, Kind.REUNIFICATION,
    Kind.PACKAGE, Kind.FOLLOW_UP, Kind.OUTCOME,
)  # fmt: skip
IN_DETENTION = (
    Kind.DETENTION, Kind.LEGAL_BASIS, Kind.CHARGE, Kind.JUDGE, Kind.LAWYER, Kind.SEPARATED, Kind.VISIT,
    Kind.ILL_TREATMENT, Kind.HEARING, Kind.ADVOCACY, Kind.RELEASE,
)  # fmt: skip
TO_COME = (Kind.HEARING, Kind.NEXT_ACTION)
"""What may be noted of a day that has not come yet."""


class Mode(TextChoices):
    """How the child was met."""

    CAPTURED = "captured", _("captured in fighting")
    ARRESTED = "arrested", _("arrested")
    SURRENDERED = "surrendered", _("surrendered")
    ESCAPED = "escaped", _("ran away from the group")
    FORMAL = "formal", _("formally released by the group")
    COMMUNITY = "community", _("found or brought by the community")


class Arrival(TextChoices):
    """In what state the child arrived."""

    WELL = "well", _("well")
    CARE = "care", _("in need of medical care")
    URGENT = "urgent", _("in need of urgent medical care")
    UNKNOWN = "unknown", pgettext_lazy("arrival", "not assessed")


class Care(TextChoices):
    """Where the child is cared for."""

    CENTRE = "centre", _("transit and orientation centre")
    FOSTER = "foster", _("foster family")
    KIN = "kin", _("relatives, until the return")
    HOSPITAL = "hospital", _("hospital")


class Tracing(TextChoices):
    """Where the search for the family stands."""

    REQUESTED = "requested", _("asked for")
    FOUND = "found", _("family found")
    CONFIRMED = "confirmed", _("tie confirmed")
    NOT_FOUND = "not_found", _("family not found")


class Home(TextChoices):
    """To whom the child returned."""

    PARENTS = "parents", _("mother, father or both")
    KIN = "kin", _("other relatives")
    COMMUNITY = "community", _("community, not the family")
    ALONE = "alone", _("lives alone, supported")


class Package(TextChoices):
    """What the reintegration package is, or that it ended."""

    SCHOOL = "school", _("school")
    KORANIC = "koranic", _("Koranic school")
    VOCATIONAL = "vocational", _("vocational training")
    INCOME = "income", _("income-generating activity")
    COMPLETED = "completed", _("completed")
    LEFT = "left", _("left before its end")


class Status(TextChoices):
    """How the child is, months later."""

    STABLE = "stable", _("stable")
    MOVED = "moved", pgettext_lazy("status of a child", "moved")
    RE_RECRUITED = "re_recruited", _("recruited again")
    LOST = "lost", _("lost from sight")
    DEAD = "dead", _("died")


class Action(TextChoices):
    """What is to be done next."""

    VISIT = "visit", _("visit the child")
    AUTHORITY = "authority", _("meet the authority")
    JUDGE = "judge", _("meet the judge")
    LAWYER = "lawyer", _("find a lawyer")
    TRANSFER = "transfer", _("prepare the handover")
    FAMILY = "family", _("find the family")
    NOTHING = "nothing", _("nothing for now")


class LateReason(TextChoices):
    """Why a handover came after the limit."""

    TOLD_LATE = "told_late", _("child protection was told late")
    INSECURITY = "insecurity", _("insecurity on the road")
    TRANSPORT = "transport", _("no transport")
    HEALTH = "health", _("health of the child")
    AGE = "age", _("age contested")
    REFUSED = "refused", _("the authority did not agree")
    COURT = "court", _("decision of a court")
    CAPACITY = "capacity", _("no place in a centre")


class Correction(TextChoices):
    """Why a line is corrected."""

    DATE = "date", _("the date was wrong")
    FACT = "fact", _("another fact is better known")
    PLACE = "place", _("the place was wrong")
    TWICE = "twice", _("it was noted twice")
    DOCKET = "docket", _("it belongs to another child")


ANSWERS: dict[str, type[TextChoices]] = {
    Kind.ENCOUNTER: Mode,
    Kind.HANDOVER: Arrival,
    Kind.CARE: Care,
    Kind.TRACING: Tracing,
    Kind.REUNIFICATION: Home,
    Kind.PACKAGE: Package,
    Kind.FOLLOW_UP: Status,
    Kind.OUTCOME: Status,
    Kind.DETENTION: DetentionPlace,
    Kind.LEGAL_BASIS: LegalBasis,
    Kind.CHARGE: Charge,
    Kind.JUDGE: Answer,
    Kind.LAWYER: Answer,
    Kind.SEPARATED: Answer,
    Kind.VISIT: Seen,
    Kind.ILL_TREATMENT: IllTreatment,
    Kind.HEARING: Hearing,
    Kind.ADVOCACY: Request,
    Kind.RELEASE: Release,
    Kind.NEXT_ACTION: Action,
}
"""The list of codes from which each kind of line says what happened; a kind without one says only that it did."""
