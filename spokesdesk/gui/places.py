"""The screens by name, in the order of the rail; a screen's module is imported when it is first shown."""

import importlib
from typing import TYPE_CHECKING, NamedTuple

from spokesdesk.domain.language import gettext as _

if TYPE_CHECKING:
    from spokesdesk.gui.screen import Screen


class Place(NamedTuple):
    """One screen as the rail shows it.

    Attributes:
        where: ``module:Class`` of the screen.
        kinds: records that this screen opens and creates.
        forms: drafts it takes back; ``SavedDraft.form`` up to the first ":".
    """

    name: str
    title: str
    icon: str
    where: str
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    def load(self) -> "type[Screen]":
        """Give the screen's class; imports it, and with it what the first paint does without."""
        from spokesdesk.gui.screen import Screen

        module, _colon, name = self.where.partition(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, type)
        assert issubclass(found, Screen)
        return found


_GUI = "spokesdesk.gui"


def rail() -> tuple[Place, ...]:
    """Give the places of the rail, top to bottom; Ctrl+1 is the first."""
    return (*_asked(), *_written(), *_known())


def key_of(n: int) -> str:
    """Give the key that shows the place of this number in the rail, from 1 on: Ctrl+1 … Ctrl+9, Ctrl+0; then none."""
    return f"Ctrl+{n % 10}" if n <= 10 else ""


def _asked() -> tuple[Place, ...]:
    return (
        Place("today", _("Hôm nay"), "calendar-check-outline", f"{_GUI}.today:TodayScreen"),
        Place(
            "journal",
            _("Sổ tiếp xúc"),
            "notebook-outline",
            f"{_GUI}.journal:JournalScreen",
            ("contact",),
            ("contact",),
        ),
        Place(
            "requests",
            _("Yêu cầu"),
            "comment-question-outline",
            f"{_GUI}.requests:RequestsScreen",
            ("request",),
            ("request",),
        ),
    )


def _written() -> tuple[Place, ...]:
    return (
        Place(
            "papers",
            _("Văn bản"),
            "file-document-edit-outline",
            f"{_GUI}.papers:PapersScreen",
            ("paper",),
            ("paper",),
        ),
        Place(
            "coverage",
            _("Điểm báo"),
            "newspaper-variant-outline",
            f"{_GUI}.coverage:CoverageScreen",
            ("article",),
            ("article",),
        ),
        Place(
            "monitoring",
            _("Tin mới"),
            "inbox-outline",
            f"{_GUI}.monitoring:MonitoringScreen",
            ("news",),
            ("news", "falsepost"),
        ),
        Place(
            "cases",
            _("Vụ việc"),
            "shield-alert-outline",
            f"{_GUI}.cases:CasesScreen",
            ("case",),
            ("case",),
        ),
        Place(
            "incidents",
            _("Đột xuất"),
            "clock-outline",
            f"{_GUI}.incidents:IncidentsScreen",
            ("incident",),
            ("incident",),
        ),
    )


def _known() -> tuple[Place, ...]:
    return (
        Place(
            "people",
            _("Danh bạ"),
            "account-group-outline",
            f"{_GUI}.people:PeopleScreen",
            ("outlet", "journalist", "spokesperson", "checklist"),
            ("outlet", "journalist", "spokesperson", "office", "checklist"),
        ),
        Place("sync", _("Đồng bộ"), "sync", f"{_GUI}.sync:SyncScreen"),
    )


def settings() -> Place:
    """Give the place at the foot of the rail."""
    where = "spokesdesk.gui.settings:SettingsScreen"
    kinds = ("case_places", "portal", "rule_pack", "backup", "version")
    return Place("settings", _("Cài đặt"), "cog-outline", where, kinds)


def province() -> Place:
    """Give the exchange with the province: at the province's own desk it has a place in the rail, at others none."""
    where = f"{_GUI}.province:ProvinceScreen"
    return Place("province", _("Tỉnh"), "office-building-outline", where, ("province",), ("province",))


def beside() -> tuple[Place, ...]:
    """Give the pages that are reached from others and have no place in the rail."""
    return (
        province(),
        Place(
            "verify", _("Kiểm tra chữ ký số"), "shield-check-outline", "spokesdesk.gui.verify:VerifyScreen"
        ),
        Place("law", _("Quy định"), "notebook-outline", f"{_GUI}.law:LawScreen", ("law", "duty"), ("law",)),
        Place(
            "imports", _("Nhập từ Excel, CSV"), "folder-open-outline", "spokesdesk.gui.imports:ImportsScreen"
        ),
    )
