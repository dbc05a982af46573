"""Every list has been searched by the rules of now: none is known from before news was made of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0003_in_interview"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="listsearched",
            name="as_known",
        ),
    ]
