#!/bin/sh
set -e
if [ -d /run/systemd/system ] && { [ "$1" = remove ] || [ "$1" = upgrade ]; }; then
  deb-systemd-invoke stop spokesdesk-portal.service || true
fi
find @FOLDER@/program -type d -name __pycache__ -prune -exec rm -rf {} +
exit 0
