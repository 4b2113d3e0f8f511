"""Violations by type: who asks for those of one type, or for what is told apart, reads no other."""

from django.db import migrations, models

from sutura.security.migrating import Sparing


class Migration(Sparing):

    dependencies = [
        ('incidents', '0004_retention'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='violation',
            index=models.Index(fields=['type', 'incident'], name='violation_type'),
        ),
    ]
