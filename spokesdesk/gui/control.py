"""What the window does when it is asked: the wiring of session, pages, palette, help and status, after first paint."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency, Member
from spokesdesk.gui import places
from spokesdesk.gui.alerting import Alerting
from spokesdesk.gui.care import Care
from spokesdesk.gui.cautions import Cautions
from spokesdesk.gui.commands import offered
from spokesdesk.gui.courier import Courier, Failure
from spokesdesk.gui.fetching import FetchRounds
from spokesdesk.gui.help import HelpPanel
from spokesdesk.gui.labels import roles_text
from spokesdesk.gui.looking import Looking
from spokesdesk.gui.newversion import NewVersion
from spokesdesk.gui.notices import Notices
from spokesdesk.gui.pages import Pages
from spokesdesk.gui.palette import CommandPalette
from spokesdesk.gui.reminding import Reminding
from spokesdesk.gui.resume import Resume
from spokesdesk.gui.rounds import Rounds
from spokesdesk.gui.screen import Action, Context, commit_typing, focus_into
from spokesdesk.gui.sealing import Sealing
from spokesdesk.gui.session import Session, present
from spokesdesk.gui.who import WhoSheet
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.states import Busy, Note, Toast
from spokesdesk.gui.window import Window
from spokesdesk.services.ports import Desk, SavedDraft


class Control(QObject):
    """Carries out what is asked of the window."""

    def __init__(self, window: Window, session: Session, courier: Courier) -> None:
        super().__init__(window)
        self._window, self.session, self._courier = window, session, courier
        self._toast = Toast(window.frame)
        self.looking = Looking(courier, session.desk, self)
        self.care = Care(window, session, courier, self._put_down)
        self.context = Context(
            courier=courier,
            desk=session.desk,
            navigate=self.navigate,
            create=self.create,
            toast=self._toast.say,
            status=window.status_line.say,
            saved=self._saved,
            theme=window.theme,
            warn=Cautions(window.notes, window).say,
            looked=self.looking.looked,
            signing=session.signing,
            care=self.care.caution,
            open_other=self.care.open_other,
            updates=session.updates,
        )
        self.care.use(self.context)
        everywhere = (*places.rail(), places.settings(), *places.beside())
        window.status_line.add_busy(Busy(courier, window.status_line))
        self.pages = Pages(window.stack, everywhere, self.context, self)
        self.palette = CommandPalette(self.context, self._actions, window.top.search, window)
        self.help = HelpPanel(window.theme, window)
        self.help.asked.connect(window.ask)
        self._resume = Resume(courier, window.notes, self._take_back, window)
        self._rounds = Rounds(courier, window.status_line, self)
        self._fetching = FetchRounds(courier, window.status_line, self)
        notices = Notices(window.theme, self)
        self.reminding = Reminding(self.context, notices, window.notes, window)
        self.alerting = Alerting(self.context, notices, window.notes, window)
        self.new_version = NewVersion(self.context, window.status_line, courier, self)
        self._sealing = Sealing(self._courier, self)
        self._locked_note: Note | None = None
        self._member: Member | None = None
        self._connect()
        window.obey_with(self.obey)

    def obey(self, command: str) -> None:
        """Carry out ``go:NAME``, ``new:KIND`` or a plain command; an unknown one does nothing."""
        verb, _colon, what = command.partition(":")
        if verb == "go":
            self.navigate(what)
        elif verb == "new":
            self.create(what)
        elif verb == "law":
            self._law(what)
        elif not self.care.obey(command):
            plain: dict[str, Callable[[], object]] = {
                "palette": self._open_palette,
                "search": self._search,
                "save": self._save,
                "print": self._print,
                "help": self._help,
                "who": self.ask_who,
                "case": self._case,
                "verify": self.verify,
                "lock": self.lock,
            }
            plain.get(command, _nothing)()

    def navigate(self, kind: str, record_id: UUID | None = None) -> None:
        """Show a screen, or the record of a kind."""
        name = self.pages.place_of(kind)
        if not name or self._window.is_covered:
            return
        screen = self.pages.show(name)
        self._window.rail.mark(name)
        self.care.guide.seen(name)
        focus_into(screen)
        if record_id is not None:
            screen.open_record(kind, record_id)

    def create(self, kind: str) -> None:
        """Open an empty form; possible before the desk is open, the draft then waits in memory."""
        name = self.pages.place_of(kind)
        if not name:
            return
        if self._window.is_covered:
            self._window.uncover_for_typing()
        screen = self.pages.show(name)
        self._window.rail.mark(name)
        screen.new(kind)
        self._show_locked_note()

    def _law(self, citation: str) -> None:
        """Look up the instrument that a citation names."""
        desk = self.session.desk()
        if desk is not None:
            self._courier.run(partial(_cited, desk, citation), owner=self, ok=self._show_law, lane="read")

    def _show_law(self, record: UUID | None) -> None:
        if record is not None:
            self.navigate("law", record)
        else:
            self._window.status_line.say(_("Văn bản này chưa có trong thư viện; thêm ở trang Quy định."))

    def verify(self) -> None:
        """Show the check of signatures; needs no desk, so it can be reached from the page that asks for the key."""
        if self._window.is_covered:
            self._window.uncover_for_typing()
        self.pages.show("verify")
        self._window.rail.mark("verify")
        self._show_locked_note(_("Kiểm tra tệp PDF không cần mở bàn làm việc."), _("Quay lại"))

    def lock(self) -> None:
        """Lock the desk: forms hand over what was typed, then everything is closed."""
        if self.session.desk() is not None:
            self._put_down()
            self.session.lock()

    def _put_down(self) -> None:
        """Hand over what was typed and stop what runs by itself: the desk is about to be closed."""
        commit_typing()
        self.pages.flush()
        self.looking.flush()
        self._rounds.stop()
        self._fetching.stop()
        self.reminding.stop()
        self.alerting.stop()
        self.care.stop()
        self.new_version.stop()
        self._sealing.stop()

    def ask_who(self) -> None:
        """Ask who works now."""
        desk = self.session.desk()
        if desk is not None:
            self._courier.run(partial(present, desk), owner=self, ok=self._show_who, lane="read")

    def _connect(self) -> None:
        self.session.opened.connect(self._opened)
        self.session.locked.connect(self._locked)
        self.session.member_changed.connect(self._member_changed)
        self._courier.changed.connect(self._changed)
        self._courier.failed.connect(self._failed)

    @Slot(object)
    def _opened(self, desk: Desk) -> None:
        self._drop_locked_note()
        self.pages.desk_ready(desk)
        self._window.status_line.set_saved("saved")
        self._resume.look(desk)
        self._rounds.start(desk)
        self._fetching.start(desk)
        self.reminding.start(desk)
        self.alerting.start(desk)
        self.care.start(desk)
        self.new_version.start()
        self._sealing.start(desk)
        self._ask_agency(desk)
        self._ask_standing(desk)
        self._ask_clock(desk)
        # What waits since the last time: days to close and to stamp, files to write anew.
        self._courier.run(partial(_tidy, desk), owner=self, fail=self._not_tidied, lane="net")
        if desk.actor is None:
            self._window.top.set_who("", "")
            self.ask_who()
        if self.pages.current() is None:
            # Also behind the page that covers the window still: it is what is seen when that one goes.
            self.pages.show("today")
            self._window.rail.mark("today")

    @Slot(object)
    def _locked(self, _nothing: object) -> None:
        self._member = None
        self._resume.clear()
        self.help.hide()
        self.palette.hide()
        self.pages.desk_closed()
        self._window.top.hide_who()
        self._window.status_line.set_saved("")

    @Slot(object)
    def _member_changed(self, member: Member) -> None:
        before, self._member = self._member, member
        self._window.top.set_who(member.name, roles_text(member.roles, 1))
        self.pages.member_changed(member)
        if before is not None and before.id != member.id:
            self._toast.say(_("{name} đang làm việc.").format(name=member.name))

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        self.pages.on_changed(changes)
        self._rounds.on_changed(changes)
        self._fetching.on_changed(changes)
        self.reminding.on_changed(changes)
        self.alerting.on_changed(changes)
        self.care.on_changed(changes)
        desk = self.session.desk()
        if desk is not None and any(change.kind == "setting" for change in changes):
            self._ask_agency(desk)
        if desk is not None and any(change.kind == "contact" for change in changes):
            self._ask_clock(desk)
        if desk is not None and any(change.kind == "province" for change in changes):
            self._ask_standing(desk)

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        self._toast.say(words.word(failure.error))

    def _not_tidied(self, error: DeskError) -> None:
        self._window.status_line.say(words.word(error))

    def _ask_clock(self, desk: Desk) -> None:
        self._courier.run(partial(_clock, desk), owner=self, ok=self._say_clock, lane="read")

    def _say_clock(self, text: str) -> None:
        self.context.warn(self, text)

    def _ask_standing(self, desk: Desk) -> None:
        self._courier.run(partial(_is_province, desk), owner=self, ok=self._offer_province, lane="read")

    def _offer_province(self, is_province: bool) -> None:
        self._window.rail.offer(places.province(), is_offered=is_province)

    def _ask_agency(self, desk: Desk) -> None:
        self._courier.run(partial(_agency, desk), owner=self, ok=self._show_agency, lane="read")

    def _show_agency(self, agency: Agency) -> None:
        self.session.agency = agency.name
        self._window.setWindowTitle(f"{agency.name} – SpokesDesk" if agency.name else "SpokesDesk")
        self._window.rail.set_agency(agency.name)

    def _show_who(self, members: tuple[Member, ...]) -> None:
        if members:
            now = self._member.id if self._member else None
            WhoSheet(self.session, members, now, self._window).open()

    def _actions(self) -> tuple[Action, ...]:
        screen = self.pages.current()
        return offered(self._window.ask, screen, is_open=self.session.desk() is not None)

    def _open_palette(self) -> None:
        if not self._window.is_covered:
            commit_typing()
            self.palette.open()
            self.care.guide.seen("palette")

    def _search(self) -> None:
        screen = self.pages.current()
        if screen is not None:
            screen.focus_search()

    def _save(self) -> None:
        screen = self.pages.current()
        if screen is not None:
            commit_typing()
            screen.save()

    def _print(self) -> None:
        screen = self.pages.current()
        if screen is not None:
            screen.print_current()

    def _case(self) -> None:
        screen = self.pages.current()
        if screen is None or self._window.is_covered:
            self.create("case")
        else:
            screen.open_case()

    def _help(self) -> None:
        screen = self.pages.current()
        name = "start" if self._window.is_covered else screen.name if screen is not None else "today"
        self.help.toggle(name)

    def _take_back(self, draft: SavedDraft) -> bool:
        name = self.pages.place_of_form(draft.form)
        if not name:
            return False
        screen = self.pages.show(name)
        self._window.rail.mark(name)
        screen.restore(draft)
        return True

    def _saved(self, state: str) -> None:
        waits = state and self.session.desk() is None
        self._window.status_line.set_saved("memory" if waits else state)

    def _show_locked_note(self, said: str = "", back: str = "") -> None:
        if self.session.desk() is not None or self._locked_note is not None or not self._window.has_cover:
            return
        text = _("Bàn làm việc chưa mở. Cứ ghi: nội dung chờ trong bộ nhớ và được lưu ngay khi mở khóa.")
        self._locked_note = Note(said or text, "teal" if said else "amber", self._window)
        go_back = Button(back or _("Mở khóa"), self._cover_again, parent=self._locked_note)
        self._locked_note.add_button(go_back)
        self._window.notes.addWidget(self._locked_note)

    def _cover_again(self) -> None:
        self._window.cover_again()
        self._drop_locked_note()

    def _drop_locked_note(self) -> None:
        if self._locked_note is not None:
            self._locked_note.hide()
            self._locked_note.deleteLater()
            self._locked_note = None


def _agency(desk: Desk) -> Agency:
    from spokesdesk.services import people

    return people.agency(desk)


def _is_province(desk: Desk) -> bool:
    from spokesdesk.domain.province import Standing
    from spokesdesk.services import province

    return province.standing(desk) is Standing.PROVINCE


def _clock(desk: Desk) -> str:
    from spokesdesk.services import clockcheck

    return clockcheck.caution(desk)


def _tidy(desk: Desk) -> None:
    from spokesdesk.services import checkpoints, privacy

    checkpoints.close_days(desk)
    privacy.tidy(desk)
    checkpoints.stamp_days(desk)


def _cited(desk: Desk, citation: str) -> UUID | None:
    from spokesdesk.services import library

    found = library.cited_in(desk, citation)
    return found.record if found else None


def _nothing() -> None:
    return
