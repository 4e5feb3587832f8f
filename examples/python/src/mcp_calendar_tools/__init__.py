"""An MCP server for calendar questions."""

from importlib.metadata import version

NAME = "mcp-calendar-tools"
# pyproject.toml is the only place that holds the version.
__version__ = version(NAME)
