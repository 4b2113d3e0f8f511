"""What leaves: files of numbers and tables for the public (`tables`), rows by code on request (`exports`)."""

from sutura.disclosure.services.tables import (
    content_of,
    decide,
    is_intact,
    keep_release,
    next_number,
    record_download,
)

__all__ = ["content_of", "decide", "is_intact", "keep_release", "next_number", "record_download"]
