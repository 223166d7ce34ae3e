"""What tables and columns are called where a person's data is shown; what tells a reader nothing is left out."""

from collections.abc import Mapping
from datetime import datetime

from spokesdesk.domain.chain_faults import KINDS, kind_word
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.labels import LABELS, label, value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.privacy import Access, FilePlace, Ground, Step, Trace, Wish

TABLES: dict[str, str] = {
    "journalist": _("nhà báo trong danh bạ"),
    "draft": _("bản đang gõ"),
    "import_row": _("dòng nhập danh sách"),
    "record_merge": _("lần gộp trùng"),
    "paper": _("văn bản"),
    "access": _("nhật ký truy cập"),
    "province": _("thư trao đổi với tỉnh"),
}
_COLUMNS: dict[str, str] = {
    "journalist_name": _("Nhà báo"),
    "outlet_name": _("Cơ quan báo chí"),
    "author_name": _("Người ghi"),
    "person": _("Người liên quan"),
    "verification": _("Giấy tờ"),
    "content": _("Nội dung"),
    "asked": _("Câu hỏi"),
    "answered_by": _("Người trả lời"),
}
_SHOWN = frozenset(
    [
        "topic",
        "questions",
        "given",
        "follow_up",
        "channel",
        "received_at",
        "title",
        "text",
        "holder",
        "name",
        "phone",
        "email",
        "card_number",
        "note",
        "facts",
    ]
)
_ACTS: dict[str, str] = {
    "opened": _("xem"),
    "searched": _("mở từ kết quả tìm"),
    "listed": _("liệt kê"),
    "exported": _("xuất bản sao"),
    "erased": _("xóa"),
}
_WISHES: dict[str, str] = {
    "see": _("xem dữ liệu"),
    "correct": _("chỉnh sửa dữ liệu"),
    "copy": _("cung cấp bản sao"),
    "delete": _("xóa dữ liệu"),
    "object": _("hạn chế, phản đối xử lý"),
}
_STEPS: dict[str, str] = {
    "received": _("đã nhận"),
    "done": _("đã thực hiện"),
    "refused": _("từ chối"),
}


def table_word(table: str) -> str:
    """Give what people call a table or a kind of entry."""
    if table in TABLES:
        return _(TABLES[table])
    return kind_word(table) if table in KINDS else _("mục khác")


def column_word(name: str) -> str:
    """Give what people call a column; "" for one that tells a reader nothing."""
    if name in _COLUMNS:
        return _(_COLUMNS[name])
    return label(name) if name in _SHOWN and name in LABELS else ""


def held_words(held: Mapping[str, int], hold: Ground) -> str:
    """Say what stays of a person, and why."""
    lines = []
    if "evidence" in held:
        why = f"{hold.text} ({hold.citation})."
        lines.append(_("{n} chứng cứ. {why}").format(n=held["evidence"], why=why))
    named = ", ".join(f"{table_word(kind)}: {held[kind]}" for kind in ("paper", "article") if kind in held)
    if named:
        said = _("Văn bản, bài báo còn nhắc tên – {named}. Đó là hồ sơ của cơ quan, phải xem xét riêng.")
        lines.append(said.format(named=named))
    return "\n".join(lines)


def place_words(place: FilePlace) -> str:
    """Say what a desk, or the portal, did with the files of a deletion."""
    name = place.name or _("cổng thông tin")
    if place.held is None or place.at is None:
        return _("{name}: chưa báo").format(name=name)
    if place.held:
        said = _("{name}: còn giữ {n} tệp vì mục khác của sổ nêu đến ({at})")
    else:
        said = _("{name}: không còn tệp nào ({at})")
    return said.format(name=name, n=place.held, at=f"{to_vn(place.at):%H:%M, %d/%m/%Y}")


def act_word(access: Access) -> str:
    """Say what somebody did with a person's data."""
    return _(_ACTS[access.act]) if access.act in _ACTS else access.act


def wish_word(wish: Wish) -> str:
    """Say what a person asks."""
    return _(_WISHES[wish.value])


def step_word(step: Step) -> str:
    """Say what became of it."""
    return _(_STEPS[step.value])


def facts_of(person: Journalist) -> tuple[tuple[str, str], ...]:
    """Give what the address book says of a person, as label and text; what is empty is left out."""
    facts = (
        (label("name"), person.name),
        (label("outlet"), person.outlet.name if person.outlet else ""),
        (label("phone"), person.phone),
        (label("email"), person.email),
        (_("Zalo"), person.zalo),
        (label("card_number"), person.card_number),
        (label("note"), person.note),
    )
    return tuple(fact for fact in facts if fact[1])


def lines_of(trace: Trace) -> tuple[tuple[str, str], ...]:
    """Give what a row says, as label and text."""
    return tuple(
        (word, said)
        for name, value in trace.values.items()
        if (word := column_word(name)) and (said := _said(name, value))
    )


def _said(name: str, value: object) -> str:
    """Give a column's value in words: of a check of papers its reasons and the numbers shown."""
    if name == "verification" and isinstance(value, Mapping):
        facts = value.get("facts")
        shown = [part for key, part in facts.items() if "number" in key] if isinstance(facts, Mapping) else []
        return text_of([*(value.get("reasons") or []), *shown])
    return text_of(value_label(name, value))


def text_of(value: object) -> str:
    """Give a stored value as a line of text."""
    if isinstance(value, Mapping):
        return "; ".join(text_of(part) for part in value.values() if part not in (None, "", []))
    if isinstance(value, list | tuple):
        return "; ".join(text_of(part) for part in value)
    if isinstance(value, str) and len(value) > 18 and value[4:5] == "-" and "T" in value[:11]:
        try:
            return f"{to_vn(datetime.fromisoformat(value)):%H:%M, %d/%m/%Y}"
        except ValueError:
            return value
    return str(value)
