"""Reports on the market."""

from django.db import migrations, models

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("marketplace", "0001_market")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="MarketReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("on", models.DateField(verbose_name="facts of")),
                    ("seconds", models.FloatField(verbose_name="seconds")),
                    ("figures", models.JSONField()),
                ],
                options={
                    "verbose_name": "market report",
                    "verbose_name_plural": "market reports",
                    "indexes": [models.Index(fields=["-made_at", "-id"], name="market_newest_first")],
                },
            ),
        )
    ]
