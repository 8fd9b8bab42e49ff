#!/usr/bin/env bash
# Serves a debug build on http://127.0.0.1:3000 and rebuilds at every change of code or CSS.
. "$(dirname "$0")/lib.sh"
exec cargo leptos watch -- serve
