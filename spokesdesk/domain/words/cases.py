"""Wording of what case files, evidence and places to report refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "case_in_future": _("“{field}” ở tương lai. Hãy xem lại ngày giờ; nội dung đã nhập vẫn còn."),
    "case_move_illegal": _("Không thể {move} khi hồ sơ {state}. Không có gì thay đổi."),
    "case_changed_meanwhile": _(
        "Hồ sơ vừa được người khác thay đổi. Bản của họ được giữ; hãy mở lại hồ sơ, xem rồi ghi lại."
    ),
    "case_closed": _(
        "Hồ sơ đã đóng nên không nhận thêm gì. Không có gì thay đổi; hãy mở lại hồ sơ (có lý do) rồi làm tiếp."
    ),
    "case_told_nobody": _("Hãy chọn hoặc ghi ít nhất một nơi đã được báo."),
    "case_too_many_told": _("Nhiều nhất {limit} nơi một lần ghi. Hãy ghi phần còn lại thành lần khác."),
    "taken_by_missing": _("Đã ghi thời điểm thì cần ghi theo lời ai (hoặc theo máy nào)."),
    "evidence_identity_card": _(
        "Tên tệp “{name}” cho thấy đây có thể là ảnh giấy tờ tùy thân. Ảnh căn cước là dữ liệu cá nhân nhạy cảm, "
        "hồ sơ không nên giữ; tệp chưa được lưu. Nếu đúng là chứng cứ cần giữ, hãy ghi lý do rồi thêm lại."
    ),
    "evidence_too_big_to_show": _(
        "“{name}” quá lớn để xem ngay trong cửa sổ. Tệp vẫn nguyên trong hồ sơ; hãy lưu ra đĩa rồi mở."
    ),
    "evidence_state": _("Chứng cứ này đã ở trạng thái đó rồi. Không có gì thay đổi."),
    "bundle_exists": _(
        "Đã có {path}. Chương trình không ghi đè gói chứng cứ; chưa có gì được xuất. Hãy chọn tên khác."
    ),
    "bundle_stopped": _("Đã dừng xuất gói chứng cứ. Bản dở đã xóa, chứng cứ trong hồ sơ vẫn nguyên."),
    "bundle_disk_full": _(
        "Ổ đĩa chứa {path} đã đầy nên gói chứng cứ chưa xuất được. Bản dở đã xóa, chứng cứ trong hồ sơ vẫn nguyên. "
        "Hãy chọn ổ đĩa khác hoặc giải phóng dung lượng rồi xuất lại."
    ),
    "places_too_many": _("Nhiều nhất {limit} nơi báo riêng. Không có gì thay đổi."),
    "place_unknown": _("Không có nơi báo “{id}”. Chưa soạn gì; xem danh sách bằng lệnh case places."),
}
