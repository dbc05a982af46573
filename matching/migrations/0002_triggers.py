"""What a ranking was made by stays, and so does what people did about it; packed figures are stored as they are."""

from django.db import migrations

# TRUNCATE stays possible everywhere: it needs the owner of the table, who could as well drop the trigger, and a reset of
# the whole database uses it.
WEIGHTS_STAY = """
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

WEIGHTS_MAY_CHANGE = """
DROP TRIGGER part_bounds_stay ON matching_partbounds;
DROP TRIGGER weight_policy_stays ON matching_weightpolicy;
DROP FUNCTION matching_weights_stay();
"""

# Rounds and reports may go once they are half a year old; foreign keys keep what is referred to. How much longer they
# are kept is a setting.
APPEND_ONLY = """
CREATE FUNCTION matching_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER shortlistlog_append_only BEFORE UPDATE OR DELETE ON matching_shortlistlog
    FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();
CREATE TRIGGER allocationround_append_only BEFORE UPDATE ON matching_allocationround
    FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();
CREATE TRIGGER exposurereport_append_only BEFORE UPDATE ON matching_exposurereport
    FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();

CREATE FUNCTION matching_goes_when_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.made_at < now() - interval '180 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER allocationround_goes_when_old BEFORE DELETE ON matching_allocationround
    FOR EACH ROW EXECUTE FUNCTION matching_goes_when_old();
CREATE TRIGGER exposurereport_goes_when_old BEFORE DELETE ON matching_exposurereport
    FOR EACH ROW EXECUTE FUNCTION matching_goes_when_old();
"""

ALLOW_CHANGES = """
DROP TRIGGER exposurereport_goes_when_old ON matching_exposurereport;
DROP TRIGGER allocationround_goes_when_old ON matching_allocationround;
DROP FUNCTION matching_goes_when_old();
DROP TRIGGER exposurereport_append_only ON matching_exposurereport;
DROP TRIGGER allocationround_append_only ON matching_allocationround;
DROP TRIGGER shortlistlog_append_only ON matching_shortlistlog;
DROP FUNCTION matching_is_append_only();
"""

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
    replaces = [
        ("matching", "0003_weight_policies_stay"),
        ("matching", "0006_append_only"),
        ("matching", "0009_packed_as_it_is"),
        ("matching", "0011_pruning"),
    ]

    dependencies = [("matching", "0001_schema")]

    operations = [
        migrations.RunSQL(WEIGHTS_STAY, WEIGHTS_MAY_CHANGE),
        migrations.RunSQL(APPEND_ONLY, ALLOW_CHANGES),
        migrations.RunSQL(AS_IT_IS, COMPRESSED),
    ]
