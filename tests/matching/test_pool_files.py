"""Pools on disk and in PostgreSQL: exactly what they were, or not at all."""

import json
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from candidates.models import Candidate
from candidates.models.change import CandidateChange
from common.week import EMPTY_WEEK
from matching.actions.pools import purge_pools
from matching.engine import CorruptSnapshot
from matching.models import PoolChunk, PoolVersion
from matching.queries import current_pool, held_pool, pool_files
from matching.queries.held_pool import read_anew
from matching.queries.known import known
from matching.queries.pool import read_pool
from matching.queries.pool_files import PoolGone, keep, pool_of
from tests.accounts.at_once import at_once
from tests.factories.candidates import ALWAYS, DAYTIME, NIGHTS
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from vacancies.enums import ClosedBecause, VacancyState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def host(db: None, settings: Any, tmp_path: Path) -> Path:
    """A host without pools, a process that holds nothing, and a log that reaches back to its beginning."""
    settings.POOL_DIR = tmp_path / "pool"
    current_pool.let_go()
    CandidateChange.objects.filter(candidate_id=0).update(xid=1)
    return tmp_path / "pool"


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which everybody was read."""
    days: list[date] = []
    monkeypatch.setattr(current_pool, "read_anew", lambda on, *rest: days.append(on) or read_anew(on, *rest))
    return days


def today() -> date:
    return timezone.now().date()


def kept() -> PoolVersion:
    """The version of the pool as it is now."""
    return keep(known(today()).held, now=timezone.now())


def months(person: Candidate, number: int) -> None:
    Candidate.objects.filter(pk=person.pk).update(contract_months=number)


def folders(host: Path) -> list[str]:
    return sorted(path.name for path in host.iterdir() if path.is_dir())


# --- On disk -----------------------------------------------------------------------------------------------------------


def test_a_fresh_process_opens_what_another_wrote_and_adds_what_happened_since(host, anew):
    person = measured_person(contract_months=3)
    first = known(today()).pool.digest
    assert folders(host) == [first.hex()]
    months(person, 9)
    current_pool.let_go()
    assert known(today()).pool.wished_months.tolist() == [9]
    assert known(today()).pool.digest == read_pool(today()).digest
    assert anew == [today()]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


SPOILT: dict[str, Callable[[Path], Any]] = {
    "a bit of a column": lambda folder: flip(folder / "wished_months.npy"),
    "a bit with its old time": lambda folder: _flip_and_hide(folder / "minimum_pay.npy"),
    "half a column": lambda folder: os.truncate(folder / "candidate_id.npy", 129),
    "an empty column": lambda folder: os.truncate(folder / "languages.rows.npy", 0),
    "a column gone": lambda folder: (folder / "zone_code.npy").unlink(),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: os.truncate(folder / "manifest.json", 100),
    "another manifest": lambda folder: (folder / "manifest.json").write_text("{}"),
    "nothing said about it": lambda folder: folder.with_suffix(".json").write_text("{}"),
    "nonsense said about it": lambda folder: folder.with_suffix(".json").write_bytes(b"\xff\xfe"),
    "no folder": lambda folder: folder.rename(folder.with_name("elsewhere")),
}


def _flip_and_hide(path: Path) -> None:
    before = path.stat()
    flip(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_folder_is_deleted_and_the_pool_made_anew(how, host, anew):
    measured_person(contract_months=3, minimum_pay=9, wished_pay=None, pay_currency="EUR")
    right = known(today()).pool.digest
    folder = host / right.hex()
    current_pool.let_go()
    SPOILT[how](folder)
    assert known(today()).pool.digest == right
    assert anew == [today(), today()]
    assert known(today()).pool.minimum_pay.tolist() == [90_000]
    current_pool.let_go()
    assert known(today()).pool.digest == right
    assert anew == [today(), today()], "and what was written instead is whole"


def test_the_bytes_are_read_again_only_after_somebody_touched_them(host, monkeypatch):
    measured_person()
    known(today())
    verified: list[bool] = []
    opened = current_pool.newest_folder.__globals__["Pool"].open
    monkeypatch.setattr(
        "matching.engine.Pool.open",
        classmethod(
            lambda cls, folder, verify=True: verified.append(verify) or opened(folder, verify=verify)
        ),
    )
    for touched in (False, True, False):
        current_pool.let_go()
        if touched:
            os.utime(host / folders(host)[0] / "wished_months.npy")
        known(today())
    assert verified == [False, True, False]


def test_what_may_be_taken_back_is_not_written_to_disk(host):
    with transaction.atomic():
        measured_person()
        assert len(known(today()).pool) == 1
        transaction.set_rollback(True)
    assert not host.exists()


def test_a_disk_that_refuses_stops_nobody(host, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.POOL_DIR = tmp_path / "file" / "pool"
    measured_person()
    assert len(known(today()).pool) == 1


@contextmanager
def no_more(what: int, number: int) -> Iterator[None]:
    """The system refuses more than so much of something, as `resource` names it."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (number, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)


