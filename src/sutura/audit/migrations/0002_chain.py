"""The chain of the log: what was written before it is numbered in the order it was written, and bound."""

from typing import Any

from django.db import migrations, models

from sutura.audit.migrations_ops import AppendOnly, Chained
from sutura.audit.rules import CONTENT, GENESIS, digest

BATCH = 2000


def bind(apps: Any, schema_editor: Any) -> None:
    """Chain every entry there is."""
    entries, link = apps.get_model("audit", "Entry").objects.order_by("id"), apps.get_model("audit", "Link")
    hash_, last, links = GENESIS, 0, []
    for last, content in enumerate(entries.values_list(*CONTENT).iterator(BATCH), start=1):
        hash_ = digest(hash_, last, content)
        links.append(link(number=last, entry_id=content[0], hash=hash_))
        if not last % BATCH:
            link.objects.bulk_create(links)
            links = []
    link.objects.bulk_create(links)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "number",
                    models.BigAutoField(primary_key=True, serialize=False, verbose_name="number in the chain"),
                ),
                ("entry_id", models.BigIntegerField(unique=True, verbose_name="audit entry")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "row of the chain",
                "verbose_name_plural": "rows of the chain",
                "ordering": ["number"],
            },
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
        AppendOnly("audit_link"),
        Chained(),
    ]
