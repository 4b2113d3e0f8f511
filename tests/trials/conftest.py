from __future__ import annotations

from django.db import connection

# The trials spoil SQLite's files, whatever database the tests run on: once is enough.
collect_ignore = [] if connection.vendor == "sqlite" else ["test_survival.py", "test_remains.py"]
