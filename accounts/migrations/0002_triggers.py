"""The audit log is append-only, whoever asks."""

from django.db import migrations

# TRUNCATE stays possible: it needs the owner of the table, who could as well drop the trigger, and a reset of the
# whole database uses it.
REFUSE_CHANGES = """
CREATE FUNCTION accounts_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_audit_is_append_only();
"""

ALLOW_CHANGES = """
DROP TRIGGER audit_append_only ON accounts_auditentry;
DROP FUNCTION accounts_audit_is_append_only();
"""


class Migration(migrations.Migration):
    replaces = [("accounts", "0002_append_only")]

    dependencies = [("accounts", "0001_schema")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
