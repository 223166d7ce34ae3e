"""What the gallery shows: every screen, form and page before the desk, on a workspace of sample data."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.door import DoorLevel
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.province import NoteKind, Standing
from spokesdesk.domain.requests import RequestMove
from spokesdesk.gui import places
from spokesdesk.gui.crash import CrashSheet
from spokesdesk.gui.imports import ImportsScreen
from spokesdesk.gui.prefs.backups import BackupsSection
from spokesdesk.gui.prefs.portal import PortalSection
from spokesdesk.gui.requests.screen import RequestsScreen
from spokesdesk.gui.rows import RowsModel
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.gui.start.unlock import UnlockPage
from spokesdesk.gui.start.wizard import FirstRun
from spokesdesk.gui.sync import SyncScreen
from spokesdesk.gui.widgets.rowlist import RowList
from spokesdesk.services.ports import Enrolment
from spokesdesk.services.province_shown import Act, Tab
from spokesdesk.services.sync import Holder, KeyState
from tests.gui.door_fixtures import came
from tests.gui.gallery import exchange, press, sharing
from tests.gui.stage import Stage, real_door, settle

LIST = """Họ và tên,Cơ quan,Điện thoại,Số thẻ,Ngày cấp,Nơi ở
Trần Thị Ấu Ổn,Báo Đồng Khởi,0912 345 678,IBT-12345,05/3/2021,Bến Tre
Nguyễn Văn Ấn,Báo Ấp Bắc,,,31/02/2021,Mỹ Tho
,Báo Ấp Bắc,0733 111 222,,,
"""
RECOVERY_KEY = "K7QM-2XPD-9RTV-H4WA-C3JN-8LBE-5YGU-6SZF"


@dataclass(frozen=True)
class Picture:
    """A name and the way to it."""

    name: str
    prepare: Callable[[Stage], object]


def all_pictures() -> Iterator[Picture]:
    """Give every picture, those of the open desk first."""
    for place in places.rail():
        yield Picture(place.name, partial(_screen, place.name))
    yield Picture("law", partial(_screen, "law"))
    yield Picture("request-door", _request_door)
    for name, prepare in press.PICTURES.items():
        yield Picture(name, prepare)
    yield Picture("imports", _imports)
    yield Picture("imports-checked", _imports_checked)
    for kind in (
        "contact",
        "request",
        "paper",
        "article",
        "news",
        "case",
        "incident",
        "outlet",
        "journalist",
    ):
        yield Picture(f"new-{kind}", partial(_new, kind))
    for at in range(14):
        yield Picture(f"settings-{at}", partial(_settings, at))
    yield Picture("palette", _palette)
    yield Picture("help", _help)
    yield Picture("who", _who)
    yield Picture("toast", _toast)
    yield Picture("unlock", _unlock)
    for name, prepare in (("ledger", _ledger), ("ledger-receipt", _receipt), ("ledger-carry", _carry)):
        yield Picture(name, prepare)
    for name, prepare in (("join-ask", _join_ask), ("join-vouch", _join_vouch), ("join-again", _join_again)):
        yield Picture(name, prepare)
    yield Picture("ledger-by-hand", _by_hand)
    yield Picture("sync-conflict", lambda stage: sharing.conflict(_ledger(stage)))
    yield Picture("settings-keys", _keys)
    for name, command in (("checkup", "checkup"), ("guide", "guide")):
        yield Picture(name, partial(_asked, command))
    yield Picture("backups", _backups)
    yield Picture("restore", _restore)
    yield Picture("crash", _crash)
    yield from _of_province()
    for at in range(6):
        yield Picture(f"start-{at}", partial(_start, at))
    for at in (1, 2):
        yield Picture(f"start-0-{at}", partial(_start, 0, screen=at))


def _of_province() -> Iterator[Picture]:
    yield Picture("province", partial(_screen, "province"))
    for tab in Tab:
        yield Picture(f"province-{tab.value}", partial(exchange.listed, tab))
    yield Picture("province-alert", partial(exchange.page, Standing.PROVINCE, Act.REMIND))
    yield Picture("province-agency", exchange.agency)
    yield Picture("province-away", exchange.away)
    yield Picture("province-account", partial(exchange.account, None))
    yield Picture("province-account-refuse", partial(exchange.account, Act.REFUSE))
    yield Picture("province-heard", partial(exchange.page, Standing.AGENCY, Act.ACK))
    yield Picture("province-today", exchange.today)
    yield Picture("province-new-key", partial(exchange.key, Standing.AGENCY))
    yield Picture("province-own-key", partial(exchange.key, Standing.PROVINCE))
    yield Picture("new-alert", partial(exchange.new_note, NoteKind.ALERT))
    yield Picture("new-difficulty", partial(exchange.new_note, NoteKind.DIFFICULTY))


def _screen(name: str, stage: Stage) -> None:
    screen = stage.show(name)
    views: list[RowList] = list(screen.findChildren(RowList))
    for view in views:
        if view.isVisible() and isinstance(view.model(), RowsModel) and view.rows().rowCount():
            view.select_first()
            settle(stage.courier)
            return


def _request_door(stage: Stage) -> None:
    desk = stage.session.desk()
    assert desk is not None
    wanted = (desk.now() + timedelta(days=3)).isoformat()
    question = came(desk, kind="appointment", topic="gặp lãnh đạo Sở về tái định cư", wanted_at=wanted)
    came(desk, topic="Hỏi thêm: tiến độ tái định cư", thread=str(question.id))
    with desk.write() as unit:
        unit.door.rate(question.id, DoorLevel.FAIR, "Trả lời rõ nhưng hơi chậm.", desk.now())
        [found] = unit.door.of_question(question.id)
    stage.control.navigate("request", found.request_id)
    settle(stage.courier)
    screen = stage.control.pages.current()
    assert isinstance(screen, RequestsScreen)
    screen.page.ask(RequestMove.ANSWER)
    settle(stage.courier)


def _new(kind: str, stage: Stage) -> None:
    stage.control.create(kind)
    settle(stage.courier)


def _imports(stage: Stage) -> None:
    stage.show("imports")


def _imports_checked(stage: Stage) -> None:
    screen = stage.show("imports")
    assert isinstance(screen, ImportsScreen)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "danh-sach.csv"
        table.write_text(LIST, encoding="utf-8-sig")
        screen.take(str(table))
        settle(stage.courier)


def _settings(at: int, stage: Stage) -> None:
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.show_section(at)
    settle(stage.courier)


def _keys(stage: Stage) -> None:
    """The agency's key on a desk that waits for one yet, and who holds it."""
    _ledger(stage)
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    found: list[PortalSection] = list(screen.findChildren(PortalSection))
    (portal,) = found
    screen.show_section(screen._sections.index(portal))
    settle(stage.courier)
    desk = stage.session.desk()
    assert desk is not None
    names = (
        ("Máy Chánh Văn phòng", True),
        ("Máy văn thư", True),
        ("Máy phòng Báo chí", False),
        ("Máy cũ", False),
    )
    holders = tuple(
        Holder(desk.new_id(), name, is_own=n == 0, has_key=has_key, revoked=n == 3)
        for n, (name, has_key) in enumerate(names)
    )
    portal.keys.show_state(KeyState(2, "K7QW-93TM", 3, 0, holders))


