"""Whatever changes a profile is written to the log of changed profiles; its first row says that everybody did."""

from django.db import migrations

# One set of rows for each statement, however many people it writes: a COPY of ten thousand costs one INSERT more.
# pg_current_xact_id() is that of the whole transaction, inside savepoints too.
TRIGGERS = """
CREATE FUNCTION candidates_note_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO candidates_change (xid, candidate_id) SELECT mine, id FROM new_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO candidates_change (xid, candidate_id)
        SELECT mine, id FROM new_rows UNION SELECT mine, id FROM old_rows ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO candidates_change (xid, candidate_id) SELECT mine, id FROM old_rows ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO candidates_change (xid, candidate_id) VALUES (mine, 0) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER candidates_change_on_insert AFTER INSERT ON candidates_candidate
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION candidates_note_changes();
CREATE TRIGGER candidates_change_on_update AFTER UPDATE ON candidates_candidate
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION candidates_note_changes();
CREATE TRIGGER candidates_change_on_delete AFTER DELETE ON candidates_candidate
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION candidates_note_changes();
CREATE TRIGGER candidates_change_on_truncate AFTER TRUNCATE ON candidates_candidate
    FOR EACH STATEMENT EXECUTE FUNCTION candidates_note_changes();

INSERT INTO candidates_change (xid, candidate_id) VALUES (pg_current_xact_id()::text::bigint, 0);
"""

NO_TRIGGERS = """
DROP TRIGGER candidates_change_on_insert ON candidates_candidate;
DROP TRIGGER candidates_change_on_update ON candidates_candidate;
DROP TRIGGER candidates_change_on_delete ON candidates_candidate;
DROP TRIGGER candidates_change_on_truncate ON candidates_candidate;
DROP FUNCTION candidates_note_changes();
"""


class Migration(migrations.Migration):
    replaces = [("candidates", "0002_change_log")]

    dependencies = [("candidates", "0001_schema")]

    operations = [migrations.RunSQL(TRIGGERS, NO_TRIGGERS)]
