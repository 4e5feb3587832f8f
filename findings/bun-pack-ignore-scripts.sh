#!/usr/bin/env bash
# Bun 1.3.14: `bun pm pack` obeys `ignore-scripts=true` of .npmrc for the scripts of the package itself, says nothing of it, and
# ends with 0: the file that `prepack` makes is missing. npm 11 can be told otherwise for one command
# (`npm pack --ignore-scripts=false`); bun has no such option, and npm_config_ignore_scripts=false in its environment changes
# nothing. Whoever keeps the scripts of dependencies away by .npmrc publishes an unbuilt package.
#
# Seen: npm packs package.json and made.js; bun packs package.json alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix tools bun@1.3.14 npm@11.19.1
mkdir project
cd project
cat > package.json <<'JSON'
{"name": "packed", "version": "1.0.0", "files": ["made.js"],
 "scripts": {"prepack": "node -e \"require('fs').writeFileSync('made.js', '1')\""}}
JSON
echo 'ignore-scripts=true' > .npmrc
npm_config_ignore_scripts=false ../tools/node_modules/.bin/bun pm pack --quiet > /dev/null
bun=$(tar -tzf packed-1.0.0.tgz | sort | tr '\n' ' ')
rm -f packed-1.0.0.tgz made.js
../tools/node_modules/.bin/npm pack --silent --ignore-scripts=false > /dev/null
npm=$(tar -tzf packed-1.0.0.tgz | sort | tr '\n' ' ')
echo "bun: $bun"
echo "npm: $npm"
test "$bun" = 'package/package.json '
test "$npm" = 'package/made.js package/package.json '
