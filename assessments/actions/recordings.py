"""Recording an answer: take by take, chunk by chunk, so that a dropped line loses nothing."""

import os
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from assessments.actions.works import AlreadySent, UnableToWrite, WorkIsOver
from assessments.enums import RECORDING_MOVES, RatedKind, RecordingState, WorkState
from assessments.models import EquipmentCheck, Recording, Reply, Work
from assessments.rules.policy import RESUME_DAYS, is_stale
from assessments.rules.recording import (
    MOST_CHUNK_BYTES,
    MOST_RECORDING_BYTES,
    MOST_TAKES,
    media_type_of,
)
from candidates.models import Candidate
from common.states import UnableToMove, move_state

ORPHAN_AGE = timedelta(days=1)


class UnableToRecordSound(UnableToWrite):
    """Nothing was stored."""


class NoTakeLeft(UnableToRecordSound):
    """Both takes were used."""


class ChunkMissing(UnableToRecordSound):
    """An earlier chunk has not arrived; `expected` is the number of the next one."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"chunk {expected} is next")
        self.expected = expected


class NotASound(UnableToRecordSound):
    """The first bytes are those of no recording that a browser makes."""


class TooLarge(UnableToRecordSound):
    """A chunk or the whole is larger than any recording of two minutes."""


class NotWhole(UnableToRecordSound):
    """Fewer chunks are here than were recorded; `expected` is the number of the next one."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"chunk {expected} is next")
        self.expected = expected


def _draft(reply_id: int, candidate: Candidate, now: datetime) -> Reply:
    """The reply, its work locked. Raises WorkIsOver or AlreadySent."""
    reply = Reply.objects.select_related("task").get(pk=reply_id, work__candidate=candidate)
    work = Work.objects.select_for_update().get(pk=reply.work_id)
    if work.state != WorkState.DRAFT or is_stale(work.started_at, now):
        raise WorkIsOver
    reply.refresh_from_db(fields=["sent_at"])
    if reply.sent_at or reply.task.kind != RatedKind.SPOKEN:
        raise AlreadySent
    return reply


@transaction.atomic
def begin_take(*, reply: Reply, candidate: Candidate, key: UUID, now: datetime) -> Recording:
    """The take of that key, a new one unless it was begun before. One that never became complete gives way and costs nothing.

    Raises NoTakeLeft, WorkIsOver or AlreadySent.
    """
    reply = _draft(reply.pk, candidate, now)
    if begun := Recording.objects.filter(key=key, reply=reply).first():
        return begun
    takes = Recording.objects.filter(reply=reply)
    complete = takes.exclude(state=RecordingState.UPLOADING).count()
    if complete >= MOST_TAKES or Recording.objects.filter(key=key).exists():
        raise NoTakeLeft
    _forget(takes.filter(state=RecordingState.UPLOADING))
    return Recording.objects.create(key=key, reply=reply, started_at=now)


@transaction.atomic
def store_chunk(*, key: UUID, candidate: Candidate, number: int, content: bytes, now: datetime) -> Recording:
    """Store chunk `number` (from 0). One that is here already is acknowledged again, whatever is sent.

    The file is cut to what the row knows before a chunk is written, so a server killed in between leaves no
    half chunk. Raises ChunkMissing, NotASound, TooLarge, WorkIsOver, AlreadySent or Recording.DoesNotExist.
    """
    found = Recording.objects.get(key=key, reply__work__candidate=candidate)
    _draft(found.reply_id, candidate, now)
    recording = Recording.objects.select_for_update().get(pk=found.pk)
    if number < recording.chunks or recording.state != RecordingState.UPLOADING:
        return recording
    if number > recording.chunks:
        raise ChunkMissing(recording.chunks)
    if not content or len(content) > MOST_CHUNK_BYTES or recording.size + len(content) > MOST_RECORDING_BYTES:
        raise TooLarge
    if number == 0:
        media_type = media_type_of(content)
        if media_type is None:
            raise NotASound
        recording.media_type = media_type
    _write(recording.path, recording.size, content)
    recording.size += len(content)
    recording.chunks += 1
    recording.save(update_fields=["media_type", "size", "chunks"])
    return recording


def _write(path: Path, size: int, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.truncate(size)
        file.seek(size)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic
def complete_take(*, key: UUID, candidate: Candidate, chunks: int, now: datetime) -> Recording:
    """Say that all chunks were sent; saying it twice changes nothing. Raises NotWhole, WorkIsOver or AlreadySent."""
    found = Recording.objects.get(key=key, reply__work__candidate=candidate)
    _draft(found.reply_id, candidate, now)
    recording = Recording.objects.select_for_update().get(pk=found.pk)
    if recording.state != RecordingState.UPLOADING:
        return recording
    if recording.chunks != chunks or not chunks:
        raise NotWhole(recording.chunks)
    move_state(recording, to=RecordingState.COMPLETE, table=RECORDING_MOVES, completed_at=now)
    return recording


@transaction.atomic
def send_take(*, key: UUID, candidate: Candidate, now: datetime) -> Recording:
    """Choose the take that is rated; the other one is deleted. Raises NotWhole, WorkIsOver or AlreadySent."""
    recording = Recording.objects.get(key=key, reply__work__candidate=candidate)
    reply = _draft(recording.reply_id, candidate, now)
    try:
        move_state(recording, to=RecordingState.SENT, table=RECORDING_MOVES)
    except UnableToMove as error:
        raise NotWhole(recording.chunks) from error
    _forget(Recording.objects.filter(reply=reply).exclude(pk=recording.pk))
    Reply.objects.filter(pk=reply.pk).update(sent_at=now, saved_at=now)
    return recording


def _forget(recordings: QuerySet[Recording]) -> None:
    """Delete rows now and their sound once that is certain."""
    paths = [recording.path for recording in recordings]
    recordings.delete()
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def delete_recordings_of(*, candidate: Candidate) -> None:
    """Delete everything that a person said, in the caller's transaction; the sound goes once that is certain."""
    _forget(Recording.objects.filter(reply__work__candidate=candidate))


def forget_recordings(*, now: datetime) -> int:
    """Delete sound that has served: long after the result, takes of attempts that were left, and files without a row."""
    served = Recording.objects.filter(
        deleted_at=None,
        reply__work__state=WorkState.RATED,
        reply__work__rated_at__lt=now - timedelta(days=settings.RECORDINGS_KEPT_DAYS),
    )
    left = Recording.objects.filter(
        deleted_at=None,
        reply__work__state__in=[WorkState.DRAFT, WorkState.LEFT],
        reply__work__started_at__lt=now - timedelta(days=RESUME_DAYS + 1),
    )
    deleted = 0
    for recording in [*served, *left]:
        recording.path.unlink(missing_ok=True)
        deleted += Recording.objects.filter(pk=recording.pk, deleted_at=None).update(deleted_at=now)
    return deleted + _forget_orphans(now)


def _forget_orphans(now: datetime) -> int:
    """Files of people who are gone, and of takes whose row was never kept."""
    deleted = 0
    for path in Path(settings.RECORDINGS_DIR).glob("??/*"):
        with suppress(FileNotFoundError, ValueError):
            old = path.stat().st_mtime < (now - ORPHAN_AGE).timestamp()
            if old and not Recording.objects.filter(key=UUID(hex=path.name), deleted_at=None).exists():
                path.unlink()
                deleted += 1
    return deleted


def note_equipment_check(*, candidate: Candidate, on: date) -> EquipmentCheck:
    """Keep that the equipment was checked, and nothing else."""
    check, _made = EquipmentCheck.objects.update_or_create(candidate=candidate, defaults={"checked_on": on})
    return check
