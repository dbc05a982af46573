"""Recorded answers: chunks, takes, who hears them, and how long they are kept."""

import json
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions.accommodations import record_accommodation
from assessments.actions.ratings import take_next
from assessments.actions.recordings import (
    ChunkMissing,
    NoTakeLeft,
    NotASound,
    NotWhole,
    TooLarge,
    begin_take,
    complete_take,
    forget_recordings,
    send_take,
    store_chunk,
)
from assessments.actions.works import AlreadySent, NotFinished, submit_work
from assessments.enums import RecordingState
from assessments.models import EquipmentCheck, Measurement, Recording
from assessments.rules.recording import byte_range, media_type_of
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import (
    SOUND,
    RaterFactory,
    rate,
    spoken_draft,
    spoken_in,
    spoken_tasks,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.RECORDINGS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def work(folder, now):
    return spoken_draft(CandidateFactory(), now)


@pytest.fixture
def key(work, now):
    number = uuid4()
    begin_take(reply=work.replies.get(position=1), candidate=work.candidate, key=number, now=now)
    return number


def files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("??/*"))]


def chunk(work, key, number, content, now):
    return store_chunk(key=key, candidate=work.candidate, number=number, content=content, now=now)


# --- rules ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"\x1a\x45\xdf\xa3" + bytes(8), "audio/webm"),
        (b"OggS" + bytes(8), "audio/ogg"),
        (bytes(4) + b"ftypM4A ", "audio/mp4"),
        (b"<html><script>", None),
        (b"RIFF" + bytes(8), None),
        (b"OggS", None),
    ],
)
def test_the_type_is_told_by_the_first_bytes(start, found):
    assert media_type_of(start) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", None),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=x-y", None),
        ("bytes=-", None),
    ],
)
def test_a_range_is_read_as_browsers_send_it(header, found):
    assert byte_range(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=20-10", "bytes=-0"])
def test_a_range_outside_is_refused(header):
    with pytest.raises(ValueError, match="bytes"):
        byte_range(header, 100)


# --- chunks ---------------------------------------------------------------------------------------------------


def test_chunks_make_one_file_with_a_random_name_for_its_owner_only(work, key, folder, now):
    chunk(work, key, 0, SOUND[:100], now)
    stored = chunk(work, key, 1, SOUND[100:], now)
    assert (stored.chunks, stored.size, stored.media_type) == (2, len(SOUND), "audio/webm")
    assert files(folder) == [SOUND]
    assert stored.path.stat().st_mode & 0o777 == 0o600
    assert (
        complete_take(key=key, candidate=work.candidate, chunks=2, now=now).state == RecordingState.COMPLETE
    )


def test_a_chunk_that_comes_again_changes_nothing_and_a_gap_is_told(work, key, folder, now):
    chunk(work, key, 0, SOUND, now)
    again = chunk(work, key, 0, SOUND, now)
    assert (again.chunks, again.size) == (1, len(SOUND))
    with pytest.raises(ChunkMissing) as refused:
        chunk(work, key, 2, b"later", now)
    assert refused.value.expected == 1
    with pytest.raises(NotWhole):
        complete_take(key=key, candidate=work.candidate, chunks=2, now=now)
    assert files(folder) == [SOUND]


def test_what_a_killed_server_wrote_without_acknowledging_is_cut_off(work, key, folder, now):
    stored = chunk(work, key, 0, SOUND, now)
    with stored.path.open("ab") as file:
        file.write(b"half a chunk")
    chunk(work, key, 1, b"the next one", now)
    assert files(folder) == [SOUND + b"the next one"]


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"<html>" + bytes(20), NotASound), (b"", TooLarge), (b"OggS" + bytes(262_144), TooLarge)],
)
def test_what_is_no_sound_or_too_large_is_not_stored(work, key, folder, now, content, error):
    with pytest.raises(error):
        chunk(work, key, 0, content, now)
    assert files(folder) == []


def test_a_recording_has_a_limit(work, key, now):
    chunk(work, key, 0, SOUND, now)
    Recording.objects.update(size=5_999_990)
    with pytest.raises(TooLarge):
        chunk(work, key, 1, b"x" * 11, now)


@pytest.mark.django_db(transaction=True)
def test_the_same_chunk_twice_at_once_is_stored_once(folder, now):
    work = spoken_draft(CandidateFactory(), now)
    key = uuid4()
    begin_take(reply=work.replies.get(position=1), candidate=work.candidate, key=key, now=now)
    results = at_once(*[lambda: chunk(work, key, 0, SOUND, now)] * 4)
    assert {type(one).__name__ for one in results} == {"Recording"}
    assert (files(folder), Recording.objects.get().chunks) == ([SOUND], 1)


# --- takes ----------------------------------------------------------------------------------------------------


