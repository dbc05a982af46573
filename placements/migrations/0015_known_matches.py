from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0014_new_matches")]

    operations = [
        migrations.AddField(
            model_name="listsearched",
            name="as_known",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="listsearched",
            name="tried_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="listsearched",
            name="ranking",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="listsearched",
            name="round",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="rememberedvacancy",
            name="seen_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="match first seen"),
        ),
    ]
