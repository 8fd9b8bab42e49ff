#!/usr/bin/env bash
# Installs what a build needs, and only what is missing: the wasm target, cargo-leptos, wasm-bindgen and the
# npm packages. The programs land in the machine's cache (scripts/lib.sh), the packages in end2end/node_modules.
. "$(dirname "$0")/lib.sh"

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

work=
trap '[ -z "$work" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# A folder beside the tools, where they are made: a finished one is moved into its place in one step.
make_room() {
  [ -z "$work" ] || return 0
  mkdir -p "$tools"
  # What an install left behind that was killed.
  find "$tools" -maxdepth 1 -name '.work-*' -mtime +0 -exec rm -rf {} +
  work=$(mktemp -d "$tools/.work-XXXXXX")
}

# These tools run for seconds, so they are built as fast as can be, without optimisation. Both are built in one
# target folder: what the second needs, the first has mostly compiled. Nothing of this project's flags may reach
# them, hence the other folder; the toolchain is the project's all the same.
build() { # package, version, flags for cargo install
  local package=$1 version=$2 toolchain
  shift 2
  toolchain=$(rustup show active-toolchain 2>/dev/null | awk '{ print $1; exit }' || true)
  (
    cd "$work"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_TARGET_DIR
    [ -z "$toolchain" ] || export RUSTUP_TOOLCHAIN=$toolchain
    CARGO_PROFILE_DEV_DEBUG=0 cargo install --debug --target-dir "$work/target" --root "$work/$package" \
      --version "$version" "$@" "$package" </dev/null
  )
}

# A prebuilt binary where cargo-binstall is present and works.
fetch() { # package, version
  cargo binstall -V >/dev/null 2>&1 || return 1
  timeout 180 cargo binstall --no-confirm --disable-telemetry --root "$work/$1" --version "$2" \
    --disable-strategies compile "$1" </dev/null
}

install_tool() { # package, version, binary, flags for cargo install
  local package=$1 version=$2 binary=$3
  shift 3
  has_version "$binary" "$version" && return
  make_room
  say "Installing $package $version"
  if ! fetch "$package" "$version" || ! has_version "$work/$package/bin/$binary" "$version"; then
    note "no prebuilt one; building it from source (some minutes, once per machine)"
    rm -rf "${work:?}/$package"
    build "$package" "$version" "$@"
  fi
  has_version "$work/$package/bin/$binary" "$version" ||
    die "$package $version was installed, but $binary does not answer with that version."
  rm -rf "$tools/$package-$version"
  mv "$work/$package" "$tools/$package-$version"
}

# Brotli alone is worth optimising: it compresses the release's files.
install_tool cargo-leptos "$cargo_leptos" cargo-leptos --locked --config 'profile.dev.package.brotli.opt-level=3'
install_tool wasm-bindgen-cli "$wasm_bindgen" wasm-bindgen

if ! [ end2end/node_modules/.package-lock.json -nt end2end/package-lock.json ]; then
  say "Installing the npm packages"
  (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund </dev/null)
  touch end2end/node_modules/.package-lock.json
fi
