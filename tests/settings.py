"""The product's own settings in a throw-away data folder: tests touch nothing of the user's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="sutura-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
(FOLDER / "static").mkdir()  # whitenoise warns of a folder that is not there
os.environ.update(
    SUTURA_DATA=str(FOLDER),
    SUTURA_SECRET_KEY="only-for-tests",
    SUTURA_STATIC="django.contrib.staticfiles.storage.StaticFilesStorage",
    SUTURA_STATIC_FINDERS="yes",
    SUTURA_LANG="fr",  # whatever the machine speaks
)

from sutura.config.catalogues import compile_stale  # noqa: E402
from sutura.config.settings import *  # noqa: E402, F403
from sutura.config.settings import DATABASES  # noqa: E402

compile_stale()

# Hashing slowly is Django's to test, not ours.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Guessing slowly is Argon2's to show, in the tests of the vault.
SUTURA_VAULT_COST = (8, 1, 1)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: the browser's server has threads. Power cuts are not tried here, so writing is not waited for.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA trusted_schema=OFF;"
    )
