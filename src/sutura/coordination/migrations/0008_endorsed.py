"""What a State endorsed is followed beside conclusions and plans."""

from django.db import migrations, models

from sutura.security.migrating import Restated, Sparing


class Released(migrations.RemoveConstraint):
    """Going down, the wider rule stays: what was endorsed keeps its kind, and older code refuses nothing of it."""

    def database_backwards(self, *_about):
        pass


class Widened(migrations.AddConstraint):
    """The same."""

    def database_backwards(self, *_about):
        pass


class Migration(Sparing):

    dependencies = [
        ('coordination', '0007_source'),
        ('library', '0001_initial'),
    ]

    operations = [
        Released(
            model_name='instrument',
            name='instrument_party_of_a_plan',
        ),
        # Words alone: no column changes.
        Restated(state_operations=[
            migrations.AlterField(
                model_name='historicalinstrument',
                name='kind',
                field=models.CharField(choices=[('council', 'Conclusions of the Council’s Working Group'), ('party_plan', 'Action plan of a party'), ('endorsed', 'Declaration endorsed by the State')], max_length=10, verbose_name='kind'),
            ),
            migrations.AlterField(
                model_name='historicalrecommendation',
                name='origin',
                field=models.CharField(choices=[('meeting', 'Meeting'), ('workshop', 'Workshop'), ('conference', 'Conference'), ('mission', 'Field mission'), ('need', 'Need of a region'), ('council', 'Security Council conclusion, paragraph'), ('action_plan', 'Action plan of a party, article'), ('declaration', 'Declaration endorsed by the State, commitment'), ('assessment', 'Self-assessment of the body')], max_length=12, verbose_name='born in'),
            ),
            migrations.AlterField(
                model_name='instrument',
                name='kind',
                field=models.CharField(choices=[('council', 'Conclusions of the Council’s Working Group'), ('party_plan', 'Action plan of a party'), ('endorsed', 'Declaration endorsed by the State')], max_length=10, verbose_name='kind'),
            ),
            migrations.AlterField(
                model_name='recommendation',
                name='origin',
                field=models.CharField(choices=[('meeting', 'Meeting'), ('workshop', 'Workshop'), ('conference', 'Conference'), ('mission', 'Field mission'), ('need', 'Need of a region'), ('council', 'Security Council conclusion, paragraph'), ('action_plan', 'Action plan of a party, article'), ('declaration', 'Declaration endorsed by the State, commitment'), ('assessment', 'Self-assessment of the body')], max_length=12, verbose_name='born in'),
            ),
        ]),
        Widened(
            model_name='instrument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('council', 'endorsed')), ('party_code', '')), models.Q(('kind', 'party_plan'), models.Q(('party_code', ''), _negated=True)), _connector='OR'), name='instrument_party_of_a_plan'),
        ),
    ]
