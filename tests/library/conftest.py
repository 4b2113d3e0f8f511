from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile, File

from sutura.library import services
from sutura.library.models import Document, Version
from sutura.people.models import Account
from tests.coordination.conftest import Room, room
from tests.people import MOPTI

__all__ = ["Room", "room"]
DAY = date(2026, 3, 2)


def kept(by: Any, **facts: Any) -> Document:
    """An invented tool of the region of Mopti."""
    given: dict[str, Any] = {
        "kind": "tool", "title": "Fiche d’écoute (inventée)", "issuer": "ONG Sahel fictive", "language": "fr",
        "summary": "Écouter un enfant sans l’interroger.", "theme": "Premiers secours psychologiques",
        "region": MOPTI, "layers": ["L3", "L2"],
    }  # fmt: skip
    return services.add_document(by=by, **(given | facts))


def pdf(name: str = "fiche.pdf") -> File:
    """A small file."""
    return ContentFile(b"%PDF-1.4 invented", name=name)


def with_version(document: Document, by: Any) -> Version:
    """Its first version, with a file."""
    return services.add_version(document=document, dated_on=DAY, file=pdf(), by=by)


@pytest.fixture
def tool(fatou: Account) -> Document:
    """The tool of Mopti."""
    return kept(fatou)
