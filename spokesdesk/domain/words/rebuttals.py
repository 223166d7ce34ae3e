"""Wording of what claims, rounds of a rebuttal and recaptures refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "claim_links_many": _(
        "Nhiều nhất {limit} địa chỉ cho một nội dung. Hãy bớt lại; nội dung đã gõ vẫn còn."
    ),
    "claim_link_form": _("“{link}” không phải là địa chỉ: phải bắt đầu bằng http:// hoặc https://."),
    "claim_changed_meanwhile": _(
        "Nội dung này vừa được sửa ở nơi khác. Bản của họ được giữ; hãy mở lại bài rồi sửa trên bản mới."
    ),
    "ask_unknown": _("Đề nghị “{given}” không dùng được. Hãy dùng một trong: {allowed}."),
    "round_open": _(
        "Lần {number} chưa có kết quả. Hãy ghi kết quả của lần ấy trước (đã cải chính, từ chối, không trả lời…), "
        "rồi soạn công văn tiếp. Chưa có gì thay đổi."
    ),
    "round_move_illegal": _(
        "Không ghi “{step}” được khi lần này đang là “{standing}”. Không có gì thay đổi."
    ),
    "round_changed_meanwhile": _(
        "Lần yêu cầu này vừa được ghi thêm ở nơi khác. Bản của họ được giữ; hãy mở lại bài và xem trước khi ghi."
    ),
    "round_future": _("Lúc này ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "round_before_delivery": _(
        "Việc này không thể xảy ra trước lúc nơi nhận nhận công văn. Hãy xem lại ngày giờ."
    ),
    "escalation_unknown": _("Bộ quy định hiện có không nêu bước này. Không có gì thay đổi."),
    "governing_body_unknown": _(
        "Danh bạ chưa ghi cơ quan chủ quản của {outlet}. Hãy thêm ở danh bạ rồi soạn lại."
    ),
    "recapture_empty": _(
        "Chưa có gì để đối chiếu: hãy dán nội dung đọc lại, thêm tệp chụp, hoặc ghi là trang không còn."
    ),
    "point_unknown": _("Không có điểm “{given}” để đối chiếu. Hãy dùng một trong: {known}."),
    "check_empty": _("Chưa có điểm nào được xem. Hãy trả lời ít nhất một điểm."),
}
