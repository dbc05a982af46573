"""States and kinds of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterfaceLanguage(models.TextChoices):
    """Languages that the product itself speaks; the same as `settings.LANGUAGES`."""

    ENGLISH = "en", _("English")
    DUTCH = "nl", _("Dutch")


class ConsentKind(models.TextChoices):
    """What a person can agree to, each on its own."""

    LISTED = "listed", _("being listed for employers")
    FREELANCE = "freelance", _("being offered freelance work")


class MailState(models.TextChoices):
    """Life of a mail in the outbox."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class MailChoice(models.TextChoices):
    """When news of one kind goes out as mail. In the account it is shown in any case."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


class NotificationKind(models.TextChoices):
    """What news is about; a person chooses for each kind how it is mailed. Facts about kinds: `rules.notification_kinds`."""

    SECURITY = "security", _("Security of your account")
    INVITATION = "invitation", _("Invitations and offers")
    ANSWER_DUE = "answer_due", _("Answers that are due")
    APPLICATION_MOVED = "application_moved", _("Applications that move on")
    APPLICATION_ENDED = "application_ended", _("Applications that end")
    VACANCY_CHANGED = "vacancy_changed", _("Changes of a vacancy that you act on")
    SHORTLIST_READY = "shortlist_ready", _("Shortlists")
    REVIEW_DECIDED = "review_decided", _("Decisions on your company and vacancies")
    ASSESSMENT = "assessment", _("Results of tests and interviews")
    TEST_INVITATION = "test_invitation", _("Invitations to a test")
    MATCH_FOUND = "match_found", _("New matches")
    PROFILE_VIEWED = "profile_viewed", _("Who read your profile")
    STAY_LISTED = "stay_listed", _("Staying listed")
    COMPANY = "company", _("Your company and its team")
    WORK_TO_RATE = "work_to_rate", _("Work to rate")
