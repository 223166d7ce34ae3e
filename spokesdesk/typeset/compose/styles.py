"""The named paragraph styles of a paper, by the sizes its letter and head call for."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from spokesdesk.typeset.document import Align, Style
from spokesdesk.typeset.faces import width
from spokesdesk.typeset.nd30 import Form, HeadSizes


@dataclass(frozen=True, slots=True, eq=False)
class Styles:
    """All styles of a paper; names are what the word processor's list of styles shows.

    They are made once for each size and told apart by being the same object, which costs nothing at every key.
    """

    blank: Style
    rule: Style
    gap: Style
    country: Style
    motto: Style
    parent: Style
    agency: Style
    number: Style
    place: Style
    about: Style
    stamp: Style
    circulation: Style
    addressee: Style
    title: Style
    subject: Style
    basis: Style
    text: Style
    part: Style
    part_title: Style
    clause: Style
    cell: Style
    cell_head: Style
    recipients_head: Style
    recipients: Style
    authority: Style
    signer: Style
    annex: Style
    annex_title: Style
    annex_note: Style
    page_number: Style
    contact: Style

    def all(self) -> tuple[Style, ...]:
        """Give every style, the blank one first."""
        return tuple(getattr(self, item.name) for item in fields(self))


@lru_cache(maxsize=16)
def styles_for(form: Form, head: HeadSizes, size: int) -> Styles:
    """Give the styles of a paper.

    Args:
        form: the rules of form.
        head: sizes of the head.
        size: body size in points.
    """
    looks = {
        **_blank_looks(),
        **_head_looks(form, head),
        **_text_looks(form, size),
        **_tail_looks(form, size),
    }
    return Styles(**{key: _style(key, name, points, look) for key, (name, points, look) in looks.items()})


_Look = tuple[str, float, dict[str, Any]]
_CENTER = {"align": Align.CENTER}
_BOLD = {"align": Align.CENTER, "bold": True}


def _style(key: str, name: str, size: float, look: dict[str, Any]) -> Style:
    ident = "ND30" + "".join(part.capitalize() for part in key.split("_"))
    return Style(ident, f"ND30 {name}", size, **look)


def _blank_looks() -> dict[str, _Look]:
    return {
        "blank": ("Trống", 1, {"line": 10}),
        "rule": ("Đường kẻ", 1, {"line": 20}),
        "gap": ("Khoảng cách", 1, {"line": 120}),
    }


def _head_looks(form: Form, head: HeadSizes) -> dict[str, _Look]:
    sizes = form.sizes
    return {
        "country": ("Quốc hiệu", head.motto_country, _BOLD),
        "motto": ("Tiêu ngữ", head.motto, _BOLD),
        "parent": ("Cơ quan chủ quản", head.agency, _CENTER),
        "agency": ("Cơ quan ban hành", head.agency, _BOLD),
        "number": ("Số, ký hiệu", head.number, _CENTER),
        "place": ("Địa danh, thời gian", head.place, {**_CENTER, "italic": True}),
        "about": ("Trích yếu công văn", head.subject, {**_CENTER, "before": form.number_to_subject}),
        "stamp": ("Mức độ khẩn", sizes["stamp"], {**_BOLD, "colour": form.stamp_colour}),
        "circulation": ("Phạm vi lưu hành", sizes["circulation"], _BOLD),
    }


def _text_looks(form: Form, size: int) -> dict[str, _Look]:
    text = {"align": Align.BOTH, "first": form.first_line, "after": form.after}
    head = {**_BOLD, "keep_next": True}
    return {
        "addressee": ("Kính gửi", size, {}),
        "title": ("Tên loại", size, {**head, "before": form.head_to_text, "outline": 1}),
        "subject": ("Trích yếu", size, head),
        "basis": ("Căn cứ", size, {**text, "italic": True}),
        "text": ("Nội dung", size, text),
        "part": ("Phần, Chương, Mục", size, {**head, "outline": 2}),
        "part_title": ("Tiêu đề phần", size, {**head, "after": form.after, "outline": 2}),
        "clause": ("Điều, khoản", size, {**text, "bold": True, "keep_next": True, "outline": 3}),
        "cell": ("Ô bảng", size, {}),
        "cell_head": ("Đầu bảng", size, _BOLD),
    }


def _tail_looks(form: Form, size: int) -> dict[str, _Look]:
    sizes = form.sizes
    hang = width("- ", sizes["recipients"])
    return {
        "recipients_head": ("Nơi nhận", sizes["recipients_head"], {"bold": True, "italic": True}),
        "recipients": ("Danh sách nơi nhận", sizes["recipients"], {"left": hang, "first": -hang}),
        "authority": ("Quyền hạn, chức vụ", size, _BOLD),
        "signer": ("Họ tên người ký", size, _BOLD),
        "annex": ("Phụ lục", sizes["annex"], {**_BOLD, "keep_next": True, "outline": 1}),
        "annex_title": ("Tên phụ lục", size, {**_BOLD, "keep_next": True}),
        "annex_note": ("Kèm theo", size, {**_CENTER, "italic": True}),
        "page_number": ("Số trang", size, _CENTER),
        "contact": ("Địa chỉ cơ quan", sizes["contact"], {}),
    }
