from datetime import date
from zoneinfo import ZoneInfo

import pytest

from mcp_calendar_tools.dates import CalendarError, convert, list_business_days, parse_date, parse_zone, shift


@pytest.mark.parametrize(
    ("start", "years", "months", "days", "expected"),
    [
        (date(2024, 1, 31), 0, 1, 0, date(2024, 2, 29)),
        (date(2024, 2, 29), 1, 0, 0, date(2025, 2, 28)),
        (date(2026, 1, 15), 0, -1, 0, date(2025, 12, 15)),
        (date(2026, 12, 31), 0, 0, 1, date(2027, 1, 1)),
        (date(2026, 11, 23), -1, 14, -23, date(2026, 12, 31)),
    ],
)
def test_a_shift_keeps_to_the_calendar(start, years, months, days, expected):
    assert shift(start, years=years, months=months, days=days) == expected


@pytest.mark.parametrize(("years", "months", "days"), [(9000, 0, 0), (0, -99999, 0), (8000, -25 * 12, 999_999)])
def test_a_shift_out_of_the_calendar_is_refused(years, months, days):
    with pytest.raises(CalendarError, match="outside the years 1 to 9999"):
        shift(date(2026, 1, 1), years=years, months=months, days=days)


def test_business_days_leave_out_weekends_and_holidays():
    found = list_business_days(date(2026, 12, 24), date(2027, 1, 1), [date(2026, 12, 25), date(2027, 1, 1)])
    assert found == [date(2026, 12, 24)] + [date(2026, 12, day) for day in (28, 29, 30, 31)]


def test_business_days_of_a_reversed_span_are_refused():
    with pytest.raises(CalendarError, match="before start 2026-01-02"):
        list_business_days(date(2026, 1, 2), date(2026, 1, 1), [])


def test_business_days_of_a_huge_span_are_refused():
    with pytest.raises(CalendarError, match="at most 146400"):
        list_business_days(date.min, date.max, [])


def test_a_time_is_converted_with_the_offset_of_its_season():
    winter = convert("2026-01-15T12:00", ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York"))[1]
    summer = convert("2026-03-20T12:00", ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York"))[1]
    assert winter.isoformat() == "2026-01-15T06:00:00-05:00"
    assert summer.isoformat() == "2026-03-20T07:00:00-04:00"


def test_a_time_that_clocks_skip_is_refused():
    with pytest.raises(CalendarError, match="does not exist in Europe/Paris"):
        convert("2026-03-29T02:30", ZoneInfo("Europe/Paris"), ZoneInfo("UTC"))


def test_a_time_with_an_offset_is_refused():
    with pytest.raises(CalendarError, match="carries an offset"):
        convert("2026-03-29T02:30+02:00", ZoneInfo("Europe/Paris"), ZoneInfo("UTC"))


@pytest.mark.parametrize("text", ["", "2026-02-30", "tomorrow", "9999999-01-01"])
def test_a_bad_date_is_named(text):
    with pytest.raises(CalendarError, match="holidays"):
        parse_date(text, "holidays[0]")


@pytest.mark.parametrize("key", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "a\0b"])
def test_a_bad_zone_is_named(key):
    with pytest.raises(CalendarError, match="to_zone"):
        parse_zone(key, "to_zone")
