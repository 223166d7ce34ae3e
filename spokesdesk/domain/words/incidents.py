"""Wording of what incidents refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "incident_in_future": _("“{field}” ở tương lai. Hãy xem lại ngày giờ; nội dung đã nhập vẫn còn."),
    "incident_before_it_happened": _(
        "“{field}” sớm hơn lúc xảy ra vụ việc. Hãy xem lại hai mốc; nội dung đã nhập vẫn còn."
    ),
    "incident_move_illegal": _("Không thể {move} khi vụ việc {state}. Không có gì thay đổi."),
    "incident_changed_meanwhile": _(
        "Vụ việc vừa được người khác thay đổi. Bản của họ được giữ; hãy mở lại vụ việc, xem rồi ghi lại."
    ),
    "incident_closed": _(
        "Vụ việc đã đóng nên không nhận thêm gì. Không có gì thay đổi; hãy mở lại (có lý do) rồi làm tiếp."
    ),
    "incident_told_nobody": _("Hãy chọn hoặc ghi ít nhất một nơi đã nhận báo cáo, thông tin phối hợp."),
    "incident_too_many": _("Nhiều nhất {limit} cơ quan một lần ghi. Không có gì thay đổi."),
    "incident_no_file": _("Hãy kéo, dán hoặc chọn ít nhất một tệp chứng cứ. Không có gì thay đổi."),
    "file_on_its_way": _("Tệp kèm theo đang được lưu, chờ một chút rồi bấm lại."),
    "incident_too_many_files": _(
        "Nhiều nhất {limit} tệp một lần ghi. Hãy chia làm nhiều lần; tệp đã chọn vẫn còn."
    ),
    "period_turned": _("Kỳ kết thúc trước khi bắt đầu. Hãy xem lại hai ngày; chưa tính gì."),
    "incident_no_wording": _(
        "Chưa có bản nội dung nào để lấy ý kiến. Hãy đưa ra một bản (từ văn bản hoặc gõ vào) rồi ghi ý kiến."
    ),
    "wording_unchanged": _(
        "Nội dung này giống hệt bản mới nhất; không tạo thêm bản. Các ý kiến đã ghi vẫn còn."
    ),
    "wording_superseded": _(
        "Nội dung đã có bản mới hơn. Ý kiến phải gắn với đúng bản đã đọc; hãy cho cơ quan ấy xem bản mới rồi ghi."
    ),
}
