import json
import signal
import subprocess
import sys
from importlib.util import find_spec

import pytest

from mcp_calendar_tools import NAME, __version__
from mcp_calendar_tools.cli import main

COMMAND = [sys.executable, "-m", "mcp_calendar_tools"]


def message(method, params=None, identifier=None):
    body = {"jsonrpc": "2.0", "method": method, "params": params or {}}
    return body if identifier is None else {**body, "id": identifier}


@pytest.fixture
def server():
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def send(process, body):
    process.stdin.write(json.dumps(body) + "\n")
    process.stdin.flush()


def ask(process, request):
    send(process, request)
    return json.loads(process.stdout.readline())["result"]


def initialize(process):
    params = {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1.0.0"},
    }
    result = ask(process, message("initialize", params, 1))
    send(process, message("notifications/initialized"))
    return result


def test_the_server_introduces_itself_with_the_package_version(server):
    info = initialize(server)["serverInfo"]
    assert (info["name"], info["version"]) == (NAME, __version__)


def test_the_tools_are_listed_with_schemas(server):
    initialize(server)
    tools = {tool["name"]: tool for tool in ask(server, message("tools/list", identifier=2))["tools"]}
    expected = {"add_to_date", "business_days", "describe_date", "convert_time"}
    assert set(tools) == expected | ({"expand_recurrence"} if find_spec("dateutil") else set())
    assert tools["convert_time"]["inputSchema"]["required"] == ["time", "from_zone", "to_zone"]
    assert all(tool["description"] and tool["outputSchema"]["type"] == "object" for tool in tools.values())


def test_a_call_is_answered_with_structured_content(server):
    initialize(server)
    call = {"name": "add_to_date", "arguments": {"date": "2026-11-23", "weeks": 1, "days": 1}}
    result = ask(server, message("tools/call", call, 2))
    assert result["structuredContent"]["date"] == "2026-12-01"
    assert result["structuredContent"]["iso_week"] == "2026-W49"


def test_a_mistake_of_the_caller_is_explained(server):
    initialize(server)
    call = {"name": "describe_date", "arguments": {"date": "23.11.2026"}}
    result = ask(server, message("tools/call", call, 2))
    assert result["isError"] is True
    assert 'date: "23.11.2026" is not a date; write it as YYYY-MM-DD' in result["content"][0]["text"]


def test_the_server_leaves_when_stdin_closes(server):
    initialize(server)
    server.stdin.close()
    assert server.wait(timeout=10) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to handle")
def test_the_server_leaves_on_sigterm(server):
    initialize(server)
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=10) == 0


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as exit_info:
        main(["--version"])
    assert exit_info.value.code == 0
    assert capsys.readouterr().out == f"{NAME} {__version__}\n"