def test_one_repeat_and_what_never_arrived_costs_nothing(
    work, key, folder, now, django_capture_on_commit_callbacks
):
    reply = work.replies.get(position=1)
    chunk(work, key, 0, SOUND, now)
    with django_capture_on_commit_callbacks(execute=True):
        first = take(work, 1, now)
    assert not Recording.objects.filter(key=key).exists()
    assert files(folder) == [SOUND]
    second = take(work, 1, now)
    with pytest.raises(NoTakeLeft):
        begin_take(reply=reply, candidate=work.candidate, key=uuid4(), now=now)
    with django_capture_on_commit_callbacks(execute=True):
        send_take(key=second.key, candidate=work.candidate, now=now)
    assert list(Recording.objects.values_list("key", "state")) == [(second.key, "sent")]
    assert not first.path.exists()
    with pytest.raises(AlreadySent):
        begin_take(reply=reply, candidate=work.candidate, key=uuid4(), now=now)


def test_only_what_arrived_whole_can_be_sent(work, key, now):
    chunk(work, key, 0, SOUND, now)
    with pytest.raises(NotWhole):
        send_take(key=key, candidate=work.candidate, now=now)
    with pytest.raises(NotFinished):
        submit_work(work=work, candidate=work.candidate, now=now)


def test_nobody_else_stores_or_sends(work, key, now):
    other = CandidateFactory()
    for act in (
        lambda: store_chunk(key=key, candidate=other, number=0, content=SOUND, now=now),
        lambda: complete_take(key=key, candidate=other, chunks=1, now=now),
        lambda: send_take(key=key, candidate=other, now=now),
    ):
        with pytest.raises(Recording.DoesNotExist):
            act()


def test_a_spoken_work_is_rated_by_its_own_rubric(folder, now):
    work = spoken_in(CandidateFactory(), now)
    rate(work, 4, now)
    given = rate(work, 4, now)
    assert set(given.levels) == {"task", "intelligibility", "range", "interaction", "tone"}
    found = Measurement.objects.get()
    assert (found.activity, found.level, found.source) == ("spoken_interaction", 4, "rated_work")


# --- how long -------------------------------------------------------------------------------------------------


def test_sound_is_deleted_half_a_year_after_the_result_and_not_before(folder, now):
    work = spoken_in(CandidateFactory(), now)
    assert forget_recordings(now=now + timedelta(days=365)) == 0  # nobody has rated it yet
    rate(work, 4, now)
    rate(work, 4, now)
    assert forget_recordings(now=now + timedelta(days=180)) == 0
    assert len(files(folder)) == 2
    assert forget_recordings(now=now + timedelta(days=181)) == 2
    assert files(folder) == []
    assert forget_recordings(now=now + timedelta(days=182)) == 0
    assert Recording.objects.exclude(deleted_at=None).count() == 2


def test_takes_of_attempts_that_were_left_and_of_people_who_are_gone_are_deleted(work, folder, now):
    take(work, 1, now)
    assert forget_recordings(now=now + timedelta(days=15)) == 0
    assert forget_recordings(now=now + timedelta(days=16)) == 1
    other = spoken_draft(CandidateFactory(), now)
    gone = take(other, 1, now)
    other.candidate.delete()
    before = timezone.now()
    assert forget_recordings(now=before) == 0  # a day, for a transaction that is still under way
    os.utime(gone.path, (before.timestamp() - 90_000,) * 2)
    assert forget_recordings(now=before) == 1
    assert files(folder) == []


# --- pages ----------------------------------------------------------------------------------------------------


