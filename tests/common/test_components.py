"""What the interface tags print, fact by fact."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

LOAD = "{% load ui figures graphics %}"


def render(source: str, /, **context: Any) -> str:
    html = Template(LOAD + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


class MixedForm(forms.Form):
    name = forms.CharField(help_text="As on your door.")
    age_of_chair = forms.IntegerField(required=False, min_value=0)
    agree = forms.BooleanField()
    form = forms.ChoiceField(choices=[("a", "Alpha"), ("b", "Beta")], widget=forms.RadioSelect)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class AlikeForm(forms.Form):
    email = forms.EmailField()
    code = forms.CharField()


class TestFields:
    def test_a_label_names_its_widget_and_help_describes_it(self) -> None:
        html = render("{% field form.name %}", form=MixedForm())
        assert '<label for="id_name">Name</label>' in html.replace(" </label>", "</label>")
        assert '<div class="help" id="id_name_helptext">As on your door.</div>' in html
        assert 'aria-describedby="id_name_helptext"' in html
        assert "aria-invalid" not in html

    def test_an_error_is_tied_to_the_widget(self) -> None:
        html = render("{% field form.name %}", form=MixedForm({}))
        assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in html
        assert 'class="field-error" id="id_name_error"' in html
        assert "<li>This field is required.</li>" in html

    def test_the_rarer_kind_says_so_in_a_word(self) -> None:
        form = MixedForm()
        assert '<span class="need">optional</span>' in render("{% field form.age_of_chair %}", form=form)
        assert "need" not in render("{% field form.name %}", form=form)
        few = MixedForm()
        few.fields["agree"].required = few.fields["form"].required = False
        assert '<span class="need">required</span>' in render("{% field form.name %}", form=few)
        assert "need" not in render("{% field form.agree %}", form=few)

    def test_forms_whose_fields_are_alike_need_no_word(self) -> None:
        assert 'class="need"' not in render("{{ form }}", form=AlikeForm())

    def test_radio_buttons_stand_in_a_fieldset(self) -> None:
        html = render("{% field form.form %}", form=MixedForm({}))
        assert '<fieldset aria-describedby="id_form_error"> <legend>Form' in html
        assert html.count('type="radio"') == 2
        assert '<label for="id_form_1">' in html

    def test_a_checkbox_comes_before_its_label(self) -> None:
        html = render("{% field form.agree %}", form=MixedForm())
        assert html.index('id="id_agree"') < html.index('<label for="id_agree">')

    def test_a_whole_form_prints_each_field_once_with_hidden_ones(self) -> None:
        html = render("{{ form }}", form=MixedForm())
        assert [html.count(f'name="{name}"') for name in ("name", "age_of_chair", "agree", "hidden")] == [
            1,
            1,
            1,
            1,
        ]

    def test_placeholders_of_foreign_forms_are_dropped(self) -> None:
        form = AlikeForm()
        form.fields["code"].widget.attrs["placeholder"] = "Code"
        assert "placeholder" not in render("{% without_placeholders form %}{{ form }}", form=form)


class TestFormErrors:
    def test_each_line_links_to_its_field(self) -> None:
        html = render("{% form_errors form %}", form=MixedForm({}))
        assert "3 things need another look. Nothing has been saved yet." in html
        assert '<a href="#id_name">Name</a>: This field is required.' in html
        assert '<a href="#id_form_0">Form</a>: This field is required.' in html
        assert 'role="alert" tabindex="-1"' in html

    def test_a_label_that_is_a_sentence_ends_as_one(self) -> None:
        form = MixedForm({})
        form.fields["name"].label = "Why?"
        assert '<a href="#id_name">Why?</a> This field is required.' in render(
            "{% form_errors form %}", form=form
        )

    def test_it_is_listed_once_also_before_a_whole_form(self) -> None:
        assert (
            render("{% form_errors form %}{{ form }}", form=MixedForm({})).count("error-summary") == 2
        )  # class, data
        assert render("{{ form }}", form=MixedForm({})).count("data-error-summary") == 1

    def test_a_good_form_an_unsent_one_and_none_say_nothing(self) -> None:
        good = AlikeForm({"email": "ana@people.example", "code": "1"})
        assert render("{% form_errors good fresh none %}", good=good, fresh=AlikeForm(), none=None) == ""

    def test_formsets_are_searched_too(self) -> None:
        rows = formset_factory(AlikeForm, min_num=2, validate_min=True)
        sent = rows(
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-email": "no", "form-0-code": "1"}
        )
        html = render("{% form_errors rows saves=False %}", rows=sent)
        assert '<a href="#id_form-0-email">Email</a>: Enter a valid email address.' in html
        assert "Please submit at least 2 forms." in html
        assert "saved" not in html

    def test_what_somebody_typed_is_escaped(self) -> None:
        form = AlikeForm({"email": "a@b.example", "code": "x"})
        form.add_error("code", "<b>no</b>")
        assert "&lt;b&gt;no&lt;/b&gt;" in render("{% form_errors form %}", form=form)


class TestButtons:
    def test_a_button_submits_and_carries_its_attributes(self) -> None:
        html = render(
            '{% button "Go" variant="main" name="step" value="2" hx_post="/x/" disabled=True form=None %}'
        )
        assert html == (
            '<button class="button button-main" type="submit" name="step" value="2" hx-post="/x/" disabled> Go</button>'
        )

    def test_with_an_address_it_is_a_link(self) -> None:
        html = render('{% button "Go" href=address icon="arrow" %}', address="/a/?b=1&c=2")
        assert html.startswith('<a class="button button-plain" href="/a/?b=1&amp;c=2">')
        assert 'aria-hidden="true"' in html

    def test_an_unknown_variant_is_refused(self) -> None:
        with pytest.raises(TemplateSyntaxError, match="'huge' is not one of"):
            render('{% button "Go" variant="huge" %}')

    def test_labels_are_escaped(self) -> None:
        assert "&lt;script&gt;" in render("{% button label %}", label="<script>")


class TestPieces:
    def test_an_icon_alone_has_a_name_and_else_is_silent(self) -> None:
        assert 'role="img" aria-label="Done"' in render('{% icon "check" label="Done" %}')
        assert 'aria-hidden="true" focusable="false"' in render('{% icon "check" %}')
        assert '<use href="/static/icons.svg#check"/>' in render('{% icon "check" %}')

    def test_a_page_has_one_h1_with_its_actions(self) -> None:
        html = render('{% page_header title %}{% button "Edit" %}{% endpage_header %}', title="Pay & hours")
        assert "<h1>Pay &amp; hours</h1>" in html
        assert '<div class="cluster"><button' in html
        assert "cluster" not in render('{% page_header "Pay" %} {% endpage_header %}')

    def test_a_notice_keeps_its_markup_and_its_kind(self) -> None:
        html = render('{% notice "stop" title="No" alert=True %}<p>Because</p>{% endnotice %}')
        assert '<div class="notice notice-stop" role="alert">' in html
        assert "<p>Because</p>" in html
        with pytest.raises(TemplateSyntaxError):
            render('{% notice "panic" %}{% endnotice %}')

    def test_progress_says_it_in_words(self) -> None:
        html = render('{% progress 2 7 "Languages" %}')
        assert "<b>Step 2 of 7</b> · Languages" in html
        assert (html.count('"is-done"'), html.count('"is-now"'), html.count("<li")) == (1, 1, 7)

    def test_pages_keep_the_rest_of_the_query(self) -> None:
        request = RequestFactory().get("/x/?sort=pay&page=2")
        html = render("{% pagination page %}", page=Paginator(range(60), 25).page(2), request=request)
        assert "26 to 50 of 60" in html
        assert 'href="?sort=pay&amp;page=1"' in html
        assert 'href="?sort=pay&amp;page=3"' in html
        assert render("{% pagination page %}", page=Paginator([1], 25).page(1), request=request) == ""

    def test_tabs_say_which_is_current_and_count_zero(self) -> None:
        entries = [
            {"label": "Open", "url": "?s=open", "current": True, "count": 0},
            {"label": "All", "url": "?"},
        ]
        html = render('{% tabs entries "Stages" %}', entries=entries)
        assert '<nav class="tabs" aria-label="Stages">' in html
        assert '<a href="?s=open" aria-current="page">Open <span class="count">0</span></a>' in html
        assert html.count("count") == 1

    def test_breadcrumbs_end_on_this_page(self) -> None:
        html = render('{% breadcrumbs "Vacancies" "/v/" "Night desk" %}')
        assert '<a href="/v/">Vacancies</a>' in html
        assert '<span aria-current="page">Night desk</span>' in html

    def test_facts_are_a_definition_list(self) -> None:
        html = render('{% facts %}{% fact "Zone" %} Lisbon {% endfact %}{% endfacts %}')
        assert html == '<dl class="facts"><div><dt>Zone</dt><dd>Lisbon</dd></div></dl>'

    def test_a_wide_table_can_be_reached_by_keyboard(self) -> None:
        html = render('{% table "All levels" stays=True %}<tbody></tbody>{% endtable %}')
        assert 'role="region" aria-labelledby="table-all-levels" tabindex="0"' in html
        assert '<caption id="table-all-levels">All levels</caption>' in html

    @pytest.mark.parametrize(
        ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><x', ""), (None, "")]
    )
    def test_only_known_colours_are_taken_from_the_cookie(self, cookie: str | None, theme: str) -> None:
        request = RequestFactory().get("/")
        if cookie is not None:
            request.COOKIES["theme"] = cookie
        assert render("{% chosen_theme %}", request=request) == theme


class TestFigures:
    def test_money_has_its_currency_its_decimals_and_its_period(self) -> None:
        assert render('{% money "9" "EUR" per="hour" %}') == '<span class="money">€9.00</span> an hour'
        assert render('{% money amount "JPY" %}', amount=1200) == '<span class="money">¥1,200</span>'
        assert "not known" in render('{% money None "EUR" %}')

    def test_a_currency_without_a_sign_stays_apart_from_the_figure(self) -> None:
        assert render('{% money "237.73" "ZAR" %}') == '<span class="money">ZAR 237.73</span>'

    def test_money_in_dutch(self) -> None:
        with override("nl"):
            assert render('{% money "1234.5" "EUR" %}') == '<span class="money">€ 1.234,50</span>'

    def test_a_range_with_equal_ends_is_one_amount(self) -> None:
        assert render('{% money_range a b "EUR" %}', a=Decimal(9), b=Decimal(9)).count("€") == 1
        assert render('{% money_range a b "EUR" %}', a=Decimal(9), b=Decimal(10)).count("€") == 2

    def test_an_unknown_period_is_refused(self) -> None:
        with pytest.raises(TemplateSyntaxError, match="fortnight"):
            render('{% money 1 "EUR" per="fortnight" %}')

    @pytest.mark.parametrize(
        ("minutes", "text"),
        [(0, "0 min"), (45, "45 min"), (60, "1 h"), (450, "7 h 30 min"), (-90, "−1 h 30 min"), (None, "")],
    )
    def test_durations(self, minutes: int | None, text: str) -> None:
        assert render("{{ minutes|duration }}", minutes=minutes) == text

    def test_a_timedelta_is_a_duration_too(self) -> None:
        assert render("{{ length|duration }}", length=timedelta(hours=2, minutes=5)) == "2 h 5 min"

    def test_clock_times_of_the_day(self) -> None:
        assert [render("{{ m|clock }}", m=m) for m in (0, 450, 1440)] == ["00:00", "07:30", "24:00"]

    def test_a_moment_on_two_clocks_repeats_the_day_only_where_it_differs(self) -> None:
        zones = '"Europe/Amsterdam" "Asia/Manila"'
        morning = render(f"{{% both_clocks m {zones} %}}", m=datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
        assert "<span>Mon 23 Nov 2026 09:00 Amsterdam</span><span>16:00 Manila</span>" in morning
        evening = render(f"{{% both_clocks m {zones} %}}", m=datetime(2026, 11, 23, 17, 30, tzinfo=UTC))
        assert (
            "<span>Mon 23 Nov 2026 18:30 Amsterdam</span><span>Tue 24 Nov 2026 01:30 Manila</span>" in evening
        )
        assert 'datetime="2026-11-23T17:30+00:00"' in evening

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (
                "en",
                "Mon 23 Nov 2026 17:30 (Lisbon), Tue 24 Nov 2026 01:30 (Manila); Mon 23 Nov 2026 17:30 (UTC)",
            ),
            (
                "nl",
                "ma 23 nov 2026 17:30 (Lissabon), di 24 nov 2026 01:30 (Manilla); ma 23 nov 2026 17:30 (UTC)",
            ),
        ],
    )
    def test_two_clocks_in_a_text_name_their_places_as_the_reader_does(
        self, language: str, text: str
    ) -> None:
        with override(language):
            words = render(
                '{% plain_clocks m "Europe/Lisbon" "Asia/Manila" %}; {% plain_clocks m "UTC" "UTC" %}',
                m=datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
            )
        assert words == text

    @pytest.mark.parametrize(
        ("language", "text"), [("en", "1 February 2027, 09:05"), ("nl", "1 februari 2027, 09:05")]
    )
    def test_dates_put_the_day_first_and_times_have_24_hours(self, language: str, text: str) -> None:
        with override(language):
            html = render('{{ m|date:"DATETIME_FORMAT" }}', m=datetime(2027, 2, 1, 9, 5, tzinfo=UTC))
        assert html == text

    def test_one_zone_is_one_clock(self) -> None:
        html = render(
            '{% both_clocks m "Europe/Lisbon" "Europe/Lisbon" %}', m=datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        )
        assert "Wed 1 Jul 2026 09:00 Lisbon</time>" in html

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(TemplateSyntaxError, match="needs a time zone"):
            render('{% moment m "Europe/Lisbon" %}', m=datetime(2026, 7, 1, 8, 0))  # noqa: DTZ001
