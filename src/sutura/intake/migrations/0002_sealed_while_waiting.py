"""A file that waits lies sealed to who gave it; those which wait in clear are forgotten, as they would be in two hours."""

from django.db import migrations, models

from sutura.security.migrating import Sparing


def forget(apps, schema_editor):
    apps.get_model("intake", "StagedFile").objects.all().delete()


class Migration(Sparing):
    """Both columns hold bytes."""

    dependencies = [("intake", "0001_initial"), ("vault", "0001_keys")]

    fills = ("StagedFile",)

    operations = [
        migrations.RunPython(forget, forget),
        migrations.AlterField(
            model_name="stagedfile",
            name="content",
            field=models.BinaryField(verbose_name="content, sealed to who gave it"),
        ),
        migrations.RemoveField(model_name="stagedfile", name="result"),
        migrations.AddField(
            model_name="stagedfile",
            name="result",
            field=models.BinaryField(default=b"", verbose_name="result of the dry run, sealed alike"),
            preserve_default=False,
        ),
    ]
