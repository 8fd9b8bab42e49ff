#!/usr/bin/env bash
# Measures what docs/development.md promises, prints a table and writes it to target/bench.json. Not part of the
# tests: figures are ratios of one run on one machine, and a busy machine makes them worthless.
. "$(dirname "$0")/lib.sh"

for tool in nginx wrk; do
  package=$tool
  [ "$tool" = nginx ] && package=nginx-light
  command -v "$tool" >/dev/null || apt_install "$package" || die "$tool is missing. On Debian: apt-get install $package"
done
CHROMIUM=$(chromium_path)
[ -n "$CHROMIUM" ] || die "Chromium is missing. On Debian: apt-get install chromium-headless-shell; elsewhere set CHROMIUM to a browser's path"
export CHROMIUM
(cd end2end/bench && PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-package-lock --no-audit --no-fund </dev/null)
scripts/rivals.sh

mkdir -p target/bench
rm -f target/bench/*.json
say "What grows, beside a thousand tokens and a million (some minutes)"
scripts/postgres.sh cargo bench --quiet -p backend --bench growth </dev/null | tail -n 1 >target/bench/growth.json
say "Embeds and pages"
(cd end2end && npx --no-install playwright test -c bench/bench.config.ts "$@")
say "Table"
node end2end/bench/table.mjs
