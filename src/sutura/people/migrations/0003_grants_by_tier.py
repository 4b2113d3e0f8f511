"""Grants reach a tier and are approved by a second person. The versions are guarded again by `0005_grant_guards`."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sutura.people.choices
from sutura.audit.migrations_ops import OpenForRebuild
from sutura.security.migrating import Together

VERSIONS = ("people_historicalaccount", "people_historicalgrant")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_temporary_password")]

    operations = [
        OpenForRebuild(*VERSIONS),
        Together([
            *(
                migrations.AddField(
                    model_name=name,
                    name="tier",
                    field=models.CharField(
                        choices=sutura.people.choices.tier_choices, default="", max_length=2,
                        verbose_name="highest tier",
                    ),
                    preserve_default=False,
                )
                for name in ("grant", "historicalgrant")
            ),
            migrations.AddField(
                model_name="account",
                name="opened_by",
                field=models.ForeignKey(
                    editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL, verbose_name="opened by",
                ),
            ),
            migrations.AddField(
                model_name="historicalaccount",
                name="opened_by",
                field=models.ForeignKey(
                    blank=True, db_constraint=False, editable=False, null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                    to=settings.AUTH_USER_MODEL, verbose_name="opened by",
                ),
            ),
            *(
                migrations.AddField(
                    model_name=name,
                    name="approved_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="holds since"),
                )
                for name in ("grant", "historicalgrant")
            ),
            migrations.AddField(
                model_name="grant",
                name="approved_by",
                field=models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL, verbose_name="approved by",
                ),
            ),
            migrations.AddField(
                model_name="historicalgrant",
                name="approved_by",
                field=models.ForeignKey(
                    blank=True, db_constraint=False, null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                    to=settings.AUTH_USER_MODEL, verbose_name="approved by",
                ),
            ),
        ]),
    ]
