#!/usr/bin/env bash
# Installs what the tests need besides the build's tools: a browser and PostgreSQL, from Debian's packages where
# that works without asking. What stays missing is said here; the stages that need it say it again.
. "$(dirname "$0")/lib.sh"

if [ -z "$(postgres_initdb)" ]; then
  apt_install postgresql || note "PostgreSQL is missing. On Debian: apt-get install postgresql"
fi
# Also where another Chromium is installed: the one without windows makes the end-to-end tests a quarter faster.
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium-headless-shell >/dev/null; then
  apt_install chromium-headless-shell || [ -n "$(chromium_path)" ] || apt_install chromium ||
    note "Chromium is missing. On Debian: apt-get install chromium-headless-shell; elsewhere set CHROMIUM to a browser's path"
fi
# Without letters every Korean text is a row of boxes, and no picture shows whether it finds room.
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=ko)" ]; then
  apt_install fonts-nanum || note "A Korean font is missing. On Debian: apt-get install fonts-nanum"
fi
