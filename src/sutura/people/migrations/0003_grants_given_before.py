"""Grants given before reach what their role did, and hold since they were given.

Apart from the schema on both sides: PostgreSQL alters no table whose rows changed in the same transaction.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

# As the roles stood then; a role which reached nothing about a case is S1.
REACHED = {
    "S3": ("monitor", "regional_coordinator", "verification_panel", "secretariat", "machine"),
    "S2": ("ctfmr_principal", "auditor"),
}


def reach(apps: Any, schema_editor: Any) -> None:
    """Each grant reaches the tier of its role, and holds since it was given; each account was opened by somebody."""
    account, version = apps.get_model("people", "Account"), apps.get_model("people", "HistoricalAccount")
    for name in ("Grant", "HistoricalGrant"):
        grants = apps.get_model("people", name).objects.all()
        for tier, roles in REACHED.items():
            grants.filter(role__in=roles).update(tier=tier)
        grants.update(approved_at=F("given_at"))
    opened = version.objects.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
    account.objects.update(opened_by_id=Subquery(opened.values("history_user_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_grants_by_tier")]

    operations = [migrations.RunPython(reach, migrations.RunPython.noop)]
