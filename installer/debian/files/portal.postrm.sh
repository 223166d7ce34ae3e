#!/bin/sh
set -e
if [ "$1" = purge ]; then
  if [ -x /usr/bin/deb-systemd-helper ]; then
    deb-systemd-helper purge spokesdesk-portal.service >/dev/null || true
  fi
  # What was published belongs to the agency: only an empty folder goes.
  if [ -d /var/lib/spokesdesk-portal ] && ! rmdir /var/lib/spokesdesk-portal 2>/dev/null; then
    echo "spokesdesk-portal: dữ liệu của cổng còn nguyên ở /var/lib/spokesdesk-portal." >&2
  fi
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || true
fi
exit 0
