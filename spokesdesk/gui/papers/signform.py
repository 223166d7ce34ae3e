"""How to sign: the way, what it needs, and the picture that is stamped; secrets are taken out once and wiped."""

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.sign_ways import SignWay, TokenFound, WayFound, ways_in
from spokesdesk.domain.signing import SignatureKind
from spokesdesk.gui.papers.signways import FILLS, WAYS, standing
from spokesdesk.gui.papers.signwork import Chosen, Ready
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.states import Note

SECRET = frozenset({SignWay.PKCS11, SignWay.PKCS12})
LOADED = frozenset({SignWay.OUTSIDE, SignWay.INK})
_FILES = {
    SignWay.PKCS12: (_("Tệp khóa (*.p12 *.pfx)"), _("Chọn tệp khóa")),
    SignWay.OUTSIDE: (_("Tệp PDF (*.pdf)"), _("Chọn tệp đã ký")),
    SignWay.INK: (_("Tệp PDF (*.pdf)"), _("Chọn bản quét")),
}
_HIGH = 44


class SignForm(QWidget):
    """The fields of the way chosen.

    Emits:
        changed: another way or file was chosen.
        submitted: Enter in the secret.
        look_asked: look again at what is there.
    """

    changed = Signal()
    submitted = Signal()
    look_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ready = Ready((), b"", "")
        self._state, self._fills = PaperState.APPROVED, False
        self._folder = QDir.homePath()
        self.way: ComboBox[SignWay] = ComboBox(parent=self)
        self.token: ComboBox[TokenFound | None] = ComboBox(parent=self)
        self.file, self.secret = LineEdit(parent=self), SecretEdit(parent=self)
        self.note = Note("", "teal", self)
        self.stamp = CheckBox(_("Đóng hình vào văn bản"), self)
        self.picture = QLabel(self)
        self.fields = [
            Field(_("Cách ký"), self.way, "adapter", parent=self),
            Field(_("Thiết bị"), self.token, "token", parent=self),
            Field(_("Tệp"), self.file, "file", parent=self),
            Field(_("Mật khẩu"), self.secret, "passphrase", parent=self),
        ]
        self._build()
        self.way.currentIndexChanged.connect(self._way_changed)
        self.file.textChanged.connect(self._told)
        self.secret.returnPressed.connect(self.submitted)

    def begin(self, state: PaperState, kind: SignatureKind, *, fills: bool = False) -> None:
        """Show an empty form for a signature; what is there comes with ``show_ready``.

        Args:
            state: of the paper.
            kind: whose signature.
            fills: number and date are filled in with it, which other programs may not do.
        """
        self._state, self._fills = state, fills
        self.secret.clear()
        self.file.clear()
        show_error(self.fields, None)
        words = {
            SignatureKind.LEADER: _("Đóng hình chữ ký vào văn bản"),
            SignatureKind.AGENCY: _("Đóng hình dấu vào văn bản"),
        }
        self.stamp.setText(words[kind])
        self.stamp.setAccessibleName(words[kind])

    def show_ready(self, ready: Ready) -> None:
        """Show what was found; the way used last comes first where it is there."""
        chosen = self.way.value() if self.way.count() else None
        self._ready = ready
        offered = [one for one in ready.ways if one.way in ways_in(self._state)]
        self.way.blockSignals(True)
        self.way.set_choices([(one.way, _named(one)) for one in offered])
        there = [one.way for one in offered if one.is_there]
        usual = SignWay(ready.last) if ready.last in there else there[0] if there else SignWay.OUTSIDE
        self.way.set_value(chosen if chosen is not None else usual)
        self.way.blockSignals(False)
        tokens = next((one.tokens for one in ready.ways if one.way is SignWay.PKCS11), ())
        self.token.set_choices([(token, _called(token)) for token in tokens])
        self._show_picture()
        self._way_changed()

    def found(self) -> WayFound | None:
        """Give what was found of the way chosen, None before the look."""
        if not self.way.count():
            return None
        return next((one for one in self._ready.ways if one.way is self.way.value()), None)

    def image(self) -> bytes:
        """Give the picture to stamp, b"" for none."""
        return self._ready.image if self.stamp.isChecked() and self._ready.image else b""

    def take(self) -> Chosen:
        """Give what was chosen and wipe the secret.

        Raises:
            UserError: ``sign_file_needed``, ``field_required``: names the field.
        """
        found = self.found()
        way = self.way.value()
        secret, path = self.secret.text(), self.file.text().strip()
        self.secret.clear()
        if way in SECRET | LOADED and way is not SignWay.PKCS11 and not path:
            raise UserError("sign_file_needed", field="file")
        token = self.token.value() if way is SignWay.PKCS11 and self.token.count() else None
        asks_here = way is SignWay.PKCS12 or (token is not None and not token.asks_itself)
        if asks_here and not secret:
            raise UserError("field_required", field="passphrase")
        assert found is not None
        return Chosen(way, Path(path).expanduser() if path else None, token, secret, self.image())

    def show_problem(self, error: DeskError) -> bool:
        """Say an error beside its field; False when no field here is meant."""
        named = {"pin": "passphrase", "pkcs12": "file", "pkcs11_library": "token"}
        field = named.get(error.field or "", error.field)
        return show_error(self.fields, type(error)(error.code, field=field, **error.params))

    def focus_first(self) -> None:
        """Put the cursor where something must be typed."""
        target = self.secret if self.secret.isVisibleTo(self) and self.file.text() else self.way
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> QFileDialog:
        """Ask for the key file, the signed file or the scan."""
        kinds, title = _FILES[self.way.value()]
        dialog = QFileDialog(self.window(), title, self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()
        return dialog

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.fields[0])
        column.addWidget(self.note)
        self.again = Button(_("Tìm lại"), self.look_asked.emit, parent=self.note)
        self.note.add_button(self.again)
        column.addWidget(self.fields[1])
        self._file_row = QWidget(self)
        row = QHBoxLayout(self._file_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.fields[2], 1)
        row.addWidget(
            Button(_("Chọn…"), self.choose_file, parent=self._file_row), 0, Qt.AlignmentFlag.AlignBottom
        )
        column.addWidget(self._file_row)
        column.addWidget(self.fields[3])
        pictures = QHBoxLayout()
        pictures.setSpacing(10)
        self._no_picture = label("", "small", self, wrap=True)
        pictures.addWidget(self.stamp)
        pictures.addWidget(self.picture)
        pictures.addWidget(self._no_picture, 1)
        column.addLayout(pictures)

    def _show_picture(self) -> None:
        image = QImage.fromData(self._ready.image) if self._ready.image else QImage()
        has = not image.isNull()
        self.stamp.setChecked(has)
        if has:
            self.picture.setPixmap(
                QPixmap.fromImage(image.scaledToHeight(_HIGH, Qt.TransformationMode.SmoothTransformation))
            )

    @Slot()
    def _way_changed(self) -> None:
        found = self.found()
        if found is None:
            return
        way = found.way
        said = standing(found)
        if self._fills and found.is_there and way in (SignWay.VGCA, SignWay.OUTSIDE):
            said = f"{said} {FILLS}"
        self.note.set_text(said)
        self.note.set_tone("teal" if found.is_there else "amber")
        self.again.setVisible(not found.is_there)
        self.fields[1].setVisible(way is SignWay.PKCS11 and found.is_there)
        self._file_row.setVisible(way is SignWay.PKCS12 or way in LOADED)
        self.fields[2].label.setText(_FILES[way][1] if way in _FILES else "")
        self.file.setText(found.file if way is SignWay.PKCS12 else "")
        self.secret.clear()
        pin = way is SignWay.PKCS11
        self.fields[3].label.setText(_("Mã PIN của thiết bị") if pin else _("Mật khẩu của tệp khóa"))
        self.secret.setAccessibleName(self.fields[3].label.text())
        asks_itself = pin and bool(found.tokens) and found.tokens[0].asks_itself
        self.fields[3].setVisible(way in SECRET and found.is_there and not asks_itself)
        show_error(self.fields, None)
        self._show_stamp(way)
        self.changed.emit()

    def _show_stamp(self, way: SignWay) -> None:
        ours = way in SECRET or way is SignWay.OUTSIDE
        has = bool(self._ready.image)
        self.stamp.setVisible(ours and has and way is not SignWay.OUTSIDE)
        self.picture.setVisible(ours and has and way is not SignWay.OUTSIDE)
        self._no_picture.setText(
            _("Chưa có hình chữ ký hoặc dấu; thêm ở Cài đặt › Ký số. Ký không có hình vẫn đúng.")
            if way in SECRET and not has
            else ""
        )
        self._no_picture.setVisible(bool(self._no_picture.text()))

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self._folder = str(Path(path).parent)
        self.file.setText(path)

    @Slot()
    def _told(self) -> None:
        self.changed.emit()


def _called(token: TokenFound) -> str:
    if not token.signer:
        return token.label
    until = _("đến {day}").format(day=f"{token.until:%d/%m/%Y}") if token.until else ""
    return ", ".join(part for part in (token.signer, token.label, until) if part)


def _named(found: WayFound) -> str:
    name = WAYS[found.way]
    return name if found.is_there else _("{way} (chưa có)").format(way=name)
