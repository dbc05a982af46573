"""People by stage and promise dates: what is drawn and what is said agree."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template import Context, Template

from common.style_samples import promises as sample_promises
from common.style_samples import stages as sample_stages
from common.svg.promises import AFTER, BEFORE, Due, columns, middle_of

TODAY = date(2026, 11, 22)


def render(source: str, /, **context: Any) -> str:
    html = Template("{% load stages %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


def due(offset: int, ours: int = 0, theirs: int = 0) -> dict[str, Any]:
    return {"day": TODAY + timedelta(days=offset), "ours": ours, "theirs": theirs}


class TestColumns:
    def test_the_tallest_day_fills_the_height_and_others_follow(self) -> None:
        found = columns([Due(0, 1, 1), Due(3, 4, 0), Due(-1, 0, 2)])
        assert [(one.offset, one.ours, one.theirs) for one in found] == [
            (-1, 0, 5_000),
            (0, 2_500, 2_500),
            (3, 10_000, 0),
        ]

    def test_what_lies_far_away_stands_at_the_ends(self) -> None:
        found = columns([Due(-40, 1, 0), Due(-8, 1, 0), Due(90, 0, 2)])
        assert [one.offset for one in found] == [-BEFORE, AFTER]
        assert [one.ours for one in found] == [10_000, 0]

    def test_every_day_has_its_own_place_from_edge_to_edge(self) -> None:
        middles = [middle_of(at) for at in range(-BEFORE, AFTER + 1)]
        assert middles == sorted(set(middles))
        assert middles[0] > 0
        assert middles[-1] < 10_000

    def test_nothing_due_is_nothing_drawn(self) -> None:
        assert columns([]) == []
        assert columns([Due(1, 0, 0)]) == []

    def test_nobody_owes_less_than_nothing(self) -> None:
        with pytest.raises(ValueError, match="less than no answer"):
            columns([Due(1, -1, 2)])


class TestFunnel:
    def test_bars_are_drawn_against_the_fullest_stage(self) -> None:
        html = render("{% stage_funnel stages %}", stages=sample_stages())
        assert re.findall(r'class="overlap" width="([^"]+)"', html) == ["100%", "42.86%", "28.57%", "0%"]
        assert re.findall(r'class="promise-missed" width="([^"]+)"', html) == ["28.57%", "14.29%"]
        assert "2 of them past the promised date" in html
        assert "1 of them past the promised date" in html

    def test_only_a_stage_with_somebody_in_it_is_a_link(self) -> None:
        assert render("{% stage_funnel stages %}", stages=sample_stages()).count('<a href="#stages">') == 3

    def test_nobody_anywhere_is_drawn_too(self) -> None:
        html = render("{% stage_funnel stages %}", stages=[{"label": "invited", "count": 0}])
        assert 'class="overlap" width="0%"' in html


class TestClock:
    def test_words_say_what_is_late_what_is_next_and_what_they_owe(self) -> None:
        html = render("{% promise_clock days today %}", days=sample_promises(TODAY), today=TODAY)
        assert "3 answers of yours are overdue; the oldest was promised for Tue 10 Nov 2026." in html
        assert "5 answers of yours are promised, the next by Sun 22 Nov 2026." in html
        assert "7 people owe you an answer." in html
        assert html.count('class="promise-missed"') == 2

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            ([], "Nobody owes an answer now."),
            ([due(2)], "Nobody owes an answer now."),
            ([due(-1, 1)], "1 answer of yours is overdue; it was promised for Sat 21 Nov 2026."),
            ([due(1, 1)], "1 answer of yours is promised by Mon 23 Nov 2026."),
            ([due(-3, theirs=1)], "1 person owes you an answer."),
        ],
    )
    def test_one_of_each_and_none(self, days: list[dict[str, Any]], words: str) -> None:
        html = render("{% promise_clock days today %}", days=days, today=TODAY)
        assert f'aria-label="{words}"' in html

    def test_today_is_not_missed(self) -> None:
        html = render("{% promise_clock days today %}", days=[due(0, 1)], today=TODAY)
        assert "promise-missed" not in html
