"""`manage.py replay`: a stored ranking computed again, byte for byte, or a named reason why not."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Candidate
from matching.engine import CANDIDATE_WEIGHTS, ENGINE_VERSION, pack, tz_version
from matching.engine import ranking as engine_ranking
from matching.models import PoolChunk, PoolVersion, Ranking
from matching.queries import replay as replaying
from matching.rules.stored_query import query_text
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import altered, measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def run(ranking: Ranking, *arguments: str) -> str:
    answer = StringIO()
    call_command("replay", str(ranking.pk), *arguments, stdout=answer)
    return answer.getvalue()


def beginning() -> Ranking:
    """Of five people, of whom three suit."""
    vacancy = VacancyFactory()
    for level in (4, 5, 6):
        measured_person(level)
    CandidateFactory(listed=True)
    CandidateFactory(listed=False)
    return ranked(vacancy)


once = standing(beginning)


@pytest.fixture
def ranking(once: Ranking, db: None) -> Ranking:
    return Ranking.objects.get(pk=once.pk)


@pytest.fixture
def vacancy(ranking: Ranking) -> Vacancy:
    return Vacancy.objects.get(pk=ranking.vacancy_id)


def test_it_comes_out_the_same(ranking):
    assert run(ranking) == (
        f"{ranking.version.title}, ranked {ranking.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"Ranking {ranking.pk} comes out the same: all {len(ranking.packed)} bytes, 3 of 5 people eligible, "
        f"input {ranking.input_digest}.\n"
    )


def test_all_that_went_in_is_stored(ranking):
    assert ranking.pool.digest == ranking.result.pool_digest.hex()
    assert ranking.query == query_text(ranking.stored_query())
    assert ranking.stored_candidate_weights() == CANDIDATE_WEIGHTS
    assert ranking.top == 500


def test_it_comes_out_the_same_after_people_changed_left_and_came(ranking, vacancy):
    """Somebody is gone, somebody else has other hours, a third is new: the pool of then is what counts."""
    first, second, _third = ranking.result.candidate_ids.tolist()
    vacancy.ranking_state.delete()
    Candidate.objects.get(pk=first).user.delete()
    Candidate.objects.filter(pk=second).update(hours_min=1, hours_max=2, changed_at=timezone.now())
    measured_person(6)
    later = ranked(vacancy, timezone.now() + timedelta(days=1))
    assert later.result.candidate_ids.tolist() != ranking.result.candidate_ids.tolist()
    for one in (ranking, later):
        assert "comes out the same" in run(one)


def test_it_comes_out_the_same_without_the_rooms_that_it_was_read_from(ranking):
    """Nothing but the ranking's own inputs is read."""
    Candidate.objects.update(listed=False, changed_at=timezone.now())
    Vacancy.objects.get().current.shifts.all().delete()
    assert "comes out the same" in run(ranking)


@pytest.mark.parametrize(
    "columns", [{"packed": b"other"}, {"eligible": 0}, {"query": ""}, {"on": "2020-01-01"}]
)
def test_nothing_of_it_is_changed_afterwards(ranking, columns):
    with pytest.raises(IntegrityError, match="matching_ranking is append-only"), transaction.atomic():
        Ranking.objects.filter(pk=ranking.pk).update(**columns)
    assert "comes out the same" in run(Ranking.objects.get())


@pytest.mark.parametrize("place", [0, 31, 32, 40, 200, -1])
def test_one_altered_byte_of_the_result_is_noticed(ranking, place):
    packed = bytearray(ranking.packed)
    packed[place] ^= 1
    with pytest.raises(CommandError, match=r"The stored result is not what was written: .* cut or altered"):
        run(altered(ranking, packed=bytes(packed)))


def test_a_result_that_was_replaced_by_another_whole_one_is_noticed(ranking):
    """Somebody forges the digest too: the columns beside it, or else the replay itself, tell."""
    result = ranking.result
    forged = engine_ranking.RankingResult(
        **{
            **{name: getattr(result, name) for name in result.__dataclass_fields__},
            "scores": result.scores + 1,
        }
    )
    with pytest.raises(
        CommandError, match=rf"comes out differently, from byte 0 of {len(ranking.packed)} on"
    ):
        run(altered(ranking, packed=pack(forged)))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("people", 6),
        ("eligible", 2),
        ("input_digest", "0" * 64),
        ("engine_version", "0.1"),
        ("tz_version", "x"),
    ],
)
def test_an_altered_column_is_noticed(ranking, column, value):
    with pytest.raises(CommandError, match=f"The stored column {column} and the stored result contradict"):
        run(altered(ranking, **{column: value}))


