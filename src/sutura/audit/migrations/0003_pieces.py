"""The chain's pieces without a call: each was one function called for each of the nine columns of each line."""

from django.db import migrations

from sutura.audit.migrations_ops import Pieced


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [Pieced()]
