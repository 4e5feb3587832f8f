"""Recurrence rules; importing this module needs the `recurrence` extra."""

from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

from .dates import CalendarError

# Finer rules can search for hours before they find one date, and a calendar of days has no use for them.
SUB_DAILY = ("SECONDLY", "MINUTELY", "HOURLY")


def expand(rule: str, start: date, limit: int) -> list[date]:
    """List the first dates of an RFC 5545 RRULE."""
    parts = rule.upper().removeprefix("RRULE:").split(";")
    if "\n" in rule or any(part == f"FREQ={frequency}" for part in parts for frequency in SUB_DAILY):
        raise CalendarError(f'rule: "{rule}" must be one RRULE with FREQ of DAILY, WEEKLY, MONTHLY or YEARLY')
    try:
        occurrences = rrulestr(rule, dtstart=datetime.combine(start, time.min))
    except (ValueError, TypeError, AttributeError) as error:
        raise CalendarError(f'rule: "{rule}" is not an RFC 5545 RRULE: {error}') from None
    return [occurrence.date() for occurrence in islice(occurrences, limit)]
