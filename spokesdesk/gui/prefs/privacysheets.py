"""The small windows of personal data: everything of a person, a request, an erasure and its certificate."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Deletion, PersonalData, Scope, Wish
from spokesdesk.domain.privacy_words import facts_of, held_words, lines_of, table_word, wish_word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import privacy
from spokesdesk.services.ports import Desk

_SHOWN = 200


class PersonSheet(Sheet):
    """Everything that is kept of a person, to be read."""

    def __init__(self, parent: QWidget, data: PersonalData) -> None:
        super().__init__(parent, data.person.name, 680)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(380)
        inside = QWidget(scroll)
        inside.setProperty("plain", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for name, said in facts_of(data.person)[1:]:
            column.addWidget(label(f"{name}: {said}", "", inside, wrap=True))
        for trace in data.traces[:_SHOWN]:
            when = f"{to_vn(trace.at):%H:%M, %d/%m/%Y} · " if trace.at else ""
            column.addSpacing(6)
            column.addWidget(label(f"{when}{table_word(trace.table)}", "card", inside))
            for name, said in lines_of(trace):
                column.addWidget(label(f"{name}: {said}", "muted", inside, wrap=True))
        if len(data.traces) > _SHOWN:
            more = _("… và {n} mục nữa; bản xuất có đủ.").format(n=len(data.traces) - _SHOWN)
            column.addWidget(label(more, "muted", inside, wrap=True))
        if data.mentions:
            many = ", ".join(f"{table_word(kind)}: {count}" for kind, count in sorted(data.mentions.items()))
            said = _("Ngoài ra tên còn được nhắc trong {many}.").format(many=many)
            column.addWidget(label(said, "muted", inside, wrap=True))
        column.addStretch(1)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)
        self.say(_("Lần xem này đã được ghi vào nhật ký truy cập."))
        self.add_action(_("Đóng"), self.close)


class WishSheet(Sheet):
    """What a person asks about their own data; ``run`` gets the ``Wish``."""

    def __init__(self, parent: QWidget, name: str, run: Callable[[Wish], object]) -> None:
        super().__init__(parent, _("Yêu cầu của người có dữ liệu"), 520)
        self._run = run
        self.say(name)
        self.wish: ComboBox[Wish] = ComboBox([(item, wish_word(item)) for item in Wish], self)
        self.body.addWidget(Field(_("Yêu cầu"), self.wish, "wish", parent=self))
        self.say(_("Thời hạn phản hồi và thực hiện được tính từ bây giờ theo luật đang có hiệu lực."))
        self.add_actions(_("Ghi yêu cầu"), self._done)

    def _done(self) -> None:
        run, wish = self._run, self.wish.value()
        self.close()
        run(wish)


class EraseSheet(Sheet):
    """On which ground, and how much; ``run`` gets the ground's id and the scope."""

    def __init__(self, parent: QWidget, name: str, run: Callable[[str, Scope], object]) -> None:
        super().__init__(parent, _("Xóa dữ liệu của {name}?").format(name=name), 600)
        self._run = run
        grounds = privacy.law().delete
        self.ground: ComboBox[str] = ComboBox([(one.id, one.text) for one in grounds], self)
        self._cited = label("", "muted", self, wrap=True)
        self.scope: ComboBox[Scope] = ComboBox(
            [
                (Scope.IDENTITY, _("Chỉ thông tin nhận biết (tên, số điện thoại, thẻ…)")),
                (Scope.CONTENT, _("Cả nội dung và tệp của các lần tiếp xúc")),
            ],
            self,
        )
        self.body.addWidget(Field(_("Căn cứ"), self.ground, "ground", parent=self))
        self.body.addWidget(self._cited)
        self.body.addWidget(Field(_("Phạm vi"), self.scope, "scope", parent=self))
        self.say(
            _(
                "Việc xóa không lấy lại được. Sổ vẫn giữ chỗ của các mục đã xóa nên vẫn kiểm tra được; một biên bản "
                "xóa được ghi vào sổ. Bản sao lưu đã có trước đây phải được xử lý riêng."
            )
        )
        hold, refuse = privacy.law().hold, privacy.law().refuse[0]
        self.say(f"{hold.text} ({hold.citation}).")
        self.say(
            _("Nếu cần giữ hồ sơ: được từ chối khi {text} ({citation}).").format(
                text=refuse.text[:1].lower() + refuse.text[1:], citation=refuse.citation
            )
        )
        self.ground.currentIndexChanged.connect(self._cite)
        self._cite()
        self.add_actions(_("Xóa vĩnh viễn"), self._done)

    def _cite(self, *_ignored: object) -> None:
        self._cited.setText(privacy.law().ground(self.ground.value()).citation)

    def _done(self) -> None:
        run, ground, scope = self._run, self.ground.value(), self.scope.value()
        self.close()
        run(ground, scope)


class DoneSheet(Sheet):
    """What was erased, and the certificate to print."""

    def __init__(self, context: Context, parent: QWidget, made: Deletion, name: str) -> None:
        super().__init__(parent, _("Đã xóa dữ liệu"), 560)
        self._context, self._made, self._name = context, made, name
        for kind, count in sorted(made.erased.items()):
            self.say(f"{table_word(kind)}: {count}")
        if made.files:
            self.say(
                _("Đã hủy {n} tệp ở máy này; máy khác và cổng hủy khi đồng bộ.").format(n=len(made.files))
            )
        if made.held:
            self.say(_("Không xóa: {held}").format(held=held_words(made.held, privacy.law().hold)))
        if name:
            said = _("Biên bản in tên {name} chỉ trên giấy; trong máy không còn giữ tên này.")
            self.say(said.format(name=name))
        self.body.addWidget(
            Button(_("Lưu biên bản…"), self._ask_where, parent=self), 0, Qt.AlignmentFlag.AlignLeft
        )
        self.add_action(_("Xong"), self.close)

    def _ask_where(self) -> None:
        name = f"bien-ban-xoa-{to_vn(self._made.at):%Y-%m-%d}.pdf"
        ask_pdf(self, _("Lưu biên bản xóa"), name, self.save_to)

    def save_to(self, name: str) -> None:
        """Write the certificate."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(_write, desk, self._made, self._name, Path(name))
            self._context.courier.run(work, owner=self, ok=self._saved, lane="work")

    def _saved(self, path: Path) -> None:
        self._context.toast(_("Đã lưu biên bản: {name}").format(name=path.name))


def _write(desk: Desk, made: Deletion, name: str, path: Path) -> Path:
    pdf = privacy.certificate(desk, made.id, name)
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise OutsideError("file_unwritable", path=path) from error
    return path
