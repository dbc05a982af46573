"""A week of from–until times, several a day, quarter hours, perhaps over midnight."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.forms.kept import KeptForm
from candidates.rules.week import DAY_MINUTES, QUICK_PICKS, Span, mask_of, overlaps, spans_of, union
from candidates.words import clock_words
from common.week import EMPTY_WEEK, QUARTER_MINUTES

ROWS_SHOWN = 3
MOST_ROWS = 12
FIELD = re.compile(r"d([0-6])_(\d{1,2})_(from|until)")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


class ClockField(forms.CharField):
    """A time of the day as minutes from midnight; 24:00 is 1440."""

    widget = forms.TimeInput(attrs={"type": "time", "step": QUARTER_MINUTES * 60})

    def to_python(self, value: Any) -> Any:
        """None when empty. Raises on an impossible time or one off the quarter hour."""
        text = str(super().to_python(value) or "")
        if not text:
            return None
        found = TIME.fullmatch(text)
        minute = int(found[1]) * 60 + int(found[2]) if found else -1
        if not found or not 0 <= minute <= DAY_MINUTES or int(found[2]) > 59:
            raise forms.ValidationError(
                _("“%(text)s” is not a time of the day. Write it like 09:00 or 21:30."),
                params={"text": text[:20]},
            )
        if minute % QUARTER_MINUTES:
            raise forms.ValidationError(
                _("%(text)s is not on the quarter of an hour. Use a time like 09:00, 09:15, 09:30 or 09:45."),
                params={"text": text[:20]},
            )
        return minute


class TimesRow(NamedTuple):
    """The two fields of one stretch of time."""

    start: BoundField
    end: BoundField


class Day(NamedTuple):
    """One weekday: its name, the row always shown, the further ones, and whether those hold something."""

    name: str
    first: TimesRow
    more: list[TimesRow]
    more_used: bool


class WeekForm(KeptForm):
    """Three rows a weekday, more where more are stored or sent."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, mask: bytes = EMPTY_WEEK, **kwargs: Any
    ) -> None:
        stored = week_fields(spans_of(mask))
        super().__init__(data, initial={**stored, **kwargs.pop("initial", {})}, **kwargs)
        sent = self.data if self.is_bound else stored
        self.row_counts = _row_counts(sent)
        self.shown_mask: bytes | None = None if self.is_bound else mask
        self.spans: list[Span] = []
        self.unreadable = False
        week = {}
        for day, rows in enumerate(self.row_counts):
            for row in range(rows):
                for part, words in (("from", gettext_lazy("from")), ("until", gettext_lazy("until"))):
                    label = f"{capfirst(str(WEEKDAYS[day]))}, {words}"
                    week[f"d{day}_{row}_{part}"] = ClockField(label=label, required=False)
        self.fields = {**week, **self.fields}

    def days(self) -> Iterator[Day]:
        """The fields by weekday, for the page."""
        for day, rows in enumerate(self.row_counts):
            times = [TimesRow(self[f"d{day}_{row}_from"], self[f"d{day}_{row}_until"]) for row in range(rows)]
            used = any(field.value() or field.errors for row in times[1:] for field in row)
            yield Day(capfirst(str(WEEKDAYS[day])), times[0], times[1:], used)

    @property
    def week_has_errors(self) -> bool:
        """Whether a time cannot be read or two stretches collide."""
        return any(FIELD.fullmatch(name) for name in self.errors)

    def clean(self) -> dict[str, Any]:
        """Put the times together; every problem is told at the row that has it."""
        cleaned = super().clean() or self.cleaned_data
        rows = [
            found
            for day in range(7)
            for row in range(self.row_counts[day])
            if (found := self._span(day, row))
        ]
        spans = [span for span, _name in rows]
        self.unreadable = self.week_has_errors
        for one, other in overlaps(spans):
            later = max(one, other)
            self.add_error(
                rows[later][1],
                _("%(one)s and %(other)s overlap. Change one of them.")
                % {"one": span_words(spans[one]), "other": span_words(spans[other])},
            )
        self.spans = sorted(spans)
        self.shown_mask = None if self.week_has_errors else mask_of(self.spans)
        cleaned["mask"] = self.shown_mask or EMPTY_WEEK
        return cleaned

    def _span(self, day: int, row: int) -> tuple[Span, str] | None:
        first, last = f"d{day}_{row}_from", f"d{day}_{row}_until"
        if first in self.errors or last in self.errors:
            return None
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start is None and end is None:
            return None
        if start is None or end is None:
            missing = first if start is None else last
            self.add_error(missing, _("Fill in both times of this row, or neither."))
        elif start == DAY_MINUTES:
            self.add_error(first, _("A stretch cannot begin at 24:00. Use 00:00 on the next day."))
        elif start == end != 0:
            self.add_error(
                last,
                _(
                    "It begins and ends at the same time. For a whole day write 00:00 until 24:00; else change one."
                ),
            )
        else:
            return Span(day, start, end % DAY_MINUTES), first
        return None


def week_fields(spans: Iterable[Span]) -> dict[str, str]:
    """Field names and texts that show `spans`."""
    fields: dict[str, str] = {}
    used = [0] * 7
    for day, start, end in sorted(spans):
        fields[f"d{day}_{used[day]}_from"] = clock_words(start)
        fields[f"d{day}_{used[day]}_until"] = clock_words(end)
        used[day] += 1
    return fields


def with_quick_pick(data: QueryDict, pick: str, spans: list[Span]) -> tuple[QueryDict, bytes]:
    """The sent data with a quick pick put to the times that it holds (`spans`), and the week that this makes."""
    held = mask_of(spans)
    if pick == "clear":
        held = EMPTY_WEEK
    elif pick == "copy" and spans:
        first = [span for span in spans if span.weekday == min(spans).weekday]
        held = mask_of(span._replace(weekday=day) for day in range(5) for span in first)
    elif pick in QUICK_PICKS:
        held = union(held, mask_of(QUICK_PICKS[pick]))
    data = data.copy()
    for name in [name for name in data if FIELD.fullmatch(name)]:
        del data[name]
    for name, text in week_fields(spans_of(held)).items():
        data[name] = text
    return data, held


def span_words(span: Span) -> str:
    """A stretch in words: Monday 22:00–06:00."""
    return f"{WEEKDAYS[span.weekday]} {clock_words(span.start_minute)}–{clock_words(span.end_minute)}"


def _row_counts(sent: Mapping[str, Any]) -> list[int]:
    counts = [ROWS_SHOWN] * 7
    for name in sent:
        if found := FIELD.fullmatch(name):
            counts[int(found[1])] = min(max(counts[int(found[1])], int(found[2]) + 1), MOST_ROWS)
    return counts
