from django.db import migrations, models

from common.migrating import AddIndexOnline

# Rounds and reports are still never changed. They may go once they are half a year old; foreign keys keep what is
# referred to. How much longer they are kept is a setting. Each statement can be run again, since the migration is not atomic.
TABLES = ("allocationround", "exposurereport")

LET_OLD_ONES_GO = """
CREATE OR REPLACE FUNCTION matching_goes_when_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.made_at < now() - interval '180 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
""" + "".join(
    f"DROP TRIGGER IF EXISTS {table}_append_only ON matching_{table};\n"
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON matching_{table} "
    "FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();\n"
    f"DROP TRIGGER IF EXISTS {table}_goes_when_old ON matching_{table};\n"
    f"CREATE TRIGGER {table}_goes_when_old BEFORE DELETE ON matching_{table} "
    "FOR EACH ROW EXECUTE FUNCTION matching_goes_when_old();\n"
    for table in TABLES
)

LET_NONE_GO = (
    "".join(
        f"DROP TRIGGER {table}_goes_when_old ON matching_{table};\n"
        f"DROP TRIGGER {table}_append_only ON matching_{table};\n"
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON matching_{table} "
        "FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();\n"
        for table in TABLES
    )
    + "DROP FUNCTION matching_goes_when_old();"
)


class Migration(migrations.Migration):
    atomic = False  # people go on working while the indexes are built

    dependencies = [("matching", "0010_looks")]

    operations = [
        AddIndexOnline(
            model_name="ranking",
            index=models.Index(fields=["made_at", "id"], name="ranking_oldest_first"),
        ),
        migrations.RunSQL(LET_OLD_ONES_GO, LET_NONE_GO),
    ]
