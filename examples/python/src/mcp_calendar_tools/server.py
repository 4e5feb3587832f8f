"""The MCP side: names, schemas and descriptions of the tools."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from . import NAME, __version__
from .dates import CalendarError, convert, list_business_days, parse_date, parse_zone, shift

READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

IsoDate = Annotated[str, Field(description="A calendar date, YYYY-MM-DD")]
Amount = Annotated[int, Field(ge=-100_000, le=100_000, description="How many to add; negative goes back")]
Zone = Annotated[str, Field(description="An IANA time zone, for example Europe/Paris")]


class DateFacts(BaseModel):
    """What a calendar knows about one date."""

    date: str
    weekday: str
    iso_week: str = Field(description="ISO 8601 week, for example 2026-W48")
    day_of_year: int
    quarter: int
    leap_year: bool


class BusinessDays(BaseModel):
    """The business days of a span."""

    count: int
    first: str | None
    last: str | None


class ConvertedTime(BaseModel):
    """One instant on two clocks."""

    source: str
    target: str
    source_offset: str
    target_offset: str


class Occurrences(BaseModel):
    """The dates of a recurrence rule."""

    dates: list[str]


@contextmanager
def told() -> Iterator[None]:
    """Turn a caller's mistake into a tool error, which shows the model its message."""
    try:
        yield
    except CalendarError as error:
        raise ToolError(str(error)) from error


def describe(day: date) -> DateFacts:
    """Collect the facts of a date."""
    year, week, _ = day.isocalendar()
    return DateFacts(
        date=day.isoformat(),
        weekday=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()],
        iso_week=f"{year:04}-W{week:02}",
        day_of_year=day.timetuple().tm_yday,
        quarter=(day.month + 2) // 3,
        leap_year=day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0),
    )


def add_to_date(date: IsoDate, years: Amount = 0, months: Amount = 0, weeks: Amount = 0, days: Amount = 0) -> DateFacts:
    """Add years, months, weeks and days to a date; a month too short for the day yields its last day."""
    with told():
        return describe(shift(parse_date(date, "date"), years=years, months=months, days=weeks * 7 + days))


def business_days(
    start: IsoDate,
    end: IsoDate,
    holidays: Annotated[list[str], Field(max_length=1000, description="Dates that do not count, YYYY-MM-DD")] = [],
) -> BusinessDays:
    """Count Monday to Friday between two dates, both included, leaving out the given holidays."""
    with told():
        free = [parse_date(text, f"holidays[{index}]") for index, text in enumerate(holidays)]
        found = list_business_days(parse_date(start, "start"), parse_date(end, "end"), free)
    return BusinessDays(
        count=len(found),
        first=found[0].isoformat() if found else None,
        last=found[-1].isoformat() if found else None,
    )


def describe_date(date: IsoDate) -> DateFacts:
    """Tell weekday, ISO week, day of the year, quarter and leap year of a date."""
    with told():
        return describe(parse_date(date, "date"))


def convert_time(
    time: Annotated[str, Field(description="A wall clock time, YYYY-MM-DDTHH:MM, without an offset")],
    from_zone: Zone,
    to_zone: Zone,
) -> ConvertedTime:
    """Convert a wall clock time from one time zone to another."""
    with told():
        here, there = convert(time, parse_zone(from_zone, "from_zone"), parse_zone(to_zone, "to_zone"))
    return ConvertedTime(
        source=here.isoformat(),
        target=there.isoformat(),
        source_offset=here.strftime("%z"),
        target_offset=there.strftime("%z"),
    )


def expand_recurrence(
    rule: Annotated[str, Field(max_length=500, description="An RFC 5545 RRULE, for example FREQ=MONTHLY;BYDAY=-1FR")],
    start: IsoDate,
    limit: Annotated[int, Field(ge=1, le=100, description="How many dates to list")] = 10,
) -> Occurrences:
    """List the first dates of a recurrence rule."""
    from .recurrence import expand

    with told():
        found = expand(rule, parse_date(start, "start"), limit)
    return Occurrences(dates=[day.isoformat() for day in found])


def create_server() -> MCPServer:
    """Build the server; the recurrence tool is there when its extra is installed."""
    # Only what goes wrong is worth a line in the client's log.
    server = MCPServer(NAME, version=__version__, title="Calendar tools", log_level="WARNING")
    tools = [add_to_date, business_days, describe_date, convert_time]
    if find_spec("dateutil") is not None:
        tools.append(expand_recurrence)
    for tool in tools:
        server.add_tool(tool, annotations=READ_ONLY)
    return server
