"""The signatures a paper bears, said on its page: the verdict of the newest file, details in a sheet."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain import verdicts
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.signing import INK, PaperSignature, waits_for_seal
from spokesdesk.gui.papers.words import moment
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.verdicts import VerdictView
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note


class SignedNote(Note):
    """One sentence on the signed file; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "green", parent)
        self._made: tuple[PaperSignature, ...] = ()
        self._details = LinkButton(_("Chi tiết"), self.show_details, self)
        self.add_button(self._details)
        self.sheet: VerdictSheet | None = None

    def show_signatures(self, paper: Paper | None, made: tuple[PaperSignature, ...]) -> None:
        """Show what the newest signed file is worth, and what it still waits for."""
        self._made = made
        if paper is None or not made:
            self.set_text("")
            return
        newest = made[-1]
        if newest.adapter == INK:
            said = _("Bản ký giấy đã quét, {who} nạp {moment}. Chữ ký tay không kiểm tra tự động được.")
            self._say("teal", said.format(who=newest.by.name, moment=moment(newest.at)))
            self._details.hide()
            return
        tone, sentence = verdicts.headline(newest.verdict)
        if waits_for_seal(paper, made):
            sentence = _("{verdict} Văn bản chờ cơ quan ký phát hành để có số và ngày.").format(
                verdict=sentence
            )
        self._say(tone, sentence)
        self._details.show()

    @Slot()
    def show_details(self) -> None:
        """Show every signature with its facts."""
        if self._made:
            self.sheet = VerdictSheet(self._made[-1], self.window())
            self.sheet.open()

    def _say(self, tone: str, sentence: str) -> None:
        self.set_tone(tone)
        self.set_text(sentence)


class VerdictSheet(Sheet):
    """What was found when the newest file was signed."""

    def __init__(self, made: PaperSignature, parent: QWidget) -> None:
        super().__init__(parent, _("Chữ ký của văn bản"), 620)
        self.view = VerdictView(self)
        self.view.show_verdict(made.verdict)
        area = scrolled((self.view,), self)
        area.setMinimumHeight(320)
        self.body.addWidget(area, 1)
        self.add_action(_("Đóng"), self.close)
