"""The ceremony of the keys: ``python3 installer/updates/ceremony.py new-key|root|sign|finish …``.

Three people hold a root key each, on a machine without a network; two of them make every root valid. What one hands to
the next is a file: see "Updates" in installer/RELEASE.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import run_door, say
from installer.updates.door import in_environment

SHIPPED = ROOT / "resources" / "updates" / "root.json"


def main(arguments: list[str]) -> int:
    """Do one step of the ceremony."""
    given = _parser().parse_args(arguments)
    in_environment()
    given.run(given)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Lễ tạo khóa của nơi phát hành.")
    steps = parser.add_subparsers(required=True, metavar="new-key|root|sign|finish")
    key = steps.add_parser("new-key", help="tạo một khóa, đóng bằng cụm mật khẩu")
    key.add_argument("file", type=Path, help="tệp khóa riêng; khóa công khai (.pub) nằm cạnh")
    key.set_defaults(run=_new_key)
    root = steps.add_parser("root", help="lập gốc tin cậy, chưa ai ký")
    root.add_argument(
        "--root", type=Path, action="append", required=True, metavar="PUB", help="ba khóa gốc (.pub)"
    )
    for role in ("targets", "snapshot", "timestamp"):
        root.add_argument(f"--{role}", type=Path, required=True, metavar="PUB")
    root.add_argument("--before", type=Path, help="gốc trước đó, khi thay khóa hoặc gia hạn")
    root.add_argument("--out", type=Path, required=True, help="tệp nhận")
    root.set_defaults(run=_root)
    sign = steps.add_parser("sign", help="thêm chữ ký của một khóa gốc")
    sign.add_argument("file", type=Path, help="tệp gốc đang chuyền tay")
    sign.add_argument("key", type=Path, help="khóa riêng")
    sign.set_defaults(run=_sign)
    finish = steps.add_parser("finish", help="kiểm tra đủ chữ ký, đặt vào kho phát hành và mã nguồn")
    finish.add_argument("file", type=Path, help="gốc đã ký")
    finish.add_argument("repository", type=Path, help="kho phát hành: metadata, targets")
    finish.add_argument("--shipped", type=Path, default=SHIPPED, help="tệp mang theo chương trình")
    finish.set_defaults(run=_finish)
    return parser


def _new_key(given: argparse.Namespace) -> None:
    from installer.updates import keys

    public = keys.make(given.file, keys.asked(given.file, is_new=True))
    say(
        f"{given.file}: giữ ngoại tuyến. Chỉ chuyển {public} cho người lập gốc; mã khóa {keys.public(public).keyid}"
    )


def _root(given: argparse.Namespace) -> None:
    from installer.updates import keys, repository

    others = {role: keys.public(getattr(given, role)) for role in repository.ONLINE}
    made = repository.new_root(list(map(keys.public, given.root)), others, datetime.now(UTC), given.before)
    repository.write(made, given.out)
    say(
        f"{given.out}: bản {made.signed.version}, hết hạn {made.signed.expires:%d/%m/%Y}. "
        "Hai người giữ khóa gốc cùng ký."
    )


def _sign(given: argparse.Namespace) -> None:
    from installer.updates import keys, repository

    repository.sign(given.file, keys.opened(given.key, keys.asked(given.key)))
    say(f"{given.file}: đã thêm chữ ký của {given.key.name}.")


def _finish(given: argparse.Namespace) -> None:
    from installer.updates import repository

    target = repository.publish_root(given.repository, given.file)
    given.shipped.parent.mkdir(parents=True, exist_ok=True)
    given.shipped.write_bytes(target.read_bytes())
    say(f"{target}; {given.shipped} phải nằm trong lần ghi (commit) của bản phát hành tới.")


if __name__ == "__main__":
    sys.exit(run_door(main))
