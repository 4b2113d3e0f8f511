from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild
from sutura.security.migrating import Sparing


def fill(apps, schema_editor):
    """Each referral is where its docket is; versions from before do not say it."""
    docket = apps.get_model("response", "Docket").objects.filter(pk=OuterRef("docket"))
    apps.get_model("response", "Referral").objects.update(region=Subquery(docket.values("region")))


class Migration(Sparing):

    dependencies = [
        ("response", "0007_moves"),
    ]

    fills = ("Docket", "Referral")

    operations = [
        OpenForRebuild("response_historicalreferral"),
        migrations.AddField(
            model_name="historicalreferral",
            name="region",
            field=models.CharField(default="", editable=False, max_length=8, verbose_name="region"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="referral",
            name="region",
            field=models.CharField(default="", editable=False, max_length=8, verbose_name="region"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(region="", _negated=True), name="response_referral_somewhere"
            ),
        ),
        AppendOnly("response_historicalreferral"),
    ]
