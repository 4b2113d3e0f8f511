import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild
from sutura.security.filetypes import TAKEN
from sutura.security.migrating import Sparing, Together

WITH_FILE = ("evidence", "scan")


def name_endings(apps, schema_editor):
    """Files kept before: by what they are. Which archives are office documents was not noted; they stay archives."""
    for name in WITH_FILE:
        rows = apps.get_model("coordination", name)._base_manager.exclude(file="")
        for kind in rows.order_by().values_list("content_type", flat=True).distinct():
            rows.filter(content_type=kind).update(ending=TAKEN.get(kind, "bin"))


def ending(model_name):
    field = models.CharField(blank=True, default="", max_length=5, verbose_name="ending of the file")
    return migrations.AddField(model_name=model_name, name="ending", field=field, preserve_default=False)


class Migration(Sparing):

    dependencies = [
        ("coordination", "0004_publications"),
        ("partners", "0002_projects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    fills = ("Evidence", "Scan")

    operations = [
        OpenForRebuild("coordination_historicalevidence", "coordination_historicalscan"),
        Together([
            migrations.CreateModel(
                name='HistoricalMailing',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('notice', models.CharField(choices=[('convening', 'Invitation'), ('minutes', 'Minutes')], max_length=9, verbose_name='what it tells of')),
                    ('day', models.DateField(verbose_name='day of the meeting')),
                    ('address', models.EmailField(blank=True, max_length=254, verbose_name='address for convening')),
                    ('outcome', models.CharField(choices=[('waiting', 'Waits, and is tried again'), ('sent', 'Left'), ('refused', 'Address refused'), ('no_address', 'No address'), ('printed', 'Not mailed: no mail server')], max_length=10, verbose_name='what became of it')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked')),
                    ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='last tried')),
                    ('history_change_reason', models.CharField(blank=True, default='', max_length=500)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('asked_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('meeting', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='coordination.meeting', verbose_name='meeting')),
                    ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partners.organisation', verbose_name='organisation')),
                ],
                options={
                    'verbose_name': 'historical message to a member',
                    'verbose_name_plural': 'historical messages to members',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Mailing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.CharField(choices=[('convening', 'Invitation'), ('minutes', 'Minutes')], max_length=9, verbose_name='what it tells of')),
                    ('day', models.DateField(verbose_name='day of the meeting')),
                    ('address', models.EmailField(blank=True, max_length=254, verbose_name='address for convening')),
                    ('outcome', models.CharField(choices=[('waiting', 'Waits, and is tried again'), ('sent', 'Left'), ('refused', 'Address refused'), ('no_address', 'No address'), ('printed', 'Not mailed: no mail server')], max_length=10, verbose_name='what became of it')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked')),
                    ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='last tried')),
                    ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='coordination.meeting', verbose_name='meeting')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation', verbose_name='organisation')),
                ],
                options={
                    'verbose_name': 'message to a member',
                    'verbose_name_plural': 'messages to members',
                    'ordering': ['meeting_id', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'organisation', 'notice', 'day'), name='mailing_once_of_a_day'), models.CheckConstraint(condition=models.Q(('notice__in', ['convening', 'minutes'])), name='mailing_notice_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['waiting', 'sent', 'refused', 'no_address', 'printed'])), name='mailing_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('outcome', 'no_address')), models.Q(models.Q(('outcome', 'no_address'), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='mailing_goes_somewhere'), models.CheckConstraint(condition=models.Q(('outcome__in', ('waiting', 'no_address')), ('tried_at__isnull', False), _connector='OR'), name='mailing_tried_says_when')],
                },
            ),
            *(ending(f"{history}{name}") for name in WITH_FILE for history in ("", "historical")),
        ]),
        AppendOnly(
            "coordination_historicalevidence", "coordination_historicalmailing", "coordination_historicalscan"
        ),
        migrations.RunPython(name_endings, migrations.RunPython.noop),
    ]
