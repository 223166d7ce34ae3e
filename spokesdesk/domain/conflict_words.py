"""What a conflict is about, and both its values, as words that people read and write; and back again.

A value of several parts (the particulars of the agency, its holidays) is shown as lines "name: value", only those in
which the two differ; a list as lines of its own. Whatever has another shape is shown as JSON.
"""

import json
from collections.abc import Mapping

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.labels import LABELS, label, value_label
from spokesdesk.domain.language import gettext as _

SETTINGS = {
    "agency": _("Thông tin cơ quan"),
    "agency_kind": _("Loại cơ quan"),
    "case_places": _("Nơi báo vụ việc"),
    "holidays": _("Ngày nghỉ"),
    "number_series": _("Cách đánh số văn bản"),
    "organ_id": _("Mã định danh của cơ quan"),
    "privacy_retention": _("Thời hạn lưu dữ liệu cá nhân"),
}
FIELDS = {
    "letter": _("nội dung văn bản"),
    "facts": _("diễn biến"),
    "marks": _("dấu hiệu nhận biết"),
    "name": _("tên"),
    "phone": _("điện thoại"),
    "email": _("thư điện tử"),
    "address": _("địa chỉ"),
    "website": _("trang web"),
    "note": _("ghi chú"),
    "title": _("tên gọi"),
    "place": _("nơi xảy ra"),
    "roles": _("vai trò"),
    "post": _("chức vụ"),
    "due_at": _("hạn"),
}
LONGEST_TITLE = 90


def titled(entity: str, title: str) -> str:
    """Give the title of a shared record as people call it; a setting has only the name of its row."""
    return SETTINGS.get(title, title) if entity == "setting" else title.strip()


def about(entity: str, title: str, field: str, current: object = None, mine: object = None) -> str:
    """Say which field of which record two people changed.

    Args:
        current, mine: the two values; of a setting the one part in which they differ is named.
    """
    if entity == "setting":
        name = _("Thiết lập chung: {name}").format(name=titled(entity, title))
        apart = _apart(current, mine) if isinstance(current, dict) and isinstance(mine, dict) else []
        return f"{name} · {_name(apart[0])}" if len(apart) == 1 else name
    name = title[:LONGEST_TITLE] or _("(không có tên)")
    return _("{title} · trường “{field}”").format(title=name, field=FIELDS.get(field, label(field)))


def told(field: str, value: object, current: object, mine: object) -> str:
    """Give a value as words.

    Args:
        field: whose value.
        current, mine: the two that clash; of a value of several parts only those are told in which these two differ.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and all(map(_is_plain, (value, current, mine))):
        assert isinstance(current, dict)
        assert isinstance(mine, dict)
        return "\n".join(f"{_name(key)}: {_part(value.get(key, ''))}" for key in _apart(current, mine))
    if all(map(_is_list, (value, current, mine))):
        assert isinstance(value, list)
        return "\n".join(str(value_label(_one(field), one)) for one in value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def meant(field: str, text: str, current: object, mine: object) -> object:
    """Give the value that a third version means; what it does not speak of stays as it is in the current one.

    Raises:
        UserError: ``value_form``.
    """
    if isinstance(current, dict) and _is_plain(current) and _is_plain(mine):
        assert isinstance(mine, dict)
        return _lines_meant(text, current, mine)
    if _is_list(current) and _is_list(mine):
        assert isinstance(current, list)
        assert isinstance(mine, list)
        known = {str(value_label(_one(field), one)): one for one in (*current, *mine)}
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [known.get(line, line) for line in lines]
    try:
        return json.loads(text)
    except ValueError:
        raise UserError("value_form", field="text") from None


def _lines_meant(text: str, current: dict[str, object], mine: dict[str, object]) -> dict[str, object]:
    names = {_name(key): key for key in _apart(current, mine)}
    new = dict(current)
    for line in filter(str.strip, text.splitlines()):
        name = next((name for name in names if line.startswith(f"{name}:")), None)
        if name is None:
            raise UserError("value_form", field="text")
        said, key = line.removeprefix(f"{name}:").strip(), names[name]
        if isinstance(current.get(key, mine.get(key)), list):
            new[key] = [part.strip() for part in said.split("/") if part.strip()]
        elif said or (key in current and key in mine):
            new[key] = said
        else:
            new.pop(key, None)
    return new


def _apart(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]


def _is_plain(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_list(part) or (isinstance(part, str) and "\n" not in part) for part in value.values()
    )


def _part(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _one(field: str) -> str:
    return field.removesuffix("s")


def _name(key: str) -> str:
    return label(f"agency_{key}") if f"agency_{key}" in LABELS else label(key)