def test_an_altered_query_is_noticed(ranking):
    easier = ranking.query.replace('"hours_week":', '"hours_week":1')
    with pytest.raises(CommandError, match="The stored query"):
        run(altered(ranking, query=easier))
    with pytest.raises(CommandError, match="The stored query is not what was written"):
        run(altered(ranking, query=ranking.query[:-1]))


def test_altered_weights_are_noticed(ranking):
    with pytest.raises(CommandError, match="The stored query or weights are not those that were ranked"):
        run(altered(ranking, candidate_weights={**ranking.candidate_weights, "pay": 1}))


def test_an_altered_pool_is_noticed(ranking):
    chunk = PoolChunk.objects.filter(version=ranking.pool).first()
    content = bytearray(chunk.content)
    content[len(content) // 2] ^= 1
    PoolChunk.objects.filter(pk=chunk.pk).update(content=bytes(content))
    with pytest.raises(CommandError, match="The stored pool is not what was written"):
        run(ranking)


def test_another_state_of_the_pool_is_noticed(ranking, vacancy):
    measured_person()
    other = ranked(vacancy, timezone.now() + timedelta(days=1))
    with pytest.raises(CommandError, match="another state of the pool than it was made from"):
        run(altered(other, pool=ranking.pool))


def test_a_pool_that_is_no_longer_kept_has_a_name(ranking):
    PoolChunk.objects.filter(version=ranking.pool).delete()
    PoolVersion.objects.filter(pk=ranking.pool_id).update(emptied_at=timezone.now())
    with pytest.raises(
        CommandError, match=rf"The state {ranking.pool.digest} of the pool is no longer kept\."
    ):
        run(ranking)


def test_another_engine_is_named_and_compared_only_when_told(ranking, monkeypatch):
    monkeypatch.setattr(replaying, "ENGINE_VERSION", "9.0.0")
    monkeypatch.setattr(engine_ranking, "ENGINE_VERSION", "9.0.0")
    named = rf"It was made by engine {ENGINE_VERSION}; this is engine 9.0.0\. Add --even-so to compare nevertheless\."
    with pytest.raises(CommandError, match=named):
        run(ranking)
    said = (
        f"{ranking.version.title}, ranked {ranking.made_at:%Y-%m-%d %H:%M} UTC\n"
        f"It was made by engine {ENGINE_VERSION}; this is engine 9.0.0.\n"
        f"Ranking {ranking.pk} has the same outcome: people, figures and counts. "
    )
    # The bytes begin with a digest of all others, two of which may well begin alike.
    assert re.fullmatch(
        re.escape(said) + r"The bytes differ from byte \d on, as the versions do\.\n",
        run(ranking, "--even-so"),
    )


def test_other_time_zone_data_is_named(ranking, monkeypatch):
    for module in (replaying, engine_ranking):
        monkeypatch.setattr(module, "tz_version", lambda: "2031a")
    with pytest.raises(CommandError, match=f"It was made with time zone data {tz_version()}; here is 2031a"):
        run(ranking)
    assert "has the same outcome" in run(ranking, "--even-so")


def test_another_engine_that_comes_to_something_else_says_so(ranking, monkeypatch):
    monkeypatch.setattr(replaying, "ENGINE_VERSION", "9.0.0")
    monkeypatch.setattr(engine_ranking, "ENGINE_VERSION", "9.0.0")
    monkeypatch.setattr(replaying, "rank", lambda pool, *rest: engine_ranking.rank(pool.part(0, 2), *rest))
    # The first byte is of a person's number, which two people may share.
    with pytest.raises(CommandError, match=rf"differently, from byte [0-7] of {len(ranking.packed)} on"):
        run(ranking, "--even-so")


def test_an_unknown_ranking_has_a_name():
    with pytest.raises(CommandError, match=r"There is no ranking 123456\."):
        call_command("replay", "123456")
