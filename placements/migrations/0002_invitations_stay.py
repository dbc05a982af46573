from django.db import migrations

# Rows go only with the person or the vacancy that they belong to; what happened is never rewritten.
REFUSE_CHANGES = """
CREATE FUNCTION placements_invitation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an invitation is never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER test_invitation_stays BEFORE UPDATE ON placements_testinvitation
    FOR EACH ROW EXECUTE FUNCTION placements_invitation_stays();
"""

ALLOW_CHANGES = """
DROP TRIGGER test_invitation_stays ON placements_testinvitation;
DROP FUNCTION placements_invitation_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
