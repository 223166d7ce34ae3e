#!/bin/sh
# Starts SpokesDesk with the first Python of this machine that the program was built for.
# "current" names the program folder in use and after it the one before; an update writes it anew in one step.
set -u
here=$(dirname "$(readlink -f "$0")")
unset PYTHONPATH PYTHONHOME
# Neither packages of the user nor files of the folder one stands in change the program.
export PYTHONSAFEPATH=1 PYTHONNOUSERSITE=1
names=program
if [ -r "$here/current" ]; then
  names="$(head -c 400 "$here/current" | tr -cd 'A-Za-z0-9._ \n-') program"
fi
for name in $names; do
  [ -f "$here/$name/BUILD.json" ] || continue
  for version in 3.13 3.12 3.11; do
    python=$here/$name/bin/python$version
    if [ -x "$python" ]; then
      exec "$python" -m spokesdesk "$@"
    fi
  done
done
echo "Không mở được SpokesDesk: máy này chưa có Python 3.11, 3.12 hoặc 3.13 ở /usr/bin, hoặc thư mục $here thiếu tệp." >&2
echo "Dữ liệu của bạn vẫn nguyên." >&2
exit 1
