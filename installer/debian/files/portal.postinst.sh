#!/bin/sh
set -e
user=spokesdesk-portal
case "$1" in
  configure)
    if ! getent passwd "$user" >/dev/null; then
      adduser --system --group --quiet --home /var/lib/spokesdesk-portal --no-create-home --gecos "SpokesDesk portal" "$user"
    fi
    install -d -o "$user" -g "$user" -m 0700 /var/lib/spokesdesk-portal
    # The configuration may hold the database's password.
    chown root:"$user" /etc/spokesdesk-portal/portal.toml
    chmod 0640 /etc/spokesdesk-portal/portal.toml
    ;;
esac
case "$1" in
  configure | triggered)
    for version in 3.13 3.12 3.11; do
      python=/usr/bin/python$version
      if [ -x "$python" ]; then
        "$python" -I -m compileall -q -j 0 --invalidation-mode unchecked-hash @FOLDER@/program/lib >/dev/null || true
      fi
    done
    ;;
esac
if [ "$1" = configure ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  if [ -z "$2" ]; then
    deb-systemd-helper enable spokesdesk-portal.service
  fi
  deb-systemd-invoke restart spokesdesk-portal.service || true
fi
exit 0
