"""Why the inside of a file cannot be read here, so that nobody takes silence for "no mark of secrecy in it"."""

from enum import StrEnum

from spokesdesk.domain.language import gettext as _


class Unread(StrEnum):
    """Why a document says nothing of what is in it."""

    LOCKED = "locked"
    SCAN = "scan"
    PACKED = "packed"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"

    @property
    def wording(self) -> str:
        """The reason in a few Vietnamese words."""
        return {
            Unread.LOCKED: _("tệp khóa bằng mật khẩu"),
            Unread.SCAN: _("bản quét, có trang chỉ là ảnh"),
            Unread.PACKED: _("tệp nén, những tệp ở trong không được mở ra"),
            Unread.DAMAGED: _("tệp hỏng"),
            Unread.UNKNOWN: _("loại tệp cũ mà chương trình không biết đọc"),
        }[self]
