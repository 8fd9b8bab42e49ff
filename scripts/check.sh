#!/usr/bin/env bash
# The quick round before a commit: format, lints of both sides of the wire, and the tests of the rules.
. "$(dirname "$0")/lib.sh"

cargo fmt --all -- --check
cargo clippy "${checked[@]}" "${native[@]}" --all-targets -- -D warnings
cargo clippy --profile wasm-release "${wasm[@]}" -- -D warnings
cargo test "${checked[@]}" --quiet -p domain
