from django.db import migrations

# What happened is never rewritten or deleted. The words that somebody wrote can be emptied when a person leaves.
REFUSE_CHANGES = """
CREATE FUNCTION placements_application_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND NEW.message IN ('', OLD.message) AND NEW.note IN ('', OLD.note)
        AND to_jsonb(NEW) - 'message' - 'note' = to_jsonb(OLD) - 'message' - 'note'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of applications is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER application_log_stays BEFORE UPDATE OR DELETE ON placements_applicationlog
    FOR EACH ROW EXECUTE FUNCTION placements_application_log_stays();
"""

ALLOW_CHANGES = """
DROP TRIGGER application_log_stays ON placements_applicationlog;
DROP FUNCTION placements_application_log_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_application")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
