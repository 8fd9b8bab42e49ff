#!/usr/bin/env bash
# The rules of docs/architecture.md that Cargo's own graph and the modules' paths can prove: who may know whom,
# no circles, and one of each library that must not come twice.
. "$(dirname "$0")/lib.sh"

broken=0
tree() { cargo tree --locked --prefix none --format '{p}' "$@" | sed 's/ (.*//' | sort -u; }
verdict() { # ok or not, what
  if [ "$1" = ok ]; then
    note "ok      $2"
  else
    note "BROKEN  $2"
    broken=1
  fi
}

one_of() { # package, version pattern: exactly one version in the server's tree
  local found
  found=$(grep -E "^$1 v" <<<"$server" || true)
  if [ "$(grep -c . <<<"$found")" = 1 ] && grep -qE "^$1 v$2" <<<"$found"; then
    verdict ok "one $found"
  else
    verdict no "exactly one $1 $2, but found: ${found:-none}"
  fi
}

free_of() { # whose, its tree, what may not be in it
  local found
  found=$(grep -E "^($3) v" <<<"$2" || true)
  [ -z "$found" ] && verdict ok "$1 knows none of: ${3//|/ }" || verdict no "$1 knows ${found//$'\n'/, }"
}

no_circles_in() { # crate folders…
  local circles
  if circles=$(node scripts/cycles.mjs "$@"); then
    verdict ok "no circles of modules in: $*"
  else
    verdict no "modules know each other in a circle:"$'\n'"$circles"
  fi
}

command -v node >/dev/null || die "Node.js is missing, and scripts/cycles.mjs runs on it. Install version 20 or newer"

# Called here and not inside <<<: a failing cargo must end the script.
server=$(tree "${native[@]}" -e normal)
browser=$(tree "${wasm[@]}" -e normal)
domain=$(tree -p domain -e normal)
backend=$(tree -p backend -e normal)
sandbox=$(tree -p sandbox -e normal)
app_direct=$(tree -p app --features ssr -e normal --depth 1)

one_of libsqlite3-sys '0\.37\.'
one_of sqlx-core '0\.9\.'
one_of reqwest '0\.13\.'
one_of rustls '0\.23\.'
free_of "the server" "$server" 'aws-lc-rs|aws-lc-sys|openssl|openssl-sys|native-tls'
free_of "the browser" "$browser" 'tokio|axum|hyper|sea-orm|sqlx-core|reqwest|ring|rustls|backend|migrations|sandbox'
free_of domain "$domain" 'app|backend|migrations|sandbox|tokio|mio|socket2|reqwest|hyper|axum|leptos|sea-orm|sqlx-core|rand|getrandom|iana-time-zone|tracing'
free_of backend "$backend" 'app|frontend|sandbox|leptos|leptos_axum|axum'
free_of sandbox "$sandbox" 'app|backend|domain|leptos|sea-orm'
free_of "app (directly)" "$app_direct" 'sea-orm|reqwest|migrations|sandbox'
no_circles_in domain backend app server sandbox migrations

[ "$broken" = 0 ] || die "A rule of docs/architecture.md is broken."
