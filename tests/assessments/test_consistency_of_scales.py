"""Internal consistency: published and hand-worked values, and the page for staff."""

import re
from html import unescape

import numpy as np
import pytest

from assessments.engine.consistency import alpha_interval, consistency
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory

PUBLISHED = np.array(
    [[1, 2, 2, 3, 2, 2, 3, 3, 2, 3], [1, 1, 1, 2, 3, 3, 2, 3, 3, 3], [1, 1, 2, 1, 2, 3, 3, 3, 2, 3]]
).T
"""Ten answers to three questions: the worked example of Statology, "How to Calculate Cronbach's Alpha in Python" (2021)."""


def test_the_published_example():
    found = consistency(PUBLISHED)
    assert found.alpha == pytest.approx(0.7734375, abs=1e-12)
    assert (round(found.low, 3), round(found.high, 3)) == (0.336, 0.939)
    assert found.people == 10


def test_other_confidence_of_the_published_example():
    """99 %: [0.062, 0.962] there."""
    found = consistency(PUBLISHED, confidence=0.99)
    assert (round(found.low, 3), round(found.high, 3)) == (0.062, 0.962)


def test_by_hand():
    """Variances 1, 1 and 1; the sums are 3, 6, 9, of variance 9: alpha = 3/2 * (1 - 3/9) = 1."""
    same = consistency(np.array([[1, 1, 1], [2, 2, 2], [3, 3, 3]]))
    assert same.alpha == pytest.approx(1)
    assert same.item_total == pytest.approx((1, 1, 1))
    # Two statements that say the opposite: variances 1 and 1, sums all 4, which say nothing.
    assert consistency(np.array([[1, 3], [2, 2], [3, 1]])).alpha is None
    # Variances 1 and 1, sums 3, 3, 6 of variance 3: alpha = 2 * (1 - 2/3).
    half = consistency(np.array([[1, 2], [2, 1], [3, 3]]))
    assert half.alpha == pytest.approx(2 / 3)
    assert half.item_total == pytest.approx((0.5, 0.5))


def test_corrected_correlations_leave_the_statement_out():
    found = consistency(PUBLISHED)
    for at in range(3):
        rest = PUBLISHED.sum(axis=1) - PUBLISHED[:, at]
        one = PUBLISHED[:, at]
        by_hand = ((one - one.mean()) * (rest - rest.mean())).sum() / np.sqrt(
            ((one - one.mean()) ** 2).sum() * ((rest - rest.mean()) ** 2).sum()
        )
        assert found.item_total[at] == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("people", [0, 1])
def test_too_few_people_say_nothing(people):
    found = consistency(np.ones((people, 3)))
    assert found == (people, None, None, None, (None, None, None))


def test_people_who_all_answer_alike_say_nothing():
    assert consistency(np.full((9, 3), 4)) == (9, None, None, None, (None, None, None))


def test_one_statement_is_no_scale():
    with pytest.raises(ValueError, match="two statements"):
        consistency(np.ones((9, 1)))


def test_the_interval_narrows_with_people_and_holds_alpha():
    widths = []
    for people in (10, 100, 1000):
        low, high = alpha_interval(0.7, people, 3, 0.95)
        assert low < 0.7 < high < 1
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_the_interval_covers_what_it_says():
    """Equal loadings of 0.7 on one normal factor: the true alpha of three statements is 3r / (1 + 2r) with r = 0.49."""
    rng, inside, true = np.random.default_rng(5), 0, 3 * 0.49 / (1 + 2 * 0.49)
    for _ in range(400):
        factor = rng.normal(size=(60, 1))
        found = consistency(0.7 * factor + np.sqrt(0.51) * rng.normal(size=(60, 3)))
        inside += found.low <= true <= found.high
    assert 0.92 <= inside / 400 <= 0.98


# --- the page -------------------------------------------------------------------------------------------------


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.fixture
def staff(db):
    return signed_in(UserFactory(staff=True))


def test_staff_see_scales_with_a_caution(staff):
    # On the first scale the second statement points the other way: 1, 5, 1 is as brisk as 5, 1, 5.
    for brisk in (1, 2, 4, 5):
        CandidateFactory(work_style=[brisk, 6 - brisk, brisk, *[3] * 21])
    CandidateFactory(work_style=[1, 1, 5, *[3] * 21], work_style_version="0")
    CandidateFactory(work_style=None, work_style_version="")
    page = words_of(staff.get("/admin/assessments/measurement/work-style/"))
    assert "Answers of 4 people" in page
    assert "Fewer than 200 people answered." in page
    head = "steady – brisk Alpha 1.00 · 95 % interval 1.00 – 1.00"
    assert f"{head} I feel at my best when a lot is going on at once. +1.00" in page
    assert "(turned round) +1.00" in page
    assert "work style is no test" in page.lower()


def test_nobody_answered_yet(staff):
    assert "Nobody has answered yet." in words_of(staff.get("/admin/assessments/measurement/work-style/"))


def test_it_asks_the_same_for_any_number_of_people(staff, django_assert_num_queries):
    for people in (1, 20):
        for _ in range(people):
            CandidateFactory()
        with django_assert_num_queries(4):
            staff.get("/admin/assessments/measurement/work-style/")


def test_only_who_may_see_candidates(db):
    nobody = UserFactory(is_staff=True, totp=True)
    assert signed_in(nobody).get("/admin/assessments/measurement/work-style/").status_code == 403
