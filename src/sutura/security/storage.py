"""Files that survive a power cut: on the disk, with their name, before anything points to them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class SettledStorage(FileSystemStorage):
    """Django's files, kept back until the disk has them: the record that names one is acknowledged only afterwards."""

    def _save(self, name: str, content: Any) -> str:
        """Save, then wait for the file and for every folder on the way to it."""
        kept: str = super()._save(name, content)  # type: ignore[misc]  # Django's own hook
        path = Path(self.path(kept))
        settle(path)
        for folder in path.parents:
            settle(folder)
            if folder == Path(self.location):
                break
        return kept


def settle(path: Path) -> None:
    """Wait until the disk holds a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
