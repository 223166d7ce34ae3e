"""Errors of the exchange with the province."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "province_unknown": _(
        "Bàn làm việc này chưa nối với cổng có cơ quan quản lý báo chí của tỉnh, nên chưa gửi được. Hãy kết nối cổng, "
        "đồng bộ một lượt rồi thử lại; nội dung đang gõ được giữ trong bản nháp."
    ),
    "province_only": _("Chỉ cơ quan quản lý báo chí của tỉnh gửi cảnh báo và yêu cầu cho các cơ quan."),
    "agency_only": _("Việc này của các cơ quan gửi lên tỉnh; bàn làm việc này là của tỉnh."),
    "agency_unknown": _(
        "Không tìm thấy đúng một cơ quan “{agency}” trên cổng. Xem danh sách ở trang Tỉnh, mục Cơ quan."
    ),
    "answer_by_past": _("Thời hạn trả lời đã qua. Hãy chọn một thời điểm sau lúc này."),
    "alert_acknowledged": _("{by} đã xác nhận cảnh báo này lúc {at}. Không có gì thay đổi."),
    "nobody_silent": _("Mọi cơ quan nhận đã xác nhận hoặc trả lời; không còn ai để nhắc."),
}
