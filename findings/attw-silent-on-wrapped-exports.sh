#!/usr/bin/env bash
# @arethetypeswrong/cli 0.18.5 finds no problem in crc-32 1.2.2, whose types declare `buf`, `bstr` and `str`, although
# `import {buf} from 'crc-32'` fails in Node.js: the file assigns its exports inside of a function that it calls, where the lexer
# that Node.js asks for names does not look, and attw's check of named exports stays silent about it. A package that passes attw can still break with the first named import; only importing it shows that.
#
# Seen: attw ends with 0 and an empty list of problems; Node.js ends with a SyntaxError that names `buf`; the default import works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @arethetypeswrong/cli@0.18.5 crc-32@1.2.2
npm pack --silent crc-32@1.2.2 > /dev/null
npx --no-install attw --format json crc-32-1.2.2.tgz > report.json
problems=$(node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync("report.json", "utf8")).analysis.problems)')
grep -q 'export function buf' node_modules/crc-32/types/index.d.ts
echo "import {buf} from 'crc-32'" > named.mjs
echo "import crc from 'crc-32'; console.log(typeof crc.buf)" > default.mjs
named=$(node named.mjs 2>&1 || true)
default=$(node default.mjs)
printf 'attw: %s\nnamed: %s\ndefault: %s\n' "$problems" "$(grep SyntaxError <<< "$named")" "$default"
test "$problems" = '[]'
grep -q "SyntaxError.*'buf'" <<< "$named"
test "$default" = function
