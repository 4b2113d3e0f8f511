"""The words of people lie sealed in their columns, those of public lists in columns of their own; nothing clear is taken over."""

from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly, OpenForRebuild
from sutura.security.crypto import Refused
from sutura.security.migrating import Restated, Sparing
from sutura.security.sealed import Sealed, SealedTextField

TABLES = ("alerts_alert", "alerts_historicalalert")
SEALED = (
    ("told", "what was told"),
    ("state_reason", "reason"),
    ("asked", "question to the sender"),
    ("protection_done", "protection first: what was done"),
)
OPEN_WORDS = models.Q(origin="lead", told="") | models.Q(
    origin="report", title="", party_text="", told_by_list="", latitude=None, longitude=None
)


class Loose(Exception):
    """Rows that would be left in the wrong form; nothing was changed."""


def move_lists(apps, schema_editor):
    """What a public list tells gets its own column."""
    for table in TABLES:
        schema_editor.execute(f"UPDATE {table} SET told_by_list = told, told = '' WHERE origin = 'lead'")


def move_back(apps, schema_editor):
    """And back."""
    for table in TABLES:
        schema_editor.execute(f"UPDATE {table} SET told = told_by_list WHERE origin = 'lead'")


def refuse_clear(apps, schema_editor):
    """Words of people in clear are never kept beside sealed ones."""
    for table in TABLES:
        for field, _words in SEALED:
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(f"SELECT {field} FROM {table} WHERE {field} <> ''")
                for (value,) in cursor.fetchall():
                    refuse_unless_sealed(table, field, value)


def refuse_unless_sealed(table, field, value):
    try:
        Sealed(value).parts
    except Refused:
        raise Loose(
            f"{table}.{field} holds words in clear: empty the database and receive the alerts again, "
            "they are sealed on their way in"
        ) from None


class Migration(Sparing):
    """New columns, and the old ones read as sealed without a change in the database."""

    dependencies = [("alerts", "0001_initial"), ("vault", "0001_keys")]

    operations = [
        OpenForRebuild("alerts_historicalalert"),
        *(
            migrations.AddField(model, name, column)
            for model in ("alert", "historicalalert")
            for name, column in (
                ("told_by_list", models.TextField(blank=True, default="", verbose_name="what the list tells")),
                ("asked_for", models.CharField(blank=True, default="", max_length=200, verbose_name="information asked")),
            )
        ),
        migrations.RunPython(move_lists, move_back),
        migrations.RunPython(refuse_clear, migrations.RunPython.noop),
        Restated(
            state_operations=[
                migrations.AlterField(model, name, SealedTextField(blank=True, default="", verbose_name=words))
                for model in ("alert", "historicalalert")
                for name, words in SEALED
            ]
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(condition=OPEN_WORDS, name="alerts_open_words_of_lists"),
        ),
        AppendOnly("alerts_historicalalert"),
    ]
