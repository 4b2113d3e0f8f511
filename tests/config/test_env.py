"""What the environment says, as Django reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from sutura.config import env

SERVER = "postgresql://sutura@db.invalid/sutura"


def test_plans_are_not_compiled_unless_the_office_asks_for_it(tmp_path: Path) -> None:
    assert env.database(SERVER, tmp_path)["OPTIONS"] == {"options": "-c jit=off"}
    asked = env.database(f"{SERVER}?sslmode=require&options=-c%20jit%3Don", tmp_path)["OPTIONS"]
    assert asked == {"sslmode": "require", "options": "-c jit=off -c jit=on"}  # the last one holds


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_server_hears_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_another_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(env.BadSetting):
        env.database("mysql://sutura@db.invalid/sutura", tmp_path)
