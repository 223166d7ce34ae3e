"""First page of the first run: what this is, and what will be asked."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import IconLabel, label


class WelcomePage(QWidget):
    """Explains in three lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(
            label(
                _(
                    "Bàn làm việc của người phát ngôn: ghi tiếp xúc báo chí, soạn công văn và thông cáo đúng thể thức, "
                    "theo dõi bài báo và thời hạn luật định."
                ),
                "",
                self,
                wrap=True,
            )
        )
        for icon, title, text in self._points():
            column.addLayout(self._point(theme, icon, title, text))
        column.addStretch(1)

    def _points(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (
                "office-building-outline",
                _("Cơ quan và người làm việc"),
                _("Tên cơ quan, địa danh, ký hiệu để in văn bản; ai soạn, ai ký, ai cấp số."),
            ),
            (
                "shield-check-outline",
                _("Mọi thứ nằm trên máy này, được mã hóa"),
                _("Không cần máy chủ. Mở bằng kho khóa của máy hoặc cụm mật khẩu do anh chị đặt."),
            ),
            (
                "key-outline",
                _("Một mã khôi phục để in ra và cất giữ"),
                _("Mã chỉ hiện một lần; mất cả mật khẩu lẫn mã này thì không ai mở được dữ liệu."),
            ),
        )

    def _point(self, theme: Theme, icon: str, title: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(IconLabel(theme, icon, "accent", 24, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "strong", self))
        words.addWidget(label(text, "muted", self, wrap=True))
        row.addLayout(words, 1)
        return row

    def check(self) -> bool:
        """Nothing is asked here."""
        return True
