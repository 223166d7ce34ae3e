"""The daily report (báo cáo ngày): the day's contacts, what is open, and the head of the journal chain."""

from dataclasses import dataclass
from datetime import date, datetime

from spokesdesk.domain.language import gettext as _


@dataclass(frozen=True, slots=True)
class ReportedContact:
    """One contact as the report prints it; every part is text for people."""

    time: str
    who: str
    channel: str
    topic: str
    papers: str
    author: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that is not done yet.

    Attributes:
        due: the deadline in words, "" for none.
        citation: its căn cứ, "" for an appointment of our own.
        is_late: it was due before the report was made.
    """

    what: str
    who: str
    due: str
    citation: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day of the journal.

    Attributes:
        made_at: UTC, when the report was made.
        links: how many links the chain had by the end of the day.
        links_of_day: how many of them came on that day.
        head: 32 bytes, hash of the last link by the end of the day; zeros for an empty journal.
        is_whole: the day is over, so that its head no longer changes.
        stamped: what the time stamp says, "" for none.
    """

    agency: str
    day: date
    made_at: datetime
    made_by: str
    contacts: tuple[ReportedContact, ...]
    open_items: tuple[OpenItem, ...]
    links: int
    links_of_day: int
    head: bytes
    is_whole: bool
    stamped: str = ""


def proof_words() -> tuple[str, ...]:
    """Say what a printed head proves and what it does not."""
    return (
        _(
            "Dãy số trên là dấu vân tay của toàn bộ sổ tính đến lúc này. Về sau, nếu một mục đã ghi bị sửa, bớt, đổi "
            "thứ tự hoặc viết lại, dãy số tính lại sẽ khác với bản in này."
        ),
        _(
            "Bản in không chứng minh nội dung ghi là đúng sự thật, không chứng minh sổ đã ghi đủ mọi việc, và không "
            "chứng minh giờ ghi nếu không có dấu thời gian của bên thứ ba. Hãy ký và lưu bản in ngoài máy tính này."
        ),
    )
