"""Grants reach a tier and are approved by a second person; those given before reach what their role did."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

import sutura.people.choices
from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild

VERSIONS = ("people_historicalaccount", "people_historicalgrant")
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
    dependencies = [("people", "0002_temporary_password")]

    operations = [
        OpenForRebuild(*VERSIONS),
        migrations.AddField(
            model_name="account",
            name="opened_by",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="opened by",
            ),
        ),
        migrations.AddField(
            model_name="historicalaccount",
            name="opened_by",
            field=models.ForeignKey(
                blank=True, db_constraint=False, editable=False, null=True,
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="opened by",
            ),
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="tier",
                field=models.CharField(
                    choices=sutura.people.choices.tier_choices, default="S1", max_length=2,
                    verbose_name="highest tier",
                ),
                preserve_default=False,
            )
            for name in ("grant", "historicalgrant")
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="approved_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="holds since"),
            )
            for name in ("grant", "historicalgrant")
        ),
        migrations.AddField(
            model_name="grant",
            name="approved_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="historicalgrant",
            name="approved_by",
            field=models.ForeignKey(
                blank=True, db_constraint=False, null=True,
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="approved by",
            ),
        ),
        migrations.RunPython(reach, migrations.RunPython.noop),
        AppendOnly(*VERSIONS),
    ]
