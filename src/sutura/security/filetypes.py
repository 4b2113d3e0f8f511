"""What a file is, by its first bytes: the sender's word for it, and its ending, are not believed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotTaken(Exception):
    """What was sent is not kept; the first argument is a sentence for whoever sent it."""

    @property
    def sentence(self) -> str | Promise:
        """Why, and what to do."""
        said: str | Promise = self.args[0]
        return said


TAKEN = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/zip": "zip",  # also Word, Excel and their free likes
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/amr": "amr",
}
"""Type → the ending under which it is handed out."""
OFFICE = {"docx", "xlsx", "pptx", "odt", "ods", "odp"}
"""Endings of office documents, all of them archives: only the sender knows which."""
HEAD = 16
STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"PK\x03\x04", "application/zip"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
)
INSIDE = {b"RIFF": {b"WEBP": "image/webp", b"WAVE": "audio/wav"}}
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"<svg")
HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
SOUND = (b"M4A ", b"mp42", b"isom", b"3gp4", b"3gp5")


def type_of(head: bytes) -> str:
    """The type told by the first bytes; raises NotTaken, with what to do, for what is not taken."""
    found = next((kind for start, kind in STARTS if head.startswith(start)), "")
    found = found or INSIDE.get(head[:4], {}).get(head[8:12], "")
    if not found and head[4:8] == b"ftyp" and head[8:12] in SOUND:
        found = "audio/mp4"
    if found:
        return found
    if head.startswith(OTHER_PICTURES) or (head[4:8] == b"ftyp" and head[8:12] in HEIC):
        raise NotTaken(
            _("This kind of picture may carry the place where it was taken. Save it as JPEG or PNG.")
        )
    raise NotTaken(_("Only photographs, PDF, office documents and sound are kept. Save it as PDF."))


def ending_of(kind: str, name: str) -> str:
    """The ending under which a file is handed out: an archive keeps that of the office document which it is."""
    ending = name.rpartition(".")[2].lower()
    return ending if kind == "application/zip" and ending in OFFICE else TAKEN.get(kind, "bin")
