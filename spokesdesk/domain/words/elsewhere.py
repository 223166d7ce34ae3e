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
        "Trang WordPress không nhận tài khoản này. Hãy kiểm tra tên người dùng và mật khẩu ứng dụng; nếu cả hai đều đúng, "
        "hãy nhờ người quản trị trang bật mật khẩu ứng dụng (Application Passwords)."
    ),
    "elsewhere_busy": _("Nơi công bố đang bận. Bài chờ đăng vẫn nguyên; chương trình sẽ tự thử lại sau."),
    "wordpress_closed": _(
        "Trang này không mở giao diện REST của WordPress: nó bị tắt hoặc bị chặn, hoặc địa chỉ không phải trang WordPress. "
        "Bài chờ đăng vẫn nguyên; hãy kiểm tra địa chỉ hoặc nhờ người quản trị trang mở REST API."
    ),
    "wordpress_moved": _(
        "Trang WordPress chuyển sang địa chỉ khác: {place}. Bài chờ đăng vẫn nguyên; hãy thêm lại nơi công bố với đúng "
        "địa chỉ mới."
    ),
    "wordpress_file": _(
        "Trang WordPress không nhận tệp của bài: tệp quá lớn hoặc thuộc loại mà trang không cho tải lên. Hãy nhờ người "
        "quản trị trang nới giới hạn, rồi gửi lại."
    ),
    "wordpress_rights": _(
        "Tài khoản WordPress chưa đủ quyền đăng bài và tệp ({rights}). Hãy dùng tài khoản có vai trò Biên tập viên."
    ),
}
