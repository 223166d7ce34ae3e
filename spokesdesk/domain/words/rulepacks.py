"""What packs of rules and the library of instruments say when something is wrong."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "pack_unreadable": _(
        "Không đọc được tệp {file}. Bộ quy định đang dùng không đổi; hãy xin lại tệp từ nơi gửi."
    ),
    "pack_no_head": _(
        "Tệp {file} không phải bộ quy định: thiếu phần [pack]. Bộ quy định đang dùng không đổi."
    ),
    "pack_forged": _(
        "Bộ quy định không có chữ ký đúng của nơi phát hành, có thể đã bị sửa. Bộ quy định đang dùng không đổi; "
        'hãy lấy lại tệp từ nơi phát hành. Quy định riêng của địa phương phải ghi kind = "local".'
    ),
    "pack_older": _(
        "Bộ quy định bản {version} không mới hơn bản đang dùng ({present}). Bộ quy định đang dùng không đổi."
    ),
    "pack_incomplete": _(
        "Bộ quy định thiếu phần chương trình cần: {missing}. Bộ quy định đang dùng không đổi."
    ),
    "law_force": _("Ngày hết hiệu lực phải sau ngày có hiệu lực. Văn bản chưa được lưu."),
    "law_empty": _("Thư viện chưa có toàn văn hay tệp của {name}. Thêm bằng nút Sửa hoặc lệnh library add."),
    "law_missing": _("Không có văn bản “{key}” trong thư viện. Xem danh sách bằng lệnh library list."),
    "duty_missing": _(
        "Không có việc định kỳ “{rule}” đến hạn ngày {day}. Xem danh sách bằng lệnh duties list."
    ),
    "agency_kind": _("Loại cơ quan là một trong: central, province, department, commune."),
}