def test_a_full_disk_leaves_the_pool_that_is_there(host, anew):
    measured_person()
    right = known(today()).pool.digest
    os.utime(host / right.hex() / "wished_months.npy")  # so that all of it is compared again, and that noted
    (host / f"{right.hex()}.checked").unlink()
    current_pool.let_go()
    with no_more(resource.RLIMIT_FSIZE, 0):
        assert known(today()).pool.digest == right
    assert folders(host) == [right.hex()]
    assert (host / f"{right.hex()}.json").exists()
    assert anew == [today()]


def test_a_process_with_too_many_files_open_leaves_the_pool_that_is_there(host):
    measured_person()
    held = known(today()).held
    name = held.pool.digest.hex()
    with (host / "lock").open() as free:
        lowest = free.fileno()
    with no_more(resource.RLIMIT_NOFILE, lowest + 3):
        assert current_pool.newest_folder(held.basis, held.moment.database) is None
    assert folders(host) == [name]
    found = current_pool.newest_folder(held.basis, held.moment.database)
    assert found is not None
    assert found.pool.digest.hex() == name


def test_after_many_changes_the_pool_is_written_again_and_old_folders_go(host, monkeypatch):
    monkeypatch.setattr(current_pool, "FEWEST_TO_SAVE", 1)
    people = [measured_person(contract_months=1), measured_person(contract_months=1)]
    seen = [known(today()).pool.digest.hex()]
    for number in (2, 3, 4):
        months(people[0], number)
        known(today())
        assert folders(host) == sorted(seen[-2:]), "one person who differs is no reason"
        months(people[1], number)
        seen.append(known(today()).pool.digest.hex())
        assert folders(host) == sorted(seen[-2:])
        assert known(today()).held.folder.moved == frozenset()


def test_processes_at_once_write_one_folder(host):
    measured_person()
    at_once(*[lambda: known(today())] * 4)
    assert len(folders(host)) == 1
    assert not list(host.glob(".*partial"))


# --- In PostgreSQL -----------------------------------------------------------------------------------------------------


def test_every_state_that_is_kept_comes_back_exactly(host):
    people = [measured_person(languages={"en": 5, "nl": 1}) for _ in range(4)]
    versions = [kept()]
    months(people[0], 3)
    versions.append(kept())
    people[1].user.delete()
    versions.append(kept())
    people.append(measured_person(in_manila=True, skills={"crm": 2}))
    months(people[0], 4)
    versions.append(kept())
    Candidate.objects.filter(pk=people[4].pk).update(country=None, listed=False)
    versions.append(kept())
    assert [version.depth for version in versions] == [0, 1, 2, 3, 4]
    assert len({version.digest for version in versions}) == 5
    for on_this_host in (True, False):
        for version in versions:
            assert pool_of(version).digest.hex() == version.digest, (version.depth, on_this_host)
        for folder in folders(host):
            (host / folder).rename(host / f"{folder}.away")
    assert versions[-1].digest == read_pool(today()).digest.hex()


def test_a_delta_is_small():
    for number in range(30):
        measured_person(contract_months=number + 1)
    base = kept()
    months(Candidate.objects.all()[7], 99)
    delta = kept()
    assert (delta.parent, delta.base, delta.changed, delta.people) == (base, base, 1, 30)

    def size(version: PoolVersion) -> int:
        return sum(len(chunk.content) for chunk in version.chunks.all())

    assert size(delta) < size(base)


