"""The command line: `mcp-calendar-tools` serves MCP over stdin and stdout."""

import argparse
import os
import signal
from collections.abc import Sequence

from . import NAME, __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; stdout belongs to the protocol, so everything else goes to stderr."""
    parser = argparse.ArgumentParser(prog=NAME, description="MCP server for calendar questions, over stdio")
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    parser.parse_args(argv)

    # Every answer is flushed when written and nothing is kept, so there is nothing to save; an orderly
    # shutdown would wait for the thread that reads stdin.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _signal, _frame: os._exit(0))

    # Imported late, so that --version does not wait for the SDK.
    from .server import create_server

    create_server().run("stdio")
    return 0
