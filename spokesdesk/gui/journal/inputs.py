"""The inputs of the contact form in the order of the conversation, and what they hold."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.clock import parse_time, vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import (
    QUESTION_LIMIT,
    QUESTIONS_LIMIT,
    TEXT_LIMIT,
    TOPIC_LIMIT,
    Channel,
    GivenForm,
)
from spokesdesk.domain.journal_words import channels, given_forms
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.answerclock import AnswerClock
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.files import FilesPart
from spokesdesk.gui.journal.known import KnownReporter
from spokesdesk.gui.journal.more import More
from spokesdesk.gui.journal.values import OCCASIONS, Values, moment_text
from spokesdesk.gui.journal.verification import VerificationPanel
from spokesdesk.gui.journal.watch import FileCatch
from spokesdesk.gui.journal.words import fields
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.gui.saying import sentence
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.flowing import Flowing
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


class Inputs(Flowing):
    """Every input of a contact.

    Emits:
        edited: None, something that is not a plain text or choice was changed.
    """

    edited = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self._desk: Desk | None = None
        self._base = Values()
        courier, theme = context.courier, context.theme
        self.channel: ComboBox[Channel] = ComboBox(channels(), self)
        self.received = LineEdit(_("09:15 hoặc 20/11/2026 09:15"), self)
        self.journalist = NameEdit(courier, theme, None, _("Gõ một phần tên, không cần dấu"), self)
        self.outlet = NameEdit(courier, theme, None, _("Gõ một phần tên, không cần dấu"), self)
        self.panel = VerificationPanel(self)
        self.occasion = LineEdit(_("Tên cuộc họp, ví dụ: Họp báo quý IV"), self)
        self.topic = LineEdit(_("Hỏi về việc gì"), self)
        self.questions = TextEdit(_("Mỗi câu hỏi một dòng, hoặc đánh số 1. 2. 3."), 3, self)
        self.given = TextEdit(_("Đã trả lời hoặc cung cấp gì, số văn bản nếu có"), 2, self)
        self.given_form: ComboBox[GivenForm] = ComboBox(given_forms(), self)
        self.answer = AnswerClock(courier, self)
        self.follow_up = LineEdit(_("Việc còn phải làm"), self)
        self.follow_up_on = DateEdit("follow_up_on", self)
        self.recorded = CheckBox(_("Có ghi âm, ghi hình; đã báo trước cho nhà báo"), self)
        self.attached = FilesPart(courier, theme, self)
        self.files = self.attached.area
        self.more = More(context, self.questions.text, self)
        self.known = KnownReporter(courier, self.journalist, self.outlet, self.panel, self)
        self._fields: dict[str, Field] = {}
        self._lay_out()
        self._connect()

    def use(self, desk: Desk | None) -> None:
        """Work with this desk; None while it is closed: names and dates wait, what is typed stays."""
        self._desk = desk
        self.known.use(desk)
        self.files.keep_watched(partial(journal.keep_watched, desk) if desk else None)
        self._time_changed()

    def now(self) -> datetime:
        """Give the present moment, UTC."""
        return self._desk.now() if self._desk else datetime.now(UTC)

    def fields(self) -> tuple[Field, ...]:
        """Give every labelled input, for errors."""
        return (*self._fields.values(), self.answer.field, *self.panel.fields(), *self.more.fields())

    def field(self, name: str) -> Field:
        """Give one labelled input."""
        return self._fields[name]

    def values(self) -> Values:
        """Give what the form holds."""
        journalist, outlet = self.journalist.suggestion(), self.outlet.suggestion()
        return replace(
            self._base,
            channel=self.channel.value().value,
            received=self.received.text(),
            journalist=self.journalist.text(),
            journalist_id=str(journalist.id) if journalist else "",
            outlet=self.outlet.text(),
            outlet_id=str(outlet.id) if outlet else "",
            kind=self.panel.kind().value,
            typed=self.panel.typed(),
            topic=self.topic.text(),
            questions=self.questions.text(),
            given=self.given.text(),
            given_form=self.given_form.value().value,
            answer_event=self.answer.event_id(),
            follow_up=self.follow_up.text(),
            follow_up_on=self.follow_up_on.text(),
            attachments=tuple(self.files.values()),
            occasion=self.occasion.text(),
            answered_by=self.more.answered_by.text(),
            recorded=self.recorded.isChecked(),
            companions=self.more.companions.values(),
            answers=self.more.answers.values(),
            givens=self.more.givens.values(),
        )

    def fill(self, values: Values) -> None:
        """Show these values; errors of what was shown before go."""
        self._base = values
        for field in self.fields():
            field.set_error("")
        self.channel.set_value(Channel(values.channel))
        self.received.setText(values.received or moment_text(self.now()))
        self.known.fill((values.journalist, values.journalist_id), (values.outlet, values.outlet_id))
        self.panel.fill(VerificationKind(values.kind), values.typed)
        self.topic.setText(values.topic)
        self.questions.set_text(values.questions)
        self.given.set_text(values.given)
        self.given_form.set_value(GivenForm(values.given_form))
        self.answer.choose(values.answer_event)
        self.follow_up.setText(values.follow_up)
        self.follow_up_on.setText(values.follow_up_on)
        self.files.restore(values.attachments)
        self.occasion.setText(values.occasion)
        self.recorded.setChecked(values.recorded)
        self.more.fill(values)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 4, 20, 16)
        column.setSpacing(10)
        edits: dict[str, QWidget] = {
            "channel": self.channel,
            "received_at": self.received,
            "occasion": self.occasion,
            "journalist": self.journalist,
            "outlet": self.outlet,
            "topic": self.topic,
            "questions": self.questions,
            "given": self.given,
            "given_form": self.given_form,
            "answered_by": self.more.answered_by,
            "follow_up": self.follow_up,
            "follow_up_on": self.follow_up_on,
            "attachments": self.attached,
        }
        labels = fields()
        self._fields = {name: Field(labels[name], edit, name, parent=self) for name, edit in edits.items()}
        companions, answers, givens = self.more.folds
        self._who = FieldGrid(2, 150, self)
        self._show_occasion()
        column.addWidget(self._who)
        column.addWidget(self.panel)
        column.addWidget(companions)
        column.addWidget(self._fields["topic"])
        column.addWidget(self._fields["questions"])
        column.addWidget(answers)
        column.addWidget(self._row(3, ("given", 2), ("given_form", 1)))
        column.addWidget(givens)
        column.addWidget(self._answerer())
        column.addWidget(self.more.note)
        column.addWidget(self.answer)
        column.addWidget(self._row(3, ("follow_up", 2), ("follow_up_on", 1)))
        column.addWidget(self._fields["attachments"])
        column.addStretch(1)

    def _answerer(self) -> FieldGrid:
        grid = FieldGrid(3, 150, self)
        grid.show_cells([(self._fields["answered_by"], 1), (self.recorded, 2)])
        return grid

    def _show_occasion(self, *_ignored: object) -> None:
        """A press conference has a name; other contacts need no room for one."""
        fields = self._fields
        cells: list[tuple[QWidget, int]] = [(fields["channel"], 1), (fields["received_at"], 1)]
        cells += [(fields["occasion"], 2)] if self.channel.value().value in OCCASIONS else []
        self._who.show_cells([*cells, (fields["journalist"], 1), (fields["outlet"], 1)])
        fields["occasion"].setVisible(len(cells) > 2)

    def _row(self, columns: int, *cells: tuple[str, int]) -> FieldGrid:
        grid = FieldGrid(columns, 150, self)
        grid.show_cells([(self._fields[name], span) for name, span in cells])
        return grid

    def _connect(self) -> None:
        self.received.textChanged.connect(self._time_changed)
        self.received.editingFinished.connect(self._time_left)
        self.follow_up_on.editingFinished.connect(self._day_left)
        self.known.journalist_taken.connect(self._on_to_topic)
        self.known.outlet_taken.connect(self._on_from_outlet)
        for signal in (self.panel.edited, self.answer.edited, self.files.changed, self.more.edited):
            signal.connect(self._pass_on)
        self.channel.currentIndexChanged.connect(self._show_occasion)
        self.more.made.connect(self._row_made)
        limits = {"journalist": NAME_LIMIT, "outlet": NAME_LIMIT, "topic": TOPIC_LIMIT, "given": TEXT_LIMIT}
        limits |= {"follow_up": TEXT_LIMIT, "questions": QUESTION_LIMIT * QUESTIONS_LIMIT}
        limits |= {"occasion": NAME_LIMIT, "answered_by": NAME_LIMIT}
        for name, limit in limits.items():
            LengthWatch(self._fields[name], limit)
        self._catch = FileCatch(self, self.files)
        self.questions.installEventFilter(self)
        self._set_tab_order()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answers follow their questions once the field of questions is left, never while one types."""
        if watched is self.questions and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.more.questions_left)
        return super().eventFilter(watched, event)

    def _row_made(self, row: QWidget) -> None:
        self._catch.watch(row)
        QTimer.singleShot(0, self, self._set_tab_order)

    def _set_tab_order(self) -> None:
        """Tab follows the conversation, through the rows that were asked for too."""
        more = self.more
        chain: list[QWidget] = [self.channel, self.received, self.occasion, self.journalist, self.outlet]
        chain += [*self.panel.tab_chain(), *more.companions.tab_chain(), self.topic, self.questions]
        chain += [*more.answers.tab_chain(), self.given, self.given_form, *more.givens.tab_chain()]
        chain += [more.answered_by, self.recorded, self.answer.field.edit, self.follow_up]
        chain += [self.follow_up_on, self.files]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _received_at(self) -> datetime | None:
        try:
            return parse_time(self.received.text(), now=self.now(), field="received_at")
        except UserError:
            return None

    def _time_changed(self, _text: str = "") -> None:
        at = self._received_at()
        if at is not None:
            self.panel.use(self._desk, vn_day(at))
            self.answer.use(self._desk, at)
            self.more.use(self._desk, vn_day(at))
            self.attached.say(journal.not_to_be_kept(self._desk, vn_day(at)) if self._desk else ())

    def _time_left(self) -> None:
        """Write the moment out in full once the field is left, or say why it cannot be read."""
        field = self._fields["received_at"]
        try:
            at = parse_time(self.received.text(), now=self.now(), field="received_at")
        except UserError as error:
            field.set_error(sentence(error, field))
            return
        field.set_error("")
        if self.received.text() != moment_text(at):
            self.received.setText(moment_text(at))

    def _day_left(self) -> None:
        field = self._fields["follow_up_on"]
        try:
            self.follow_up_on.on()
            field.set_error("")
        except UserError as error:
            field.set_error(sentence(error, field))

    def _on_to_topic(self, _nothing: object) -> None:
        self._fields["topic"].focus()

    def _on_from_outlet(self, _nothing: object) -> None:
        empty = not self.journalist.text().strip()
        (self._fields["journalist"] if empty else self.panel.fields()[0]).focus()

    def _pass_on(self, _nothing: object) -> None:
        self.edited.emit(None)
