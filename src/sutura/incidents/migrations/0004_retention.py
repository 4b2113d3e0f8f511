"""What was decided of how long a file is kept; written once, never changed."""

import django.db.models.deletion
import django.utils.timezone
import sutura.incidents.codes
import uuid
from django.conf import settings
from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly
from sutura.security.migrating import Sparing


class Migration(Sparing):

    dependencies = [
        ('incidents', '0003_seal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('verdict', sutura.incidents.codes.CodeField(max_length=10, verbose_name='decision')),
                ('until', models.DateField(blank=True, null=True, verbose_name='kept until')),
                ('why', models.CharField(blank=True, default='', max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='decided')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('incident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='retention', to='incidents.incident', verbose_name='incident')),
            ],
            options={
                'verbose_name': 'retention decision',
                'verbose_name_plural': 'retention decisions',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['incident', '-id'], name='retention_last')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['held', 'released', 'kept'])), name='retention_verdict_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='retention_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('until__isnull', False), ('verdict', 'kept')), models.Q(models.Q(('verdict', 'kept'), _negated=True), ('until', None)), _connector='OR'), name='retention_kept_until')],
            },
        ),
        AppendOnly("incidents_retentiondecision"),
    ]
