"""What lies on a stick now, and what came from one, in words."""

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync as service


def written_words(made: service.CarriedOut) -> str:
    """Say what lies on the stick now."""
    said = [
        _(
            "Đã ghi {own} thay đổi của máy này, {others} của máy khác, {entries} mục sổ chung, {files} tệp."
        ).format(own=made.own, others=made.others, entries=made.entries, files=made.files),
        _("Máy đọc được: {names}.").format(names=", ".join(made.readers)),
    ]
    if made.left_out:
        said.append(
            _("Còn {n} tệp chưa ghi được vì thẻ hết chỗ; phần đã ghi dùng được ngay.").format(n=made.left_out)
        )
    if made.fault is not None:
        why = word(made.fault)
        said.append(_("{names} cần nhận lại toàn bộ sổ: {why}").format(names=", ".join(made.behind), why=why))
    return " ".join(said)


def read_words(found: tuple[service.CarriedFrom, ...]) -> str:
    """Say what came, a line a desk."""
    return "\n".join(_read_line(one) for one in found)


def _read_line(one: service.CarriedFrom) -> str:
    name = one.name or _("Máy chưa rõ tên")
    at = f"{to_vn(one.at):%H:%M %d/%m/%Y}" if one.at else ""
    parts = [
        _("{n} thay đổi để gửi tiếp lên cổng").format(n=one.taken) if one.taken else "",
        _("{n} mục sổ chung").format(n=one.received) if one.received else "",
        _("{n} tệp").format(n=one.files) if one.files else "",
        _("{n} thay đổi của máy này đã vào sổ chung").format(n=one.echoed) if one.echoed else "",
        _("{n} thay đổi cổng chưa nhận, xem lý do ở trang Đồng bộ").format(n=one.refused)
        if one.refused
        else "",
    ]
    said = " · ".join(part for part in parts if part) or _("không có gì mới")
    head = _("{name}, ghi lúc {at}").format(name=name, at=at) if at else name
    return f"{head}: {said}." + (f" {word(one.fault)}" if one.fault is not None else "")
