from django.db import migrations

# TRUNCATE stays possible: it needs the owner of the table, and a reset of the whole database uses it.
REFUSE_CHANGES = """
CREATE FUNCTION matching_weights_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'weight policies are never changed, only superseded' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER weight_policy_stays BEFORE UPDATE OR DELETE ON matching_weightpolicy
    FOR EACH ROW EXECUTE FUNCTION matching_weights_stay();
CREATE TRIGGER part_bounds_stay BEFORE UPDATE OR DELETE ON matching_partbounds
    FOR EACH ROW EXECUTE FUNCTION matching_weights_stay();
"""

ALLOW_CHANGES = """
DROP TRIGGER part_bounds_stay ON matching_partbounds;
DROP TRIGGER weight_policy_stays ON matching_weightpolicy;
DROP FUNCTION matching_weights_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_weight_policies")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
