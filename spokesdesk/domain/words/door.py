"""What the journalists' door says when something cannot be done."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "door_email_form": _("Địa chỉ thư điện tử chưa đúng dạng. Hãy ghi như ten@toasoan.vn."),
    "door_phone_form": _("Số điện thoại chưa đúng dạng. Hãy ghi bằng chữ số, như 0912 345 678."),
    "door_passphrase_length": _("Cụm mật khẩu dài từ {least} đến {most} ký tự."),
    "door_passphrase_weak": _(
        "Cụm mật khẩu này dễ đoán. Hãy dùng một câu gồm vài từ, không trùng với thư điện tử."
    ),
    "door_passphrase_twice": _("Hai lần ghi cụm mật khẩu chưa giống nhau."),
    "door_signin_wrong": _("Thư điện tử hoặc cụm mật khẩu không đúng."),
    "door_passphrase_wrong": _("Cụm mật khẩu hiện dùng không đúng. Chưa có gì thay đổi."),
    "door_unverified": _(
        "Tài khoản chưa được xác minh nên chưa gửi được. Những gì đã gõ chưa được lưu; hãy chép lại để gửi sau."
    ),
    "door_wish_time": _("Thời điểm mong muốn phải sau lúc này và trong vòng một năm."),
    "door_wish_missing": _("Lịch hẹn cần ngày giờ mong muốn."),
    "door_wish_form": _("Không hiểu ngày giờ này. Hãy ghi ngày như 02/12/2026 và giờ như 14:30."),
    "door_agency_unknown": _("Hãy chọn một cơ quan trong danh sách."),
    "door_question_unknown": _("Không có câu hỏi này trong tài khoản của anh chị."),
    "door_not_answered": _("Cơ quan chưa trả lời nên chưa đánh giá được."),
    "door_thread_full": _("Chuỗi trao đổi này đã dài. Hãy gửi một câu hỏi mới."),
    "door_level_missing": _("Hãy chọn một trong ba mức."),
    "complaint_unknown": _("Không có phản ánh này. Có thể cơ quan liên quan đã bị xóa khỏi cổng."),
    "door_complaint_day": _("Ngày xảy ra phải đúng dạng như 02/12/2026 và không ở tương lai."),
    "door_too_many": _(
        "Đã thử quá nhiều lần trong một giờ. Hãy thử lại sau {minutes} phút; chưa có gì được gửi."
    ),
    "door_signin_needed": _("Hãy đăng nhập trước."),
    "door_form_old": _(
        "Biểu mẫu này đã cũ hoặc không phải của phiên đang dùng nên chưa có gì được gửi. Hãy xem lại rồi gửi "
        "lần nữa; nếu vẫn thấy lời này, trình duyệt đang chặn cookie của cổng."
    ),
    "door_session_over": _(
        "Phiên đăng nhập đã hết nên chưa có gì được gửi. Hãy đăng nhập lại: nội dung đã gõ còn nguyên."
    ),
    "door_form_kept": _("Đã đăng nhập lại. Nội dung đã gõ còn nguyên nhưng chưa gửi: hãy xem lại rồi gửi."),
    "door_journalist_unknown": _("Không có tài khoản nhà báo nào dùng địa chỉ {email}."),
    "door_state_same": _("Tài khoản này đã ở trạng thái đó; không có gì thay đổi."),
    "door_reason_missing": _("Hãy ghi lý do; nhà báo đọc được lý do này."),
    "door_portal_away": _(
        "Chưa liên lạc được với cổng nên chưa quyết định gì: tài khoản vẫn như cũ, lý do đã gõ vẫn được giữ. "
        "Hãy làm lại khi có mạng."
    ),
    "door_account_changed": _(
        "Nhà báo vừa sửa họ tên, cơ quan hoặc số thẻ nên chưa quyết định gì. Hãy xem lại tài khoản theo thông tin mới "
        "rồi làm lại."
    ),
    "door_meeting_missing": _("Hãy chọn trả lời cho lịch hẹn: nhận, đề nghị giờ khác hay không nhận."),
    "door_meeting_time": _("Hãy ghi giờ hẹn, sau lúc này."),
}
