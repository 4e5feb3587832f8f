#!/usr/bin/env bash
# mcp 2.3.0 (Python): `MCPServer("demo").run()` states an empty serverInfo.version. FastMCP of mcp 1.30.0, whose place it takes, states
# the version of the SDK. In neither case is it the version of the server, and clients that show or compare versions see "" after
# an upgrade of the SDK.
#
# Seen: mcp 1.30.0 → "1.30.0"; mcp 2.3.0 → "".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
stated() {
  local version=$1 program=$2
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install --quiet --disable-pip-version-check "mcp==$version"
  printf '%s\n' "$program" > "server-$version.py"
  local request='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"finding","version":"1"}}}'
  { printf '%s\n' "$request"; sleep 8; } | timeout 20 "venv-$version/bin/python" "server-$version.py" 2> /dev/null | head -n 1 |
    python3 -c 'import json, sys; print(json.dumps(json.loads(sys.stdin.readline())["result"]["serverInfo"]["version"]))'
}
old=$(stated 1.30.0 'from mcp.server.fastmcp import FastMCP
FastMCP("demo").run()') || true
new=$(stated 2.3.0 'from mcp.server import MCPServer
MCPServer("demo").run()') || true
echo "mcp 1.30.0: $old"
echo "mcp 2.3.0:  $new"
test "$old" = '"1.30.0"'
test "$new" = '""'
