"""What the ways to sign are called, and what to do or install for each."""

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.sign_ways import SignWay, WayFound
from spokesdesk.domain.signing import SignatureKind

WAYS: dict[SignWay, str] = {
    SignWay.VGCA: _("VGCA Sign Service trên máy này"),
    SignWay.OUTSIDE: _("Ký bằng chương trình khác rồi nạp lại"),
    SignWay.PKCS11: _("Thiết bị ký (USB token)"),
    SignWay.PKCS12: _("Tệp khóa .p12, .pfx"),
    SignWay.INK: _("Ký tay, đóng dấu rồi quét lại"),
}
KINDS: dict[SignatureKind, str] = {
    SignatureKind.LEADER: _("Ký phê duyệt"),
    SignatureKind.AGENCY: _("Ký phát hành"),
}
_USE: dict[SignWay, str] = {
    SignWay.VGCA: _(
        "Chọn chứng thư, nhập mã PIN và đặt vị trí chữ ký ở cửa sổ của VGCA Sign Service. "
        "Cầu nối này mới được thử với chương trình giả lập."
    ),
    SignWay.OUTSIDE: _(
        "Xuất tệp, ký bằng vSignPDF hoặc chương trình khác, lưu thành tệp PDF rồi nạp lại tại đây."
    ),
    SignWay.PKCS11: _("Mã PIN chỉ dùng cho lần ký này, không được giữ và không được thử lại."),
    SignWay.PKCS12: _("Mật khẩu chỉ dùng cho lần ký này và không được giữ."),
    SignWay.INK: _("In văn bản đã có số, ký, đóng dấu, quét thành một tệp PDF rồi nạp lại tại đây."),
}
_LACKS: dict[tuple[SignWay, str], str] = {
    (SignWay.VGCA, "service"): _(
        "Không thấy VGCA Sign Service đang chạy. Hãy cài và mở chương trình do Cục Chứng thực số và Bảo mật thông tin "
        "(Ban Cơ yếu Chính phủ) cấp, rồi bấm Tìm lại."
    ),
    (SignWay.PKCS11, "driver"): _(
        "Chưa thấy trình điều khiển của thiết bị ký. Hãy cài trình điều khiển kèm thiết bị (SafeNet, Bit4ID…), "
        "hoặc chỉ đường dẫn ở Cài đặt › Ký số, rồi bấm Tìm lại."
    ),
    (SignWay.PKCS11, "token"): _("Chưa thấy thiết bị ký nào. Hãy cắm thiết bị rồi bấm Tìm lại."),
    (SignWay.PKCS11, "slow"): _(
        "Trình điều khiển của thiết bị ký chưa trả lời. Hãy rút, cắm lại thiết bị rồi bấm Tìm lại, hoặc chọn cách khác."
    ),
}
FILLS = _(
    "Chỉ dùng được khi chương trình đó điền số và ngày vào chỗ chừa sẵn; nếu không, bản ký không được giữ. "
    "Thiết bị ký và tệp khóa ký ngay tại đây thì luôn điền."
)
_BUSY: dict[SignWay, str] = {
    SignWay.VGCA: _("Đang chờ cửa sổ của VGCA Sign Service…"),
    SignWay.PKCS11: _("Đang chờ thiết bị ký…"),
}


def standing(found: WayFound) -> str:
    """Say how a way is used, or what is missing and what to do about it."""
    if found.is_there:
        return _USE[found.way]
    return _LACKS.get((found.way, found.lacks), _("Cách ký này chưa trả lời. Hãy bấm Tìm lại."))


def busy(way: SignWay) -> str:
    """Say what is waited for."""
    return _BUSY.get(way, _("Đang ký và kiểm tra lại…"))


def made_with(adapter: str) -> str:
    """Say how a signature was made, for the history."""
    return WAYS[SignWay(adapter)] if adapter in list(SignWay) else adapter
