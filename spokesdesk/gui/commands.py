"""The commands that the palette offers."""

from collections.abc import Callable
from functools import partial

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui import places
from spokesdesk.gui.screen import Action, Screen


def offered(ask: Callable[[str], None], screen: Screen | None, *, is_open: bool) -> tuple[Action, ...]:
    """Give what can be asked now: what the screen offers first, then new entries, places and the rest.

    Args:
        ask: takes a command of ``Window.ask``.
        screen: the one that is shown.
        is_open: whether the desk is open.
    """
    mine: list[Action] = []
    if screen is not None:
        primary = screen.primary_action()
        mine = [*([primary] if primary else []), *screen.actions_offered()]
    new = [
        Action(_("Ghi tiếp xúc mới"), partial(ask, "new:contact"), "Ctrl+N"),
        Action(_("Ghi yêu cầu cung cấp thông tin"), partial(ask, "new:request")),
        Action(_("Soạn văn bản mới"), partial(ask, "new:paper")),
        Action(_("Thêm bài báo"), partial(ask, "new:article")),
        Action(_("Mở hồ sơ vụ việc"), partial(ask, "case"), "F2"),
        Action(_("Mở vụ việc đột xuất"), partial(ask, "new:incident"), "F12"),
        Action(_("Thêm cơ quan báo chí"), partial(ask, "new:outlet")),
        Action(_("Thêm nhà báo"), partial(ask, "new:journalist")),
    ]
    rest = [
        Action(_("Quy định: thư viện văn bản, việc định kỳ"), partial(ask, "go:law")),
        Action(_("Nạp bộ quy định"), partial(ask, "new:rule_pack")),
        Action(_("Nhập từ Excel, CSV"), partial(ask, "go:imports")),
        Action(_("Kiểm tra chữ ký số của tệp PDF"), partial(ask, "verify"), "F9"),
        Action(_("Mở trang Cài đặt"), partial(ask, "go:settings"), "Ctrl+,"),
        Action(_("Đổi người đang làm việc"), partial(ask, "who"), "F4"),
        Action(_("Trợ giúp về trang này"), partial(ask, "help"), "F1"),
        Action(_("Trao đổi với tỉnh: cảnh báo, khó khăn"), partial(ask, "go:province")),
        Action(_("Sao lưu: nơi giữ, diễn tập, khôi phục"), partial(ask, "new:backup")),
        Action(_("Kiểm tra toàn vẹn bàn làm việc"), partial(ask, "checkup")),
        Action(_("Hướng dẫn năm bước"), partial(ask, "guide")),
        Action(_("Mở thư mục nhật ký chương trình"), partial(ask, "logs")),
        Action(_("Khóa bàn làm việc"), partial(ask, "lock"), "Ctrl+Shift+L"),
    ]
    go = [
        Action(
            _("Mở trang {title}").format(title=place.title),
            partial(ask, f"go:{place.name}"),
            places.key_of(n),
        )
        for n, place in enumerate(places.rail(), 1)
    ]
    if not is_open:
        return (*mine, new[0], *(action for action in rest if action.shortcut in ("F1", "F9")))
    known = {action.text for action in mine}
    return (*mine, *(action for action in (*new, *go, *rest) if action.text not in known))
