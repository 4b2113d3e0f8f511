"""What may be said of an error: its class, where it happened, never what it carried."""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

SECRET = re.compile(r"/[A-Za-z0-9_.-]{43,}")
"""A step of an address as long as a secret: whoever holds such an address needs no password. Numbers are shorter."""


class SilentFilter(SafeExceptionReporterFilter):
    """Hides every local variable, every posted word and every setting from error reports."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, also while debugging: invented data trains the same habits as real data."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Posted fields, by name only."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        """No variable of any frame."""
        return {}.items()


class BareFormatter(logging.Formatter):
    """One line: when (UTC), level, logger, message without secrets; of an exception, its class and place alone."""

    converter = time.gmtime  # type: ignore[assignment]  # the way that the library tells; its types do not know it

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """An address that is itself a key is told without it."""
        return SECRET.sub("/•••", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        """`module:line` of the last frames and the class; the text of an exception may quote a record."""
        kind, _value, trace = ei
        places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-4:]]
        return f"{kind.__name__ if kind else 'Error'} at {' < '.join(reversed(places))}"
