"""The rules in use: packs taken, a new one looked at before it is taken, what is open keeps its limits."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.language import ngettext
from spokesdesk.domain.library import TakenPack
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import (
    Button,
    Card,
    Chip,
    LinkButton,
    PrimaryButton,
    clear_layout,
    label,
)
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk
from spokesdesk.services.rulepacks import OpenItem, PackLook

MOST_ITEMS = 20


class PacksSection(Section):
    """A list of packs, a file looked at, and the button that takes it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._folder = QDir.homePath()
        self._path: Path | None = None
        self._dropped: UUID | None = None
        card = Card(_("Bộ quy định đang dùng"), parent=self)
        hint = _(
            "Thời hạn và căn cứ tính theo bộ quy định có sẵn của chương trình. Khi luật thay đổi, nạp bộ mới "
            "đã ký của nơi phát hành; quy định riêng của tỉnh là tệp .toml nạp thêm. Việc đang mở giữ thời hạn đã có."
        )
        card.add(label(hint, "small", card, wrap=True))
        self.version = label("", "strong", card)
        card.add(self.version)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        card.body.addLayout(self._rows)
        self.problem = Note("", "red", card)
        card.add(self.problem)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Xem thư viện văn bản"), partial(context.navigate, "law"), parent=card))
        self.choose_button = Button(_("Nạp bộ quy định…"), self.choose, parent=card)
        row.addWidget(self.choose_button)
        card.body.addLayout(row)
        self._new = Card(_("Bộ sắp nạp"), parent=self)
        self._told = QVBoxLayout()
        self._told.setSpacing(6)
        self._new.body.addLayout(self._told)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(Button(_("Thôi"), self.forget, parent=self._new))
        self.take_button = PrimaryButton(_("Nạp bộ này"), self.take, parent=self._new)
        last.addWidget(self.take_button)
        self._new.body.addLayout(last)
        self._new.hide()
        self.column.addWidget(card)
        self.column.addWidget(self._new)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """List the packs."""
        self.context.courier.run(partial(_packs, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nothing."""
        clear_layout(self._rows)
        self.version.setText("")
        self.forget()

    def on_changed(self, changes: Changes) -> None:
        """A pack was taken or put away."""
        desk = self.context.desk()
        if desk is not None and any(change.kind == "rules" for change in changes):
            self.desk_ready(desk)

    def choose(self) -> QFileDialog:
        """Ask for a pack."""
        dialog = QFileDialog(self.window(), _("Nạp bộ quy định"), self._folder, _("Bộ quy định (*.toml)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.look)
        dialog.open()
        return dialog

    @Slot(str)
    def look(self, path: str) -> None:
        """Say what a pack would change."""
        desk = self.context.desk()
        if desk is None or not path:
            return
        self.forget()
        self._path = Path(path)
        self._folder = str(self._path.parent)
        self.context.courier.run(
            partial(_look, desk, self._path), owner=self, ok=self._looked, fail=self._refused, lane="work"
        )

    def take(self) -> None:
        """Take the pack that was looked at."""
        desk = self.context.desk()
        if desk is not None and self._path is not None:
            work = partial(_take, desk, self._path)
            self.context.courier.run(work, owner=self, ok=self._took, fail=self._refused)

    def forget(self) -> None:
        """Show no pack to be taken."""
        self._path = None
        self._new.hide()
        self.problem.set_text("")

    def _show(self, found: tuple[str, int, tuple[TakenPack, ...]]) -> None:
        version, count, packs = found
        self.version.setText(_("Bản {version} · {n} quy tắc").format(version=version, n=count))
        clear_layout(self._rows)
        for pack in packs:
            self._rows.addWidget(self._row(pack))

    def _row(self, pack: TakenPack) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        is_local = pack.kind == "local"
        row.addWidget(
            Chip(_("địa phương") if is_local else _("đã ký"), "teal" if is_local else "green", parent=box)
        )
        said = _("{name} – bản {version}, {who} nạp ngày {day}").format(
            name=pack.name,
            version=pack.version,
            who=pack.author.name,
            day=short_date(vn_day(pack.at)),
        )
        row.addWidget(label(said, "", box, wrap=True), 1)
        button = LinkButton(_("Thôi dùng"), partial(self._put_away, pack.id), box)
        button.setAccessibleName(_("Thôi dùng {name}").format(name=pack.name))
        row.addWidget(button)
        return box

    def _looked(self, seen: PackLook) -> None:
        clear_layout(self._told)
        for text, role in _told(seen):
            self._told.addWidget(label(text, role, self._new, wrap=True))
        self._new.show()
        self.take_button.setFocus()

    def _took(self, answer: tuple[TakenPack, Changes]) -> None:
        self._dropped = answer[0].id
        self.forget()
        self.context.toast(_("Đã nạp bộ quy định. Việc đang mở giữ thời hạn đã có."), self._undo_take)

    def _undo_take(self) -> None:
        if self._dropped is not None:
            self._change(self._dropped, again=False)

    def _put_away(self, pack_id: UUID) -> None:
        self._dropped = pack_id
        self._change(pack_id, again=False)
        self.context.toast(_("Đã thôi dùng bộ quy định."), self._use_again)

    def _use_again(self) -> None:
        if self._dropped is not None:
            self._change(self._dropped, again=True)

    def _change(self, pack_id: UUID, *, again: bool) -> None:
        desk = self.context.desk()
        if desk is not None:
            work = partial(_put_away, desk, pack_id, again=again)
            self.context.courier.run(work, owner=self, fail=self._refused)

    def _refused(self, error: DeskError) -> None:
        self.problem.set_text(word(error))


def _told(seen: PackLook) -> list[tuple[str, str]]:
    head = seen.head
    lines = [(f"{head.name} – {head.version}", "strong")]
    lines += [(head.note, "muted")] if head.note else []
    lines.append((_("Quy tắc mới hoặc đổi: {n}").format(n=len(seen.added)), ""))
    for rule in seen.added[:MOST_ITEMS]:
        doubt = f" ({rule.confidence.wording})" if rule.confidence.is_uncertain else ""
        lines.append((f"{rule.title} – {rule.citation.text}{doubt}", "cite"))
    if seen.gone:
        lines.append((_("Quy tắc không còn: {rules}").format(rules=", ".join(seen.gone)), ""))
    count = len(seen.open_items)
    if not count:
        return [*lines, (_("Không việc nào đang mở có hạn khác theo bộ này."), "")]
    said = ngettext(
        "{n} việc đang mở giữ hạn đã có; theo bộ này hạn sẽ khác:",
        "{n} việc đang mở giữ hạn đã có; theo bộ này hạn sẽ khác:",
        count,
    )
    lines.append((said.format(n=count), "strong"))
    lines += [(_item_line(item), "") for item in seen.open_items[:MOST_ITEMS]]
    if count > MOST_ITEMS:
        lines.append((_("… và {n} việc nữa").format(n=count - MOST_ITEMS), "muted"))
    return lines


def _item_line(item: OpenItem) -> str:
    return f"{item.title}: {item.old.wording} → {item.new_wording or _('không còn thời hạn')}"


def _packs(desk: Desk) -> tuple[str, int, tuple[TakenPack, ...]]:
    from spokesdesk.services import rulepacks

    return desk.rules.version, len(desk.rules.rules), rulepacks.packs(desk)


def _look(desk: Desk, path: Path) -> PackLook:
    from spokesdesk.services import rulepacks

    return rulepacks.look(desk, path)


def _take(desk: Desk, path: Path) -> tuple[TakenPack, Changes]:
    from spokesdesk.services import rulepacks

    return rulepacks.take(desk, path)


def _put_away(desk: Desk, pack_id: UUID, *, again: bool) -> tuple[object, Changes]:
    from spokesdesk.services import rulepacks

    return rulepacks.put_away(desk, pack_id, again=again)
