import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild
from sutura.security.migrating import Sparing, Together

LONGEST = 120


def link(apps, schema_editor):
    """Words which are those of one axis alone become a link to it; others stay as they were written."""
    found = {}
    for axis in apps.get_model("coordination", "Axis").objects.all():
        for words in {_said(axis), axis.title}:
            found.setdefault(_plain(words), set()).add(axis.pk)
    told = apps.get_model("coordination", "Recommendation").objects.exclude(axis_words="").order_by()
    for words in list(told.values_list("axis_words", flat=True).distinct()):
        known = found.get(_plain(words), set())
        if len(known) == 1:
            told.filter(axis_words=words).update(axis=min(known), axis_words="")


def tell(apps, schema_editor):
    """The link goes; its axis is told in words, also in the versions that are kept."""
    for axis in apps.get_model("coordination", "Axis").objects.all():
        for name in ("Recommendation", "HistoricalRecommendation"):
            apps.get_model("coordination", name).objects.filter(axis=axis.pk).update(axis_words=_said(axis))


def _said(axis):
    return f"{axis.number}. {axis.title}"[:LONGEST]


def _plain(words):
    return " ".join(words.casefold().split())


class Migration(Sparing):

    dependencies = [
        ('coordination', '0005_papers'),
        ('library', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    fills = ("Axis", "Recommendation", "HistoricalRecommendation")

    operations = [
        Together([
            migrations.CreateModel(
                name='HistoricalBodyDocument',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('public_id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.CharField(blank=True, default='', max_length=500)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('body', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='coordination.body', verbose_name='body')),
                    ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='library.document', verbose_name='document of the library')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical document of a body',
                    'verbose_name_plural': 'historical documents of bodies',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='BodyDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='coordination.body', verbose_name='body')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='library.document', verbose_name='document of the library')),
                ],
                options={
                    'verbose_name': 'document of a body',
                    'verbose_name_plural': 'documents of bodies',
                    'ordering': ['body_id', 'document__title', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('body', 'document'), name='body_document_once')],
                },
            ),
        ]),
        AppendOnly("coordination_historicalbodydocument"),
        OpenForRebuild("coordination_historicalrecommendation"),
        *(
            operation
            for name in ("historicalrecommendation", "recommendation")
            for operation in (
                migrations.RenameField(model_name=name, old_name="axis", new_name="axis_words"),
                migrations.AlterField(
                    model_name=name,
                    name="axis_words",
                    field=models.CharField(blank=True, max_length=120, verbose_name="strategic axis, in words"),
                ),
            )
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='axis',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='coordination.axis', verbose_name='strategic axis'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='axis',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='coordination.axis', verbose_name='strategic axis'),
        ),
        migrations.RunPython(link, tell),
        AppendOnly("coordination_historicalrecommendation"),
    ]