def test_a_delta_holds_no_week_place_or_zone_of_anybody_else():
    for week in (ALWAYS, DAYTIME, NIGHTS):
        measured_person(availability=week, preferred=EMPTY_WEEK, country_id="ES")
    moved = measured_person(in_manila=True, availability=NIGHTS, preferred=EMPTY_WEEK)
    picky = measured_person(availability=DAYTIME, preferred=NIGHTS, zone="Europe/Rome")
    kept()
    months(moved, 9)
    months(picky, 9)
    version = kept()
    delta = pool_files._content(version)
    assert delta.candidate_id.tolist() == [moved.pk, picky.pk]
    assert {mask.tobytes() for mask in delta.week_masks} == {bytes(DAYTIME), bytes(NIGHTS)}
    assert (delta.preferred_code >= 0).tolist() == [False, True]
    assert [delta.zones[code] for code in delta.zone_code] == ["Asia/Manila", "Europe/Rome"]
    assert len(delta.zones) == 2
    assert [delta.places[code][0] for code in delta.place_code] == ["PH", "PT"]
    assert len(delta.places) == 2
    assert pool_of(version).digest == read_pool(today()).digest


def test_equal_pools_are_one_version_whoever_keeps_them():
    person = measured_person(contract_months=3)
    first = kept()
    months(person, 4)
    assert kept() != first
    months(person, 3)
    assert kept() == first
    current_pool.let_go()
    assert kept() == first
    assert PoolVersion.objects.count() == 2


def test_two_who_keep_the_same_pool_at_once_keep_one():
    measured_person()
    held = known(today()).held
    found = at_once(*[lambda: keep(held, now=timezone.now())] * 3)
    assert [version.pk for version in found] == [PoolVersion.objects.get().pk] * 3
    assert PoolChunk.objects.count() == 1


def test_a_version_whose_transaction_is_taken_back_leaves_nothing_to_grow_from():
    person = measured_person()
    with transaction.atomic():
        kept()
        transaction.set_rollback(True)
    months(person, 5)
    version = kept()
    assert (version.parent, pool_of(version).digest.hex()) == (None, version.digest)


@pytest.mark.parametrize(("name", "value"), [("LONGEST_CHAIN", 2), ("SMALLEST_SHARE", 400), ("BASE_DAYS", 0)])
def test_a_new_base_is_due_in_time(name, value, monkeypatch):
    person = measured_person(contract_months=1)
    kept()
    monkeypatch.setattr(pool_files, name, value)
    depths = []
    for number in (2, 3, 4, 5):
        months(person, number)
        depths.append(kept().depth)
    assert (
        depths
        == {"LONGEST_CHAIN": [1, 2, 0, 1], "SMALLEST_SHARE": [1, 2, 0, 1], "BASE_DAYS": [0, 0, 0, 0]}[name]
    )


def test_writing_the_folder_again_brings_no_new_base(host, monkeypatch):
    """In the process that writes it, in a fresh one, and in one that takes over what another wrote."""
    monkeypatch.setattr(current_pool, "FEWEST_TO_SAVE", 1)
    people = [measured_person(contract_months=1) for _ in range(3)]
    versions = [kept()]
    for number in (2, 3, 4, 5):
        for person in people[:2]:
            months(person, number)
        if number == 4:
            known(today())  # writes the folder
            current_pool.let_go()
        if number == 5:
            mine = current_pool.in_hand()
            known(today())  # another process writes the folder,
            current_pool.hold(mine)  # and this one finds it
            people[2].user.delete()
        versions.append(kept())
        assert known(today()).held.folder.digest in folders(host)
    assert [version.depth for version in versions] == [0, 1, 2, 3, 4]
    assert [version.changed for version in versions] == [0, 2, 4, 6, 9]
    for folder in folders(host):
        (host / folder).rename(host / f"{folder}.away")
    for version in versions:
        assert pool_of(version).digest.hex() == version.digest, version.depth


