"""The history of every entity of the file is append-only, guarded by the database."""

from django.db import migrations

from sutura.audit.migrations_ops import AppendOnly

MODELS = (
    "incident", "violation", "lethaldetail", "recruitmentdetail", "sexualviolencedetail", "abductiondetail",
    "attackdetail", "militaryusedetail", "denialdetail", "detentiondetail", "child", "victim", "victimlink",
    "perpetrator", "perpetratorlink", "source", "sourcelink", "response", "attachment",
)  # fmt: skip


class Migration(migrations.Migration):
    """Triggers on each history table."""

    dependencies = [("incidents", "0001_initial")]

    operations = [AppendOnly(*(f"incidents_historical{model}" for model in MODELS))]
