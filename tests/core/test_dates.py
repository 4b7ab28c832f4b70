"""Dates say how much is known, and every instant is UTC."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.dates import PartialDate, format_instant, from_micros, parse_day, to_micros
from service.core.errors import InvalidValue

NAIVE = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00Z"),
        ("2024-03-01t10:00:00z", "2024-03-01T10:00:00Z"),
        ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"),
        ("2024-03-01T10:00:00-00:00", "2024-03-01T10:00:00Z"),
        ("2024-03-01T10:00:00.500Z", "2024-03-01T10:00:00.5Z"),
        ("2024-03-01T10:00:00.000Z", "2024-03-01T10:00:00Z"),
        ("2024-03-01T10:00:00.123456789Z", "2024-03-01T10:00:00.123456Z"),
        ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z"),
        ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59.999999Z"),
        ("1990-12-31T15:59:60.5-08:00", "1990-12-31T23:59:59.999999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_a_date_time_is_given_back_in_utc(text, canonical):
    parsed = PartialDate.parse(text)
    assert (parsed.text, parsed.precision) == (canonical, "instant")
    assert PartialDate.parse(canonical) == parsed


@pytest.mark.parametrize(
    ("text", "precision", "first", "days"),
    [
        ("2024-02-29", "day", datetime(2024, 2, 29, tzinfo=UTC), (date(2024, 2, 29), date(2024, 2, 29))),
        ("2024-02", "month", datetime(2024, 2, 1, tzinfo=UTC), (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-12", "month", datetime(2023, 12, 1, tzinfo=UTC), (date(2023, 12, 1), date(2023, 12, 31))),
        ("2024", "year", datetime(2024, 1, 1, tzinfo=UTC), (date(2024, 1, 1), date(2024, 12, 31))),
        ("0001", "year", datetime(1, 1, 1, tzinfo=UTC), (date(1, 1, 1), date(1, 12, 31))),
        ("9999-12", "month", datetime(9999, 12, 1, tzinfo=UTC), (date(9999, 12, 1), date(9999, 12, 31))),
    ],
)
def test_a_partial_date_stays_as_precise_as_it_came(text, precision, first, days):
    parsed = PartialDate.parse(text)
    assert (parsed.text, parsed.precision, parsed.days) == (text, precision, days)
    assert parsed.first == first


def test_an_instant_means_its_day_in_utc():
    assert PartialDate.parse("2024-03-01T00:30:00+01:00").days == (date(2024, 2, 29), date(2024, 2, 29))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2024",
        "2024\n",
        "24",
        "02024",
        "0000",
        "2024-00",
        "2024-13",
        "2024-2",
        "2024-02-30",
        "2023-02-29",
        "20240229",
        "2024-W10",
        "2024-060",
        "\uff12\uff10\uff12\uff14",
        "2024-03-01 10:00:00Z",
        "2024-03-01T10:00Z",
        "2024-03-01T24:00:00Z",
        "2024-03-01T10:60:00Z",
        "2024-03-01T10:00:61Z",
        "2024-03-01T10:00:00,5Z",
        "2024-03-01T10:00:00.Z",
        "2024-03-01T10:00:00+0100",
        "2024-03-01T10:00:00+24:00",
        "2024-03-01T10:00:00+01:60",
        "2024-03-01T10:00:00ZZ",
        "2024-02-30T10:00:00Z",
        "2024-03-01T10:00:60Z",
        "2024-03-30T23:59:60Z",
        "1990-12-31T23:59:60+01:00",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "0000-12-31T23:59:59Z",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InvalidValue) as caught:
        PartialDate.parse(text)
    assert caught.value.code == "invalid-date"


@pytest.mark.parametrize("text", ["2024-03-01T10:00:00", "2024-03-01t10:00:00.5"])
def test_a_date_time_without_offset_is_told_to_add_one(text):
    with pytest.raises(InvalidValue, match="Add Z or an offset"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-03", "2024-3-1", "2024-02-30", "2024-03-01T00:00:00Z", "0000-01-01"]
)
def test_a_day_is_a_whole_day_and_nothing_else(text):
    with pytest.raises(InvalidValue) as caught:
        parse_day(text)
    assert caught.value.code == "invalid-date"


@given(st.dates())
def test_every_day_is_read_back(day):
    assert parse_day(day.isoformat()) == day
    assert PartialDate.parse(day.isoformat()).days == (day, day)


@given(instants)
def test_every_instant_is_read_back_from_its_text(instant):
    text = format_instant(instant)
    assert PartialDate.parse(text).first == instant
    assert PartialDate.parse(text).text == text


@given(st.datetimes(min_value=NAIVE.replace(year=1, day=2), max_value=NAIVE.replace(year=9999)), offsets)
def test_an_offset_changes_the_spelling_and_not_the_instant(local, offset):
    instant = local.replace(tzinfo=offset)
    assert PartialDate.parse(instant.isoformat()).first == instant
    assert format_instant(instant) == PartialDate.parse(instant.isoformat()).text


@given(instants)
def test_microseconds_count_exactly(instant):
    assert from_micros(to_micros(instant)) == instant
    assert from_micros(to_micros(instant)).utcoffset() == timedelta(0)


@given(st.text())
def test_any_text_is_a_date_or_refused(text):
    with suppress(InvalidValue):
        canonical = PartialDate.parse(text).text
        assert PartialDate.parse(canonical).text == canonical


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (1_000_100, "1970-01-01T00:00:01.0001Z"),
        (10_000_000, "1970-01-01T00:00:10Z"),
    ],
)
def test_microseconds_count_from_the_epoch(micros, text):
    assert format_instant(from_micros(micros)) == text


def test_years_beyond_the_calendar_overflow():
    with pytest.raises(OverflowError):
        from_micros(10**18)


def test_a_time_without_offset_is_no_instant():
    with pytest.raises(ValueError, match="offset"):
        format_instant(NAIVE)
    with pytest.raises(TypeError):
        to_micros(NAIVE)


@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (NAIVE, "instant"),
        (datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=1))), "day"),
        (datetime(2024, 1, 1, 1, tzinfo=UTC), "day"),
        (datetime(2024, 1, 2, tzinfo=UTC), "month"),
        (datetime(2024, 2, 1, tzinfo=UTC), "year"),
    ],
)
def test_a_wrong_date_cannot_be_built(first, precision):
    with pytest.raises(ValueError, match="first instant"):
        PartialDate(first, precision)
