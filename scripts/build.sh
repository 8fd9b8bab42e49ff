#!/usr/bin/env bash
# Builds the release (server, wasm, CSS, and a compressed copy of each file) and weighs what a browser loads.
. "$(dirname "$0")/lib.sh"

say "Building the release"
cargo leptos build --release --precompress --split </dev/null
scripts/budget.sh
