"""`sync keys`: the agency's keys here; `sync export-outbox` and `import-outbox`: what waits, as a closed file."""

import argparse
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk


def add_parser(parts: Any) -> None:
    """Add the commands."""
    keys = parts.add_parser("keys", help=_("khóa của cơ quan trên máy này, và các máy có khóa"))
    add_workspace(keys, has_parts=True)
    keys.set_defaults(run=_keys)
    acts = keys.add_subparsers(metavar=_("VIỆC"))
    opened = acts.add_parser(
        "recover", help=_("mở khóa bằng mã khôi phục đã in của một máy từng nối với sổ này")
    )
    add_workspace(opened)
    opened.set_defaults(run=_recover)
    begun = acts.add_parser("new", help=_("dùng khóa mới khi không còn máy nào, mã nào mở được khóa cũ"))
    add_workspace(begun)
    begun.set_defaults(run=_begin)
    out = parts.add_parser("export-outbox", help=_("ghi hàng chờ ra một tệp chỉ máy của cơ quan mở được"))
    add_workspace(out)
    out.add_argument("file", metavar=_("TỆP"), type=Path, help=_("tệp sẽ ghi, ví dụ may-a.hangcho"))
    out.set_defaults(run=_export)
    taken = parts.add_parser("import-outbox", help=_("nhận hàng chờ của một máy khác vào sổ"))
    add_workspace(taken)
    taken.add_argument("file", metavar=_("TỆP"), type=Path, help=_("tệp do export-outbox ghi"))
    taken.set_defaults(run=_import)


def _keys(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(sync.key_state(desk))


def _recover(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    asked = _("Mã khôi phục: ")
    typed = getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()
    return _told(sync.recover_keys(desk, typed)[0])


def _begin(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(sync.begin_keys(desk)[0])


def _told(state: sync.KeyState) -> Answer:
    lines = [key_line(state)]
    if state.awaited:
        lines.append(_("Còn {n} mục đang chờ khóa; không mất gì.").format(n=state.awaited))
    lines += [f"  {holder_line(one)}" for one in state.holders]
    return Answer(plain(state), "\n".join(lines))


def key_line(state: sync.KeyState) -> str:
    """Say which key this desk seals with."""
    if not state.generation:
        return _("Máy này đang chờ khóa của cơ quan.")
    return _("Khóa thứ {n}, mã đối chiếu {mark}.").format(n=state.generation, mark=state.mark)


def holder_line(one: sync.Holder) -> str:
    """Say whether a device has the key."""
    name = one.name or str(one.device)[-12:]
    own = _(" (máy này)") if one.is_own else ""
    if one.revoked:
        return _("{name}{own}: đã thu hồi").format(name=name, own=own)
    has = _("có khóa") if one.has_key else _("chưa có khóa")
    return f"{name}{own}: {has}"


def _export(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made = sync.export_outbox(desk, arguments.file)
    said = _("Đã ghi {n} thay đổi vào {path}; hàng chờ trên máy vẫn nguyên. Tệp kèm không nằm trong đó.")
    lines = [said.format(n=made.changes, path=arguments.file)]
    if made.apart:
        lines.append(
            _("{n} bài chờ đăng không đưa vào tệp; hãy phát hành lại ở máy khác.").format(n=made.apart)
        )
    return Answer(plain(made), "\n".join(lines))


def _import(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = sync.import_outbox(desk, arguments.file)
    said = _("Đã nhận {taken} trong {n} thay đổi; phần còn lại đã có ở đây. Gửi lên cổng ở lần đồng bộ tới.")
    return Answer(plain(made), said.format(taken=made.taken, n=made.changes))
