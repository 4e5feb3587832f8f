#!/usr/bin/env bash
# @renovatebot/pep440 4.2.4: `clean` joins the segments of a local version with commas. PEP 440 separates them by dots
# (https://packaging.python.org/en/latest/specifications/version-specifiers/#local-version-identifiers), and Python's packaging 26.0
# gives them back so. What `clean` returns is no version, for the package itself either.
#
# Seen: clean('1.2+ubuntu.1') → '1.2+ubuntu,1', and valid('1.2+ubuntu,1') → null; packaging: 1.2+ubuntu.1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @renovatebot/pep440@4.2.4
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "packaging==26.0"
node=$(node --input-type=module -e "import {clean, valid} from '@renovatebot/pep440'; const text = clean('1.2+ubuntu.1'); console.log(text, valid(text))")
python=$(venv/bin/python -c "from packaging.version import Version; print(Version('1.2+ubuntu.1'))")
echo "pep440: $node"
echo "packaging: $python"
test "$node" = '1.2+ubuntu,1 null'
test "$python" = '1.2+ubuntu.1'
