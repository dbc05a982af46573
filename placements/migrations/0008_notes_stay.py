from django.db import migrations

# A note is never rewritten; it goes with the person, the vacancy or the employer. Of somebody set aside only the taking
# back is added, once.
REFUSE_CHANGES = """
CREATE FUNCTION placements_team_note_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a note is never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER team_note_stays BEFORE UPDATE ON placements_teamnote
    FOR EACH ROW EXECUTE FUNCTION placements_team_note_stays();

CREATE FUNCTION placements_set_aside_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_at IS NULL
        AND to_jsonb(NEW) - 'taken_back_at' - 'taken_back_by_id' = to_jsonb(OLD) - 'taken_back_at' - 'taken_back_by_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'setting aside is only ever taken back' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER set_aside_stays BEFORE UPDATE ON placements_setaside
    FOR EACH ROW EXECUTE FUNCTION placements_set_aside_stays();
"""

ALLOW_CHANGES = """
DROP TRIGGER set_aside_stays ON placements_setaside;
DROP FUNCTION placements_set_aside_stays();
DROP TRIGGER team_note_stays ON placements_teamnote;
DROP FUNCTION placements_team_note_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0007_notes_and_set_aside")]

    operations = [migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES)]
