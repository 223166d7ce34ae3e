#!/bin/sh
# The portal's command: `spokesdesk-portal serve|enrol|revoke …` with what the configuration says, as the portal's own user.
set -eu
user=spokesdesk-portal
config=/etc/spokesdesk-portal/portal.toml
if [ "$(id -u)" = 0 ] && id "$user" >/dev/null 2>&1; then
  exec setpriv --reuid="$user" --regid="$user" --init-groups -- "$0" "$@"
fi
unset PYTHONPATH PYTHONHOME
export PYTHONSAFEPATH=1 PYTHONNOUSERSITE=1
for version in 3.13 3.12 3.11; do
  python=/usr/lib/spokesdesk-portal/program/bin/python$version
  if [ -x "$python" ]; then
    if [ "$#" -eq 0 ]; then
      exec "$python" -m spokesdesk portal --help
    fi
    command=$1
    shift
    exec "$python" -m spokesdesk portal "$command" --config "$config" "$@"
  fi
done
echo "spokesdesk-portal: máy này chưa có Python 3.11, 3.12 hoặc 3.13." >&2
exit 1
