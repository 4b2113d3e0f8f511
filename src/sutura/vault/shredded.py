"""What was shredded, or waits for a second person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.security.sealed import identity
from sutura.vault.models import Shredding


def of_file(file: Any) -> Shredding | None:
    """The last shredding of a file, asked for or done."""
    return Shredding.objects.filter(file=identity(file)).first()


def asked(file: Any) -> Shredding:
    """The shredding which waits for a second person; refused when there is none."""
    found = Shredding.objects.filter(file=identity(file), shredded_at=None).first()
    if found is None:
        raise Invalid(_("Nobody has asked for it."))
    return found


def gone(kind: str) -> list[str]:
    """Names of the files of a kind of which the keys are destroyed."""
    return list(Shredding.objects.filter(kind=kind, shredded_at__isnull=False).values_list("file", flat=True))
