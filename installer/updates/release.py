"""Publishes versions to update to: ``python3 installer/updates/release.py add|stamp …``, after the ceremony."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import SetupError, run_door, say
from installer.updates.door import in_environment

ARCHIVE = re.compile(
    r"SpokesDesk-(?P<version>[0-9][0-9a-z.]*)-(?P<platform>linux-x86_64|windows-amd64)\.tar\.zst"
)
CHANGES = ROOT / "resources" / "updates" / "changes.md"


def main(arguments: list[str]) -> int:
    """Do one step of a release."""
    given = _parser().parse_args(arguments)
    in_environment()
    given.run(given)
    return 0


def changes_of(version: str, text: str) -> list[str]:
    """Give what users notice in a version, one line each.

    Args:
        text: of ``resources/updates/changes.md``.

    Raises:
        SetupError: nobody has written it.
    """
    section = re.search(
        rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    lines: list[str] = []
    for line in section[1].splitlines() if section else ():
        if line.startswith("- "):
            lines.append(line[2:].strip())
        elif line.startswith("  ") and lines:
            lines[-1] += f" {line.strip()}"
    if not lines:
        raise SetupError(f"{CHANGES.name}: chưa ghi bản {version} có gì mới (mục “## {version}”).")
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Phát hành bản mới để chương trình tự cập nhật.")
    steps = parser.add_subparsers(required=True, metavar="add|stamp")
    add = steps.add_parser("add", help="thêm các gói của một bản, ký danh mục")
    add.add_argument("repository", type=Path, help="kho phát hành: metadata, targets")
    add.add_argument(
        "archive", type=Path, nargs="+", help="SpokesDesk-SỐ-linux-x86_64.tar.zst, …-windows-amd64.tar.zst"
    )
    add.add_argument("--channel", choices=("stable", "trial"), required=True)
    add.add_argument("--changes", type=Path, default=CHANGES, help="bản này có gì mới (Markdown)")
    for role in ("targets", "snapshot", "timestamp"):
        add.add_argument(f"--{role}", type=Path, required=True, metavar="KHÓA")
    add.set_defaults(run=_add)
    stamp = steps.add_parser("stamp", help="gia hạn danh mục; ít nhất mỗi tháng một lần")
    stamp.add_argument("repository", type=Path)
    stamp.add_argument("--timestamp", type=Path, required=True, metavar="KHÓA")
    stamp.set_defaults(run=_stamp)
    return parser


def _add(given: argparse.Namespace) -> None:
    from installer.updates import keys, repository

    entries = []
    for archive in given.archive:
        named = ARCHIVE.fullmatch(archive.name)
        if named is None:
            raise SetupError(f"{archive.name}: tên gói không đúng dạng.")
        changes = changes_of(named["version"], given.changes.read_text(encoding="utf-8"))
        told = {**named.groupdict(), "channel": given.channel, "changes": changes}
        entries.append(repository.add_target(given.repository, archive, told))
    signers = {
        role: keys.opened(getattr(given, role), keys.asked(getattr(given, role)))
        for role in repository.ONLINE
    }
    repository.publish(given.repository, entries, signers, datetime.now(UTC))
    say(
        f"Đã ký danh mục với {len(entries)} gói, kênh {given.channel}. Chép cả thư mục {given.repository} lên máy chủ."
    )


def _stamp(given: argparse.Namespace) -> None:
    from installer.updates import keys, repository

    repository.stamp(
        given.repository, keys.opened(given.timestamp, keys.asked(given.timestamp)), datetime.now(UTC)
    )
    say(f"Danh mục còn hạn thêm {repository.DAYS['timestamp']} ngày.")


if __name__ == "__main__":
    sys.exit(run_door(main))