def test_the_owner_listens_whole_and_in_ranges_and_nobody_else(
    folder, candidate_client, other_candidate_client, staff_client
):
    work = spoken_draft(candidate_client.user.candidate)
    found = take(work, 1)
    url = reverse("assessments:recording", args=[found.key])
    whole = candidate_client.get(url)
    assert (whole.status_code, whole.content, whole.headers["Content-Type"]) == (200, SOUND, "audio/webm")
    assert whole.headers["Cache-Control"] == "private, no-store"
    part = candidate_client.get(url, headers={"Range": "bytes=4-9", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.content) == (206, SOUND[4:10])
    assert part.headers["Content-Range"] == f"bytes 4-9/{len(SOUND)}"
    outside = candidate_client.get(url, headers={"Range": "bytes=999-"})
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{len(SOUND)}")
    assert other_candidate_client.get(url).status_code == 404
    assert staff_client.get(url).status_code == 403
    found.path.unlink()
    assert candidate_client.get(url).status_code == 404


def test_only_the_rater_who_holds_the_work_listens(folder):
    work = spoken_in(CandidateFactory())
    holder, other = RaterFactory(), RaterFactory()
    rating = take_next(by=holder.user, now=timezone.now())
    client = signed_in(holder.user)
    page = client.get(reverse("admin:assessments_rating_rate", args=[rating.pk]))
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert "Being understood" in page.text
    for recording in Recording.objects.all():
        url = reverse("admin:assessments_rating_sound", args=[rating.pk, recording.key])
        assert url in page.text
        assert client.get(url, headers={"Range": "bytes=0-3"}).content == SOUND[:4]
        assert signed_in(other.user).get(url).status_code == 403
    foreign = take(spoken_draft(CandidateFactory()), 1)
    url = reverse("admin:assessments_rating_sound", args=[rating.pk, foreign.key])
    assert client.get(url).status_code == 404
    rate(work, 4, rater=holder)
    assert client.get(url).status_code == 403


def test_chunks_over_the_line(folder, candidate_client):
    work = spoken_draft(candidate_client.user.candidate)
    key = uuid4()

    def send(name, *more, body=b"", kind="application/octet-stream"):
        address = reverse(f"assessments:{name}", args=[*more])
        return candidate_client.post(address, body, content_type=kind)

    assert send("recording_chunk", key, 0, body=SOUND).status_code == 404
    assert send("begin_recording", work.number, 1, key).json() == {"chunks": 0, "state": "uploading"}
    assert send("recording_chunk", key, 1, body=SOUND).status_code == 409
    assert send("recording_chunk", key, 0, body=b"<html>" + bytes(20)).status_code == 415
    assert send("recording_chunk", key, 0, body=bytes(262_145)).status_code == 413
    assert send("recording_chunk", key, 0, body=SOUND).json() == {"chunks": 1}
    assert send("begin_recording", work.number, 1, key).json() == {"chunks": 1, "state": "uploading"}
    done = {"kind": "application/json"}
    assert send("recording_complete", key, body=json.dumps({"chunks": 2}), **done).status_code == 409
    for nonsense in ("", "[]", '{"chunks": "x"}', '{"chunks": -1}', '{"chunks": 1e999}', "[" * 99_999, "{"):
        assert send("recording_complete", key, body=nonsense, **done).status_code == 422
    assert send("recording_complete", key, body=json.dumps({"chunks": 1}), **done).status_code == 200
    page = reverse("assessments:speaking", args=[work.number, 1])
    shown = candidate_client.get(page)
    assert reverse("assessments:recording", args=[key]) in shown.text
    refused = candidate_client.post(page, {"take": "999"})
    assert refused.headers["Location"] == page
    sent = candidate_client.post(page, {"take": str(Recording.objects.get().pk)})
    assert sent.headers["Location"] == reverse("assessments:speaking", args=[work.number, 2])
    assert send("recording_chunk", key, 1, body=SOUND).status_code == 410


def test_the_microphone_is_open_on_its_pages_only(folder, candidate_client):
    work = spoken_draft(candidate_client.user.candidate)
    page = candidate_client.get(reverse("assessments:speaking", args=[work.number, 1]))
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert "media-src 'self' blob:" in page.headers["Content-Security-Policy"]
    other = candidate_client.get(reverse("assessments:overview"))
    assert "microphone=()" in other.headers["Permissions-Policy"]
    assert "media-src" not in other.headers["Content-Security-Policy"]
    check = candidate_client.get(reverse("assessments:equipment"))
    assert "camera=(self)" in check.headers["Permissions-Policy"]


def test_the_equipment_is_checked_before_the_first_recording_and_only_the_day_is_kept(
    folder, candidate_client, other_candidate_client
):
    spoken_tasks()
    start = reverse("assessments:speaking_start", args=["en"])
    first = candidate_client.post(start)
    work = candidate_client.user.candidate.works.get()
    check = reverse("assessments:equipment")
    assert first.headers["Location"] == f"{check}?then={work.number}"
    assert "go on to the test" in candidate_client.get(first.headers["Location"]).text
    assert "go on to the test" not in other_candidate_client.get(first.headers["Location"]).text
    assert candidate_client.get(f"{check}?then=nonsense").status_code == 200
    task = reverse("assessments:speaking", args=[work.number, 1])
    assert candidate_client.post(first.headers["Location"]).headers["Location"] == task
    assert {field.name for field in EquipmentCheck._meta.fields} == {"id", "candidate", "checked_on"}
    assert candidate_client.post(start).headers["Location"] == task
    sample = reverse("assessments:equipment_sample")
    assert len(candidate_client.get(sample).content) == 256_000
    assert candidate_client.post(sample, b"x" * 1000, content_type="application/octet-stream").json() == {
        "bytes": 1000
    }


@pytest.mark.parametrize(("needs", "seconds"), [({"extra_time": 50}, 180), ({"no_time_limit": True}, 600)])
def test_extra_time_holds_for_recordings(folder, candidate_client, now, needs, seconds):
    candidate = candidate_client.user.candidate
    wanted = {"extra_time": 0, "no_time_limit": False, "screen_reader": False, "larger_type": True, **needs}
    record_accommodation(candidate=candidate, now=now, **wanted)
    work = spoken_draft(candidate)
    page = candidate_client.get(reverse("assessments:speaking", args=[work.number, 1])).text
    assert f'data-seconds="{seconds}"' in page
    assert "wrap-narrow larger" in page
    start = candidate_client.get(reverse("assessments:speaking_start", args=["en"])).text
    assert f"up to {seconds // 60} minutes" in start
