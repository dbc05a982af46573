"""States and kinds of assessments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankKind(models.TextChoices):
    """What sort of thing a bank measures."""

    LANGUAGE = "language", _("language")
    SERVICE_JUDGEMENT = "service_judgement", _("service judgement")
    LOCAL_KNOWLEDGE = "local_knowledge", _("local knowledge")


class Interaction(models.TextChoices):
    """How an item is answered, by the names of QTI."""

    CHOICE = "choice", _("one choice")
    MULTIPLE_CHOICE = "multiple_choice", _("several choices")
    TEXT_ENTRY = "text_entry", _("words typed in")
    INLINE_CHOICE = "inline_choice", _("choices in the text")
    ORDER = "order", _("putting in order")
    MATCH = "match", _("matching")


class ItemState(models.TextChoices):
    """Life of an item. Practice items are shown before a test; pilots are tried out in it; neither is scored."""

    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    PILOT = "pilot", _("being tried out")
    LIVE = "live", _("live")
    PRACTICE = "practice", _("practice")
    RETIRED = "retired", _("retired")


ITEM_MOVES: dict[str, frozenset[str]] = {
    ItemState.DRAFT: frozenset({ItemState.REVIEWED, ItemState.RETIRED}),
    ItemState.REVIEWED: frozenset({ItemState.DRAFT, ItemState.PILOT, ItemState.RETIRED}),
    ItemState.PILOT: frozenset({ItemState.LIVE, ItemState.RETIRED}),
    ItemState.LIVE: frozenset({ItemState.RETIRED}),
    ItemState.PRACTICE: frozenset({ItemState.RETIRED}),
}
"""What a person may do with an item. Only the files bring an item back that they had retired themselves."""


class ItemAct(models.TextChoices):
    """What was done to an item, in its log."""

    WRITTEN = "written", _("written")
    EDITED = "edited", _("edited")
    MOVED = "moved", _("moved on")
    CALIBRATED = "calibrated", _("parameters accepted")


class ItemSkill(models.TextChoices):
    """What an item asks for; a session of a language bank gives as many of each."""

    READING = "reading", _("reading")
    USE_OF_LANGUAGE = "use_of_language", _("use of language")
    JUDGEMENT = "judgement", _("judgement")
    KNOWLEDGE = "knowledge", _("knowledge")


SKILLS_OF_KIND: dict[str, frozenset[str]] = {
    BankKind.LANGUAGE: frozenset({ItemSkill.READING, ItemSkill.USE_OF_LANGUAGE}),
    BankKind.SERVICE_JUDGEMENT: frozenset({ItemSkill.JUDGEMENT}),
    BankKind.LOCAL_KNOWLEDGE: frozenset({ItemSkill.KNOWLEDGE}),
}
"""Which skills the items of a bank may ask for."""


class SessionState(models.TextChoices):
    """Life of one attempt."""

    OPEN = "open", _("in progress")
    FINISHED = "finished", _("finished")
    LEFT = "left", _("left unfinished")


SESSION_MOVES: dict[str, frozenset[str]] = {
    SessionState.OPEN: frozenset({SessionState.FINISHED, SessionState.LEFT}),
}


class SessionKind(models.TextChoices):
    """What a session is for: a level, or the confirmation of one."""

    TEST = "test", _("test")
    CONFIRMATION = "confirmation", _("confirmation")


class FlagReason(models.TextChoices):
    """What asks a person to look at a session."""

    QUICK_RIGHT = "quick_right", _("many right answers came sooner than they can be read")
    UNUSUAL_PATTERN = "unusual_pattern", _("right and wrong answers do not go together as they usually do")
    NOT_CONFIRMED = "not_confirmed", _("the confirmation test found clearly less")


class FlagState(models.TextChoices):
    """Life of an integrity flag."""

    OPEN = "open", _("to be looked at")
    DECIDED = "decided", _("decided")


FLAG_MOVES: dict[str, frozenset[str]] = {FlagState.OPEN: frozenset({FlagState.DECIDED})}


class FlagDecision(models.TextChoices):
    """What a person made of a flag."""

    NOTHING = "nothing", _("nothing: the result stands")
    CONFIRMATION = "confirmation", _("ask for a confirmation test")


class ConfirmationState(models.TextChoices):
    """Life of a confirmation test."""

    ASKED = "asked", _("asked for")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


CONFIRMATION_MOVES: dict[str, frozenset[str]] = {
    ConfirmationState.ASKED: frozenset({ConfirmationState.DONE, ConfirmationState.WITHDRAWN}),
}


class ConfirmationOutcome(models.TextChoices):
    """What a confirmation test says."""

    CONFIRMS = "confirms", _("confirms the level")
    LOOK = "look", _("asks a person to look")


class ExtraTime(models.IntegerChoices):
    """Extra time in tests with a time limit, in percent of it."""

    NONE = 0, _("none")
    QUARTER = 25, _("a quarter more")
    HALF = 50, _("half as much again")
    DOUBLE = 100, _("twice the time")


class CalibrationState(models.TextChoices):
    """Life of a calibration run."""

    WAITING = "waiting", _("being worked out")
    DONE = "done", _("worked out")
    FAILED = "failed", _("not possible")


class DeviceClass(models.TextChoices):
    """What a session was started on, as coarsely as comparing groups of answers needs it."""

    PHONE = "phone", _("phone")
    OTHER = "other", _("computer or tablet")


class CutMethod(models.TextChoices):
    """How cut scores were set."""

    CONVENTION = "convention", _("convention")
    ANGOFF = "angoff", _("modified Angoff")
    BOOKMARK = "bookmark", _("bookmark")
    CONTRASTING_GROUPS = "contrasting_groups", _("contrasting groups")
    BODY_OF_WORK = "body_of_work", _("body of work")


class StoppedBecause(models.TextChoices):
    """Why a session ended."""

    PRECISE = "precise", _("the result is sure enough")
    LENGTH = "length", _("the most questions were asked")
    NO_ITEMS = "no_items", _("no unseen question was left")


class Activity(models.TextChoices):
    """What of a language a measurement is about. Skills have none."""

    READING_AND_USE = "reading_and_use", _("reading and use of language")
    WRITTEN_INTERACTION = "written_interaction", _("written interaction")
    SPOKEN_INTERACTION = "spoken_interaction", _("spoken interaction")


class MeasurementSource(models.TextChoices):
    """Where a measurement comes from; shown wherever the level is shown."""

    ADAPTIVE_TEST = "adaptive_test", _("adaptive test")
    RATED_WORK = "rated_work", _("rated work")
    CERTIFICATE = "certificate", _("recognised certificate checked by staff")
    SCORED_TASK = "scored_task", _("scored task")
    INTERVIEW_SCORECARD = "interview_scorecard", _("structured interview")
    SIMULATED = "simulated", _("simulated (demo)")


RECORDED_BY_PEOPLE = (MeasurementSource.RATED_WORK, MeasurementSource.CERTIFICATE)
"""Sources that a recruiter may record from evidence."""


class RunPurpose(models.TextChoices):
    """Why somebody works at the desk. Only a measured run yields a level; training shows hints."""

    MEASURED = "measured", _("measured")
    TRAINING = "training", _("training")
    PREVIEW = "preview", _("job preview")


class RunState(models.TextChoices):
    """Life of one run at the desk."""

    OPEN = "open", _("in progress")
    FINISHED = "finished", _("finished")
    LEFT = "left", _("left unfinished")


RUN_MOVES: dict[str, frozenset[str]] = {RunState.OPEN: frozenset({RunState.FINISHED, RunState.LEFT})}


class RunEnd(models.TextChoices):
    """Why a run ended."""

    ALL_DONE = "all_done", _("every contact was answered")
    TIME = "time", _("the time was up")
    BY_PERSON = "by_person", _("you ended the shift")


class RunEventKind(models.TextChoices):
    """What can happen at the desk."""

    OPENED = "opened", _("contact opened")
    SEARCHED = "searched", _("searched")
    ARTICLE = "article", _("article read")
    RECORD = "record", _("record read")
    ACTION = "action", _("action taken")
    REPLY = "reply", _("reply sent")
    CLOSED = "closed", _("contact closed")
    READY = "ready", _("waited for the next contact")
    CREDIT = "credit", _("time credited")
    ENDED = "ended", _("run ended")


class RatedKind(models.TextChoices):
    """What a rated task asks for."""

    EMAIL = "email", _("e-mail")
    CHAT = "chat", _("chat")
    SPOKEN = "spoken", _("spoken answer")


class RatedTaskState(models.TextChoices):
    """Whether a rated task is given to people."""

    LIVE = "live", _("live")
    RETIRED = "retired", _("retired")


class WorkState(models.TextChoices):
    """Life of one attempt at a rated test."""

    DRAFT = "draft", _("in progress")
    SUBMITTED = "submitted", _("handed in, being rated")
    RATED = "rated", _("rated")
    APPEALED = "appealed", _("appealed, being rated again")
    LEFT = "left", _("left unfinished")


WORK_MOVES: dict[str, frozenset[str]] = {
    WorkState.DRAFT: frozenset({WorkState.SUBMITTED, WorkState.LEFT}),
    WorkState.SUBMITTED: frozenset({WorkState.RATED}),
    WorkState.RATED: frozenset({WorkState.APPEALED}),
    WorkState.APPEALED: frozenset({WorkState.RATED}),
}

WAITING_FOR_RATERS = (WorkState.SUBMITTED, WorkState.APPEALED)


class RatingRound(models.IntegerChoices):
    """Whether a rating is part of the first result or of an appeal."""

    FIRST = 1, _("first rating")
    APPEAL = 2, _("appeal")


class RatingState(models.TextChoices):
    """Life of one rating."""

    TAKEN = "taken", _("taken")
    GIVEN = "given", _("given")
    LAPSED = "lapsed", _("lapsed")
    DECLINED = "declined", _("declined")


RATING_MOVES: dict[str, frozenset[str]] = {
    RatingState.TAKEN: frozenset({RatingState.GIVEN, RatingState.LAPSED, RatingState.DECLINED}),
    RatingState.LAPSED: frozenset({RatingState.TAKEN}),
}


class AppealOutcome(models.TextChoices):
    """What an appeal led to."""

    OPEN = "", _("being decided")
    STANDS = "stands", _("the result stands")
    CORRECTED = "corrected", _("the result was corrected")


"""An appeal never lowers a level, so nobody has to fear asking."""


class RecordingState(models.TextChoices):
    """Life of one recorded take."""

    UPLOADING = "uploading", _("being uploaded")
    COMPLETE = "complete", _("complete")
    SENT = "sent", _("sent")


RECORDING_MOVES: dict[str, frozenset[str]] = {
    RecordingState.UPLOADING: frozenset({RecordingState.COMPLETE}),
    RecordingState.COMPLETE: frozenset({RecordingState.SENT}),
}
