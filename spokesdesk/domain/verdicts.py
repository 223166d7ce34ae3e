"""What a check of signatures found, in plain Vietnamese: one sentence first, the facts of each signature below."""

from datetime import datetime

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import (
    AGENCY_FIELD,
    LEADER_FIELD,
    OPEN_FIELDS,
    Changed,
    Revocation,
    SignatureVerdict,
    Validity,
    Verdict,
)

WORTH: dict[Validity, str] = {
    Validity.VALID: _("chứng thư số có giá trị"),
    Validity.FOREIGN: _("chứng thư số không thuộc gốc tin cậy nào của máy này"),
    Validity.EXPIRED: _("chứng thư số đã hết hạn khi ký"),
    Validity.EXPIRED_SINCE: _("chứng thư số nay đã hết hạn và không có dấu thời gian chứng minh lúc ký"),
    Validity.NOT_YET: _("chứng thư số chưa có hiệu lực khi ký"),
    Validity.UNJUDGED: _("không xét chứng thư số vì nội dung không còn nguyên"),
    Validity.REFUSED: _("chứng thư số bị thu hồi hoặc không dùng để ký"),
}
CHANGED: dict[Changed, str] = {
    Changed.NOTHING: _("không có thay đổi sau khi ký"),
    Changed.ALLOWED: _("sau đó chỉ thêm nội dung được phép"),
    Changed.FORBIDDEN: _("sau đó tệp BỊ THAY ĐỔI ngoài phạm vi cho phép"),
}
REVOKED: dict[Revocation, str] = {
    Revocation.UNCHECKED: _("chưa kiểm tra thu hồi"),
    Revocation.GOOD: _("đã hỏi nơi cấp: không bị thu hồi"),
    Revocation.REVOKED: _("nơi cấp đã THU HỒI chứng thư này"),
}


def headline(verdict: Verdict) -> tuple[str, str]:
    """Give the verdict in one sentence, with its tone: green, amber or red."""
    signed = verdict.signatures
    if not signed:
        return "amber", _("Tệp không có chữ ký số nào. Không thể biết ai lập tệp hay tệp có bị sửa không.")
    broken = [one.signer for one in signed if not one.intact or one.changed is Changed.FORBIDDEN]
    if broken:
        said = _("KHÔNG HỢP LỆ: tệp đã bị sửa sau chữ ký của {who}. Không nên dùng tệp này.")
        return "red", said.format(who=_listed(broken))
    refused = [one for one in signed if not one.trusted and one.certificate is not Validity.FOREIGN]
    if refused:
        said = _("KHÔNG HỢP LỆ: {worth} ({who}). Nội dung tệp còn nguyên từ lúc ký.")
        worth = WORTH[refused[0].certificate]
        return "red", said.format(worth=worth, who=_listed([one.signer for one in refused]))
    unknown = [one.signer for one in signed if not one.trusted]
    if unknown:
        said = _(
            "CHƯA XÁC MINH ĐƯỢC NGƯỜI KÝ: nội dung còn nguyên từ lúc ký, nhưng chứng thư số của {who} "
            "không thuộc gốc tin cậy nào của máy này."
        )
        return "amber", said.format(who=_listed(unknown))
    said = _("HỢP LỆ: {who} đã ký; nội dung còn nguyên từ lúc ký.")
    return "green", said.format(who=_listed([one.signer for one in signed]))


def short(one: SignatureVerdict) -> str:
    """Give one signature's worth in a few words."""
    return _("Hợp lệ") if one.ok else _("Chưa xác minh") if _is_unknown(one) else _("Không hợp lệ")


def tone(one: SignatureVerdict) -> str:
    """Give the tone of one signature: green, amber or red."""
    return "green" if one.ok else "amber" if _is_unknown(one) else "red"


def facts(one: SignatureVerdict) -> tuple[tuple[str, str], ...]:
    """Give what was found about a signature, each with its label; times in Vietnam's zone."""
    stamped = _("có dấu thời gian tin cậy") if one.is_stamped else _("giờ của máy người ký")
    at = f"{moment(one.signed_at)} ({stamped})" if one.signed_at else _("không ghi")
    until = f"{to_vn(one.valid_from):%d/%m/%Y} – {to_vn(one.valid_until):%d/%m/%Y}"
    whole = _("còn nguyên từ lúc ký") if one.intact else _("BỊ SỬA sau khi ký")
    covers = _("toàn bộ tệp") if one.covers_file else _("toàn bộ tệp như lúc ký; phần thêm sau xem dòng dưới")
    return (
        (_("Người ký"), one.signer),
        (_("Cơ quan ghi trong chứng thư"), one.organisation or _("không ghi")),
        (_("Ký lúc"), at),
        (_("Nội dung được ký"), whole),
        (_("Phạm vi chữ ký"), covers),
        (_("Thay đổi sau khi ký"), changes(one)),
        (_("Chứng thư số"), WORTH[one.certificate]),
        (_("Nơi cấp"), one.issuer or _("không ghi")),
        (_("Hiệu lực chứng thư"), until),
        (_("Thu hồi"), REVOKED[one.revocation]),
        (_("Số chứng thư"), one.serial),
    )


def changes(one: SignatureVerdict) -> str:
    """Say what was added after a signature, and whether that was allowed."""
    said = CHANGED[one.changed]
    named = [name for name in one.changed_fields if name in OPEN_FIELDS]
    if one.changed is Changed.ALLOWED and named:
        said = _("chỉ điền số và ngày vào chỗ chừa sẵn, cùng lần ký sau")
    return said


def moment(at: datetime) -> str:
    """Give a moment as the decree wants it: day, time to the second, Vietnam's zone."""
    return f"{to_vn(at):%d/%m/%Y %H:%M:%S} +07:00"


def whose(one: SignatureVerdict) -> str:
    """Say whose signature a field of a paper of ours is; "" for any other file."""
    if one.field.startswith(LEADER_FIELD):
        return _("người có thẩm quyền")
    return _("cơ quan") if one.field.startswith(AGENCY_FIELD) else ""


def _is_unknown(one: SignatureVerdict) -> bool:
    return one.intact and one.changed is not Changed.FORBIDDEN and one.certificate is Validity.FOREIGN


def _listed(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(name or _("người không rõ tên") for name in names))
