"""The version at work: what is new, newer ones from the publisher or a stick, back to the one before, licences."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.updates import Channel, UpdateState
from spokesdesk.gui.pace import Pace, PaceBar
from spokesdesk.gui.prefs.licences import ChangesSheet, LicencesSheet
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from spokesdesk.gui.widgets.states import Note

if TYPE_CHECKING:
    from spokesdesk.gui.door import UpdateTools
    from spokesdesk.services.updates import Wishes

MEGABYTE = 1_000_000


class VersionSection(Section):
    """Belongs to this machine, not to the workspace: it works while the desk is locked, too."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._state: UpdateState | None = None
        self._folder = QDir.homePath()
        self._add_version()
        self._add_wishes()
        self.column.addStretch(1)
        self._ask()

    def _add_version(self) -> None:
        card = Card(_("Phiên bản"), parent=self)
        self.version = label("", "strong", card)
        self.kept = label("", "muted", card, wrap=True)
        self.news = Note("", "teal", card)
        self.problem = Note("", "red", card)
        self.bar = PaceBar(card)
        for part in (self.version, self.kept, self.news, self.problem, self.bar):
            card.add(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Button(_("Có gì mới"), self.show_changes, parent=card))
        row.addWidget(Button(_("Giấy phép các phần"), self.show_licences, parent=card))
        row.addStretch(1)
        card.body.addLayout(row)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.search = Button(_("Tìm bản mới"), self.look, parent=card)
        self.stick = Button(_("Từ thẻ nhớ, thư mục…"), self.choose, parent=card)
        self.back = Button("", self.go_back, parent=card)
        self.fetch = PrimaryButton(_("Tải và dùng từ lần mở sau"), self.get, parent=card)
        acts.addWidget(self.search)
        acts.addWidget(self.stick)
        acts.addWidget(self.back)
        acts.addStretch(1)
        acts.addWidget(self.fetch)
        card.body.addLayout(acts)
        self.back.hide()
        self.fetch.hide()
        self.column.addWidget(card)

    def _add_wishes(self) -> None:
        card = Card(_("Cách tìm bản mới"), parent=self)
        said = _(
            "Mỗi bản mới được kiểm tra chữ ký của nơi phát hành trước khi dùng. Không thông tin nào của cơ quan được "
            "gửi đi."
        )
        card.add(label(said, "small", card, wrap=True))
        self.channel: ComboBox[str] = ComboBox(
            ((Channel.STABLE.value, _("Bản ổn định")), (Channel.TRIAL.value, _("Cả bản thử"))), card
        )
        self.address, self.proxy = LineEdit(_("nơi phát hành"), card), LineEdit(_("theo hệ thống"), card)
        self.auto = CheckBox(_("Tự tìm mỗi ngày một lần"), card)
        self.fields = [
            Field(_("Nhận"), self.channel, "update_channel", parent=card),
            Field(
                _("Địa chỉ"),
                self.address,
                "update_address",
                _("để trống, hoặc bản sao trong mạng của cơ quan"),
                card,
            ),
            Field(
                _("Máy chủ trung gian (proxy)"),
                self.proxy,
                "update_proxy",
                _("dùng cả khi lấy tin, đọc trang báo"),
                card,
            ),
        ]
        for field in self.fields:
            card.add(field)
        card.add(self.auto)
        row = QHBoxLayout()
        row.addStretch(1)
        self.save_button = PrimaryButton(_("Lưu cách tìm"), self.save, parent=card)
        row.addWidget(self.save_button)
        card.body.addLayout(row)
        self.column.addWidget(card)

    def look(self) -> None:
        """Ask the publisher."""
        self._run(partial(_check, self.context.updates), _("Đang tìm bản mới…"), self._looked)

    def choose(self) -> QFileDialog:
        """Ask for the folder of a stick."""
        dialog = QFileDialog(self.window(), _("Thư mục có bản mới"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_from)
        dialog.open()
        return dialog

    @Slot(str)
    def take_from(self, path: str) -> None:
        """Take a new version from a folder that holds ``metadata`` and ``targets``."""
        self._folder = path
        self._get(Path(path))

    def get(self) -> None:
        """Fetch what was found; the next start uses it."""
        self._get(None)

    def go_back(self) -> None:
        """Use the version before from the next start."""
        self._run(partial(_back, self.context.updates), "", self._looked)

    def save(self) -> None:
        """Keep where and how to look."""
        commit_typing()
        show_error(self.fields, None)
        typed = (self.channel.value(), self.address.text(), self.proxy.text(), self.auto.isChecked())
        self.context.courier.run(
            partial(_save, self.context.updates, *typed),
            owner=self,
            ok=self._saved,
            fail=self._not_saved,
            lane="work",
        )

    def show_changes(self) -> ChangesSheet:
        """Show what is new in each version."""
        sheet = ChangesSheet(self.context, self.window())
        sheet.open()
        return sheet

    def show_licences(self) -> LicencesSheet:
        """Show the parts of the program with their licences."""
        sheet = LicencesSheet(self.context, self.window())
        sheet.open()
        return sheet

    def _ask(self) -> None:
        self.context.courier.run(
            partial(_known, self.context.updates), owner=self, ok=self._show_known, lane="work"
        )

    def _show_known(self, known: "tuple[UpdateState, Wishes]") -> None:
        state, wishes = known
        self.channel.set_value(wishes.channel.value)
        self.address.setText(wishes.address)
        self.proxy.setText(wishes.proxy)
        self.auto.setChecked(wishes.looks_by_itself)
        self._show(state)

    def _get(self, place: Path | None) -> None:
        pace = self.bar.begin(_("Đang tải bản mới… Cứ làm việc tiếp; bản đang dùng không thay đổi."))
        self._run(partial(_get, self.context.updates, pace, place), "", self._got, end=pace.stop)

    def _run(self, work: object, said: str, ok: object, *, end: object = None) -> None:
        assert callable(work)
        assert callable(ok)
        self.problem.set_text("")
        self._enable(False)
        if said:
            self.bar.begin(said, can_stop=False)
        self.context.courier.run(
            work,
            owner=self,
            ok=ok,
            fail=self._refused,
            always=self._over,
            lane="long" if end else "net",
            end=end if callable(end) else None,
        )

    def _over(self) -> None:
        self.bar.end()
        self._enable(True)

    def _enable(self, is_on: bool) -> None:
        for button in (self.search, self.stick, self.back, self.fetch):
            button.setEnabled(is_on)

    def _looked(self, state: UpdateState) -> None:
        self._show(state)
        if state.offer is None and not (state.ready or state.beside):
            self.context.toast(_("Đang dùng bản mới nhất."))

    def _got(self, state: UpdateState) -> None:
        self._show(state)
        self.context.toast(_("Đã tải xong. Bản {version} dùng từ lần mở sau.").format(version=state.ready))

    def _show(self, state: UpdateState) -> None:
        self._state = state
        build = state.build
        self.version.setText(_("SpokesDesk {version}").format(version=build.version))
        self.kept.setText(_kind_words(state))
        self.news.set_text(_news_words(state))
        can_fetch = (
            build.renews_itself and not state.ready and (state.offer is not None or bool(state.beside))
        )
        self.fetch.setVisible(can_fetch)
        self.stick.setVisible(build.renews_itself)
        self.back.setText(_("Quay về bản {version}").format(version=state.before))
        self.back.setVisible(bool(state.before))

    def _refused(self, error: DeskError) -> None:
        self.problem.set_text(words.word(error))

    def _saved(self, _wishes: object) -> None:
        self.context.toast(_("Đã lưu cách tìm bản mới."))

    def _not_saved(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self.problem.set_text(words.word(error))


def _kind_words(state: UpdateState) -> str:
    if state.build.kind == "deb":
        return _("Cài bằng gói Debian: apt cập nhật chương trình, trang này chỉ báo có bản mới.")
    if not state.build.renews_itself:
        return _("Chạy từ mã nguồn hoặc pip: trang này chỉ báo có bản mới.")
    if state.before:
        return _("Giữ lại bản {version} để quay về khi cần.").format(version=state.before)
    return _("Bản mới được đặt cạnh bản đang dùng; bản đang dùng được giữ lại.")


def _news_words(state: UpdateState) -> str:
    if state.ready:
        return _("Từ lần mở sau dùng bản {version}.").format(version=state.ready)
    if state.offer is None:
        return _("Bản {version} đã tải về.").format(version=state.beside) if state.beside else ""
    size = max(1, state.offer.size // MEGABYTE)
    head = _("Có bản mới {version} ({size} MB):").format(version=state.offer.version, size=size)
    return "\n".join([head, *(f"• {line}" for line in state.offer.changes)])


def _known(tools: "UpdateTools") -> "tuple[UpdateState, Wishes]":
    from spokesdesk.services import updates

    machine, settings = tools()
    return updates.state(machine, settings), updates.wishes(settings)


def _check(tools: "UpdateTools") -> UpdateState:
    from spokesdesk.services import updates

    return updates.check(*tools())


def _get(tools: "UpdateTools", pace: Pace, place: Path | None) -> UpdateState:
    from spokesdesk.services import updates

    machine, settings = tools()
    updates.get(machine, settings, pace.tell, pace.is_stopped, place)
    return updates.apply(machine, settings)


def _back(tools: "UpdateTools") -> UpdateState:
    from spokesdesk.services import updates

    return updates.go_back(*tools())


def _save(tools: "UpdateTools", channel: str, address: str, proxy: str, looks_by_itself: bool) -> "Wishes":
    from spokesdesk.services import updates

    _machine, settings = tools()
    return updates.set_wishes(settings, updates.Wishes(Channel(channel), address, proxy, looks_by_itself))
