#!/usr/bin/env bash
# Weighs the wasm and JavaScript of a page as a browser loads them (brotli) and fails above the budget.
. "$(dirname "$0")/lib.sh"

budget=$((350 * 1024))
pkg=target/site/pkg
# cargo-leptos leaves the files of earlier builds in place; hash.txt names the current ones.
hash_of() { awk -v kind="$1:" '$1 == kind { print $2 }' target/release/hash.txt; }

total=0
for kind in wasm js; do
  file="$pkg/pilotlight.$(hash_of "$kind").$kind.br"
  [ -s "$file" ] || die "$file is missing: build with cargo leptos build --release --precompress"
  bytes=$(wc -c <"$file")
  total=$((total + bytes))
  printf '   %-5s %8d bytes brotli\n' "$kind" "$bytes"
done
printf '   %-5s %8d bytes brotli: %d%% of the budget of %d\n' total "$total" $((100 * total / budget)) "$budget"
[ "$total" -le "$budget" ] || die "A page loads more wasm and JavaScript than the budget allows. See docs/development.md."
