"""The log of changed people: nobody's change is missed, whatever the order of commits, and a cut log says so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from candidates.models import Candidate
from candidates.models.change import CandidateChange
from matching.actions.pools import purge_pools
from matching.queries.changes import LogCut, Moment, changed_since, log_since, moment, own_changes
from matching.queries.known import known
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.factories.candidates import CandidateFactory
from tests.matching.rounds import begin_log

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def complete_log(db: None, settings: Any, tmp_path: Path) -> None:
    """Emptying the tables after the last test cut the log; here it reaches back as far as anybody asks."""
    begin_log(settings, tmp_path)


def seen() -> Moment:
    """A moment from which on every change counts."""
    return moment()[0]


def changes_by(act: Any) -> list[int]:
    """Who is in the log after `act` and was not in what could be seen before it."""
    before = seen()
    act()
    return sorted(log_since(before).changed)


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_every_way_to_write_a_candidate_is_noted():
    people = [CandidateFactory() for _ in range(3)]
    keys = [person.pk for person in people]
    assert changes_by(lambda: Candidate.objects.filter(pk=keys[0]).update(zone="Europe/Rome")) == [keys[0]]
    assert changes_by(lambda: Candidate.objects.update(contract_months=7)) == keys
    assert changes_by(lambda: sql("UPDATE candidates_candidate SET education_level = 3")) == keys
    assert (
        changes_by(lambda: sql(f"DELETE FROM candidates_candidatelanguage WHERE candidate_id = {keys[0]}"))
        == []
    )
    assert changes_by(lambda: people[2].delete()) == [keys[2]]
    new: list[Candidate] = []
    assert changes_by(lambda: new.append(CandidateFactory())) == [new[0].pk]


def test_nothing_is_noted_when_nobody_is_written():
    CandidateFactory()
    assert changes_by(lambda: Candidate.objects.filter(pk=-1).update(contract_months=7)) == []


def test_one_transaction_notes_a_person_once():
    person = CandidateFactory()

    def twice() -> None:
        with transaction.atomic():
            Candidate.objects.filter(pk=person.pk).update(contract_months=7)
            with transaction.atomic():
                Candidate.objects.filter(pk=person.pk).update(contract_months=8)

    before = CandidateChange.objects.count()
    assert changes_by(twice) == [person.pk]
    assert CandidateChange.objects.count() == before + 1


def test_what_was_taken_back_is_not_noted():
    person = CandidateFactory()

    def take_back() -> None:
        with transaction.atomic():
            Candidate.objects.filter(pk=person.pk).update(contract_months=7)
            transaction.set_rollback(True)

    assert changes_by(take_back) == []


def test_a_change_that_commits_after_a_later_one_is_not_missed():
    """The first transaction begins, a second one commits, somebody reads, and only then the first commits."""
    slow, quick = CandidateFactory(contract_months=1), CandidateFactory(contract_months=1)
    written, read = Event(), Event()

    def commit_late() -> None:
        try:
            with transaction.atomic():
                Candidate.objects.filter(pk=slow.pk).update(contract_months=2)
                written.set()
                assert read.wait(timeout=30)
        finally:
            connection.close()

    today = timezone.now().date()
    other = Thread(target=commit_late)
    other.start()
    assert written.wait(timeout=30)
    Candidate.objects.filter(pk=quick.pk).update(contract_months=3)
    before = known(today)
    assert before.pool.wished_months.tolist() == [1, 3]
    read.set()
    other.join(timeout=30)
    assert slow.pk in changed_since(before.seen)
    assert log_since(before.held.moment).changed == [slow.pk], "and nobody whose change was seen"
    assert known(today).pool.wished_months.tolist() == [2, 3]


def test_the_whole_snapshot_tells_what_was_seen_where_the_oldest_transaction_alone_cannot():
    """While an old transaction stays open, its id is the number that is seen; later changes were seen all the same."""
    CandidateFactory()
    opened, done = Event(), Event()

    def stay_open() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
                opened.set()
                assert done.wait(timeout=30)
        finally:
            connection.close()

    other = Thread(target=stay_open)
    other.start()
    assert opened.wait(timeout=30)
    person = CandidateFactory()
    before = seen()
    assert person.pk in changed_since(before.xmin)
    assert log_since(before).changed == []
    done.set()
    other.join(timeout=30)


def test_emptying_the_table_cuts_the_log():
    CandidateFactory()
    before = seen()
    sql("TRUNCATE candidates_candidate CASCADE")
    with pytest.raises(LogCut):
        log_since(before)


def test_a_restored_database_is_not_read_as_if_it_were_the_old_one():
    CandidateFactory()
    now = seen()
    with pytest.raises(LogCut):
        changed_since(now.xmin + 1_000_000)  # this server has not come so far: it was set back
    with pytest.raises(LogCut):
        log_since(replace(now, database=now.database + "0"))
    assert log_since(now).changed == []


def test_rows_of_another_server_s_log_do_not_count():
    person = CandidateFactory()
    before = seen()
    CandidateChange.objects.create(xid=before.xmin + 10**12, candidate_id=person.pk)
    CandidateChange.objects.create(xid=before.xmin + 10**12, candidate_id=0)
    assert log_since(before).changed == []
    purge_pools(now=timezone.now())
    assert CandidateChange.objects.filter(xid__gt=before.xmin + 10**9).count() == 0


def test_who_commits_while_the_log_is_purged_is_not_taken_for_another_server_s():
    """The purge waits at the log while two more transactions begin; the second one notes a person and commits."""
    person = CandidateFactory()
    before = seen()

    def purge() -> None:
        try:
            purge_pools(now=timezone.now())
        finally:
            connection.close()

    other = Thread(target=purge)
    with transaction.atomic():
        sql("LOCK TABLE candidates_change IN EXCLUSIVE MODE")
        other.start()
        wait_until_blocked()
        assert at_once(lambda: sql("SELECT pg_current_xact_id()")) == [None]
        Candidate.objects.filter(pk=person.pk).update(contract_months=7)
    other.join(timeout=30)
    assert log_since(before).changed == [person.pk]


def test_a_purge_keeps_what_its_own_transaction_noted():
    person = CandidateFactory()
    before = seen()
    with transaction.atomic():
        Candidate.objects.filter(pk=person.pk).update(contract_months=7)
        purge_pools(now=timezone.now())
    assert log_since(before).changed == [person.pk]


def test_the_log_is_cut_after_its_days_and_says_so():
    """By transactions long ended: 2 and 3 wrote the log nine days ago."""
    now = timezone.now()
    for xid in (2, 3):
        person = CandidateFactory()
        CandidateChange.objects.filter(candidate_id=person.pk).update(xid=xid, at=now - timedelta(days=9))
    newest = CandidateFactory()
    here = replace(seen(), snapshot="")
    deleted, _versions = purge_pools(now=now)
    assert deleted == 2
    assert CandidateChange.objects.values_list("xid", "candidate_id").earliest("xid") == (3, 0)
    with pytest.raises(LogCut):
        log_since(replace(here, xmin=3))
    assert log_since(replace(here, xmin=4)).changed == [newest.pk]
    assert purge_pools(now=now)[0] == 0


def test_a_transaction_knows_its_own_changes():
    person = CandidateFactory()
    assert own_changes() == []
    with transaction.atomic():
        Candidate.objects.filter(pk=person.pk).update(contract_months=7)
        assert own_changes() == [person.pk]
        assert moment()[0].snapshot == "", "what may be taken back is no moment to go by"
    assert own_changes() == []


def test_without_any_mark_nothing_is_known():
    before = seen()
    CandidateChange.objects.all().delete()
    with pytest.raises(LogCut):
        log_since(before)
