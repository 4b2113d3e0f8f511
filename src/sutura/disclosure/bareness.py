"""A Word or Excel file without anything that its pages do not say: no author, no program, no clock of a machine."""

from __future__ import annotations

import io
import zipfile

EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = EMPTY + (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Sutura</dc:creator></cp:coreProperties>'
)
APP = EMPTY + (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Sutura</Application></Properties>"
)
PROPERTIES = {"docProps/core.xml": CORE, "docProps/app.xml": APP}
EPOCH = (2000, 1, 1, 0, 0, 0)


def bare(content: bytes) -> bytes:
    """The same document with empty properties, its parts dated by nobody."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as written:
        for part in read.infolist():
            data = PROPERTIES.get(part.filename) or read.read(part)
            written.writestr(zipfile.ZipInfo(part.filename, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
