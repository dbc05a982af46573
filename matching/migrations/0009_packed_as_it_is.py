from django.db import migrations

# PostgreSQL tries to compress what is that long, and gives up on packed figures: it takes a millisecond and saves no byte.
AS_IT_IS = """
ALTER TABLE matching_ranking ALTER COLUMN packed SET STORAGE EXTERNAL;
ALTER TABLE matching_rankingshard ALTER COLUMN packed SET STORAGE EXTERNAL;
"""

COMPRESSED = """
ALTER TABLE matching_ranking ALTER COLUMN packed SET STORAGE EXTENDED;
ALTER TABLE matching_rankingshard ALTER COLUMN packed SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_people_may_leave")]

    operations = [migrations.RunSQL(AS_IT_IS, COMPRESSED)]
