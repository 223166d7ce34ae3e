"""A person who stands in the shared journal twice, because two desks each wrote them down before they were joined."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk


class TwiceNote(Note):
    """Offers to make one of two records of a person; one pair at a time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", "amber", parent)
        self._context = context
        self._pair: tuple[Member, Member] | None = None
        self.apart = Button(_("Hai người khác nhau"), self.keep_apart, parent=self)
        self.one = Button(_("Là một người"), self.join, parent=self)
        self.add_button(self.apart)
        self.add_button(self.one)

    def load(self, desk: Desk) -> None:
        """Ask whether somebody is there twice."""
        self._context.courier.run(
            partial(service.same_members, desk), owner=self, ok=self._show, fail=self._hush, lane="read"
        )

    @Slot()
    def join(self) -> None:
        """Make one of the two; who is at work goes on under the record that is kept."""
        desk, pair = self._context.desk(), self._pair
        if desk is not None and pair is not None:
            self._context.courier.run(
                partial(service.join_members, desk, pair[0].id, pair[1].id),
                owner=self,
                ok=self._joined,
                fail=self._refused,
            )

    @Slot()
    def keep_apart(self) -> None:
        """Remember that they are two."""
        desk, pair = self._context.desk(), self._pair
        if desk is not None and pair is not None:
            self._context.courier.run(
                partial(service.keep_members_apart, desk, pair[0].id, pair[1].id), owner=self, ok=self._done
            )

    def _show(self, found: tuple[tuple[Member, Member], ...]) -> None:
        self._pair = found[0] if found else None
        said = _(
            "“{name}” có hai mục: một ghi trên máy này trước khi nối, một đã có trong sổ chung. Gộp lại thì giữ mục "
            "của sổ chung với vai trò của cả hai và mã PIN của máy này; mọi việc đã ghi vẫn đứng tên người ấy."
        )
        self.set_text(said.format(name=self._pair[0].name) if self._pair else "")

    def _joined(self, answer: tuple[Member, Changes]) -> None:
        self._context.toast(
            _("Đã gộp {name}. Bấm F4 để làm việc dưới mục được giữ.").format(name=answer[0].name)
        )
        self._done(answer)

    def _done(self, _answer: object) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.load(desk)

    def _refused(self, error: DeskError) -> None:
        self._context.status(word(error))

    def _hush(self, _error: DeskError) -> None:
        """The desk was closed meanwhile."""
