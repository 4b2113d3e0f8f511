"""How imports are read: runs by whoever may import, a waiting file by whoever gave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sutura.access.querysets import Walled
from sutura.access.rules import NO_ROW, may, scope
from sutura.intake.choices import Paper

GIVEN = {
    "incidents": "intake.import", "services": "mhpss.review", "facilities": "places.manage",
    "places": "places.manage", "trainees": "capacity.manage", "recommendations": "coordination.manage",
}  # fmt: skip
"""Kind of file → the permission that gives it."""
GIVES = tuple(dict.fromkeys(GIVEN.values()))
CHUNK = 900  # names in one statement: SQLite's limit is the lowest


def kinds_given(user: Any) -> list[str]:
    """The kinds of file that somebody may give."""
    return [kind for kind, permission in GIVEN.items() if may(user, permission)]


class RunQuerySet(models.QuerySet):
    """Runs of the importers."""

    def visible_to(self, user: Any) -> Self:
        """All for whoever imports for the whole country, one's own otherwise: counts too tell of a region."""
        if may(user, "intake.import", ""):
            return self.all()
        return self.filter(by=user.pk, kind__in=kinds_given(user))


class OfRunQuerySet(models.QuerySet):
    """What hangs on a run."""

    def visible_to(self, user: Any) -> Self:
        """As the run."""
        if may(user, "intake.import", ""):
            return self.all()
        return self.filter(run__by=user.pk, run__kind__in=kinds_given(user))


class ToldHeadingQuerySet(models.QuerySet):
    """Headings that were explained."""

    def visible_to(self, user: Any) -> Self:
        """One's own, and those of one's organisation."""
        own = Q(account=user.pk)
        same = Q(account__organisation=user.organisation) if user.organisation else NO_ROW
        return self.filter(own | same, kind__in=kinds_given(user))


class StagedFileQuerySet(models.QuerySet):
    """Files waiting for a yes or no."""

    def visible_to(self, user: Any) -> Self:
        """One's own, while one may give that kind of file."""
        return self.filter(by=user.pk, kind__in=kinds_given(user))

    def waiting(self, now: datetime) -> Self:
        """Those which have not expired."""
        return self.filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(expires_at__lte=now)


class ImportedRowQuerySet(models.QuerySet):
    """Rows taken in before."""

    def visible_to(self, user: Any) -> Self:
        """Whoever may import."""
        return self.all() if may(user, "intake.import") else self.none()

    def marks(self, sheet: str, refs: Iterable[str]) -> dict[str, str]:
        """Reference → marks of its columns when last taken in."""
        wanted = list(refs)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), CHUNK):
            rows = self.filter(sheet=sheet, ref__in=wanted[start : start + CHUNK])
            found.update(rows.values_list("ref", "marks"))
        return found


class PhoneQuerySet(models.QuerySet):
    """Phones."""

    def visible_to(self, user: Any) -> Self:
        """Those of the regions where one keeps phones; one for the whole country needs a nationwide grant."""
        return self.filter(scope(user, "intake.phones"))

    def open(self) -> Self:
        """Those which may send."""
        return self.filter(revoked_at=None, account__is_active=True)


class KoboQuerySet(models.QuerySet):
    """Forms on Kobo servers: whose phone it is, theirs is the connection."""

    def visible_to(self, user: Any) -> Self:
        """Those of the regions where one keeps phones."""
        return self.filter(scope(user, "intake.phones", "phone__region"))

    def open(self) -> Self:
        """Those which may send."""
        return self.filter(phone__revoked_at=None, phone__account__is_active=True)


class QuestionnaireQuerySet(models.QuerySet):
    """Forms of phones and their versions: they hold questions, no answer."""

    def visible_to(self, user: Any) -> Self:
        """All, for whoever keeps phones or forms."""
        return self.all() if may(user, "intake.phones") or may(user, "intake.import") else self.none()


class SentQuerySet(Walled):
    """What came from a phone or a browser, and what hangs on it; `way` leads to the record that was sent."""

    way = ""

    def visible_to(self, user: Any) -> Self:
        """That of the regions where one triages; of sexual violence, for its group alone."""
        group = scope(user, "incidents.sexual_violence", f"{self.way}region")
        plain = Q(**{f"{self.way}apart": False})
        return self.judged().filter(self.takers(user) & (plain | group))

    def takers(self, user: Any) -> Q:
        """What a person may take over, sexual violence apart."""
        return scope(user, "alerts.triage", f"{self.way}region")


class SubmissionQuerySet(SentQuerySet):
    """Records from phones."""

    def waiting(self) -> Self:
        """Those which are not settled: none became of them, or a person has to look."""
        return self.exclude(outcomes__became__in=("made", "kept", "aside"))


class OfSubmissionQuerySet(SentQuerySet):
    """Files and outcomes of records."""

    way = "submission__"


class OfDecryptionQuerySet(SentQuerySet):
    """Files of decrypted records."""

    way = "decryption__"


class ByPaper(SentQuerySet):
    """An alert is taken over by who triages, an incident by who documents and reads the restricted accounts."""

    def takers(self, user: Any) -> Q:
        """What a person may take over, sexual violence apart."""
        where = f"{self.way}region"
        whole = scope(user, "incidents.document", where) & scope(user, "incidents.restricted", where)
        told = Q(**{f"{self.way}form": Paper.ALERT})
        return (told & super().takers(user)) | (~told & whole)


class EnvelopeQuerySet(ByPaper):
    """Records written without a network."""

    def sent_by(self, user: Any) -> Self:
        """One's own, to follow and not to read."""
        return self.judged().filter(sent_by=user.pk)

    def waiting(self) -> Self:
        """Those which are not settled: nothing was made of them, and nobody set them aside."""
        return self.exclude(unpackings__became__in=("made", "aside"))


class OfEnvelopeQuerySet(ByPaper):
    """What became of them."""

    way = "envelope__"
