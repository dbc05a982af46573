from django.db import migrations

# Rows go only with the person or the vacancy that they belong to; what was opened is never rewritten.
REFUSE_CHANGES = """
CREATE FUNCTION placements_profile_view_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an opened profile is never rewritten' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER profile_view_stays BEFORE UPDATE ON placements_profileview
    FOR EACH ROW EXECUTE FUNCTION placements_profile_view_stays();
"""

ALLOW_CHANGES = """
DROP TRIGGER profile_view_stays ON placements_profileview;
DROP FUNCTION placements_profile_view_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0003_profile_views")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
