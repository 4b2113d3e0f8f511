"""What the database itself refuses: a version changed, an unknown tier, an approval by the same person."""

from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly
from sutura.security.migrating import Sparing


class Migration(Sparing):
    dependencies = [("people", "0004_grants_given_before")]

    operations = [
        AppendOnly("people_historicalaccount", "people_historicalgrant"),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(tier__in=["S1", "S2", "S3", "S4"]), name="grant_tier_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(approved_by=None) | models.Q(approved_at__isnull=False),
                name="grant_approved_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | (~models.Q(approved_by=models.F("given_by")) & ~models.Q(approved_by=models.F("account"))),
                name="grant_approved_by_another",
            ),
        ),
    ]
