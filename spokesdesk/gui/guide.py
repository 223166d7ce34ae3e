"""The guide in five steps (hướng dẫn): done on the real screens, skipped at will, begun again from the help."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button, LinkButton, label


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        title: what is to be done.
        text: how, and what happens then.
        go: what the window is asked for to get there, as in ``Window.ask``.
        done_by: kind of record whose change ends it, or ``seen:NAME`` for a screen or the palette that was shown.
    """

    title: str
    text: str
    go: str
    done_by: str


def steps() -> tuple[Step, ...]:
    """Give the five steps in their order."""
    return (
        Step(
            _("Ghi một lần tiếp xúc"),
            _(
                "Nhấn Ctrl+N, gõ cơ quan báo chí, tên nhà báo và việc họ hỏi, rồi Ctrl+S. Ghi thử một mục cũng được: "
                "mục thử đính chính được sau."
            ),
            "new:contact",
            "contact",
        ),
        Step(
            _("Tìm lại mục vừa ghi"),
            _("Nhấn Ctrl+K rồi gõ vài chữ không dấu. Mọi thứ tìm ở một chỗ: mục ghi, người, văn bản, lệnh."),
            "palette",
            "seen:palette",
        ),
        Step(
            _("Soạn một văn bản"),
            _(
                "Mở mẫu công văn hoặc thông cáo, gõ trích yếu; trang in hiện bên cạnh, sai thể thức được chỉ ra ngay."
            ),
            "new:paper",
            "paper",
        ),
        Step(
            _("Xem việc đến hạn"),
            _(
                "Trang Hôm nay (Ctrl+1) gom mọi hạn trả lời, kèm điều khoản của luật, và văn bản đang chờ anh chị."
            ),
            "go:today",
            "seen:today",
        ),
        Step(
            _("Sao lưu lần đầu"),
            _("Chọn nơi giữ, tốt nhất ở ổ khác, rồi bấm “Sao lưu ngay”. Từ đó chương trình tự làm mỗi ngày."),
            "new:backup",
            "backup",
        ),
    )


class Guide(QObject):
    """Leads through the steps in a bar above the page; the page itself stays as it is.

    Args:
        show: puts the bar into the window.
        ask: ``Window.ask``.

    Emits:
        ended: bool, whether all steps were done.
    """

    ended = Signal(object)

    def __init__(
        self, show: Callable[[QWidget], object], ask: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._show, self._ask, self._home = show, ask, parent
        self._steps = steps()
        self._at = -1
        self.bar: GuideBar | None = None

    @property
    def at(self) -> int:
        """Which step is under way, 0 the first; -1 when none is."""
        return self._at

    def begin(self) -> None:
        """Begin with the first step."""
        if self.bar is None:
            self.bar = GuideBar(self, self._home)
            self._show(self.bar)
        self._at = 0
        self._say()

    def end(self) -> None:
        """Leave; the help begins it again."""
        self._at = -1
        if self.bar is not None:
            self.bar.hide()

    def go(self) -> None:
        """Go where the step is done."""
        if self._at >= 0:
            self._ask(self._steps[self._at].go)

    def skip(self) -> None:
        """Go to the next step."""
        self._next()

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """Something was written: perhaps what the step is about."""
        if self._at >= 0 and any(change.kind == self._steps[self._at].done_by for change in changes):
            self._next()

    def seen(self, name: str) -> None:
        """A screen, or the palette, was shown."""
        if self._at >= 0 and self._steps[self._at].done_by == f"seen:{name}":
            self._next()

    def _next(self) -> None:
        if self._at < 0:
            return
        self._at += 1
        if self._at >= len(self._steps):
            self.end()
            self.ended.emit(True)
        else:
            self._say()

    def _say(self) -> None:
        assert self.bar is not None
        self.bar.show_step(self._at + 1, len(self._steps), self._steps[self._at])


class GuideBar(QFrame):
    """One step in words, and what can be done about it; reached by Tab like anything else."""

    def __init__(self, guide: Guide, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("note", "teal")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 8, 12, 8)
        across.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title, self._text = label("", "strong", self), label("", "note", self, wrap=True)
        self._text.setProperty("tone", "teal")
        words.addWidget(self._title)
        words.addWidget(self._text)
        across.addLayout(words, 1)
        self.go = Button(_("Đưa tôi đến đó"), guide.go, parent=self)
        self.skip = LinkButton(_("Bỏ qua bước này"), guide.skip, self)
        self.leave = LinkButton(_("Thôi hướng dẫn"), guide.end, self)
        for button in (self.go, self.skip, self.leave):
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_step(self, number: int, of: int, step: Step) -> None:
        """Show a step."""
        title = _("Bước {n}/{of}: {title}").format(n=number, of=of, title=step.title)
        self._title.setText(title)
        self._text.setText(step.text)
        self.setAccessibleName(f"{title}. {step.text}")
        self.show()
