#!/bin/sh
# Starts SpokesDesk with the first Python of this machine that the program was built for.
# "current" names the program folder in use and after it the one before; an update writes it anew in one step.
# "untried" names a new version until its first start, "begun" until its window is there: a version found in "begun"
# with nobody at work did not come up. It becomes "failed" and is passed over.
set -u
here=$(dirname "$(readlink -f "$0")")
unset PYTHONPATH PYTHONHOME
# Neither packages of the user nor files of the folder one stands in change the program.
export PYTHONSAFEPATH=1 PYTHONNOUSERSITE=1

told() {
  if [ -r "$here/$1" ]; then head -c 400 "$here/$1" | tr '\n' ' ' | tr -cd 'A-Za-z0-9._ -'; fi
}

# Says whether a folder may be started; notes the first start of a window.
may_start() {
  untried=$(told untried)
  begun=$(told begun)
  if [ "$1" = "${untried%% *}" ]; then
    { printf '%s %s\n' "$1" "$$" >"$here/begun" && rm -f "$here/untried"; } 2>/dev/null || :
  elif [ "$1" = "${begun%% *}" ]; then
    process=${begun#* }
    kill -0 "${process%% *}" 2>/dev/null && return 0
    mv -f "$here/begun" "$here/failed" 2>/dev/null && return 1
  fi
  return 0
}

names="$(told current) program"
failed=$(told failed)
for name in $names; do
  [ -f "$here/$name/BUILD.json" ] || continue
  [ "$name" = "${failed%% *}" ] && continue
  case "${1:-}" in
    "" | --demo | --workspace) may_start "$name" || continue ;;
  esac
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
