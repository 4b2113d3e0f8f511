"""Anchors: what the chain was, signed, and kept where whoever rewrites it cannot reach."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.audit import chain
from sutura.audit.rules import Anchor, Walked, stamp
from sutura.security import signing


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found: how far the chain holds, an entry outside it, anchors not to be believed."""

    walked: Walked
    anchors: int
    outside: int | None
    forged: list[int]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.walked.fault is None and self.outside is None and not self.forged


def key_file() -> Path:
    """Where the private half stays."""
    return Path(settings.DATA) / "anchor_key"


def signed() -> str:
    """One line of JSON: the end of the chain now, with the public key and the signature."""
    key = signing.make(key_file())
    number, hash_ = chain.head()
    anchor = Anchor(number, hash_, stamp(timezone.now()))
    return json.dumps(
        {
            "number": anchor.number,
            "hash": anchor.hash,
            "at": anchor.at,
            "key": key,
            "signature": signing.sign(key_file(), anchor.message),
        }
    )


def send(line: str) -> None:
    """Mail an anchor to those who keep it (SUTURA_ANCHORS_TO)."""
    told = json.loads(line)
    subject = _("Anchor %(number)s of the log, %(at)s") % told
    text = _(
        "Keep this message: it shows whether the log was changed. Add its last line to your file of anchors."
    )
    EmailMessage(subject, f"{text}\n\n{line}\n", to=settings.SUTURA_ANCHORS_TO).send()


def read(lines: Iterable[str], keys: Collection[str]) -> tuple[list[Anchor], list[int]]:
    """The anchors that one of these keys signed, and the numbers of the other lines; empty lines are passed over."""
    believed, forged = [], []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            anchor = _genuine(line, keys)
            if anchor:
                believed.append(anchor)
            else:
                forged.append(number)
    return believed, forged


def _genuine(line: str, keys: Collection[str]) -> Anchor | None:
    try:
        told = json.loads(line)
        anchor = Anchor(int(told["number"]), str(told["hash"]), str(told["at"]))
        key, signature = str(told["key"]), str(told["signature"])
    except (ValueError, KeyError, TypeError):
        return None
    return anchor if key in keys and signing.genuine(key, anchor.message, signature) else None


def verify(lines: Iterable[str], keys: Collection[str]) -> Verdict:
    """Check the whole log against what these lines say of it."""
    believed, forged = read(lines, keys)
    walked, outside = chain.verify(believed)
    return Verdict(walked, len(believed), outside, forged)
