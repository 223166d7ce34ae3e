"""What is watched: the sources that are fetched with how they fare, the subjects that are looked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import Source, SourceDraft, Subject
from spokesdesk.domain.people import Agency
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.widgets.basic import Button, Card, Chip, LinkButton, PageHeader, clear_layout, label, line
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit
from spokesdesk.services import monitoring_sources as service
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

EVERY = (0, 5, 15, 30, 60, 240)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the page shows."""

    sources: tuple[Source, ...]
    subjects: tuple[Subject, ...]
    agency: Agency
    every_min: int


class WatchPage(QWidget):
    """Sources at the left, subjects at the right.

    Emits:
        left: back to the queue.
        fetch_wanted: fetch now.
    """

    left = Signal()
    fetch_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._edited: Subject | None = None
        self.url, self.outlet = LineEdit("https://", self), LineEdit(_("tên báo, đài"), self)
        self.name, self.phrases = LineEdit(parent=self), LineEdit(_("cụm từ 1; cụm từ 2"), self)
        self.every: ComboBox[int] = ComboBox(tuple((n, _every(n)) for n in EVERY), self)
        self._sources, self._subjects = QVBoxLayout(), QVBoxLayout()
        self.fields: list[Field] = []
        self._build()
        self.every.currentIndexChanged.connect(self._choose)

    def load(self) -> None:
        """Read what is watched."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_watched, desk), owner=self, ok=self._show, lane="read")

    def refresh(self, changes: Changes) -> None:
        """Show what was written."""
        if self.isVisible() and any(change.kind in ("news_source", "watch_subject") for change in changes):
            self.load()

    @Slot()
    def add_source(self) -> None:
        """Add the source that was typed."""
        draft = SourceDraft("", self.url.text(), self.outlet.text())
        self._write(lambda desk: service.save_source(desk, draft), self._source_added)

    @Slot()
    def add_subject(self) -> None:
        """Add the subject that was typed, or change the one that is edited."""
        before, name, phrases = self._edited, self.name.text(), self.phrases.text()
        self._write(lambda desk: service.save_subject(desk, before, name, phrases), self._subject_added)

    def _write(self, run: Callable[[Desk], tuple[Any, Changes]], ok: Callable[[Any], object]) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(run, desk), owner=self, ok=ok, fail=self._failed)

    def _source_added(self, _answer: object) -> None:
        self.url.clear()
        self.outlet.clear()
        show_error(self.fields, None)
        self.url.setFocus()
        self._context.toast(_("Đã thêm nguồn; tin sẽ được lấy ngay lượt tới."))
        self.fetch_wanted.emit()

    def _subject_added(self, _answer: object) -> None:
        self._edited = None
        self.name.clear()
        self.phrases.clear()
        show_error(self.fields, None)
        self.name.setFocus()
        self._context.toast(_("Đã lưu chủ đề; tin chưa xem đã được rà lại."))

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _show(self, found: Watched) -> None:
        clear_layout(self._sources)
        clear_layout(self._subjects)
        self.every.blockSignals(True)
        self.every.set_value(found.every_min)
        self.every.blockSignals(False)
        for at, source in enumerate(found.sources):
            if at:
                self._sources.addWidget(line(self))
            self._sources.addWidget(self._source(source))
        if not found.sources:
            words = _("Chưa có nguồn nào. Dán địa chỉ RSS của một báo vào ô trên rồi nhấn Enter.")
            self._sources.addWidget(label(words, "muted", self, wrap=True))
        name = found.agency.name or _("tên cơ quan")
        own = _("{name} (tên cơ quan, luôn được theo dõi)").format(name=name)
        self._subjects.addWidget(label(own, "muted", self, wrap=True))
        for subject in found.subjects:
            self._subjects.addWidget(line(self))
            self._subjects.addWidget(self._subject(subject))

    def _source(self, source: Source) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(source.name, "strong", box), 1)
        text, tone = _stands(source)
        top.addWidget(Chip(text, tone, parent=box))
        column.addLayout(top)
        column.addWidget(label(source.url, "small", box, wrap=True))
        said = service.fault_words(source)
        if said:
            column.addWidget(label(said, "small", box, wrap=True))
        acts = QHBoxLayout()
        acts.setSpacing(8)
        at = (
            _("Lấy được lần cuối {at}").format(at=_at(source.ok_at))
            if source.ok_at
            else _("Chưa lấy được lần nào")
        )
        acts.addWidget(label(at, "small", box), 1)
        turned = _("Tạm dừng") if source.is_active else _("Lấy tin lại")
        acts.addWidget(
            _named(LinkButton(turned, partial(self._switch, source), box), f"{turned}: {source.name}")
        )
        acts.addWidget(_named(LinkButton(_("Bỏ"), partial(self._drop_source, source.id), box), source.name))
        column.addLayout(acts)
        return box

    def _subject(self, subject: Subject) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(subject.name, "strong", box, wrap=True))
        words.addWidget(label("; ".join(subject.phrases), "small", box, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(_named(LinkButton(_("Sửa"), partial(self._edit, subject), box), subject.name))
        row.addWidget(_named(LinkButton(_("Bỏ"), partial(self._drop_subject, subject.id), box), subject.name))
        return box

    def _switch(self, source: Source) -> None:
        self._write(lambda desk: service.switch_source(desk, source.id, on=not source.is_active), _nothing)

    def _drop_source(self, source_id: UUID) -> None:
        self._write(lambda desk: service.drop_source(desk, source_id), self._source_dropped)

    def _source_dropped(self, answer: tuple[Source, Changes]) -> None:
        undo = partial(self._write, partial(_back_source, answer[0]), _nothing)
        self._context.toast(_("Đã bỏ nguồn {name}; tin đã lấy vẫn còn.").format(name=answer[0].name), undo)

    def _drop_subject(self, subject_id: UUID) -> None:
        self._write(lambda desk: service.drop_subject(desk, subject_id), self._subject_dropped)

    def _subject_dropped(self, answer: tuple[Subject, Changes]) -> None:
        undo = partial(self._write, partial(_back_subject, answer[0]), _nothing)
        self._context.toast(_("Đã bỏ chủ đề {name}.").format(name=answer[0].name), undo)

    def _edit(self, subject: Subject) -> None:
        self._edited = subject
        self.name.setText(subject.name)
        self.phrases.setText("; ".join(subject.phrases))
        self.phrases.setFocus()

    @Slot(int)
    def _choose(self, _index: int) -> None:
        minutes = self.every.value()
        self._write(lambda desk: service.set_every(desk, minutes), _nothing)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(LinkButton(_("‹ Tin mới"), self.left.emit, self))
        header = PageHeader(_("Nguồn, chủ đề theo dõi"), "", self)
        header.add_button(Button(_("Lấy tin ngay"), self.fetch_wanted.emit, "Ctrl+R", self))
        top.addWidget(header, 1)
        column.addLayout(top)
        sources, subjects = (
            Card(_("Nguồn tin (RSS, Atom)"), parent=self),
            Card(_("Chủ đề theo dõi"), parent=self),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field(_("Địa chỉ nguồn"), self.url, "url"), 3)
        row.addWidget(self._field(_("Cơ quan báo chí"), self.outlet, "outlet"), 2)
        sources.body.addLayout(row)
        sources.add(Button(_("Thêm nguồn"), self.add_source, parent=self))
        sources.add(self._field(_("Tự lấy tin khi cửa sổ mở và có mạng"), self.every, "every"))
        sources.add(line(self))
        sources.body.addLayout(self._sources)
        subjects.add(self._field(_("Tên chủ đề"), self.name, "name"))
        subjects.add(
            self._field(_("Cụm từ cần tìm, không cần dấu, cách nhau bằng ;"), self.phrases, "phrases")
        )
        subjects.add(Button(_("Lưu chủ đề"), self.add_subject, parent=self))
        subjects.add(line(self))
        subjects.body.addLayout(self._subjects)
        column.addWidget(beside(scrolled([sources], self), scrolled([subjects], self), self), 1)
        for edit in (self.url, self.outlet):
            edit.returnPressed.connect(self.add_source)
        for edit in (self.name, self.phrases):
            edit.returnPressed.connect(self.add_subject)

    def _field(self, text: str, edit: QWidget, name: str) -> Field:
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        return made


def _watched(desk: Desk) -> Watched:
    """Worker: what is watched."""
    return Watched(service.sources(desk), service.subjects(desk), people.agency(desk), service.every(desk))


def _stands(source: Source) -> tuple[str, str]:
    if not source.is_active:
        return _("Tạm dừng"), "neutral"
    if source.fault and source.failures:
        return _("Chưa lấy được"), "amber"
    if source.fault:
        return _("Lấy được một phần"), "amber"
    return (_("Tốt"), "green") if source.ok_at else (_("Chờ lượt"), "teal")


def _at(moment: Any) -> str:
    return f"{to_vn(moment):%H:%M %d/%m/%Y}"


def _every(minutes: int) -> str:
    if not minutes:
        return _("Không tự lấy")
    if minutes < 60:
        return _("Mỗi {n} phút").format(n=minutes)
    return _("Mỗi {n} giờ").format(n=minutes // 60)


def _named(button: LinkButton, about: str) -> LinkButton:
    """Say what a short word is about to those who listen."""
    button.setAccessibleDescription(about)
    return button


def _back_source(source: Source, desk: Desk) -> tuple[Source, Changes]:
    return service.restore_source(desk, source)


def _back_subject(subject: Subject, desk: Desk) -> tuple[Subject, Changes]:
    return service.restore_subject(desk, subject)


def _nothing(_answer: object) -> None:
    return
