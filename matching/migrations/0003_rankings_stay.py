"""A ranking stays as it was made; it may only go as a whole, when it is old or its vacancy goes."""

from django.db import migrations

STAYS = """
CREATE TRIGGER ranking_append_only BEFORE UPDATE ON matching_ranking
    FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();
"""

MAY_CHANGE = """
DROP TRIGGER ranking_append_only ON matching_ranking;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_triggers")]

    operations = [migrations.RunSQL(STAYS, MAY_CHANGE)]
