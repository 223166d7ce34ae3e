"""What the portal's commands say when something cannot be done."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "database_url_unknown": _(
        "Địa chỉ cơ sở dữ liệu không đúng dạng. Hãy ghi như postgresql://ten:matkhau@may/congthongtin, "
        "hoặc bỏ tùy chọn --database để dùng SQLite nhúng."
    ),
    "database_unreachable": _(
        "Không mở được cơ sở dữ liệu của cổng ({detail}). Dữ liệu đã có không bị thay đổi; "
        "hãy kiểm tra PostgreSQL đang chạy và địa chỉ, tài khoản trong --database."
    ),
    "port_not_free": _(
        "Không mở được cổng {port} tại {host}: đang có chương trình khác dùng hoặc không được phép. "
        "Hãy chọn cổng khác bằng --port."
    ),
    "portal_folder_failed": _(
        "Không ghi được vào thư mục {path} ({detail}). Hãy kiểm tra quyền của thư mục và chỗ trống trên đĩa."
    ),
    "portal_config_form": _(
        "Tệp cấu hình {path} không đúng ({detail}). Cổng chưa chạy, dữ liệu không bị thay đổi; hãy sửa tệp rồi chạy lại."
    ),
    "portal_config_missing": _(
        "Không đọc được tệp cấu hình {path} ({detail}). Hãy kiểm tra đường dẫn và quyền đọc của tệp."
    ),
    "enrol_days_range": _("Số ngày hiệu lực của mã ghi danh phải từ 1 đến 90."),
    "compact_days_range": _(
        "Số ngày giữ lại phải từ {least} đến 3650: các máy giữ phần của mình lâu như vậy."
    ),
    "device_missing": _("Không có thiết bị nào mang mã này. Hãy kiểm tra lại mã thiết bị."),
    "tls_pair_needed": _("Cần cả hai tệp: chứng thư (--tls-cert) và khóa của chứng thư (--tls-key)."),
}
