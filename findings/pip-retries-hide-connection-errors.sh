#!/usr/bin/env bash
# pip 26.1: with `--retries 0` an index that nobody serves is told as "No matching distribution found", and the reason is not in the
# last lines; with one retry a warning names the connection. What reads pip's last words takes a network failure for a missing
# package, for example where PIP_RETRIES=0 keeps a job from waiting.
#
# Seen: retries 0 → no word of a connection; retries 1 → a warning with "connection broken"; both end with
# "No matching distribution found".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "pip==26.1"
# Nothing listens on the discard port of this machine.
ask() { PIP_NO_INPUT=1 venv/bin/pip install --quiet --disable-pip-version-check --retries "$1" --index-url http://127.0.0.1:9/simple demo 2>&1 || true; }
none=$(ask 0)
one=$(ask 1)
printf '%s\n--\n%s\n' "$none" "$one"
grep -q 'No matching distribution found for demo' <<< "$none"
! grep -qi 'connection' <<< "$none"
grep -q 'No matching distribution found for demo' <<< "$one"
grep -qi 'connection' <<< "$one"
