#!/bin/sh
set -e
case "$1" in
  configure | triggered)
    # Compiled once here, for the Pythons this machine has: starting would cost seconds otherwise.
    for version in 3.13 3.12 3.11; do
      python=/usr/bin/python$version
      if [ -x "$python" ]; then
        "$python" -I -m compileall -q -j 0 --invalidation-mode unchecked-hash @FOLDER@/program/lib >/dev/null || true
      fi
    done
    ;;
esac
exit 0
