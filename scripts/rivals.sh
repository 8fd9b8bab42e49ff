#!/usr/bin/env bash
# Installs and builds what our pages are compared with: end2end/bench/rivals/README.md.
. "$(dirname "$0")/lib.sh"

cd end2end/bench/rivals
# better-sqlite3 is C++. Where Node.js comes with its headers, as Debian's does, it is compiled with them: not every
# network reaches the place of the prebuilt ones. Otherwise npm does what it always does.
headers=$(sed -n 's/^#define NODE_MAJOR_VERSION //p' /usr/include/node/node_version.h 2>/dev/null || true)
if [ "$headers" = "$(node -p 'process.versions.node.split(".")[0]')" ]; then
  export npm_config_nodedir=/usr npm_config_build_from_source=true
fi
npm install --no-package-lock --no-audit --no-fund </dev/null
npm run --silent build </dev/null
