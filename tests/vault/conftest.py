from __future__ import annotations

from tests.incidents.conftest import incident, opened, parties, places  # noqa: F401 - a file to seal and open
