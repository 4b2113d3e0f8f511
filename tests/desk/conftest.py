from __future__ import annotations

from tests.verification.conftest import before_ctfmr, document, happened, register, say, visit

__all__ = ["before_ctfmr", "document", "happened", "register", "say", "visit"]
