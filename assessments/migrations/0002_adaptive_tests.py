"""Results of adaptive tests are found without the others of a person."""

from django.db import migrations, models

from common.migrating import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("assessments", "0001_schema")]

    operations = [
        AddIndexOnline(
            "measurement",
            models.Index(
                fields=["candidate", "language", "skill", "id"],
                condition=models.Q(source="adaptive_test"),
                name="measurement_adaptive",
            ),
        ),
    ]
