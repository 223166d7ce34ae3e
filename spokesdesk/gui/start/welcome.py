"""First pages of the first run: what this is, what is stored where, what leaves the machine and what never does."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import IconLabel, label

Point = tuple[str, str, str]


class WelcomePage(QWidget):
    """Three screens, one after the other; nothing is asked and nothing is written.

    Args:
        folder: where the workspace will be unless another folder is chosen later.
        logs: where the program's log is.
    """

    def __init__(self, theme: Theme, folder: Path, logs: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._screens = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)
        for said, points in (_what(), _where(folder, logs), _out()):
            self._screens.addWidget(self._screen(said, points))

    @property
    def at(self) -> int:
        """Which screen is shown, 0 the first."""
        return self._screens.currentIndex()

    @property
    def count(self) -> int:
        """How many screens there are."""
        return self._screens.count()

    def title(self) -> str:
        """Give the title of the screen that is shown."""
        return (
            _("Chào mừng đến SpokesDesk"),
            _("Cái gì được cất ở đâu"),
            _("Cái gì rời máy này, cái gì không bao giờ"),
        )[self.at]

    def turn(self, by: int) -> bool:
        """Go to the next (1) or last (-1) screen; False when there is none."""
        if not 0 <= self.at + by < self.count:
            return False
        self._screens.setCurrentIndex(self.at + by)
        return True

    def check(self) -> bool:
        """Nothing is asked here."""
        return True

    def _screen(self, said: str, points: tuple[Point, ...]) -> QWidget:
        page = QWidget(self._screens)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(label(said, "", page, wrap=True))
        for icon, title, text in points:
            column.addLayout(self._point(page, icon, title, text))
        column.addStretch(1)
        return page

    def _point(self, page: QWidget, icon: str, title: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(IconLabel(self._theme, icon, "accent", 24, page))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "strong", page))
        words.addWidget(label(text, "muted", page, wrap=True))
        row.addLayout(words, 1)
        return row


def _what() -> tuple[str, tuple[Point, ...]]:
    said = _(
        "Bàn làm việc của người phát ngôn: ghi tiếp xúc báo chí, soạn công văn và thông cáo đúng thể thức, "
        "theo dõi bài báo và thời hạn luật định."
    )
    return said, (
        (
            "office-building-outline",
            _("Sắp hỏi: cơ quan và người làm việc"),
            _("Tên cơ quan, địa danh, ký hiệu để in văn bản; ai soạn, ai ký, ai cấp số."),
        ),
        (
            "shield-check-outline",
            _("Rồi tạo bàn làm việc trên máy này"),
            _("Không cần máy chủ, không cần quyền quản trị máy. Mọi thứ được mã hóa ngay khi ghi."),
        ),
        (
            "key-outline",
            _("Cuối cùng: một mã khôi phục để in ra và cất giữ"),
            _("Mã chỉ hiện một lần; mất cả mật khẩu lẫn mã này thì không ai mở được dữ liệu."),
        ),
    )


def _where(folder: Path, logs: Path) -> tuple[str, tuple[Point, ...]]:
    said = _("Tất cả nằm trong vài thư mục của người dùng máy này, không nằm ở đâu khác:")
    return said, (
        (
            "folder-open-outline",
            _("Bàn làm việc: sổ, văn bản, tệp kèm theo – mã hóa"),
            _("{folder} (đổi được ở bước “Cất giữ”). Người khác chép đi cũng không đọc được.").format(
                folder=folder
            ),
        ),
        (
            "backup-restore",
            _("Bản sao lưu mỗi ngày – mã hóa"),
            _("Cạnh bàn làm việc, hoặc ổ đĩa khác do anh chị chọn trong Cài đặt › Sao lưu."),
        ),
        (
            "notebook-outline",
            _("Nhật ký của chương trình – không có tên, không có nội dung"),
            _("{folder}. Chỉ ghi việc gì chạy, lúc nào, lỗi ở dòng mã nào.").format(folder=logs),
        ),
    )


def _out() -> tuple[str, tuple[Point, ...]]:
    said = _("Không có gì rời máy này khi anh chị chưa bấm hoặc chưa chọn như vậy:")
    return said, (
        (
            "sync",
            _("Có thể gửi, khi anh chị chọn"),
            _(
                "Văn bản đã phát hành và sổ dùng chung với các máy khác của cơ quan, khi nối máy này với "
                "cổng; thư điện tử, tệp xuất ra; hỏi tin ở nguồn báo đã thêm, hỏi bản mới."
            ),
        ),
        (
            "lock-outline",
            _("Không bao giờ gửi"),
            _(
                "Mật khẩu, mã khôi phục, khóa mã hóa; không thống kê sử dụng, không tự gửi báo cáo lỗi. "
                "Chưa nối với cổng thì sổ, danh bạ, bản nháp không rời máy này."
            ),
        ),
        (
            "shield-alert-outline",
            _("Không dùng cho bí mật nhà nước"),
            _(
                "Văn bản đóng dấu MẬT trở lên bị từ chối trước khi ghi, theo pháp luật về bảo vệ bí mật nhà nước."
            ),
        ),
    )
