"""Graphics: the drawing and its words say the same, and nothing needs an inline style."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from common.style_samples import score_parts, thin_parts, waterfall_steps

D = Decimal


def render(source: str, /, **context: Any) -> str:
    html = Template("{% load graphics %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


def widths(html: str, css_class: str) -> list[float]:
    return [
        float(text) for text in re.findall(rf'class="part {css_class}[^"]*"[^>]* width="([\d.]+)%"', html)
    ]


class TestScoreBar:
    def test_parts_fill_exactly_the_score(self) -> None:
        parts = score_parts()
        html = render("{% score_bar parts total %}", parts=parts, total=sum(p["contribution"] for p in parts))
        bar = html[: html.index("<ul")]
        assert round(sum(widths(bar, "part-")), 2) == 77.4
        assert "<b>77.4</b>" in html
        points = [Decimal(text) for text in re.findall(r'<b class="num">([\d.]+)</b>', html)]
        assert points == [D(text) for text in ("22.4", "9.3", "16.9", "12.1", "8.2", "2.6", "5.9")]
        assert sum(points) == D("77.4")

    def test_order_and_colour_are_fixed_whatever_order_comes_in(self) -> None:
        parts = list(reversed(score_parts()))
        html = render("{% score_bar parts total compact=True %}", parts=parts, total=7_740_000)
        found = re.findall(r'class="part part-(\w+)"', html)
        assert found == ["language", "culture", "time", "pay", "skills", "experience", "commitment"]

    def test_words_say_what_the_bar_shows(self) -> None:
        html = render("{% score_bar parts 7740000 compact=True %}", parts=score_parts())
        assert (
            'role="img" aria-label="Score: 77.4 of 100: Language 22.4, Culture 9.3, Time 16.9, Pay 12.1, '
            'Skills 8.2, Experience 2.6, Commitment 5.9"' in html
        )
        assert (
            "<title>Language: 22.4 points, fits 80 %, weighs 36 % for the employer, 20 % for the candidate. Dutch C1 measured"
            in html
        )

    def test_a_part_that_is_not_known_says_so_and_takes_no_room(self) -> None:
        html = render("{% score_bar parts total %}", parts=thin_parts(), total=2_470_000)
        assert html.count("not known") == 1
        assert html.count("not asked for") == 1
        assert 'class="part part-culture" x=' not in html

    def test_contributions_that_do_not_add_up_are_refused(self) -> None:
        with pytest.raises(ValueError, match="add up to 7740000, not to 7740001"):
            render("{% score_bar parts 7740001 %}", parts=score_parts())

    def test_a_dutch_page_keeps_points_in_attributes(self) -> None:
        with override("nl"):
            html = render("{% score_bar parts 7740000 %}", parts=score_parts())
        assert "<b>77,4</b>" in html
        assert 'width="22.4%"' in html
        assert not re.search(r'(?:x|width)="\d+,\d', html)


class TestTwoClocks:
    def test_both_clocks_and_the_change_are_told_in_words(self) -> None:
        html = render(
            '{% two_clock_strip shift hours 420 "Amsterdam" "Manila" changes=changes %}',
            shift=[(0, 480)],
            hours=[(360, 960)],
            changes=[{"ahead": 360, "label": "From 29 March 2026"}],
        )
        assert "Shift 00:00–08:00 in Amsterdam, which is 07:00–15:00 in Manila." in html
        assert "Overlap 8 h of 8 h." in html
        assert "From 29 March 2026: shift at 06:00–14:00 in Manila." in html
        assert html.count('class="moved"') == 1
        assert 'class="overlap" x="0%" y="0" width="33.33%"' in html

    def test_no_overlap_is_said(self) -> None:
        html = render('{% two_clock_strip s h 0 "A" "B" %}', s=[(0, 60)], h=[(120, 180)])
        assert "No overlap." in html
        assert 'class="overlap"' not in html


class TestWageBand:
    def test_every_figure_stands_in_words_with_its_source(self) -> None:
        html = render(
            '{% wage_band "EUR" floor=f offer_low=a offer_high=b wish=w sources=s %}',
            f=D("6.20"), a=D("9"), b=D("10.50"), w=D("9.40"), s={"floor": "Legal minimum, 1 January 2026"},
        )  # fmt: skip
        assert 'aria-label="Gross pay per hour: Offer €9.00 – €10.50, Wish €9.40, Pay floor €6.20"' in html
        assert "<li>Pay floor: Legal minimum, 1 January 2026</li>" in html
        assert "<li>Offer: source not stated</li>" in html
        assert "Local market: not known" in html
        assert "wage-below" not in html

    def test_an_offer_that_is_not_above_the_floor_is_marked_and_named(self) -> None:
        html = render(
            '{% wage_band "EUR" floor=f offer_low=a offer_high=b %}', f=D("14.99"), a=D("9"), b=D("10")
        )
        assert 'class="wage-below" x=' in html
        assert "not above the floor" in html

    def test_an_offer_of_just_a_floor_that_it_clears_is_not_marked(self) -> None:
        template = '{% wage_band "EUR" floor=f offer_low=a offer_high=b cleared=c %}'
        told = {
            cleared: render(template, f=D("9.50"), a=D("9.50"), b=D("12"), c=cleared)
            for cleared in (True, False)
        }
        assert "not above the floor" in told[False]
        assert "not above the floor" not in told[True]
        assert "wage-below" not in told[True]


class TestLevelLadder:
    def test_measured_claimed_and_required_are_drawn_and_told(self) -> None:
        html = render(
            '{% level_ladder "French" measured="B1" position=2.7 low=2.2 high=3.1 claimed="C1" required="B2" %}'
        )
        assert html.count("French: measured B1, own estimate C1, needed B2.") == 2
        assert 'class="ladder-point" cx="45%"' in html
        assert 'class="ladder-claimed" cx="75%"' in html
        assert 'class="ladder-required" x1="50%"' in html

    def test_unmeasured_is_said_and_draws_no_point(self) -> None:
        html = render('{% level_ladder "Italian" claimed="B2" required="B1" %}')
        assert "Italian: not measured yet, own estimate B2, needed B1." in html
        assert "ladder-point" not in html

    def test_a_level_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'B3' is not a level"):
            render('{% level_ladder "French" measured="B3" %}')


class TestWaterfall:
    def test_rows_count_link_and_add_up(self) -> None:
        html = render("{% waterfall steps %}", steps=waterfall_steps())
        counts = re.findall(r'fall-count num">([−\d,]+)<', html)
        assert counts == ["10,000", "−1,240", "−310", "−2,905", "−415", "−4,380", "−208", "0", "542"]
        assert html.count('<a href="#waterfall">') == 7
        assert '<span class="visually-hidden">8,760 left</span>' in html

    def test_dutch_groups_thousands_with_a_point(self) -> None:
        with override("nl"):
            assert ">10.000<" in render("{% waterfall steps %}", steps=waterfall_steps())

    def test_counts_that_do_not_add_up_are_refused(self) -> None:
        steps = waterfall_steps()
        steps[-1]["count"] += 1
        with pytest.raises(ValueError, match="minus"):
            render("{% waterfall steps %}", steps=steps)
