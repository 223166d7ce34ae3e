"""The fields a table may bring for each noun, and the headings offices write over them."""

from dataclasses import dataclass
from enum import StrEnum

from spokesdesk.domain.language import gettext as _


class Noun(StrEnum):
    """What the rows of a table are."""

    JOURNALIST = "journalist"  # nhà báo, phóng viên
    OUTLET = "outlet"  # cơ quan báo chí
    CONTACT = "contact"  # lần tiếp xúc đã ghi ở sổ Excel


class FieldKind(StrEnum):
    """How a cell is read."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    OUTLET_KIND = "outlet_kind"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field that a column may hold.

    Attributes:
        name: of the record's field, or of what is made of it (``outlet`` names an outlet).
        title: Vietnamese heading, written over the column in exports.
        headings: further headings people use, folded (no accents, lower case).
        limit: greatest length of a text.
        required: a row without it cannot be taken.
        width: of the exported column, characters.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    kind: FieldKind = FieldKind.LINE
    limit: int = 200
    required: bool = False
    width: int = 18


def _note() -> SheetField:
    return SheetField(
        "note", _("Ghi chú"), ("ghi chu them", "luu y", "note"), FieldKind.TEXT, limit=4000, width=30
    )


def _reach() -> tuple[SheetField, ...]:
    return (
        SheetField(
            "phone",
            _("Điện thoại"),
            ("so dien thoai", "sdt", "dt", "di dong", "dien thoai di dong", "dtdd", "so dt", "phone", "tel"),
        ),
        SheetField(
            "email",
            _("Thư điện tử"),
            ("email", "e-mail", "mail", "hop thu", "dia chi email", "thu dien tu cong vu"),
            width=26,
        ),
    )


_JOURNALIST = (
    SheetField(
        "name",
        _("Họ và tên"),
        ("ho ten", "ten", "ten nha bao", "nha bao", "phong vien", "ten phong vien", "ho ten nha bao", "name"),
        required=True,
        width=24,
    ),
    SheetField(
        "outlet",
        _("Cơ quan báo chí"),
        ("co quan", "toa soan", "bao", "don vi", "ten co quan bao chi", "don vi cong tac", "bao dai"),
        width=26,
    ),
    *_reach(),
    SheetField("zalo", _("Zalo"), ("so zalo", "tai khoan zalo")),
    SheetField(
        "card_number",
        _("Số thẻ nhà báo"),
        ("so the", "the nha bao", "the", "ma the", "so hieu the"),
        width=14,
    ),
    SheetField(
        "card_issued_on", _("Ngày cấp thẻ"), ("ngay cap", "cap ngay", "ngay cap the nha bao"), FieldKind.DATE
    ),
    SheetField(
        "card_expires_on",
        _("Thẻ có giá trị đến"),
        ("ngay het han", "het han", "han the", "gia tri den", "co gia tri den", "han su dung"),
        FieldKind.DATE,
    ),
    SheetField("resident_decision", _("Quyết định thường trú"), ("quyet dinh cu", "phong vien thuong tru")),
    SheetField("resident_from_on", _("Thường trú từ ngày"), ("thuong tru tu",), FieldKind.DATE),
    SheetField("resident_until_on", _("Thường trú đến ngày"), ("thuong tru den",), FieldKind.DATE),
    _note(),
)

_OUTLET = (
    SheetField(
        "name",
        _("Tên cơ quan báo chí"),
        ("ten", "co quan bao chi", "ten co quan", "ten bao", "bao", "toa soan", "co quan", "bao dai", "name"),
        required=True,
        width=30,
    ),
    SheetField(
        "kind",
        _("Loại hình"),
        ("loai hinh bao chi", "loai", "loai bao", "loai hinh hoat dong"),
        FieldKind.OUTLET_KIND,
    ),
    SheetField("governing_body", _("Cơ quan chủ quản"), ("chu quan", "co quan chu quan bao chi"), width=28),
    SheetField(
        "licence_number",
        _("Số giấy phép"),
        ("giay phep", "giay phep hoat dong", "so gp", "so giay phep hoat dong"),
    ),
    SheetField("licence_on", _("Ngày cấp giấy phép"), ("ngay giay phep", "ngay cap phep"), FieldKind.DATE),
    SheetField("licence_by", _("Cơ quan cấp giấy phép"), ("noi cap giay phep", "noi cap"), width=24),
    SheetField("remit", _("Tôn chỉ, mục đích"), ("ton chi", "ton chi muc dich"), FieldKind.TEXT, limit=4000),
    SheetField("periodicity", _("Kỳ hạn xuất bản"), ("ky han", "dinh ky", "ky xuat ban")),
    SheetField(
        "head_name", _("Người đứng đầu"), ("ho ten nguoi dung dau", "tong bien tap", "giam doc"), width=24
    ),
    SheetField(
        "head_title",
        _("Chức danh người đứng đầu"),
        ("chuc danh", "chuc vu", "chuc vu nguoi dung dau"),
        width=22,
    ),
    SheetField("address", _("Địa chỉ"), ("dia chi toa soan", "tru so", "dia chi lien he"), width=34),
    *_reach(),
    SheetField("website", _("Trang thông tin"), ("website", "web", "trang web", "ten mien", "dia chi web")),
    SheetField(
        "channels", _("Kênh mạng xã hội"), ("mang xa hoi", "fanpage", "kenh"), FieldKind.TEXT, limit=4000
    ),
    _note(),
)

_CONTACT = (
    SheetField(
        "received_on",
        _("Ngày"),
        ("ngay tiep", "ngay tiep xuc", "ngay lam viec", "ngay gio", "thoi gian", "thoi diem", "ngay thang"),
        FieldKind.MOMENT,
        required=True,
    ),
    SheetField("received_time", _("Giờ"), ("gio tiep", "luc", "gio lam viec"), FieldKind.TIME, width=8),
    SheetField(
        "channel",
        _("Hình thức"),
        ("hinh thuc tiep xuc", "kenh", "hinh thuc lam viec", "cach lien he"),
        FieldKind.CHANNEL,
    ),
    SheetField(
        "journalist",
        _("Nhà báo"),
        ("phong vien", "ho ten", "ho va ten", "nguoi lien he", "ten phong vien", "ten nha bao", "nguoi den"),
        width=24,
    ),
    SheetField("outlet", _("Cơ quan báo chí"), ("co quan", "toa soan", "bao", "don vi", "bao dai"), width=26),
    SheetField(
        "topic",
        _("Nội dung"),
        ("chu de", "noi dung lam viec", "noi dung tiep xuc", "van de", "noi dung hoi", "noi dung de nghi"),
        limit=250,
        required=True,
        width=44,
    ),
    SheetField(
        "given",
        _("Thông tin đã cung cấp"),
        ("tra loi", "da cung cap", "noi dung tra loi", "ket qua", "noi dung cung cap", "phan hoi"),
        FieldKind.TEXT,
        limit=20_000,
        width=40,
    ),
    SheetField(
        "follow_up", _("Việc còn hẹn"), ("viec can lam", "hen", "theo doi", "ghi chu"), FieldKind.TEXT, 20_000
    ),
)

FIELDS: dict[Noun, tuple[SheetField, ...]] = {
    Noun.JOURNALIST: _JOURNALIST,
    Noun.OUTLET: _OUTLET,
    Noun.CONTACT: _CONTACT,
}
"""Fields by noun, in the order of an exported table."""


def noun_titles() -> dict[Noun, str]:
    """Give the name of each noun as windows show it."""
    return {
        Noun.JOURNALIST: _("Nhà báo, phóng viên"),
        Noun.OUTLET: _("Cơ quan báo chí"),
        Noun.CONTACT: _("Lần tiếp xúc"),
    }
