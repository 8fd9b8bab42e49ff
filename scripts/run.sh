#!/usr/bin/env bash
# Serves the release build; the sandbox plays Meta unless a Meta app is configured. Ctrl-C ends it.
. "$(dirname "$0")/lib.sh"

base=${PILOTLIGHT_BASE_URL:-http://${PILOTLIGHT_LISTEN:-127.0.0.1:3000}}
control=http://${PILOTLIGHT_SANDBOX_CONTROL_LISTEN:-127.0.0.1:3011}
say "Pilotlight"
note "Open                $base"
if [ -z "${PILOTLIGHT_INSTAGRAM_CLIENT_ID:-}${PILOTLIGHT_FACEBOOK_CLIENT_ID:-}" ]; then
  note "Play Meta's part    $control/sandbox   (expire a token, change a password, move the clock)"
  note "Demo people         Instagram: paul, best.of.instagram, seoul.bakery, quiet.start, mallory.tables"
  note "                    Facebook: fiona.field (two Pages with an account each), noah.nopage (none)"
fi
printf '\n'
exec target/release/pilotlight serve
