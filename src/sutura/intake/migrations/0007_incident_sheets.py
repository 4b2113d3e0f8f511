from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild
from sutura.security.migrating import Sparing


class Migration(Sparing):

    dependencies = [
        ("intake", "0006_registers"),
    ]

    operations = [
        OpenForRebuild("intake_envelope", "intake_unpacking"),
        migrations.AlterField(
            model_name='envelope',
            name='form',
            field=models.CharField(choices=[('alert', 'Alert'), ('incident', 'Incident')], max_length=10, verbose_name='form'),
        ),
        migrations.AddField(
            model_name='unpacking',
            name='reason',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='why'),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name='unpacking',
            name='intake_envelope_made_once',
        ),
        migrations.AddConstraint(
            model_name='unpacking',
            constraint=models.UniqueConstraint(condition=models.Q(('became__in', ['made', 'aside'])), fields=('envelope',), name='intake_envelope_made_once'),
        ),
        AppendOnly("intake_envelope", "intake_unpacking"),
    ]
