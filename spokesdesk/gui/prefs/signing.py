"""Signing: pictures of signature and seal, the token's driver, what this machine trusts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.sign_ways import ImageLook
from spokesdesk.domain.signing import SignatureKind, role_of
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk, SigningMachine
from spokesdesk.services.sign_settings import SignSettings

_HIGH = 90


class SigningSection(Section):
    """Pictures belong to the workspace, the rest to the machine."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.signature = PictureCard(context, SignatureKind.LEADER, self)
        self.seal = PictureCard(context, SignatureKind.AGENCY, self)
        self.column.addWidget(self.signature)
        self.column.addWidget(self.seal)
        self.machine = MachineCard(context, self)
        self.column.addWidget(self.machine)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Show what is kept."""
        self.signature.show_desk(desk)
        self.seal.show_desk(desk)
        self.machine.ask()

    def member_changed(self, member: Member) -> None:
        """Each leader has a signature of their own."""
        desk = self.context.desk()
        if desk is not None:
            self.desk_ready(desk)

    def desk_closed(self) -> None:
        """Show nothing of the desk."""
        self.signature.show_picture((b"", None))
        self.seal.show_picture((b"", None))


class PictureCard(Card):
    """A picture that is stamped with a signature."""

    def __init__(self, context: Context, kind: SignatureKind, parent: QWidget) -> None:
        is_leader = kind is SignatureKind.LEADER
        title = _("Hình chữ ký của tôi") if is_leader else _("Hình dấu của cơ quan")
        super().__init__(title, _("Nghị định 30/2020/NĐ-CP, Phụ lục I"), parent)
        self._context, self._kind = context, kind
        self._folder = QDir.homePath()
        hint = (
            _("Tệp PNG nền trong suốt, chữ ký màu xanh. Chỉ lãnh đạo đặt được chữ ký của chính mình.")
            if is_leader
            else _(
                "Tệp PNG nền trong suốt, màu đỏ, đúng kích thước thật; trùm một phần ba chữ ký. Chỉ văn thư đặt được."
            )
        )
        self.add(label(hint, "small", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.picture = QLabel(self)
        self.picture.setAccessibleName(title)
        self.said = label("", "muted", self, wrap=True)
        row.addWidget(self.picture)
        row.addWidget(self.said, 1)
        self.body.addLayout(row)
        self.problem = Note("", "red", self)
        self.add(self.problem)
        actions = QHBoxLayout()
        self.choose_button = Button(_("Chọn hình…"), self.choose, parent=self)
        self.remove_button = Button(_("Bỏ hình"), self.remove, parent=self)
        actions.addWidget(self.choose_button)
        actions.addWidget(self.remove_button)
        actions.addStretch(1)
        self.body.addLayout(actions)
        self._may = False

    def show_desk(self, desk: Desk) -> None:
        """Ask for the picture of whoever is at work."""
        self.problem.set_text("")
        self._may = desk.actor is not None and role_of(self._kind) in desk.actor.roles
        self.choose_button.setEnabled(self._may)
        if desk.actor is not None:
            self._context.courier.run(
                partial(_picture, desk, self._kind), owner=self, ok=self.show_picture, lane="read"
            )

    def show_picture(self, found: tuple[bytes, ImageLook | None]) -> None:
        """Show a picture and what it looks like."""
        png, look = found
        image = QImage.fromData(png) if png else QImage()
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QPixmap.fromImage(image.scaledToHeight(_HIGH, smooth)) if not image.isNull() else QPixmap()
        self.picture.setPixmap(shown)
        self.picture.setVisible(not shown.isNull())
        self.remove_button.setVisible(look is not None and self._may)
        self.said.setText(_said(look, self._kind))

    def choose(self) -> QFileDialog:
        """Ask for a PNG file."""
        dialog = QFileDialog(self.window(), _("Chọn hình"), self._folder, _("Hình PNG (*.png)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()
        return dialog

    @Slot(str)
    def take(self, path: str) -> None:
        """Keep the picture in this file."""
        self._folder = str(Path(path).parent)
        self._save(Path(path))

    @Slot()
    def remove(self) -> None:
        """Keep no picture."""
        self._save(None)

    def _save(self, path: Path | None) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.problem.set_text("")
            work = partial(_save_picture, desk, self._kind, path)
            self._context.courier.run(work, owner=self, ok=self._saved, fail=self._refused)

    def _saved(self, _answer: object) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.show_desk(desk)
        self._context.toast(_("Đã lưu hình."))

    def _refused(self, error: DeskError) -> None:
        self.problem.set_text(words.word(error))


class MachineCard(Card):
    """Driver, roots, time stamps, revocation."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Thiết bị ký và chứng thư tin cậy"), _("của máy này"), parent)
        self._context = context
        self.trust, self.library, self.tsa = (LineEdit(parent=self) for _at in range(3))
        self.fields = [
            Field(
                _("Thư mục chứng thư gốc tin cậy"),
                self.trust,
                "trust",
                _("chứa tệp .crt, .cer, .pem của nơi cấp; không có thì chữ ký chưa xác minh được người ký"),
                self,
            ),
            Field(
                _("Trình điều khiển thiết bị ký"),
                self.library,
                "pkcs11_library",
                _("để trống: tự tìm; ví dụ eTPKCS11.dll"),
                self,
            ),
            Field(_("Địa chỉ dịch vụ dấu thời gian"), self.tsa, "tsa_url", _("để trống: không dùng"), self),
        ]
        self._add(self.fields[0], _("Chọn thư mục…"), self.choose_folder)
        self._add(self.fields[1], _("Chọn tệp…"), self.choose_library)
        self.add(self.fields[2])
        self.online = CheckBox(_("Khi có mạng, hỏi nơi cấp xem chứng thư có bị thu hồi không"), self)
        self.add(self.online)
        self.said = Note("", "teal", self)
        self.add(self.said)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = PrimaryButton(_("Lưu cách ký"), self.save, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def ask(self) -> None:
        """Ask for what is kept."""
        work = partial(_settings, self._context.signing)
        self._context.courier.run(work, owner=self, ok=self._show, lane="read")

    def choose_folder(self) -> QFileDialog:
        """Ask for the folder of roots."""
        dialog = QFileDialog(self.window(), _("Thư mục chứng thư gốc tin cậy"), self.trust.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.trust.setText)
        dialog.open()
        return dialog

    def choose_library(self) -> QFileDialog:
        """Ask for the driver."""
        dialog = QFileDialog(self.window(), _("Trình điều khiển thiết bị ký"), self.library.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.library.setText)
        dialog.open()
        return dialog

    @Slot()
    def save(self) -> None:
        """Keep what was typed."""
        show_error(self.fields, None)
        wanted = SignSettings(
            self.library.text().strip(),
            self.trust.text().strip(),
            self.tsa.text().strip(),
            self.online.isChecked(),
        )
        work = partial(_save_settings, self._context.signing, wanted)
        self._context.courier.run(work, owner=self, ok=self._saved, fail=self._refused)

    def _add(self, field: Field, words_on: str, run: Callable[[], object]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(Button(words_on, run, parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def _show(self, kept: SignSettings) -> None:
        self.library.setText(kept.library)
        self.trust.setText(kept.trust_folder)
        self.tsa.setText(kept.tsa_url)
        self.online.setChecked(kept.revocation_online)
        self.said.set_text(
            _("Máy này tin {n} chứng thư gốc.").format(n=kept.roots)
            if kept.roots
            else _("Chưa có chứng thư gốc nào: chữ ký được kiểm tra toàn vẹn, người ký chưa xác minh được.")
        )

    def _saved(self, kept: SignSettings) -> None:
        self._show(kept)
        self._context.toast(_("Đã lưu cách ký."))

    def _refused(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._context.status(words.word(error))


def _said(look: ImageLook | None, kind: SignatureKind) -> str:
    if look is None:
        return _("Chưa có hình. Ký không có hình vẫn đúng; hình chỉ để người đọc thấy.")
    parts = []
    if kind is SignatureKind.AGENCY:
        said = _("Đóng ở cỡ {w} × {h} mm.")
        parts.append(said.format(w=round(look.width_mm), h=round(look.height_mm)))
    wanted = "blue" if kind is SignatureKind.LEADER else "red"
    if look.colour != wanted:
        parts.append(
            _("Chữ ký phải màu xanh; hình này có màu khác.")
            if wanted == "blue"
            else _("Dấu phải màu đỏ; hình này có màu khác.")
        )
    if not look.is_transparent:
        parts.append(_("Nền không trong suốt: hình sẽ che chữ bên dưới."))
    return " ".join(parts) or _("Hình đúng yêu cầu.")


def _picture(desk: Desk, kind: SignatureKind) -> tuple[bytes, ImageLook | None]:
    from spokesdesk.services import sign_images

    png = sign_images.image_of(desk, kind)
    return png, sign_images.look(png)


def _save_picture(desk: Desk, kind: SignatureKind, path: Path | None) -> tuple[ImageLook | None, Changes]:
    from spokesdesk.services import sign_images
    from spokesdesk.services.signing import read_file

    return sign_images.save_image(desk, kind, read_file(path, "image") if path is not None else b"")


def _settings(machine: Callable[[], SigningMachine]) -> SignSettings:
    from spokesdesk.services.sign_settings import sign_settings

    return sign_settings(machine())


def _save_settings(machine: Callable[[], SigningMachine], wanted: SignSettings) -> SignSettings:
    from spokesdesk.services.sign_settings import save_sign_settings

    return save_sign_settings(machine(), wanted)
