"""Wording of what requests for information refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "request_wanted_early": _("Thời điểm bên hỏi cần trả lời phải sau lúc tiếp nhận. Hãy xem lại ngày giờ."),
    "request_shared_many": _("Nhiều nhất {limit} nơi phối hợp. Hãy bớt hoặc ghi tên đơn vị bao gồm."),
    "request_nobody": _("Hãy chọn người phụ trách hoặc ghi đơn vị chủ trì."),
    "request_due_early": _("Thời hạn mới phải sau lúc tiếp nhận yêu cầu. Thời hạn cũ vẫn còn nguyên."),
    "request_changed": _(
        "{by} vừa thay đổi yêu cầu này lúc {at}: {what}. Việc của anh chị chưa được ghi, nội dung đã gõ vẫn còn; "
        "hãy xem lại rồi làm tiếp nếu vẫn cần."
    ),
    "request_closed": _(
        "Yêu cầu này đã khép lại: {by}, {at} – {what}. Việc của anh chị chưa được ghi, nội dung đã gõ vẫn còn. "
        "Nếu cần làm tiếp, hãy mở lại yêu cầu kèm lý do."
    ),
    "request_is_open": _("Yêu cầu này đang mở, không cần mở lại. Việc gần nhất: {by}, {at} – {what}."),
    "answer_missing": _(
        "Muốn khép yêu cầu là đã trả lời thì phải có câu trả lời: ghi nội dung đã trả lời hoặc chọn văn bản đã phát hành."
    ),
    "answer_form_missing": _("Hãy chọn hình thức đã cung cấp (lời nói, văn bản, thư điện tử…)."),
    "answer_in_future": _("Lúc trả lời ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "answer_before_request": _("Lúc trả lời sớm hơn lúc tiếp nhận yêu cầu. Hãy xem lại ngày giờ."),
    "answer_paper_unreleased": _(
        "Văn bản “{title}” {state}, chưa dùng làm câu trả lời được. Hãy phát hành văn bản rồi khép yêu cầu."
    ),
    "ground_missing": _(
        "Chỉ được từ chối theo căn cứ luật định. Hãy chọn một căn cứ đang có hiệu lực: {known}."
    ),
    "ground_unknown": _(
        "Ngày {day} không có căn cứ từ chối “{ground}”. Các căn cứ đang có hiệu lực: {known}."
    ),
    "contact_request_open": _(
        "Lần tiếp xúc này có yêu cầu “{topic}” đang mở. Hãy khép yêu cầu đó (trả lời, từ chối, chuyển hoặc rút); "
        "mục trong sổ sẽ tự xong."
    ),
    "day_end_holders": _(
        "Còn {count} yêu cầu chưa ghi đang chờ ai: {named}. Danh sách cuối ngày chưa được chốt; hãy ghi đủ rồi chốt lại."
    ),
    "member_unknown": _("Không có đúng một người làm việc tên “{name}”. Những người đang làm việc: {found}."),
}
