"""Grants given before reach what their role did, and hold since they were given.

Apart from the schema on both sides: PostgreSQL alters no table whose rows changed in the same transaction.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from sutura.security.migrating import Sparing

# As the roles stood then; a role which reached nothing about a case is S1.
REACHED = {
    "S3": ("monitor", "regional_coordinator", "verification_panel", "secretariat", "machine"),
    "S2": ("ctfmr_principal", "auditor"),
}


def reach(apps: Any, schema_editor: Any) -> None:
    """Each grant reaches the tier of its role, and holds since it was given; each account was opened by somebody."""
    account, version = apps.get_model("people", "Account"), apps.get_model("people", "HistoricalAccount")
    for name in ("Grant", "HistoricalGrant"):
        # An empty tier marks them: whoever goes down and up again finds none, and no proposal is approved by that.
        before = apps.get_model("people", name).objects.filter(tier="")
        before.update(approved_at=F("given_at"))
        for tier, roles in REACHED.items():
            before.filter(role__in=roles).update(tier=tier)
        before.update(tier="S1")
    opened = version.objects.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
    unknown = account.objects.filter(opened_by=None)
    unknown.update(opened_by_id=Subquery(opened.values("history_user_id")[:1]))


class Migration(Sparing):
    dependencies = [("people", "0003_grants_by_tier")]

    fills = ("Account", "HistoricalAccount", "Grant", "HistoricalGrant")

    operations = [migrations.RunPython(reach, migrations.RunPython.noop)]
