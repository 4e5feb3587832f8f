#!/usr/bin/env bash
# npm 12.2.2: `npm view NAME@VERSION FIELD --json` answers with a list, also for an exact version of one field. npm 11.19.1
# answers the same question with the bare value. A program that reads `.version` of the answer works with one of them alone.
#
# Seen: npm 11.19.1 → "7.0.0"; npm 12.2.2 → [ "7.0.0" ].
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# npm 12 wants a newer Node.js than some machines have.
npm install --silent --no-audit --no-fund --prefix tools node@24.15.0 old@npm:npm@11.19.1 new@npm:npm@12.2.2
ask() { tools/node_modules/.bin/node "tools/node_modules/$1/bin/npm-cli.js" view is-number@7.0.0 version --json; }
old=$(ask old | tr -d '[:space:]')
new=$(ask new | tr -d '[:space:]')
echo "npm 11.19.1: $old"
echo "npm 12.2.2:  $new"
test "$old" = '"7.0.0"'
test "$new" = '["7.0.0"]'
