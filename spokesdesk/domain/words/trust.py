"""What the journal's proofs refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "head_form": _(
        "Đầu chuỗi gồm các chữ số 0–9 và chữ cái a–f, ít nhất {least} ký tự đầu. Hãy gõ lại theo bản in; "
        "dấu cách không quan trọng."
    ),
    "privacy_ground": _("Hãy chọn một căn cứ: {known}. Chưa có gì bị xóa hay thay đổi."),
    "retention_kind": _("Chỉ đặt được thời hạn lưu cho: {known}."),
    "retention_months": _("Thời hạn lưu là số tháng từ 1 đến {most}, hoặc để trống nếu không đặt."),
    "subject_request_closed": _("Yêu cầu này đã được trả lời. Không có gì thay đổi; hãy tải lại danh sách."),
    "erase_confirm": _(
        "Việc xóa không lấy lại được. Chưa có gì bị xóa; hãy chạy lại lệnh với --yes nếu chắc chắn."
    ),
    "day_in_future": _("Ngày này chưa đến. Hãy chọn hôm nay hoặc một ngày trước."),
}