def test_of_too_many_people_it_is_not_remembered_who_moved(monkeypatch):
    monkeypatch.setattr(held_pool, "FEWEST", 2)
    monkeypatch.setattr(held_pool, "LARGEST_REFRESH", 1)
    people = [measured_person(contract_months=1) for _ in range(4)]
    kept()
    for person in people[:3]:
        months(person, 2)
        known(today())
    assert known(today()).held.stored is None
    version = kept()
    assert pool_of(version).digest.hex() == version.digest


@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: data[:200] + b"\0" + data[201:]])
def test_stored_bytes_that_were_altered_are_refused(spoil, host):
    measured_person()
    version = kept()
    (host / version.digest).rename(host / "away")
    chunk = version.chunks.get()
    chunk.content = spoil(bytes(chunk.content))
    chunk.save()
    with pytest.raises(CorruptSnapshot):
        pool_of(version)


def test_long_content_is_cut_into_pieces(monkeypatch, host):
    monkeypatch.setattr(pool_files, "CHUNK_BYTES", 1000)
    measured_person()
    version = kept()
    (host / version.digest).rename(host / "away")
    assert version.chunks.count() > 3
    assert {len(chunk.content) for chunk in version.chunks.all()[:3]} == {1000}
    assert pool_of(version).digest.hex() == version.digest


def test_another_host_opens_what_postgresql_keeps(settings, tmp_path, anew):
    person = measured_person(contract_months=3)
    kept()
    months(person, 4)
    kept()
    settings.POOL_DIR = tmp_path / "another host"
    current_pool.let_go()
    months(person, 5)
    assert known(today()).pool.digest == read_pool(today()).digest
    assert anew == [today()]
    assert len(folders(tmp_path / "another host")) == 1


def test_states_that_nothing_needs_are_deleted_and_rankings_keep_theirs():
    person = measured_person(contract_months=1)
    ranking = ranked(VacancyFactory())
    months(person, 2)
    spare = kept()
    months(person, 3)
    newest = kept()
    now = timezone.now()
    assert purge_pools(now=now)[1] == 0, "not yet: somebody may be about to refer to them"
    assert purge_pools(now=now + timedelta(days=2))[1] == 0, "the newest grew from the spare one"
    PoolVersion.objects.filter(pk=newest.pk).update(made_at=now - timedelta(days=3))
    assert purge_pools(now=now + timedelta(days=2))[1] == 1
    assert set(PoolVersion.objects.values_list("pk", flat=True)) == {ranking.pool_id, spare.pk}


def test_nothing_is_kept_longer_than_its_days(settings):
    person = measured_person(contract_months=1)
    base = known(today())
    ranking = ranked(VacancyFactory())
    months(person, 2)
    delta = kept()
    now = timezone.now()
    settings.POOL_SPARE_HOURS = 10**6
    PoolVersion.objects.filter(pk=ranking.pool_id).update(made_at=now - timedelta(days=200))
    assert purge_pools(now=now)[1] == 0, "a younger state grew from it"
    assert pool_of(PoolVersion.objects.get(pk=delta.pk)).digest.hex() == delta.digest
    PoolVersion.objects.update(made_at=now - timedelta(days=185))
    assert purge_pools(now=now)[1] == 1, "a current ranking was made from the base"
    assert pool_of(PoolVersion.objects.get(pk=ranking.pool_id)).digest == base.pool.digest
    ranking.vacancy.state = VacancyState.CLOSED
    ranking.vacancy.closed_at, ranking.vacancy.closed_because = now, ClosedBecause.FILLED
    ranking.vacancy.save()
    assert purge_pools(now=now)[1] == 1
    assert PoolChunk.objects.count() == 0
    emptied = PoolVersion.objects.get(pk=ranking.pool_id)
    assert (emptied.digest, emptied.emptied_at) == (base.pool.digest.hex(), now)
    with pytest.raises(PoolGone):
        pool_of(emptied)
    months(person, 1)
    again = kept()
    assert (again.pk, again.emptied_at, pool_of(again).digest.hex()) == (emptied.pk, None, emptied.digest)


def test_what_is_said_about_a_folder_names_no_person(host):
    measured_person()
    folder = known(today()).pool.digest.hex()
    said = json.loads((host / f"{folder}.json").read_text())
    assert said.keys() == {"on", "basis", "moment", "stored"}
