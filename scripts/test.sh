#!/usr/bin/env bash
# Every test there is. Each stage says its verdict and its time; a broken one does not keep the next from running.
# The last line is `N passed, M failed`; a stage that is no test suite counts as one test.
. "$(dirname "$0")/lib.sh"
# From here on a failure is counted, not fatal.
set +e

logs=$root/target/test-logs
mkdir -p "$logs"
passed=0 failed=0 skipped=0
lines=() times=()

# What a stage may cost, in seconds: the table in docs/development.md is the only place that says so.
budget_of() { awk -F ' *[|] *' -v stage="$1" '$2 == stage { budget = $3 } END { print budget + 0 }' docs/development.md; }

# The mark of what has taken too long. It fails nothing, because machines differ.
over() { [ "$1" -le "$2" ] || printf '   !!! OVER ITS BUDGET'; }

report() { # verdict, stage, seconds, detail
  local budget line
  budget=$(budget_of "$2")
  line=$(printf '%-8s %-24s %5ds of %5ds   %s%s' "$1" "$2" "$3" "$budget" "$4" "$(over "$3" "$budget")")
  lines+=("$line")
  times+=("$(printf '{"name": "%s", "seconds": %d, "budget": %d, "verdict": "%s"}' "$2" "$3" "$budget" "$(tr A-Z a-z <<<"$1")")")
  printf '\n-- %s\n' "$line"
}

# Runs a command, shows and keeps what it prints. Leaves its exit code in $code and its time in $seconds.
run() { # stage, command…
  local start=$SECONDS
  log=$logs/${1//[^A-Za-z0-9]/-}.log
  say "$1"
  shift
  "$@" </dev/null 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  seconds=$((SECONDS - start))
}

stage() { # name, command…
  run "$@"
  if [ "$code" = 0 ]; then
    passed=$((passed + 1))
    report passed "$1" "$seconds" ""
  else
    failed=$((failed + 1))
    report FAILED "$1" "$seconds" "exit code $code, $log"
  fi
}

suite() { # name, how to count ("passed failed skipped" from the log), command…
  local name=$1 count=$2 ok bad skip
  shift 2
  run "$name" "$@"
  read -r ok bad skip < <("$count" "$log")
  ok=${ok:-0} bad=${bad:-0} skip=${skip:-0}
  # A runner that broke, or ran nothing, has failed even if it counted no failure.
  if [ "$bad" = 0 ] && { [ "$code" != 0 ] || [ "$ok" = 0 ]; }; then bad=1; fi
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
  if [ "$bad" = 0 ]; then
    report passed "$name" "$seconds" "$ok tests"
  else
    report FAILED "$name" "$seconds" "$bad of $((ok + bad)) tests, $log"
  fi
}

missing() { # stage, what to do
  if in_ci; then
    failed=$((failed + 1))
    report FAILED "$1" 0 "$2"
  else
    skipped=$((skipped + 1))
    report SKIPPED "$1" 0 "!!! $2"
  fi
}

count_nextest() {
  awk '/Summary \[/ { line = $0 }
    END {
      n = split(line, word, /[ ,()]+/)
      for (i = 2; i <= n; i++) {
        if (word[i] == "passed") ok = word[i - 1]
        if (word[i] == "failed") bad += (word[i - 1] == "exec") ? word[i - 2] : word[i - 1]
        if (word[i] == "timed") bad += word[i - 1]
        if (word[i] == "skipped") skip = word[i - 1]
      }
      print ok + 0, bad + 0, skip + 0
    }' "$1"
}

count_cargo_test() {
  awk '/^test result:/ { for (i = 2; i <= NF; i++) { if ($i == "passed;") ok += $(i - 1); if ($i == "failed;") bad += $(i - 1); if ($i == "ignored;") skip += $(i - 1) } }
    END { print ok + 0, bad + 0, skip + 0 }' "$1"
}

# Playwright's own report, not what it prints. A test that passed only when it was run again has failed.
count_playwright() {
  node -e '
    const { stats } = JSON.parse(require("fs").readFileSync("end2end/test-results/report.json", "utf8"));
    console.log(stats.expected, stats.unexpected + stats.flaky, stats.skipped);' 2>/dev/null
}

rust_tests() { # wrapper…
  if cargo nextest --version >/dev/null 2>&1; then
    suite "tests" count_nextest "$@" cargo nextest run "${checked[@]}" "${native[@]}"
  else
    suite "tests" count_cargo_test "$@" cargo test "${checked[@]}" "${native[@]}" --no-fail-fast --lib --bins --tests
  fi
}

stage "tools" scripts/tools.sh
stage "test tools" scripts/test-tools.sh
stage "format" cargo fmt --all -- --check
stage "dependency rules" scripts/rules.sh
stage "style sheets parse" npm --prefix end2end run --silent css
stage "end-to-end types" npm --prefix end2end run --silent check
stage "clippy, host" cargo clippy "${checked[@]}" "${native[@]}" --all-targets -- -D warnings
stage "clippy, wasm" cargo clippy --profile wasm-release "${wasm[@]}" -- -D warnings

# Every test of the storage runs on both databases in the same run.
if [ -n "$(postgres_initdb)" ]; then
  rust_tests scripts/postgres.sh
else
  rust_tests env -u TEST_DATABASE_URL -u CI
  missing "tests, PostgreSQL" "PostgreSQL is missing, so SQLite alone was tested. On Debian: apt-get install postgresql"
fi

stage "release build and budget" scripts/build.sh
if [ -n "$(chromium_path)" ]; then
  rm -f end2end/test-results/report.json
  suite "end to end" count_playwright scripts/end2end.sh
else
  missing "end to end" "Chromium is missing. On Debian: apt-get install chromium-headless-shell; elsewhere set CHROMIUM to a browser's path"
fi

total=$SECONDS
budget=$(budget_of total)
{
  printf '{\n  "stages": [\n'
  printf '    %s\n' "${times[@]}" | sed '$!s/$/,/'
  printf '  ],\n  "total": %d,\n  "budget": %d\n}\n' "$total" "$budget"
} >target/test-times.json

say "Summary"
printf '   %s\n' "${lines[@]}"
printf '   %-8s %-24s %5ds of %5ds%s\n' "" total "$total" "$budget" "$(over "$total" "$budget")"
printf '\n%d passed, %d failed' "$passed" "$failed"
[ "$skipped" = 0 ] || printf ', %d skipped' "$skipped"
printf '\n'
[ "$failed" = 0 ]
