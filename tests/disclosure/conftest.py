from __future__ import annotations

from tests.incidents.conftest import opened, parties, places  # noqa: F401 - fixtures used by name
from tests.reporting.conftest import told, visit  # noqa: F401 - fixtures used by name
