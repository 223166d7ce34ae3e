"""The lists of the exchange: agencies, releases, alerts, requests, accounts of journalists; one is seen at a time."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import NoteKind, Standing
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.province.accounts import AskingAccounts
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import province_rows
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_rows import OF_AGENCY
from spokesdesk.services.province_shown import ProvinceRow, Tab


class ProvinceList(ListPage[ProvinceRow]):
    """The rows of the list that is chosen.

    Emits:
        wanted: the ``NoteKind`` of a note to begin.
        key_wanted: None, the keys of the province are to be seen.
    """

    wanted = Signal(object)
    key_wanted = Signal(object)
    title = _("Tỉnh")
    search_words = _("Tìm theo tên, cơ quan, nội dung…")
    empty_icon = "send-outline"
    nothing_words = _("Không có mục nào khớp. Thử từ khác.")
    kinds = ("province", "sync")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.tab = Tab.ALERTS
        self.standing = Standing.ALONE
        self.empty_words = empty_words(self.standing, self.tab)
        super().__init__(context, parent)
        self._ask = Button(_("Yêu cầu thông tin…"), partial(self._want, NoteKind.ASK), "F6", self, bind=False)
        self._alert = PrimaryButton(
            _("Gửi cảnh báo"), partial(self._want, NoteKind.ALERT), "F3", self, bind=False
        )
        self._report = PrimaryButton(
            _("Báo cáo khó khăn"), partial(self._want, NoteKind.DIFFICULTY), "F3", self, bind=False
        )
        self._key = Button("", self._want_key, parent=self)
        for button in (self._key, self._ask, self._alert, self._report):
            self.add_primary(button)
        self._tabs = tabs()
        self.add_choices([(words, partial(self._choose, tab)) for tab, words in self._tabs])
        self.asking = AskingAccounts(context, self)
        self.add_note(self.asking.note)
        self.stand(Standing.ALONE)
        self.choose(self.tab)

    @Slot(object)
    def stand(self, standing: Standing) -> None:
        """Show the lists of the province, or those of an agency."""
        is_change = standing is not self.standing
        self.standing = standing
        is_province = standing is Standing.PROVINCE
        self.title = _("Tỉnh") if is_province else _("Trao đổi với tỉnh")
        self._ask.setVisible(is_province)
        self._alert.setVisible(is_province)
        self._report.setVisible(not is_province)
        shown = tuple(tab for tab, _words in self._tabs) if is_province else OF_AGENCY
        for (tab, _words), chip in zip(self._tabs, self.chips, strict=True):
            chip.setVisible(tab in shown)
        if is_change or self.tab not in shown:
            self.choose(shown[0])

    def show_keys(self, waiting: int) -> None:
        """Offer what there is about keys: at the province its own mark, at an agency those that wait.

        Args:
            waiting: keys to be confirmed.
        """
        is_province = self.standing is Standing.PROVINCE
        words = _("Mã khóa của máy này…") if is_province else _("Xác nhận khóa mới của tỉnh ({n})…")
        self._key.setText(words.format(n=waiting))
        self._key.setVisible(is_province or waiting > 0)

    def choose(self, tab: Tab) -> None:
        """Choose a list, as a click on its name does."""
        for (one, _words), chip in zip(self._tabs, self.chips, strict=True):
            chip.setChecked(one is tab)
        self._choose(tab)
        desk = self._context.desk()
        if desk is not None:
            self.load(desk)

    def fetches(
        self, desk: Desk, words: str
    ) -> tuple[Callable[[], Sequence[int]], Callable[[Sequence[int]], Sequence[ProvinceRow]]]:
        """Read the rows; they are few, and read at once."""
        held: dict[int, ProvinceRow] = {}
        tab = self.tab

        def numbers() -> Sequence[int]:
            found = province_rows.rows(desk, tab, words)
            held.clear()
            held.update({row.n: row for row in found})
            return list(held)

        def rows(wanted: Sequence[int]) -> Sequence[ProvinceRow]:
            return [held[n] for n in wanted if n in held]

        return numbers, rows

    def counted(self, count: int) -> str:
        """Say how many there are."""
        return _("{n} mục").format(n=count)

    def cells(self, row: ProvinceRow) -> RowCells:
        """Give the words of one row."""
        right = f"{to_vn(row.at):%d/%m/%Y %H:%M}" if row.at else ""
        return RowCells(
            title=row.title, right=right, detail=row.detail, chip=row.chip, tone=row.tone, quiet=True
        )

    def key(self, row: ProvinceRow) -> UUID:
        """Give the record."""
        return row.id

    def number(self, row: ProvinceRow) -> int:
        """Give its place."""
        return row.n

    def _choose(self, tab: Tab) -> None:
        self.tab = tab
        self.empty_words = empty_words(self.standing, tab)
        self.asking.watch(is_seen=tab is Tab.ACCOUNTS and self.standing is Standing.PROVINCE)

    def _want_key(self) -> None:
        self.key_wanted.emit(None)

    def _want(self, kind: NoteKind) -> None:
        self.wanted.emit(kind)


def tabs() -> tuple[tuple[Tab, str], ...]:
    """Give the lists with their names."""
    return (
        (Tab.AGENCIES, _("Cơ quan")),
        (Tab.RELEASES, _("Đã phát hành")),
        (Tab.ALERTS, _("Cảnh báo")),
        (Tab.ASKS, _("Yêu cầu")),
        (Tab.REBUTTALS, _("Phản bác")),
        (Tab.DIFFICULTIES, _("Khó khăn")),
        (Tab.LISTS, _("Danh sách")),
        (Tab.COMPLAINTS, _("Khiếu nại")),
        (Tab.ACCOUNTS, _("Nhà báo")),
    )


def empty_words(standing: Standing, tab: Tab) -> str:
    """Say what belongs in a list that is empty."""
    if standing is Standing.ALONE:
        return _(
            "Bàn làm việc này chưa nối với cổng có cơ quan quản lý báo chí của tỉnh. Kết nối cổng ở trang Đồng bộ; "
            "cảnh báo của tỉnh rồi sẽ nằm ở đây và ở trang Hôm nay."
        )
    if standing is Standing.AGENCY:
        return {
            Tab.ALERTS: _("Chưa có cảnh báo nào của tỉnh. Khi có, trang Hôm nay cũng hiện, kèm thời hạn."),
            Tab.DIFFICULTIES: _(
                "Khó khăn, vướng mắc báo cáo lên tỉnh nằm ở đây, cùng trả lời. Nhấn F3 để viết."
            ),
        }.get(
            tab, _("Văn bản phản bác đã gửi cơ quan báo chí được sao gửi tỉnh; các bản đã sao gửi nằm ở đây.")
        )
    return {
        Tab.AGENCIES: _(
            "Chưa có cơ quan nào trên cổng. Người quản trị cổng cấp mã ghi danh cho từng cơ quan."
        ),
        Tab.RELEASES: _("Thông cáo mà các cơ quan phát hành nằm ở đây, mới nhất trước."),
        Tab.ALERTS: _("Cảnh báo gửi người đứng đầu các cơ quan, và ai đã xác nhận. Nhấn F3 để gửi."),
        Tab.ASKS: _("Yêu cầu cung cấp thông tin gửi các cơ quan, cùng trả lời và thời hạn. Nhấn F6 để gửi."),
        Tab.REBUTTALS: _("Văn bản phản bác mà các cơ quan đã gửi cơ quan báo chí được sao gửi về đây."),
        Tab.DIFFICULTIES: _("Khó khăn, vướng mắc các cơ quan báo cáo lên nằm ở đây, chờ trả lời."),
        Tab.COMPLAINTS: _(
            "Nhà báo phản ánh bị cản trở gửi qua cổng, thẳng đến tỉnh; phản ánh và trả lời ở đây."
        ),
        Tab.ACCOUNTS: _(
            "Nhà báo đăng ký tài khoản trên cổng nằm ở đây, chờ xác minh; xác minh rồi câu hỏi mới đến được cơ quan."
        ),
        Tab.LISTS: _(
            "Danh sách người phát ngôn, phóng viên thường trú mà các cơ quan đăng lên cổng nằm ở đây."
        ),
    }[tab]
