#!/usr/bin/env bash
# Runs the end-to-end tests against the release build; arguments go to Playwright. `shots` takes the pictures.
. "$(dirname "$0")/lib.sh"

CHROMIUM=$(chromium_path)
[ -n "$CHROMIUM" ] || die "Chromium is missing. On Debian: apt-get install chromium; elsewhere set CHROMIUM to a browser's path"
export CHROMIUM
cd end2end
if [ "${1:-}" = shots ]; then
  exec npm run --silent shots
fi
exec npx --no-install playwright test "$@"
