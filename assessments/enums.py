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
    """Whether an item is given to people. Practice items are shown before a test and never scored."""

    LIVE = "live", _("live")
    PRACTICE = "practice", _("practice")
    RETIRED = "retired", _("retired")


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
