from datetime import date

import pytest

pytest.importorskip("dateutil")

from mcp_calendar_tools.dates import CalendarError  # noqa: E402
from mcp_calendar_tools.recurrence import expand  # noqa: E402


def test_the_last_friday_of_each_month_is_found():
    found = expand("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 1), 3)
    assert found == [date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 27)]


def test_a_rule_with_an_end_stops_there():
    assert len(expand("RRULE:FREQ=DAILY;COUNT=2", date(2026, 1, 1), 10)) == 2


@pytest.mark.parametrize("rule", ["", "FREQ=SOMETIMES", "FREQ=SECONDLY", "every friday", "FREQ=DAILY\nRDATE:20260101"])
def test_a_bad_rule_is_named(rule):
    with pytest.raises(CalendarError, match="rule"):
        expand(rule, date(2026, 1, 1), 1)
