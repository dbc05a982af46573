"""What happened between a person and a vacancy is never rewritten."""

from django.db import migrations

# Rows go only with the person or the vacancy that they belong to.
INVITATIONS_STAY = """
CREATE FUNCTION placements_invitation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an invitation is never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER test_invitation_stays BEFORE UPDATE ON placements_testinvitation
    FOR EACH ROW EXECUTE FUNCTION placements_invitation_stays();
"""

INVITATIONS_MAY_CHANGE = """
DROP TRIGGER test_invitation_stays ON placements_testinvitation;
DROP FUNCTION placements_invitation_stays();
"""

# Rows go only with the person or the vacancy that they belong to.
PROFILE_VIEWS_STAY = """
CREATE FUNCTION placements_profile_view_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an opened profile is never rewritten' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER profile_view_stays BEFORE UPDATE ON placements_profileview
    FOR EACH ROW EXECUTE FUNCTION placements_profile_view_stays();
"""

PROFILE_VIEWS_MAY_CHANGE = """
DROP TRIGGER profile_view_stays ON placements_profileview;
DROP FUNCTION placements_profile_view_stays();
"""

# Nor is it deleted. The words that somebody wrote can be emptied when a person leaves.
APPLICATION_LOG_STAYS = """
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

APPLICATION_LOG_MAY_CHANGE = """
DROP TRIGGER application_log_stays ON placements_applicationlog;
DROP FUNCTION placements_application_log_stays();
"""

# A note goes with the person, the vacancy or the employer.
NOTES_STAY = """
CREATE FUNCTION placements_team_note_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a note is never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER team_note_stays BEFORE UPDATE ON placements_teamnote
    FOR EACH ROW EXECUTE FUNCTION placements_team_note_stays();
"""

NOTES_MAY_CHANGE = """
DROP TRIGGER team_note_stays ON placements_teamnote;
DROP FUNCTION placements_team_note_stays();
"""

# Of somebody set aside only the taking back is added, once.
SET_ASIDE_STAYS = """
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

SET_ASIDE_MAY_CHANGE = """
DROP TRIGGER set_aside_stays ON placements_setaside;
DROP FUNCTION placements_set_aside_stays();
"""


class Migration(migrations.Migration):
    replaces = [
        ("placements", "0002_invitations_stay"),
        ("placements", "0004_profile_views_stay"),
        ("placements", "0006_application_log_stays"),
        ("placements", "0008_notes_stay"),
    ]

    dependencies = [("placements", "0001_schema")]

    operations = [
        migrations.RunSQL(INVITATIONS_STAY, INVITATIONS_MAY_CHANGE),
        migrations.RunSQL(PROFILE_VIEWS_STAY, PROFILE_VIEWS_MAY_CHANGE),
        migrations.RunSQL(APPLICATION_LOG_STAYS, APPLICATION_LOG_MAY_CHANGE),
        migrations.RunSQL(NOTES_STAY, NOTES_MAY_CHANGE),
        migrations.RunSQL(SET_ASIDE_STAYS, SET_ASIDE_MAY_CHANGE),
    ]
