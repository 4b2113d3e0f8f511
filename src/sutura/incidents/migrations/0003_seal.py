"""What could lead to a person lies sealed in its column; columns that hold clear words are not taken over unsealed."""

from django.db import migrations, models

from sutura.incidents.codes import SealedCodesField
from sutura.security.crypto import Refused
from sutura.security.migrating import Restated, Sparing
from sutura.security.sealed import Sealed, SealedDateField, SealedFloatField, SealedTextField

# model, field, its new column: text before and after.
WORDS = (
    ("abductiondetail", "held_at", SealedTextField(blank=True, default='', verbose_name='where held')),
    ("abductiondetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("attachment", "description", SealedTextField(blank=True, default='', verbose_name='description')),
    ("attachment", "original_name", SealedTextField(max_length=200, verbose_name='name of the file as received')),
    ("attackdetail", "facility_details", SealedTextField(blank=True, default='', verbose_name='about the facility')),
    ("attackdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("denialdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("detentiondetail", "ill_treatment_kinds", SealedCodesField(blank=True, default=list, verbose_name='kinds of ill-treatment')),
    ("detentiondetail", "ill_treatment_other", SealedTextField(blank=True, default='', verbose_name='other ill-treatment')),
    ("detentiondetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("detentiondetail", "place_details", SealedTextField(blank=True, default='', verbose_name='name and place of detention')),
    ("detentiondetail", "reasons_details", SealedTextField(blank=True, default='', verbose_name='about the grounds')),
    ("historicalabductiondetail", "held_at", SealedTextField(blank=True, default='', verbose_name='where held')),
    ("historicalabductiondetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalattachment", "description", SealedTextField(blank=True, default='', verbose_name='description')),
    ("historicalattachment", "original_name", SealedTextField(max_length=200, verbose_name='name of the file as received')),
    ("historicalattackdetail", "facility_details", SealedTextField(blank=True, default='', verbose_name='about the facility')),
    ("historicalattackdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicaldenialdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicaldetentiondetail", "ill_treatment_kinds", SealedCodesField(blank=True, default=list, verbose_name='kinds of ill-treatment')),
    ("historicaldetentiondetail", "ill_treatment_other", SealedTextField(blank=True, default='', verbose_name='other ill-treatment')),
    ("historicaldetentiondetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicaldetentiondetail", "place_details", SealedTextField(blank=True, default='', verbose_name='name and place of detention')),
    ("historicaldetentiondetail", "reasons_details", SealedTextField(blank=True, default='', verbose_name='about the grounds')),
    ("historicalincident", "account_restricted", SealedTextField(blank=True, default='', verbose_name='restricted account')),
    ("historicalincident", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalincident", "place_notes", SealedTextField(blank=True, default='', verbose_name='notes on the place')),
    ("historicallethaldetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalmilitaryusedetail", "facility_details", SealedTextField(blank=True, default='', verbose_name='about the facility')),
    ("historicalmilitaryusedetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalperpetrator", "arrested_details", SealedTextField(blank=True, default='', verbose_name='about the arrest')),
    ("historicalperpetrator", "convicted_details", SealedTextField(blank=True, default='', verbose_name='about the conviction')),
    ("historicalperpetrator", "description", SealedTextField(blank=True, default='', verbose_name='uniform, vehicles, chain of command')),
    ("historicalperpetrator", "detained_details", SealedTextField(blank=True, default='', verbose_name='about the detention')),
    ("historicalperpetrator", "ethnicity", SealedTextField(blank=True, default='', max_length=80, verbose_name='ethnicity')),
    ("historicalperpetrator", "name", SealedTextField(blank=True, default='', max_length=200, verbose_name='name')),
    ("historicalperpetrator", "nationality", SealedTextField(blank=True, default='', max_length=80, verbose_name='nationality')),
    ("historicalperpetrator", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalperpetrator", "rank", SealedTextField(blank=True, default='', max_length=120, verbose_name='rank or function')),
    ("historicalrecruitmentdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalrecruitmentdetail", "re_recruitment_details", SealedTextField(blank=True, default='', verbose_name='about the earlier recruitment')),
    ("historicalresponse", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalsexualviolencedetail", "effects", SealedCodesField(blank=True, default=list, help_text='Only what was told without being asked.', verbose_name='effects told unasked')),
    ("historicalsexualviolencedetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalsource", "collected_at", SealedTextField(blank=True, default='', max_length=200, verbose_name='place of collection')),
    ("historicalsource", "credibility_reason", SealedTextField(blank=True, default='', verbose_name='why this credibility')),
    ("historicalsource", "description", SealedTextField(blank=True, default='', verbose_name='description of the source')),
    ("historicalsource", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalsource", "reliability_reason", SealedTextField(blank=True, default='', verbose_name='why this reliability')),
    ("historicalvictim", "description", SealedTextField(blank=True, default='', verbose_name='description')),
    ("historicalvictim", "ethnicity", SealedTextField(blank=True, default='', max_length=80, verbose_name='ethnicity')),
    ("historicalvictim", "nationality", SealedTextField(blank=True, default='', max_length=80, verbose_name='nationality')),
    ("historicalvictim", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("historicalvictim", "religion", SealedTextField(blank=True, default='', max_length=80, verbose_name='religion')),
    ("historicalviolation", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("incident", "account_restricted", SealedTextField(blank=True, default='', verbose_name='restricted account')),
    ("incident", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("incident", "place_notes", SealedTextField(blank=True, default='', verbose_name='notes on the place')),
    ("lethaldetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("militaryusedetail", "facility_details", SealedTextField(blank=True, default='', verbose_name='about the facility')),
    ("militaryusedetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("perpetrator", "arrested_details", SealedTextField(blank=True, default='', verbose_name='about the arrest')),
    ("perpetrator", "convicted_details", SealedTextField(blank=True, default='', verbose_name='about the conviction')),
    ("perpetrator", "description", SealedTextField(blank=True, default='', verbose_name='uniform, vehicles, chain of command')),
    ("perpetrator", "detained_details", SealedTextField(blank=True, default='', verbose_name='about the detention')),
    ("perpetrator", "ethnicity", SealedTextField(blank=True, default='', max_length=80, verbose_name='ethnicity')),
    ("perpetrator", "name", SealedTextField(blank=True, default='', max_length=200, verbose_name='name')),
    ("perpetrator", "nationality", SealedTextField(blank=True, default='', max_length=80, verbose_name='nationality')),
    ("perpetrator", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("perpetrator", "rank", SealedTextField(blank=True, default='', max_length=120, verbose_name='rank or function')),
    ("recruitmentdetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("recruitmentdetail", "re_recruitment_details", SealedTextField(blank=True, default='', verbose_name='about the earlier recruitment')),
    ("response", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("sexualviolencedetail", "effects", SealedCodesField(blank=True, default=list, help_text='Only what was told without being asked.', verbose_name='effects told unasked')),
    ("sexualviolencedetail", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("source", "collected_at", SealedTextField(blank=True, default='', max_length=200, verbose_name='place of collection')),
    ("source", "credibility_reason", SealedTextField(blank=True, default='', verbose_name='why this credibility')),
    ("source", "description", SealedTextField(blank=True, default='', verbose_name='description of the source')),
    ("source", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("source", "reliability_reason", SealedTextField(blank=True, default='', verbose_name='why this reliability')),
    ("victim", "description", SealedTextField(blank=True, default='', verbose_name='description')),
    ("victim", "ethnicity", SealedTextField(blank=True, default='', max_length=80, verbose_name='ethnicity')),
    ("victim", "nationality", SealedTextField(blank=True, default='', max_length=80, verbose_name='nationality')),
    ("victim", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
    ("victim", "religion", SealedTextField(blank=True, default='', max_length=80, verbose_name='religion')),
    ("violation", "notes", SealedTextField(blank=True, default='', verbose_name='notes')),
)
# These were no text.
NUMBERS = (
    ("historicalincident", "latitude", SealedFloatField(blank=True, null=True, verbose_name='latitude')),
    ("historicalincident", "longitude", SealedFloatField(blank=True, null=True, verbose_name='longitude')),
    ("historicalvictim", "date_of_birth", SealedDateField(blank=True, null=True, verbose_name='date of birth')),
    ("incident", "latitude", SealedFloatField(blank=True, null=True, verbose_name='latitude')),
    ("incident", "longitude", SealedFloatField(blank=True, null=True, verbose_name='longitude')),
    ("victim", "date_of_birth", SealedDateField(blank=True, null=True, verbose_name='date of birth')),
)


class Loose(Exception):
    """Rows that would be left in the wrong form; nothing was changed."""


def refuse_clear(apps, schema_editor):
    """Words in clear are never kept beside sealed ones; what was sealed before the schema went down may come up again."""
    for model, field, _column in (*WORDS, *NUMBERS):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT {field} FROM incidents_{model} WHERE CAST({field} AS text) <> ''")
            for (value,) in cursor.fetchall():
                refuse_unless_sealed(model, field, str(value))


def refuse_unless_sealed(model, field, value):
    try:
        Sealed(value).parts
    except Refused:
        raise Loose(
            f"incidents_{model}.{field} holds words in clear: empty the database and import again, "
            "they are sealed on their way in"
        ) from None


def widen(apps, schema_editor):
    """A sealed value is a text longer than its words; SQLite measures none. Going down, what is sealed stays sealed."""
    if schema_editor.connection.vendor == "postgresql":
        for model, field, column in (*WORDS, *NUMBERS):
            if column.max_length or (model, field, column) in NUMBERS:
                kind = f"ALTER COLUMN {field} TYPE text USING {field}::text"
                schema_editor.execute(f"ALTER TABLE incidents_{model} {kind}")


class Lifted(migrations.RemoveConstraint):
    """A constraint which a sealed value cannot keep, so that it does not come back when the schema goes down."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE incidents_incident DROP CONSTRAINT IF EXISTS {self.name}")
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """On PostgreSQL its name comes back, with what a sealed point can keep: older migrations will drop it."""
        if schema_editor.connection.vendor == "postgresql":
            both = "CHECK ((latitude IS NULL) = (longitude IS NULL))"
            schema_editor.execute(f"ALTER TABLE incidents_incident ADD CONSTRAINT {self.name} {both}")


class Migration(Sparing):
    """The columns, without touching a row."""

    dependencies = [("incidents", "0002_append_only"), ("vault", "0001_keys")]

    operations = [
        migrations.RunPython(refuse_clear, migrations.RunPython.noop),
        Lifted(
            model_name='incident',
            name='incident_point_whole',
        ),
        Restated(
            database_operations=[migrations.RunPython(widen, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField(model, name, column) for model, name, column in (*WORDS, *NUMBERS)
            ],
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='incident_point_whole'),
        ),
    ]
