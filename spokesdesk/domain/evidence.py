"""Evidence (chứng cứ) of a case and its custody log: items never change and never go, every touch is written down."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import BIDI, INVISIBLE, clean_line, clean_text, fold

NAME_LIMIT = 200
NOTE_LIMIT = 2_000
TESTIMONY_LIMIT = 100_000
URL_LIMIT = 2_000


class EvidenceKind(StrEnum):
    """What an item is."""

    FILE = "file"
    SCREENSHOT = "screenshot"
    WEB = "web"
    TESTIMONY = "testimony"

    @property
    def wording(self) -> str:
        """The kind in a few Vietnamese words."""
        return {
            EvidenceKind.FILE: _("Tệp"),
            EvidenceKind.SCREENSHOT: _("Ảnh chụp màn hình"),
            EvidenceKind.WEB: _("Địa chỉ trang"),
            EvidenceKind.TESTIMONY: _("Lời trình bày"),
        }[self]


class CustodyAct(StrEnum):
    """What was done with an item."""

    ADDED = "added"
    VIEWED = "viewed"
    EXPORTED = "exported"
    EXPORT_STOPPED = "export_stopped"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    NOTED = "noted"

    @property
    def wording(self) -> str:
        """The act in a few Vietnamese words."""
        return {
            CustodyAct.ADDED: _("Đưa vào hồ sơ"),
            CustodyAct.VIEWED: _("Xem"),
            CustodyAct.EXPORTED: _("Xuất ra ngoài"),
            CustodyAct.EXPORT_STOPPED: _("Xuất dở dang, bản dở đã xóa"),
            CustodyAct.HANDED_OVER: _("Bàn giao"),
            CustodyAct.WITHDRAWN: _("Rút khỏi danh sách"),
            CustodyAct.RESTORED: _("Đưa lại vào danh sách"),
            CustodyAct.NOTED: _("Ghi chú thêm"),
        }[self]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is said of an item when it is added.

    Attributes:
        at: UTC, when it was made or recorded; None when nobody knows.
        by: on whose word that time is (theo lời ai); "" when ``at`` is None.
        note: what it shows.
        card_reason: why a file that looks like an identity card is kept all the same.
    """

    at: datetime | None = None
    by: str = ""
    note: str = ""
    card_reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item, never changed after it was added.

    Attributes:
        name: what the list calls it.
        original_name: a file's own name, whatever it held; for showing, never for writing a file; "" for typed items.
        file: its bytes by SHA-256; a testimony and a web note are kept as text files, so that all are alike.
        text: what was typed, for a testimony or a web note.
        taken: when it was made, on whose word, and what it shows.
        added_at: UTC, when it came into the case.
        withdrawn: no longer shown in the list; the log and the file stay.
    """

    id: UUID
    case_id: UUID
    kind: EvidenceKind
    name: str
    original_name: str
    file: Attachment
    taken: Taken
    added_at: datetime
    by: Ref
    url: str = ""
    text: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Custody:
    """One entry of the custody log (nhật ký lưu giữ); n and hash are its link in the journal chain.

    Attributes:
        remark: why, to whom, where to.
        link: number of the chain link; 0 before it was written.
        link_hash: hex of the link's hash.
    """

    id: UUID
    case_id: UUID
    evidence_id: UUID
    act: CustodyAct
    at: datetime
    by: Ref
    remark: str = ""
    link: int = 0
    link_hash: str = ""


def checked_taken(taken: Taken, now: datetime) -> Taken:
    """Give what is said of an item with clean text.

    Raises:
        UserError: ``taken_at`` in the future, or ``taken_by`` missing beside a time.
    """
    if taken.at is not None and taken.at > now + CLOCK_TOLERANCE:
        raise UserError("case_in_future", field="taken_at")
    by = clean_line(taken.by, field="taken_by", limit=NAME_LIMIT)
    if taken.at is not None and not by:
        raise UserError("taken_by_missing", field="taken_by")
    return replace(
        taken,
        by=by if taken.at is not None else "",
        note=clean_text(taken.note, field="note", limit=NOTE_LIMIT),
        card_reason=clean_line(taken.card_reason, field="card_reason", limit=NAME_LIMIT),
    )


def checked_url(url: str) -> str:
    """Give a web address; raises UserError naming ``url``."""
    clean = clean_line(url, field="url", limit=URL_LIMIT, required=True)
    if not re.match(r"(?i)https?://[^\s/]+", clean):
        raise UserError("url_form", field="url")
    return clean


def visible_name(name: str) -> str:
    """Give a file's own name as it can be shown and stored: what hides or turns text round becomes "�".

    Args:
        name: as the system gave it; may hold line breaks, marks that turn text round, bytes that are no text.
    """
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    shown = "".join("\ufffd" if _hides(char) else char for char in whole)
    return shown[:NAME_LIMIT]


def _hides(char: str) -> bool:
    return char in BIDI or char in INVISIBLE or ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0


# What people, telephones and scanners call pictures of identity cards; folded, "_" and "-" as spaces.
_CARD_WORDS = re.compile(
    r"\b(cccd|cmnd|cmt|cmtnd|can cuoc|chung minh (thu|nhan dan)|the can cuoc|id ?card|identity ?card"
    r"|giay to tuy than|ho chieu|passport)\b"
)


def looks_like_identity_card(name: str) -> bool:
    """Say whether a file's name tells of an identity card, which a case should not hold.

    Source:
        NĐ 356/2025/NĐ-CP, Điều 4: images of identity cards are sensitive personal data.
    """
    plain = re.sub(r"[^a-z0-9]+", " ", fold(name))
    return _CARD_WORDS.search(re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", plain)) is not None
