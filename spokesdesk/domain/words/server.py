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
    "database_older": _(
        "Cơ sở dữ liệu của cổng chưa có bảng, hoặc còn ở dạng của bản trước, và tài khoản trong --database không được "
        "nâng cấp. Chưa thay đổi gì; hãy chạy “portal migrate” bằng vai trò chủ rồi chạy lại lệnh này."
    ),
    "database_newer": _(
        "Cơ sở dữ liệu này đã được một bản mới hơn của chương trình nâng cấp. Chưa thay đổi gì; hãy cài lại bản mới ấy, "
        "hoặc dựng cổng từ bản sao lưu làm trước khi nâng cấp."
    ),
    "portal_file_unreadable": _(
        "Không mở được tệp cơ sở dữ liệu {path} của cổng ({detail}). Nếu chương trình khác đang giữ tệp hoặc đĩa đầy, hãy "
        "xử lý rồi chạy lại; nếu tệp đã hỏng, hãy cất nó đi và dựng lại từ bản sao gần nhất bằng “portal restore”."
    ),
    "port_not_free": _(
        "Không mở được cổng {port} tại {host}: đang có chương trình khác dùng hoặc không được phép. "
        "Hãy chọn cổng khác bằng --{option}."
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
    "agency_missing": _(
        "Không có cơ quan nào tên “{agency}” trên cổng. “portal agencies” cho biết tên đúng của các cơ quan."
    ),
    "quota_form": _("Không hiểu dung lượng “{size}”. Hãy ghi số và đơn vị, như 500M, 20G, 1T."),
    "quota_range": _("Dung lượng phải từ {least} MB đến 100 TB."),
    "keep_range": _("Số bản sao giữ lại phải từ 0 (tất cả) đến 10000."),
    "export_folder_exists": _("{path} đã có. Chưa ghi gì; hãy chọn một thư mục mới."),
    "erase_not_confirmed": _(
        "Chưa xóa gì. Việc này xóa hẳn mọi thứ cổng giữ của “{agency}”; nếu đúng ý, hãy ghi lại đúng tên đó sau --confirm."
    ),
    "backup_failed": _(
        "Không sao lưu hoặc khôi phục được tại {path} ({detail}). Dữ liệu đang dùng không bị thay đổi; "
        "hãy kiểm tra chỗ trống, quyền ghi và PostgreSQL."
    ),
    "backup_exists": _("{path} đã có: hai lần sao lưu trong cùng một giây. Hãy chạy lại."),
    "backup_unreadable": _(
        "Không đọc được bản sao {path}, hoặc nó đã bị hỏng. Chưa khôi phục gì; hãy chọn bản sao khác (tệp portal-….json)."
    ),
    "backup_other_database": _(
        "Bản sao này thuộc loại cơ sở dữ liệu khác. Bản của PostgreSQL cần --database, bản của SQLite nhúng thì không."
    ),
    "restore_not_empty": _(
        "{path} đã có dữ liệu. Chưa khôi phục gì; hãy chọn thư mục trống và cơ sở dữ liệu trống."
    ),
    "postgres_tools_missing": _(
        "Không tìm thấy chương trình {program} của PostgreSQL. Hãy cài gói postgresql-client cùng phiên bản với máy chủ."
    ),
    "backup_needs_owner": _(
        "Tài khoản này bị chặn theo hàng nên không chép hết được cơ sở dữ liệu. Chưa sao lưu gì; hãy chạy lại với "
        "--database của vai trò chủ."
    ),
    "rate_range": _("Số lượt hỏi mỗi phút phải từ 1 trở lên; 0: tùy ý."),
    "tls_unreadable": _(
        "Không dùng được chứng thư {path} hoặc khóa của nó ({detail}). Cổng chưa chạy; hãy kiểm tra hai tệp PEM và quyền đọc."
    ),
    "tls_pair_needed": _("Cần cả hai tệp: chứng thư (--tls-cert) và khóa của chứng thư (--tls-key)."),
}