def _ledger(stage: Stage) -> SyncScreen:
    """A desk that has joined a journal and cannot reach its portal now."""
    desk = stage.session.desk()
    assert desk is not None
    with desk.write() as unit:
        if unit.outbox.enrolment() is None:
            place = Enrolment("http://127.0.0.1:9", desk.new_id(), desk.new_id(), "Sở", "1")
            unit.outbox.enrol(place, desk.now())
            unit.replicas.join(filling=False)
            unit.replicas.gather(desk.now(), "", desk.new_id)
    screen = stage.show("sync")
    assert isinstance(screen, SyncScreen)
    screen.show_ledger()
    screen.desk_ready(desk)
    settle(stage.courier)
    screen.list.list.select_first()
    settle(stage.courier)
    return screen


def _receipt(stage: Stage) -> None:
    _ledger(stage).show_receipt()
    settle(stage.courier)


def _carry(stage: Stage) -> None:
    screen = _ledger(stage)
    screen.show_carry()
    screen.carry.write(str(Path("/khong-co-the-nho")))
    settle(stage.courier)


def _join_ask(stage: Stage) -> None:
    """A desk that asked on a stick and waits for the answer."""
    screen = stage.show("sync")
    assert isinstance(screen, SyncScreen)
    settle(stage.courier)
    sharing.asked(screen)


