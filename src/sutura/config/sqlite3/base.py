"""The backend that `DATABASES` names; Django looks for it under this name."""

from __future__ import annotations

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Without Django's check of JSON columns: with `trusted_schema=OFF` no table may call JSON_VALID.

    We have no such column; the library of second factors has, and writes them through Django alone.
    """

    data_type_check_constraints = {
        name: check
        for name, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if name != "JSONField"
    }
