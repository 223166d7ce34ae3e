"""What is said when a new version cannot be looked for, fetched or used."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "version_form": _("“{version}” không phải số phiên bản của SpokesDesk, ví dụ 0.2.0."),
    "update_none": _("Bản {version} đang dùng là bản mới nhất của kênh đã chọn."),
    "update_none_ready": _("Chưa có bản mới nào được tải về. Hãy tải trước (update get)."),
    "update_none_before": _("Máy này không giữ bản nào trước bản đang dùng, nên không quay lại được."),
    "update_busy": _(
        "Một cửa sổ hoặc lệnh khác của SpokesDesk đang tải, chọn hoặc dọn các bản. Chưa có gì thay đổi; hãy đợi nó xong "
        "rồi làm lại."
    ),
    "update_by_apt": _(
        "Bản này cài bằng gói Debian nên apt quản lý các tệp. Hãy cập nhật bằng apt, hoặc cài gói .deb mới."
    ),
    "update_by_hand": _(
        "Bản đang chạy không nằm trong thư mục cài đặt (chạy từ mã nguồn hoặc pip), nên không tự thay được."
    ),
    "update_no_address": _(
        "Chưa có địa chỉ để tìm bản mới. Ghi địa chỉ ở Cài đặt › Phiên bản, hoặc tìm trong một thư mục, thẻ nhớ."
    ),
    "update_no_root": _(
        "Bản dựng này không mang khóa của nơi phát hành nên không kiểm tra được bản mới. Chương trình vẫn dùng bình "
        "thường; hãy cài bản mới bằng bộ cài của nơi phát hành."
    ),
    "update_address_form": _("Địa chỉ tìm bản mới phải bắt đầu bằng https:// hoặc http://."),
    "update_proxy_form": _("Địa chỉ máy chủ trung gian (proxy) phải bắt đầu bằng http:// hoặc https://."),
    "update_folder": _(
        "Thư mục {path} không chứa bản phát hành: thiếu thư mục con metadata. Hãy chọn thư mục chứa cả metadata và targets."
    ),
    "update_stopped": _("Đã dừng tải theo yêu cầu. Bản đang dùng không thay đổi."),
    "update_unreachable": _(
        "Không tải được từ {place} ({detail}). Bản đang dùng không thay đổi; hãy kiểm tra mạng, proxy rồi thử lại."
    ),
    "update_not_there": _(
        "Ở {place} không có danh mục bản mới (mã {detail}). Bản đang dùng không thay đổi; hãy kiểm tra lại địa chỉ."
    ),
    "update_expired": _(
        "Danh mục bản mới đã quá hạn so với ngày trên máy này ({today}), có thể là bản sao cũ. Chưa đổi gì. Nếu ngày trên "
        "máy sai, hãy chỉnh đồng hồ; nếu đúng, hãy lấy lại danh mục từ nơi phát hành."
    ),
    "update_clock": _(
        "Đồng hồ máy này ({today}) lệch xa máy chủ ({there}), nên không biết danh mục bản mới còn hạn hay không. Chưa đổi "
        "gì; hãy chỉnh ngày giờ của máy rồi thử lại."
    ),
    "update_clock_behind": _(
        "Đồng hồ máy này ({today}) chạy trước cả ngày dựng bản đang dùng ({made}). Chưa đổi gì; hãy chỉnh ngày giờ của máy "
        "rồi thử lại."
    ),
    "update_rolled_back": _(
        "Danh mục bản mới nhận được cũ hơn hoặc không khớp với danh mục máy này đã thấy. Đã từ chối, bản đang dùng không "
        "thay đổi. Nếu lặp lại, hãy báo nơi phát hành."
    ),
    "update_mixed": _(
        "Tệp nhận được không khớp danh mục đã ký (bị cắt, bị sửa hoặc lẫn của hai lần phát hành). Đã từ chối, bản đang "
        "dùng không thay đổi; hãy tải lại."
    ),
    "update_unsigned": _(
        "Danh mục bản mới không đủ chữ ký của nơi phát hành. Đã từ chối, bản đang dùng không thay đổi; hãy báo nơi phát hành."
    ),
    "update_list": _("Danh mục bản mới không đọc được ({detail}). Đã từ chối, bản đang dùng không thay đổi."),
    "update_archive": _(
        "Gói của bản mới không đúng ({version}). Đã từ chối, bản đang dùng không thay đổi; hãy báo nơi phát hành."
    ),
    "update_no_room": _(
        "Ổ đĩa chứa {path} không đủ chỗ: bản mới cần {need} MB. Bản đang dùng không thay đổi; hãy dọn bớt rồi tải lại."
    ),
}
