#!/usr/bin/env bash
# Installs what the tests need besides the build's tools: Chromium and PostgreSQL, from Debian's packages where
# that works without asking. What stays missing is said here; the stages that need it say it again.
. "$(dirname "$0")/lib.sh"

if [ -z "$(postgres_initdb)" ]; then
  apt_install postgresql || note "PostgreSQL is missing. On Debian: apt-get install postgresql"
fi
if [ -z "$(chromium_path)" ]; then
  apt_install chromium || note "Chromium is missing. On Debian: apt-get install chromium; elsewhere set CHROMIUM to a browser's path"
fi
