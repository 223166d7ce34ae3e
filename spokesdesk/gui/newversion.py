"""A new version is looked for once a day, by itself and quietly: one line at the bottom of the window says it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.updates import UpdateState
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.screen import Context
from spokesdesk.gui.statusline import StatusLine
from spokesdesk.gui.widgets.basic import LinkButton

if TYPE_CHECKING:
    from spokesdesk.gui.door import UpdateTools

SOON_MS = 15_000
AGAIN_MS = 60 * 60_000
VERSION = "version"


class NewVersion(QObject):
    """Looks, and shows a link to the page of versions; a look that fails is tried again another day."""

    def __init__(self, context: Context, status: StatusLine, courier: Courier, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._courier = context, courier
        self.link = LinkButton("", partial(context.create, VERSION), status)
        self.link.hide()
        status.add_news(self.link)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin: the desk is open, and soon nobody waits for anything."""
        self._courier.run(
            partial(_fell_back, self._context.updates),
            owner=self,
            ok=self.say_failed,
            fail=self._nothing,
            lane="work",
        )
        if not self._timer.isActive():
            self._timer.start(SOON_MS)

    def stop(self) -> None:
        """The desk is locked or closing."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Clear what old versions left, and look where that is due."""
        self._courier.run(
            partial(_look, self._context.updates),
            owner=self,
            ok=self.show,
            fail=self._nothing,
            always=self._wait,
            lane="net",
        )

    def show(self, state: UpdateState | None) -> None:
        """Say that there is a new version, or that one waits for the next start; None says nothing new."""
        if state is None:
            return
        text = ""
        if state.ready:
            text = _("Bản {version} sẽ dùng từ lần mở sau").format(version=state.ready)
        elif state.offer is not None:
            text = _("Có bản mới {version}").format(version=state.offer.version)
        self.link.setText(text)
        self.link.setVisible(bool(text))

    def say_failed(self, versions: tuple[str, str]) -> None:
        """Say that a new version did not come up; ("", …) says nothing."""
        failed, mine = versions
        if failed:
            text = _(
                "Bản mới {failed} không mở được ở lần trước, nên đang dùng lại bản {mine}. Dữ liệu vẫn nguyên. Hãy báo "
                "nơi phát hành; muốn thử lại, tải lại bản mới ở Cài đặt › Phiên bản."
            )
            self._context.warn(self, text.format(failed=failed, mine=mine))

    def _wait(self) -> None:
        self._timer.start(AGAIN_MS)

    def _nothing(self, _error: DeskError) -> None:
        """Nobody asked, so nobody is told: the page of versions says it to who looks there."""


def _fell_back(tools: "UpdateTools") -> tuple[str, str]:
    from spokesdesk.services import updates

    machine, _settings = tools()
    return updates.fell_back(machine), machine.folder.build().version


def _look(tools: "UpdateTools") -> UpdateState | None:
    from spokesdesk.services import updates

    machine, settings = tools()
    machine.folder.tidy()
    if not updates.can_look(machine, settings) or not updates.is_due(settings):
        known = updates.state(machine, settings)
        return known if known.ready else None
    return updates.check(machine, settings)