def _join_vouch(stage: Stage) -> None:
    screen = _ledger(stage)
    screen.show_carry()
    sharing.asks(screen)
    settle(stage.courier)


def _join_again(stage: Stage) -> None:
    sharing.again(_ledger(stage))


def _by_hand(stage: Stage) -> None:
    """A desk that joined by a stick."""
    screen = _ledger(stage)
    sharing.by_hand(stage, screen)
    settle(stage.courier)


def _palette(stage: Stage) -> None:
    stage.show("today")
    palette = stage.control.palette
    palette.open()
    palette._edit.setText("bao")
    palette._search()
    settle(stage.courier)


def _help(stage: Stage) -> None:
    stage.show("journal")
    stage.control.help.toggle("journal")


def _who(stage: Stage) -> None:
    stage.show("today")
    stage.control.ask_who()
    settle(stage.courier)


def _toast(stage: Stage) -> None:
    stage.control.context.toast("Đã lưu lần tiếp xúc với Hồ Ngọc Ấn.", _nothing)


def _unlock(stage: Stage) -> None:
    page = UnlockPage(stage.window.theme, stage.session, stage.window)
    stage.window.cover(page)
    page.begin(AccessError("passphrase_wrong", field="passphrase"))
    settle(stage.courier)


def _asked(command: str, stage: Stage) -> None:
    stage.show("today")
    stage.window.ask(command)
    settle(stage.courier)


def _backups(stage: Stage) -> None:
    screen = stage.show("settings")
    screen.new("backup")
    section = _copies_of(screen)
    section.back_up()
    settle(stage.courier)
    section.drill()
    settle(stage.courier)


def _restore(stage: Stage) -> None:
    screen = stage.show("settings")
    screen.new("backup")
    settle(stage.courier)
    _copies_of(screen).restore()


def _copies_of(screen: QWidget) -> BackupsSection:
    found: list[BackupsSection] = list(screen.findChildren(BackupsSection))
    return found[0]


def _crash(stage: Stage) -> None:
    stage.show("today")
    report = (
        "SpokesDesk 0.1, Python 3.11.7, Qt 6.8.3, Windows\n2026-11-27 01:00:00 UTC\n  builtins.ValueError"
    )
    CrashSheet(stage.window, report, Path("~/logs"), before=False).open()


def _start(at: int, stage: Stage, *, screen: int = 0) -> None:
    stage.window.uncover()
    folder = Path("~/SpokesDesk")
    page = FirstRun(stage.window.theme, stage.courier, real_door(), folder, stage.window)
    stage.window.cover(page)
    settle(stage.courier)
    if at == 4:
        page.show_recovery(RECOVERY_KEY)
    else:
        for _turn in range(screen):
            page._go_on()
        page._show(at)
    if at == 2:
        page._members.add()
        form = page._members.forms()[0]
        form.set_member("Trần Minh Khuê", "Chánh Văn phòng", frozenset(form._roles))
    settle(stage.courier)


def _sheets(window: QWidget) -> list[QWidget]:
    from spokesdesk.gui.widgets.sheet import Sheet

    found: list[QWidget] = list(window.findChildren(Sheet))
    return [sheet for sheet in found if sheet.isVisible()]


def _nothing() -> None:
    return


def tidy(stage: Stage) -> None:
    """Put away what the picture before left open."""
    stage.control.help.hide()
    stage.control.care.guide.end()
    stage.control.palette.hide()
    stage.window.uncover()
    for sheet in _sheets(stage.window):
        sheet.close()


def shown(stage: Stage) -> QWidget:
    """Give what a picture is taken of: a dialog that is open, else the window."""
    sheets = _sheets(stage.window)
    return sheets[0] if sheets else stage.window
