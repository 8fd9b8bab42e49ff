#!/usr/bin/env bash
# Installs what a build needs, and only what is missing: the wasm target, cargo-leptos, wasm-bindgen and the
# npm packages. Everything lands in .tools and end2end/node_modules; nothing outside this folder changes but
# rustup's targets.
. "$(dirname "$0")/lib.sh"

cargo_leptos=0.3.10
# Must equal the version of the crate wasm-bindgen in Cargo.toml: the two speak a private format.
wasm_bindgen=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)

command -v cargo >/dev/null || die "Rust is missing. Install it with rustup (rustup.rs), then run this again."
command -v cc >/dev/null || die "A C compiler is missing (SQLite is compiled in). On Debian: apt-get install build-essential"
command -v node >/dev/null || die "Node.js 20 or newer is missing. On Debian: apt-get install nodejs npm"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js $(node --version) is too old: 20 or newer is needed."
[ -n "$wasm_bindgen" ] || die "Cargo.toml does not pin wasm-bindgen as \"=x.y.z\"."

has_wasm_target() { [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; }
if ! has_wasm_target; then
  say "Adding the target wasm32-unknown-unknown"
  command -v rustup >/dev/null && rustup target add wasm32-unknown-unknown </dev/null || true
  has_wasm_target || die "The Rust target wasm32-unknown-unknown is missing: rustup target add wasm32-unknown-unknown"
fi

has_version() { [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$2" ]; }

# A prebuilt binary where cargo-binstall is present and works, otherwise from source. These tools run for
# seconds: the light profile builds them in minutes instead of a quarter of an hour.
install_tool() { # package, version, binary, flags for cargo install
  local package=$1 version=$2 binary=$3
  shift 3
  has_version "$binary" "$version" && return
  if cargo binstall -V >/dev/null 2>&1; then
    say "Installing $package $version (prebuilt)"
    timeout 180 cargo binstall --no-confirm --disable-telemetry --root .tools --version "$version" \
      --disable-strategies compile "$package" </dev/null && has_version "$binary" "$version" && return
    note "cargo binstall did not work here; building from source"
  fi
  say "Installing $package $version from source (a few minutes, once)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --root .tools --version "$version" --force "$@" "$package" </dev/null
  has_version "$binary" "$version" || die "$package $version was installed, but $binary does not answer with that version."
}

install_tool wasm-bindgen-cli "$wasm_bindgen" wasm-bindgen
install_tool cargo-leptos "$cargo_leptos" cargo-leptos --locked

if ! [ end2end/node_modules/.package-lock.json -nt end2end/package-lock.json ]; then
  say "Installing the npm packages"
  (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund </dev/null)
  touch end2end/node_modules/.package-lock.json
fi
