"""What the database itself refuses of a grant: an unknown tier, an approval by the same person.

Apart from the data before it: PostgreSQL alters no table whose rows changed in the same transaction.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_grants_by_tier")]

    operations = [
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
