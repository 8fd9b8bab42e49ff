#!/usr/bin/env bash
# Runs the end-to-end tests against the release build; arguments go to Playwright. `shots` takes the pictures.
. "$(dirname "$0")/lib.sh"

CHROMIUM=$(chromium_path)
[ -n "$CHROMIUM" ] || die "Chromium is missing. On Debian: apt-get install chromium-headless-shell; elsewhere set CHROMIUM to a browser's path"
export CHROMIUM
cd end2end
if [ "${1:-}" = shots ]; then
  exec npm run --silent shots
fi

mkdir -p test-results
touch test-results/.start
code=0
npx --no-install playwright test "$@" || code=$?

# Tracing every test would double the time of a run, so nothing is traced at first. What failed runs once more for
# its trace. The run above alone is judged: its report and exit code stay. Playwright exits with 1 when tests failed.
failures=test-results/files/.last-run.json
if [ "$code" = 1 ] && [ "$failures" -nt test-results/.start ] && ! grep -qF '"failedTests": []' "$failures"; then
  say "The failed tests once more, for their traces in end2end/test-results/again. Whatever comes out changes no verdict."
  cp "$failures" test-results/failed.json
  npx --no-install playwright test "$@" --last-failed --last-failed-file test-results/failed.json \
    --trace on --output test-results/again --reporter list --global-timeout 300000 || true
fi
exit "$code"
