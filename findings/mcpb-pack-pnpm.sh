#!/usr/bin/env bash
# @anthropic-ai/mcpb 2.1.2: `mcpb pack` of a folder that pnpm 9.15.9 installed ends with 0, and the bundle does not start. pnpm keeps the
# dependencies of a package beside it in node_modules/.pnpm and links them; what is packed has the packages under the names of
# the links alone, so a package no longer finds its own dependencies. A folder that npm installed gives a bundle that starts.
#
# Seen: pnpm → "Cannot find package 'zod'", imported by the SDK; npm → started.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix tools @anthropic-ai/mcpb@2.1.2 pnpm@9.15.9 npm@11.19.1
mkdir project
cat > project/package.json <<'JSON'
{"name": "packed", "version": "1.0.0", "type": "module", "dependencies": {"@modelcontextprotocol/sdk": "1.32.2"}}
JSON
cat > project/manifest.json <<'JSON'
{"manifest_version": "0.3", "name": "packed", "version": "1.0.0", "description": "d", "author": {"name": "A"},
 "server": {"type": "node", "entry_point": "index.js", "mcp_config": {"command": "node", "args": ["${__dirname}/index.js"]}}}
JSON
echo "import '@modelcontextprotocol/sdk/server/mcp.js'; console.log('started')" > project/index.js
packed() {
  cp -r project "$1"
  (cd "$1" && "../tools/node_modules/.bin/$1" install --silent > /dev/null)
  tools/node_modules/.bin/mcpb pack "$1" "$1.mcpb" > /dev/null
  mkdir "$1-unpacked"
  python3 -m zipfile -e "$1.mcpb" "$1-unpacked"
  (cd "$1-unpacked" && node index.js 2>&1) || true
}
npm=$(packed npm)
pnpm=$(packed pnpm)
echo "npm:  $npm"
echo "pnpm: $(grep -m1 'Cannot find package' <<< "$pnpm" || echo "$pnpm")"
test "$npm" = started
grep -q "Cannot find package 'zod'" <<< "$pnpm"
