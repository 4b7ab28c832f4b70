"""Dates of records."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.dates import PartialDate
from service.formats.intake.record_dates import add_days, find_first_date, read_date, read_date_parts, read_day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-04T10:30:00Z", "2024-05-04T10:30:00Z"),
        ("2024-05-04T10:30Z", "2024-05-04T10:30:00Z"),
        ("2024-05-04 10:30:00+0200", "2024-05-04T10:30:00+02:00"),
        ("2024-05-04T10:30:00,5+02", "2024-05-04T10:30:00.5+02:00"),
        ("2024-05-04T10:30:00", "2024-05-04"),
        ("2024-05-04T25:30:00Z", "2024-05-04"),
        ("2024-5-4", "2024-05-04"),
        ("2024-05-00", "2024-05"),
        ("2024-00-00", "2024"),
        ("20240504", "2024-05-04"),
        (" 2024 ", "2024"),
        (2024, "2024"),
        ("2024-02-31", None),
        ("0000", None),
        ("2024-01/2024-02", None),
        ("May 2024", None),
        ("", None),
        (True, None),
        (["2024"], None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text: Any, date: str | None):
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([[2024, 5, 4]], "2024-05-04"),
        ([["2024", "05"]], "2024-05"),
        ([[2024]], "2024"),
        ([[2024, None]], "2024"),
        ([[987]], "0987"),
        ([2024, 5], "2024-05"),
        ([[None]], None),
        ([[]], None),
        ([], None),
        ([[2024, 13, 1]], None),
        ([[-50]], None),
        ([[99999]], None),
        ([["²"]], None),
        (7, None),
    ],
)
def test_a_date_may_come_in_parts(parts: Any, date: str | None):
    assert read_date_parts({"date-parts": parts}) == date


def test_of_several_dates_the_first_counts_as_exactly_as_another_says_it():
    record = {"a": {"date-parts": [[2024, 5]]}, "b": {"date-parts": [[2023]]}, "c": {"date-parts": [[2024, 5, 4]]}}
    assert find_first_date(record, ("a", "b", "c")) == "2024-05-04"
    assert find_first_date(record, ("b", "c")) == "2023"
    assert find_first_date({}, ("a",)) is None


def test_days_are_counted_from_the_last_that_a_date_may_mean():
    assert read_day("2024-02") == "2024-02-29"
    assert read_day(None) is None
    assert add_days("2024-02-28", 2) == "2024-03-01"
    assert add_days("9999-12-31", 1) is None


@given(
    st.text(max_size=30) | st.from_regex(r"\d{4}-\d{1,2}-\d{1,2}[T ]\d\d:\d\d(:\d\d)?([+-]\d{2,4})?", fullmatch=True)
)
def test_what_is_read_is_a_date(text: str):
    date = read_date(text)
    assert date is None or PartialDate.parse(date)
