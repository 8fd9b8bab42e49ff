# What all scripts share. Sourced, never run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

# The build's tools live once per machine, by version, so that all checkouts share them.
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pilotlight/tools
cargo_leptos=0.3.10
# Must equal the version of the crate wasm-bindgen: the two speak a private format.
wasm_bindgen=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)

# The pinned tools come first, so that a wrong version elsewhere on PATH does no harm.
PATH="$tools/cargo-leptos-$cargo_leptos/bin:$tools/wasm-bindgen-cli-$wasm_bindgen/bin:$root/end2end/node_modules/.bin:$PATH"
# rustup's own folder is often missing from the PATH of a bare shell.
if ! command -v cargo >/dev/null && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
  PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fi
export PATH

# Clippy, tests and rules build the same set of features, so that nothing is built twice. `frontend` is left
# out because it would turn on app's `hydrate`, which must never meet `ssr` in one build.
native=(--workspace --exclude frontend --features app/ssr)
wasm=(-p frontend --target wasm32-unknown-unknown)
# Tests run our own code unoptimised and with all its checks, upon dependencies as the shipped server has them:
# those are compiled once. Stands after the subcommand: cargo does not pass what stands before on to clippy and nextest.
checked=(--config .config/checked.toml --release)

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
die() {
  printf '\n!! %s\n' "$*" >&2
  exit 1
}

in_ci() { [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ]; }

# Runs a command as root where that needs no question; fails where it would ask.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs Debian packages when that is possible without asking anybody.
apt_install() {
  command -v apt-get >/dev/null || return 1
  as_root true || return 1
  note "installing with apt-get: $*"
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >/dev/null 2>&1; then
    as_root apt-get update </dev/null >/dev/null || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >/dev/null
  fi
}

# Where PostgreSQL's server programs are: Debian keeps them off PATH. Empty when there are none.
postgres_initdb() {
  { find /usr/lib/postgresql /usr/local/pgsql /opt/homebrew/opt -path '*/bin/initdb' 2>/dev/null || true; } | sort -V | tail -n 1 | grep . ||
    command -v initdb || true
}

# The browser of the end-to-end tests: the one without windows starts and runs faster. Empty when there is none.
chromium_path() {
  if [ -n "${CHROMIUM:-}" ]; then
    echo "$CHROMIUM"
  else
    command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome || true
  fi
}
