#!/usr/bin/env bash
# Runs a command beside a throwaway PostgreSQL: scripts/postgres.sh COMMAND [ARGUMENT…]
# The server has its own folder and port, belongs to an unprivileged user (it refuses to run as root), and is
# gone when the command ends. The command finds it through TEST_DATABASE_URL.
. "$(dirname "$0")/lib.sh"

initdb=$(postgres_initdb)
[ -n "$initdb" ] || die "PostgreSQL's server programs are missing. On Debian: apt-get install postgresql"
bin=$(dirname "$initdb")

dir=$(mktemp -d /tmp/pilotlight-postgres.XXXXXX)
owner=()
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user" "$dir"
  owner=(runuser -u "$user" --)
fi
# From /, because the unprivileged user may not be able to enter this folder.
as_owner() { (cd / && ${owner[@]+"${owner[@]}"} "$@"); }

stop() {
  as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_owner "$bin/initdb" -D "$dir/data" -U pilotlight -A trust -E UTF8 --no-locale >"$dir.log" 2>&1 ||
  { cat "$dir.log" >&2; die "initdb failed"; }
rm -f "$dir.log"

# Nobody needs these data tomorrow: no waiting for the disk.
fast="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
started=
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 10000))
  if as_owner "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c max_connections=300 $fast" start >/dev/null; then
    started=yes
    break
  fi
done
[ -n "$started" ] || { cat "$dir/log" >&2; die "PostgreSQL did not start"; }

export TEST_DATABASE_URL="postgres://pilotlight@127.0.0.1:$port/postgres"
note "PostgreSQL $("$bin/postgres" --version | awk '{ print $3 }') on port $port"
# Not exec: the trap must run afterwards.
"$@"
