"""Copies of the workspace: where they are kept, how the last ones went, trying one out, and getting one back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from spokesdesk.domain.backups import BackupRun, Copy, RunKind, size_words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import Pace, PaceBar
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.restoring import RestoreSheet
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import CheckBox
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.backups import BackupState
from spokesdesk.services.ports import Desk

_RUNS_SHOWN, _COPIES_SHOWN = 6, 11


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the section shows, read at once."""

    state: BackupState
    caution: str
    copies: tuple[Copy, ...]
    runs: tuple[BackupRun, ...]


class BackupsSection(Section):
    """One copy a day by itself; nothing here is needed for that."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._shown: Shown | None = None
        self.caution, self.wrong, self.said = (
            Note("", "amber", self),
            Note("", "red", self),
            Note("", "green", self),
        )
        self.pace = PaceBar(self)
        for part in (self.caution, self.wrong, self.said, self.pace):
            self.column.addWidget(part)
        self._build_daily()
        self._build_drill()
        self._build_restore()
        self._build_history()
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Show how it stands."""
        self.context.courier.run(
            partial(_read, desk), owner=self, ok=self._show, fail=self._refused, lane="read"
        )

    def desk_closed(self) -> None:
        """Stop what is under way and forget results."""
        self.pace.stop()
        for note in (self.caution, self.wrong, self.said):
            note.set_text("")

    def on_changed(self, changes: Changes) -> None:
        """A copy was made or tried out."""
        desk = self.context.desk()
        if desk is not None and any(change.kind == "backup" for change in changes):
            self.desk_ready(desk)

    def back_up(self) -> None:
        """Make a copy now."""
        self._run(_back_up, _("Đang sao lưu…"), self._backed_up)

    def drill(self) -> None:
        """Try the latest copy out."""
        self._run(_drill, _("Đang khôi phục thử và kiểm tra…"), self._drilled)

    def restore(self) -> None:
        """Get a copy back into a new folder."""
        desk = self.context.desk()
        if desk is None or self._shown is None:
            return
        sheet = RestoreSheet(
            self.context.courier, partial(_restore, desk), self._shown.state.place, self.window()
        )
        sheet.offer(self._shown.copies)
        sheet.made.connect(self.context.open_other)
        sheet.open()

    def _build_daily(self) -> None:
        card = Card(_("Sao lưu hằng ngày"), parent=self)
        self._last = label("", "", card, wrap=True)
        self._place = label("", "muted", card, wrap=True)
        self._same = Note("", "amber", card)
        self._auto = CheckBox(_("Tự sao lưu mỗi ngày khi chương trình chạy"), card)
        self._auto.clicked.connect(self._auto_changed)
        kept = _("Giữ lại bản của 7 ngày và 4 tuần gần nhất. Mọi bản đều đã mã hóa.")
        for part in (self._last, self._place, self._same, self._auto, label(kept, "small", card, wrap=True)):
            card.add(part)
        self._now = PrimaryButton(_("Sao lưu ngay"), self.back_up, parent=card)
        self._buttons(
            card,
            self._now,
            Button(_("Chọn nơi giữ…"), self._ask_place, parent=card),
            Button(_("Về nơi mặc định"), self._own_place, parent=card),
            Button(_("Lưu thành một tệp…"), self._ask_file, parent=card),
        )

    def _build_drill(self) -> None:
        card = Card(_("Diễn tập khôi phục"), parent=self)
        words = _(
            "Mỗi tuần chương trình tự khôi phục bản mới nhất vào một thư mục tạm, đọc lại toàn bộ, so với lúc sao lưu, "
            "rồi xóa thư mục tạm đi."
        )
        card.add(label(words, "muted", card, wrap=True))
        self._tested, self._failed = label("", "", card, wrap=True), Note("", "red", card)
        card.add(self._tested)
        card.add(self._failed)
        self._buttons(card, Button(_("Diễn tập ngay"), self.drill, parent=card))

    def _build_restore(self) -> None:
        card = Card(_("Khôi phục"), parent=self)
        words = _(
            "Khôi phục luôn ra một thư mục mới; bàn làm việc đang dùng không bị đụng đến. Bản khôi phục mở bằng cụm "
            "mật khẩu hoặc mã khôi phục của ngày sao lưu."
        )
        card.add(label(words, "muted", card, wrap=True))
        self._buttons(card, Button(_("Khôi phục sang thư mục mới…"), self.restore, parent=card))

    def _build_history(self) -> None:
        card = Card(_("Các bản đang có và lần làm gần đây"), parent=self)
        self._history = label("", "muted", card, wrap=True)
        self._history.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.add(self._history)
        self.column.addWidget(card)

    def _buttons(self, card: Card, *buttons: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.column.addWidget(card)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        state = shown.state
        self.caution.set_text(shown.caution)
        self._last.setText(_last_words(state.good))
        self._place.setText(_("Nơi giữ: {place}").format(place=state.place))
        same = _("Nơi này cùng ổ đĩa với bàn làm việc: hỏng ổ là mất cả hai. Nên chọn ổ khác hoặc ổ mạng.")
        self._same.set_text(same if state.is_on_same_disk else "")
        self._auto.setChecked(state.plan.is_on)
        tested = state.drill
        self._tested.setText(_tested_words(tested))
        self._failed.set_text(tested.said if tested is not None and not tested.ok else "")
        self._history.setText("\n".join(_history(shown)))

    def _run(self, work: object, text: str, ok: object) -> None:
        desk = self.context.desk()
        if desk is None or self.pace.is_running():
            return
        assert callable(work)
        assert callable(ok)
        self.wrong.set_text("")
        self.said.set_text("")
        pace = self.pace.begin(text)
        self.context.courier.run(
            partial(work, desk, pace),
            owner=self,
            ok=ok,
            fail=self._refused,
            always=self.pace.end,
            lane="long",
            end=pace.stop,
        )

    def _backed_up(self, done: tuple[BackupRun, Changes]) -> None:
        run = done[0]
        text = _("Đã sao lưu: {name} ({size}).").format(name=run.copy, size=size_words(run.size))
        self.said.set_text(text)

    def _drilled(self, done: tuple[BackupRun, Changes]) -> None:
        if done[0].ok:
            self.said.set_text(_("Bản sao lưu {name} khôi phục được trọn vẹn.").format(name=done[0].copy))

    def _refused(self, error: DeskError) -> None:
        if error.code != "stopped":
            self.wrong.set_text(word(error))

    @Slot(bool)
    def _auto_changed(self, on: bool) -> None:
        self._keep(is_on=on)

    def _own_place(self) -> None:
        self._keep(place="")

    def _ask_place(self) -> QFileDialog:
        dialog = QFileDialog(self.window(), _("Nơi giữ bản sao lưu"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._place_chosen)
        dialog.open()
        return dialog

    @Slot(str)
    def _place_chosen(self, name: str) -> None:
        if name:
            self._keep(place=name)

    def _keep(self, **changes: Any) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.wrong.set_text("")
            self.context.courier.run(
                partial(_change_plan, desk, changes), owner=self, fail=self._plan_refused, lane="write"
            )

    def _plan_refused(self, error: DeskError) -> None:
        self.wrong.set_text(word(error))
        if self._shown is not None:
            self._auto.setChecked(self._shown.state.plan.is_on)

    def _ask_file(self) -> None:
        ask_target(self, _("Lưu bản sao lưu"), _("ban-sao-luu") + ".spokesbackup", self._file_to)

    @Slot(str)
    def _file_to(self, name: str) -> None:
        self._run(partial(_to_file, Path(name)), _("Đang sao lưu…"), self._filed)

    def _filed(self, path: Path) -> None:
        self.said.set_text(_("Đã sao lưu vào {path}. Nên cất một bản ngoài máy này.").format(path=path))


def _last_words(good: BackupRun | None) -> str:
    if good is None:
        return _("Chưa có bản sao lưu nào.")
    return _("Bản gần nhất: {time}, {size}, {n} tệp kèm.").format(
        time=f"{to_vn(good.at):%H:%M ngày %d/%m/%Y}", size=size_words(good.size), n=good.files
    )


def _tested_words(run: BackupRun | None) -> str:
    if run is None:
        return _("Chưa diễn tập lần nào.")
    time = f"{to_vn(run.at):%H:%M ngày %d/%m/%Y}"
    if run.ok:
        text = _("Lần gần nhất {time}: bản {name} khôi phục được trọn vẹn, {n} mắt xích, đầu chuỗi {head}…")
        return text.format(time=time, name=run.copy, n=run.links, head=run.head[:16])
    return _("Lần gần nhất {time}: bản {name} KHÔNG khôi phục được trọn vẹn.").format(
        time=time, name=run.copy
    )


def _history(shown: Shown) -> list[str]:
    lines = [
        _("{name} · {size} · {n} tệp kèm").format(name=one.name, size=size_words(one.size), n=one.files)
        for one in shown.copies[:_COPIES_SHOWN]
    ]
    what = {RunKind.BACKUP: _("sao lưu"), RunKind.DRILL: _("diễn tập")}
    for run in shown.runs[:_RUNS_SHOWN]:
        result = _("xong") if run.ok else run.said
        lines.append(f"{to_vn(run.at):%d/%m %H:%M} · {what[run.kind]}: {result}")
    return lines


def _read(desk: Desk) -> Shown:
    from spokesdesk.services import backups

    state = backups.state(desk)
    return Shown(state, backups.caution(state), backups.copies(desk), backups.runs(desk, _RUNS_SHOWN))


def _back_up(desk: Desk, pace: Pace) -> tuple[BackupRun, Changes]:
    from spokesdesk.services import backups

    return backups.back_up(desk, progress=pace.tell, is_cancelled=pace.is_stopped)


def _drill(desk: Desk, pace: Pace) -> tuple[BackupRun, Changes]:
    from spokesdesk.services import backups

    return backups.drill(desk, progress=pace.tell, is_cancelled=pace.is_stopped)


def _change_plan(desk: Desk, changes: Mapping[str, Any]) -> Changes:
    """Change what is set now, which may be newer than what is shown."""
    from spokesdesk.services import backups

    return backups.set_plan(desk, replace(backups.plan(desk), **changes))


def _to_file(path: Path, desk: Desk, _pace: Pace) -> Path:
    from spokesdesk.services import workspace

    return workspace.backup(desk, path)


def _restore(desk: Desk, source: Path, folder: Path, pace: Pace) -> Path:
    from spokesdesk.services import backups

    return backups.restore(desk, source, folder, progress=pace.tell, is_cancelled=pace.is_stopped)
