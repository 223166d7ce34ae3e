"""Letting a desk in that asked on a stick: what was asked, with digits to compare, and the one-time code."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import commit_typing
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service

Vouch = Callable[[str, str], object]


class VouchSheet(Sheet):
    """Đón máy mới.

    Args:
        asks: the requests on the stick.
        run: gets the check code of the chosen one and the one-time code.
    """

    def __init__(self, parent: QWidget, asks: Sequence[service.WaitingAsk], run: Vouch) -> None:
        super().__init__(parent, _("Đón máy mới vào sổ"), 560)
        self._run = run
        self.which: ComboBox[service.WaitingAsk] = ComboBox([(one, _title(one)) for one in asks], self)
        self.body.addWidget(Field(_("Yêu cầu trên thẻ"), self.which, parent=self))
        self.about = label("", "muted", self, wrap=True)
        self.body.addWidget(self.about)
        self.body.addWidget(label(_("Mã đối chiếu"), "small", self))
        self.check = label("", "page", self)
        self.check.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.check)
        self.fault = Note("", "amber", self)
        self.body.addWidget(self.fault)
        self.compared = CheckBox(_("Đã so từng nhóm số với màn hình của máy mới: hai bên giống nhau"), self)
        self.body.addWidget(self.compared)
        self.code = LineEdit("", self)
        hint = _("Đúng mã đã gõ ở máy mới, do nơi quản trị cổng cấp.")
        self.fields = [Field(_("Mã ghi danh"), self.code, "code", hint, parent=self)]
        self.body.addWidget(self.fields[0])
        self.body.addStretch(1)
        self.button = self.add_actions(_("Đón vào sổ"), self.done_with)
        self.which.currentIndexChanged.connect(self._chosen)
        self.compared.toggled.connect(self._ready)
        self._chosen()

    @Slot()
    def done_with(self) -> None:
        """Let the chosen desk in."""
        commit_typing()
        show_error(self.fields, None)
        if not self.code.text().strip():
            show_error(self.fields, UserError("field_required", field="code"))
            return
        run, check, code = self._run, self.which.value().check, self.code.text()
        self.close()
        run(check, code)

    @Slot()
    def _chosen(self) -> None:
        one = self.which.value()
        self.check.setText(one.check)
        self.check.setAccessibleName(one.check)
        said = _("Máy “{name}”, tự ghi cơ quan là “{agency}”.").format(name=one.name, agency=one.agency)
        again = _("Máy này đã ở trong sổ: đón lại thì ghi giấy đón khác, không ghi danh lần nữa.")
        self.about.setText(" ".join([said, again] if one.is_known else [said]) if one.check else "")
        self.fault.set_text(word(one.fault) if one.fault else "")
        self.compared.setChecked(False)
        self._ready()

    @Slot()
    def _ready(self) -> None:
        self.button.setEnabled(self.compared.isChecked() and self.which.value().fault is None)
        self.compared.setEnabled(self.which.value().fault is None)


def _title(one: service.WaitingAsk) -> str:
    at = f"{to_vn(one.at):%H:%M %d/%m/%Y}" if one.at else _("không đọc được")
    return f"{one.name or _('(không có tên)')} · {at}"


def vouched_words(made: service.CarriedOut) -> str:
    """Say what lies on the stick for the new desk."""
    said = _(
        "Đã đón máy mới: giấy đón và sổ chung nằm trên thẻ, kèm {n} tệp. Mang thẻ về máy ấy, vào sổ ở đó."
    )
    more = _("Còn {n} tệp chưa ghi được vì thẻ hết chỗ; lần mang sau ghi tiếp.").format(n=made.left_out)
    return " ".join([said.format(n=made.files), more] if made.left_out else [said.format(n=made.files)])
