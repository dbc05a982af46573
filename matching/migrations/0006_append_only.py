from django.db import migrations

# TRUNCATE stays possible: it needs the owner of the table, who could as well drop the trigger, and a reset of the
# whole database uses it.
TABLES = ("shortlistlog", "allocationround", "exposurereport")

REFUSE_CHANGES = """
CREATE FUNCTION matching_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
""" + "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON matching_{table} "
    "FOR EACH ROW EXECUTE FUNCTION matching_is_append_only();\n"
    for table in TABLES
)

ALLOW_CHANGES = (
    "".join(f"DROP TRIGGER {table}_append_only ON matching_{table};\n" for table in TABLES)
    + "DROP FUNCTION matching_is_append_only();"
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_allocation")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
