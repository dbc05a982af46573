import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0004_names"), ("matching", "0007_fresh_rankings")]

    operations = [
        migrations.AddField(
            model_name="rankinground",
            name="awaited",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="shortlistlog",
            name="candidate",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="candidates.candidate",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortlistlog",
            constraint=models.CheckConstraint(
                condition=models.Q(candidate__isnull=False), name="shortlist_log_says_whom"
            ),
        ),
    ]
