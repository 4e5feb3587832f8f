"""Calendar arithmetic without MCP: plain values in, plain values out, `CalendarError` for what a caller got wrong."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_SPAN_DAYS = 366 * 400
SATURDAY = 5


class CalendarError(ValueError):
    """A question that has no answer, told in words the caller can act on."""


def parse_date(text: str, name: str) -> date:
    """Read an ISO 8601 calendar date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CalendarError(f'{name}: "{text}" is not a date; write it as YYYY-MM-DD') from None


def parse_zone(key: str, name: str) -> ZoneInfo:
    """Look up an IANA time zone."""
    try:
        return ZoneInfo(key)
    # A directory of the database, such as "Europe", raises OSError rather than ZoneInfoNotFoundError.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(f'{name}: "{key}" is not an IANA time zone; an example is Europe/Paris') from None


def shift(start: date, *, years: int, months: int, days: int) -> date:
    """Move a date; a day that the target month lacks becomes that month's last day."""
    index = (start.year + years) * 12 + (start.month - 1) + months
    year, month = index // 12, index % 12 + 1
    try:
        if not date.min.year <= year <= date.max.year:
            raise OverflowError
        moved = date(year, month, min(start.day, monthrange(year, month)[1]))
        return moved + timedelta(days=days)
    except OverflowError:
        raise CalendarError(f"the result lies outside the years {date.min.year} to {date.max.year}") from None


def list_business_days(start: date, end: date, holidays: Sequence[date]) -> list[date]:
    """List Monday to Friday from start to end, both included, without the holidays."""
    if end < start:
        raise CalendarError(f"end: {end} is before start {start}; swap them")
    span = (end - start).days
    if span > MAX_SPAN_DAYS:
        raise CalendarError(f"end: {span} days after start; at most {MAX_SPAN_DAYS} are counted")
    free = frozenset(holidays)
    days = (start + timedelta(days=offset) for offset in range(span + 1))
    return [day for day in days if day.weekday() < SATURDAY and day not in free]


def convert(text: str, source: ZoneInfo, target: ZoneInfo) -> tuple[datetime, datetime]:
    """Read a wall clock time in one zone and return it there and in the other."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise CalendarError(f'time: "{text}" is not a local time; write it as YYYY-MM-DDTHH:MM') from None
    if wall.tzinfo is not None:
        raise CalendarError(f'time: "{text}" carries an offset; leave it out, from_zone decides')
    here = wall.replace(tzinfo=source)
    try:
        # A time inside a spring-forward gap does not survive the way through UTC.
        if here.astimezone(timezone.utc).astimezone(source).replace(tzinfo=None) != wall:
            raise CalendarError(f'time: "{text}" does not exist in {source.key}; clocks skip it')
        return here, here.astimezone(target)
    except OverflowError:
        raise CalendarError(f'time: "{text}" leaves the supported years when converted') from None
