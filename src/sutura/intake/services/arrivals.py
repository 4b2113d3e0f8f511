"""Records of several phones that arrive at the same moment: kept and taken over together, in few statements.

The plain ones alone: new, whole, of a form that we map, or here already as they are. Any other goes its own way
(`services.submissions`), and so do all when one of them is refused: together they lose nothing that alone they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db import transaction

from sutura.access.acting import beyond
from sutura.access.rules import require
from sutura.audit.services import lines_together, record_each
from sutura.audit.writing import insert
from sutura.intake import shipped
from sutura.intake.choices import Became
from sutura.intake.models import Outcome, Phone, Submission, Version
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.lists import usable
from sutura.intake.openrosa.records import Record
from sutura.places.models import Unit
from sutura.vault.keeping import keys_at_hand

Named = tuple[str, str]
"""A record among all: its form and the number that the phone gave it."""


@dataclass(frozen=True)
class Arrival:
    """A record and the phone that sends it, by the fingerprint of its address."""

    digest: str
    told: Record
    sent: Sent

    @property
    def named(self) -> Named:
        """Form and number."""
        return self.told.form_id, self.told.instance_id

    @cached_property
    def mark(self) -> str:
        """The fingerprint of its bytes."""
        return sha256(self.sent.xml).hexdigest()

    @property
    def plain(self) -> bool:
        """Whether it is a record alone: no file, no correction, nothing encrypted, of a form that we map together."""
        mapped = shipped.MAPPINGS.get(self.told.form_id)
        several = mapped is not None and mapped.make_all is not None
        return several and not (self.sent.files or self.told.deprecated_id or self.told.encrypted)


def phones_of(arrivals: Iterable[Arrival]) -> dict[str, Phone]:
    """The phones that may send now, by fingerprint; phones of one account share what is known of it."""
    digests = {arrival.digest for arrival in arrivals}
    accounts: dict[int, Any] = {}
    phones = list(Phone.objects.open().filter(digest__in=digests).select_related("account"))
    for phone in phones:
        phone.account = accounts.setdefault(phone.account_id, phone.account)
    sending = {key for key, account in accounts.items() if shipped.sends(account)}
    return {phone.digest: phone for phone in phones if phone.account_id in sending}


@transaction.atomic
def receive_together(
    *, arrivals: Sequence[Arrival], phones: Mapping[str, Phone], by: Any
) -> list[bool | None]:
    """Keep the records of one account and make of them what their forms say. Raises where alone one would wait.

    For each: whether it is new; None where it must go its own way.
    """
    require(by, shipped.right_to_send(by))
    known, versions = _known(arrivals), _versions(arrivals)
    new: dict[Named, Arrival] = {}
    answers: list[bool | None] = []
    for arrival in arrivals:
        first = new.get(arrival.named)
        mark = known.get(arrival.named, first.mark if first else None)
        if not _usable(arrival, phones[arrival.digest], versions):
            answers.append(None)
        elif mark is not None:
            answers.append(False if mark == arrival.mark else None)
        else:
            new[arrival.named] = arrival
            answers.append(True)
    # In one order everywhere: two processes that hold two of the same never wait for each other.
    with lines_together(), keys_at_hand():
        _keep([new[named] for named in sorted(new)], phones, versions, by=by)
    return answers


def _known(arrivals: Sequence[Arrival]) -> dict[Named, str | None]:
    """What is here already under these numbers: its fingerprint, nothing while it waits for something."""
    rows = Submission.objects.filter(
        questionnaire__form_id__in={arrival.told.form_id for arrival in arrivals},
        instance_id__in={arrival.told.instance_id for arrival in arrivals},
        conflicts_with=None,
    )
    with beyond("a number of a record is taken, whichever phone has sent it"):
        told = list(rows.values_list("pk", "questionnaire__form_id", "instance_id", "sha256"))
        done = Outcome.objects.filter(submission__in=[row[0] for row in told]).exclude(became=Became.WAITS)
        settled = set(done.values_list("submission", flat=True)) if told else set()
    return {(form, number): mark if key in settled else "" for key, form, number, mark in told}


def _versions(arrivals: Sequence[Arrival]) -> dict[Named, Version]:
    """The versions that they were filled in with, without their text."""
    rows = Version.objects.filter(
        questionnaire__form_id__in={arrival.told.form_id for arrival in arrivals},
        questionnaire__closed_at=None,
        version__in={arrival.told.version for arrival in arrivals},
    ).select_related("questionnaire")
    return {(one.questionnaire.form_id, one.version): one for one in rows.only("version", "questionnaire")}


def _usable(arrival: Arrival, phone: Phone, versions: Mapping[Named, Version]) -> bool:
    return (arrival.told.form_id, arrival.told.version) in versions and usable(phone, arrival.told.form_id)


def _keep(
    arrivals: Sequence[Arrival], phones: Mapping[str, Phone], versions: Mapping[Named, Version], *, by: Any
) -> None:
    for form_id in sorted({arrival.told.form_id for arrival in arrivals}):
        mapped, of_form = shipped.MAPPINGS[form_id], [one for one in arrivals if one.told.form_id == form_id]
        assert mapped.make_all is not None
        register = Unit.objects.by_code({code for one in of_form for code in mapped.codes(one.told)})
        regions = {code for code, unit in register.items() if unit.is_region}
        kept = [
            _submission(one, phones[one.digest], versions[form_id, one.told.version], regions)
            for one in of_form
        ]
        insert(Submission, kept)
        record_each(by, "intake.receive_submission", of=kept, fields=f"form={form_id} files=0")
        made = mapped.make_all([one.told for one in of_form], by, register)
        insert(
            Outcome,
            [
                Outcome(
                    submission=one, became=Became.MADE, kind=what._meta.label_lower, made=str(what), by=by
                )
                for one, what in zip(kept, made, strict=True)
            ],
        )
        record_each(by, "intake.take_over", of=kept, fields=Became.MADE)


def _submission(arrival: Arrival, phone: Phone, version: Version, regions: set[str]) -> Submission:
    """The record as it will be kept: where it tells of, else where its phone is."""
    told = arrival.told
    region, apart = shipped.belongs(told, phone.account, phone.region, regions)
    return Submission(
        questionnaire=version.questionnaire, version=version, instance_id=told.instance_id, phone=phone,
        account=phone.account, region=region, apart=apart, sha256=arrival.mark, xml=arrival.sent.xml.decode(),
    )  # fmt: skip
