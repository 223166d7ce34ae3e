"""The settings: a short list at the left, one section at a time at the right."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.gui.prefs.agency import AgencySection
from spokesdesk.gui.prefs.appearance import Appearance
from spokesdesk.gui.prefs.backups import BackupsSection
from spokesdesk.gui.prefs.holidays import HolidaysSection
from spokesdesk.gui.prefs.mail import MailSection
from spokesdesk.gui.prefs.members import MembersSection
from spokesdesk.gui.prefs.numbers import NumbersSection
from spokesdesk.gui.prefs.packs import PacksSection
from spokesdesk.gui.prefs.places import PlacesSection
from spokesdesk.gui.prefs.portal import PortalSection
from spokesdesk.gui.prefs.privacy import PrivacySection
from spokesdesk.gui.prefs.safety import SafetySection
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.prefs.signing import SigningSection
from spokesdesk.gui.prefs.version import VersionSection
from spokesdesk.gui.screen import Context, Screen
from spokesdesk.gui.widgets.basic import PageHeader
from spokesdesk.services.ports import Desk

LIST_WIDTH = 190
# What the cases' page calls the agency's own places to report to.
PLACES = "case_places"
# What the page of rules calls the packs of rules.
PACKS = "rule_pack"
# What the first page and the guide call the section of the copies.
BACKUPS = "backup"
# What the line that tells of a new version calls the page of versions.
VERSION = "version"
# What the page of sharing calls the section of the portal, where what waits is written into a file.
PORTAL = "portal"
WIDEST = 820


class SettingsScreen(Screen):
    """Appearance, agency, people, days off, safety, portal."""

    name: ClassVar[str] = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 0)
        outer.setSpacing(14)
        outer.addWidget(PageHeader(_("Cài đặt"), "", self))
        across = QHBoxLayout()
        across.setSpacing(16)
        outer.addLayout(across, 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget(self)
        self._stack.setMaximumWidth(WIDEST)
        self._sections: list[Section] = []
        for title, made in self._made():
            self._add(title, made)
        self._list.addStretch(1)
        across.addLayout(self._list)
        across.addWidget(self._stack, 1)
        across.addStretch(0)
        self._go(0)

    def desk_ready(self, desk: Desk) -> None:
        """Fill every section."""
        for section in self._sections:
            section.desk_ready(desk)

    def desk_closed(self) -> None:
        """Empty every section."""
        for section in self._sections:
            section.desk_closed()

    def member_changed(self, member: Member) -> None:
        """Tell every section who works now."""
        for section in self._sections:
            section.member_changed(member)

    def on_changed(self, changes: Changes) -> None:
        """Refresh what was written."""
        for section in self._sections:
            section.on_changed(changes)

    def new(self, kind: str = "") -> None:
        """Show the section where records of a kind are added."""
        sections = {
            PLACES: PlacesSection,
            PACKS: PacksSection,
            BACKUPS: BackupsSection,
            VERSION: VersionSection,
            PORTAL: PortalSection,
        }
        wanted = sections.get(kind)
        if wanted is not None:
            self._go(next(at for at, one in enumerate(self._sections) if isinstance(one, wanted)))

    def sections(self) -> int:
        """Give how many sections there are."""
        return len(self._sections)

    def show_section(self, at: int) -> None:
        """Show a section, 0 the first."""
        self._go(at)

    def _made(self) -> tuple[tuple[str, Section], ...]:
        return (
            (_("Giao diện"), Appearance(self.context, self)),
            (_("Cơ quan"), AgencySection(self.context, self)),
            (_("Người làm việc"), MembersSection(self.context, self)),
            (_("Ngày nghỉ"), HolidaysSection(self.context, self)),
            (_("Số văn bản"), NumbersSection(self.context, self)),
            (_("Ký số"), SigningSection(self.context, self)),
            (_("An toàn dữ liệu"), SafetySection(self.context, self)),
            (_("Sao lưu"), BackupsSection(self.context, self)),
            (_("Dữ liệu cá nhân"), PrivacySection(self.context, self)),
            (_("Cổng, nơi công bố"), PortalSection(self.context, self)),
            (_("Gửi thư"), MailSection(self.context, self)),
            (_("Nơi báo"), PlacesSection(self.context, self)),
            (_("Quy định"), PacksSection(self.context, self)),
            (_("Phiên bản"), VersionSection(self.context, self)),
        )

    def _add(self, title: str, section: Section) -> None:
        button = QPushButton(title, self)
        button.setProperty("sub", True)
        button.setCheckable(True)
        button.setFixedWidth(LIST_WIDTH)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(partial(self._go, len(self._sections)))
        self._group.addButton(button, len(self._sections))
        self._list.addWidget(button)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(section)
        self._sections.append(section)
        self._stack.addWidget(scroll)

    def _go(self, at: int, _checked: bool = False) -> None:
        self._stack.setCurrentIndex(at)
        button = self._group.button(at)
        if button is not None:
            button.setChecked(True)
