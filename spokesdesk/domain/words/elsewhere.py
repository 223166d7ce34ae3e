"""What is said when a release cannot be published at another place."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "elsewhere_name_taken": _("Đã có nơi công bố tên “{name}”. Hãy chọn tên khác."),
    "elsewhere_missing": _("Không có nơi công bố nào tên “{name}”. “sync places” liệt kê các nơi đang có."),
    "elsewhere_folder": _(
        "{path} không phải là thư mục đang có, hoặc chưa ghi đủ đường dẫn. Hãy chọn lại thư mục."
    ),
    "elsewhere_unreachable": _(
        "Không tới được {place}. Bài chờ đăng vẫn nguyên; chương trình sẽ tự thử lại sau."
    ),
    "elsewhere_failed": _(
        "Nơi công bố trả lời lỗi (mã {status}). Bài chờ đăng vẫn nguyên; nếu lặp lại, hãy báo người quản trị trang."
    ),
    "elsewhere_refused": _(
        "Nơi công bố không nhận bài này. Hãy xem lại bài hoặc hỏi người quản trị trang, rồi gửi lại."
    ),
    "elsewhere_receipt_strange": _(
        "Biên nhận trong thư mục không đọc được hoặc không khớp với bài đã gửi, nên chưa được tin. Hãy hỏi bên nhận bài."
    ),
    "wordpress_refused": _(
        "Trang WordPress không nhận tài khoản này. Hãy kiểm tra tên người dùng và mật khẩu ứng dụng."
    ),
    "wordpress_rights": _(
        "Tài khoản WordPress chưa đủ quyền đăng bài và tệp ({rights}). Hãy dùng tài khoản có vai trò Biên tập viên."
    ),
}
