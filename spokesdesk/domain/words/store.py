"""What the database says when it cannot be opened, read or written."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "wrong_key": _(
        "Khóa không mở được cơ sở dữ liệu này: khóa sai, hoặc phần đầu tệp đã hỏng. "
        "Dữ liệu trên đĩa không bị thay đổi. Hãy mở bằng cụm mật khẩu hoặc mã khôi phục đúng; "
        "nếu vẫn không được, hãy khôi phục từ bản sao lưu."
    ),
    "workspace_missing": _(
        "Không tìm thấy dữ liệu tại {path}. Chương trình không tạo hay xóa gì. "
        "Hãy chọn đúng thư mục làm việc, "
        "cắm lại ổ đĩa chứa nó, hoặc khôi phục từ bản sao lưu."
    ),
    "workspace_closed": _("Bàn làm việc đã khóa. Hãy mở khóa rồi thử lại; nội dung đang soạn vẫn còn."),
    "database_busy": _(
        "Một cửa sổ hoặc lệnh khác đang ghi vào bàn làm việc này. "
        "Chưa có gì bị mất; hãy thử lại sau vài giây."
    ),
    "stopped": _("Đã dừng tìm theo yêu cầu. Dữ liệu không thay đổi; có thể tìm lại bất cứ lúc nào."),
    "database_damaged": _(
        "Cơ sở dữ liệu tại {path} bị hỏng một phần. Chương trình đã ngừng ghi để giữ phần còn lại. "
        "Hãy chép nguyên thư mục làm việc ra nơi khác rồi khôi phục từ bản sao lưu gần nhất."
    ),
    "database_unopenable": _(
        "Hệ điều hành không cho mở tệp {path}. Dữ liệu không bị thay đổi. Hãy kiểm tra quyền truy cập "
        "và phần mềm diệt vi-rút rồi thử lại."
    ),
    "disk_full": _(
        "Ổ đĩa chứa {path} đã đầy nên lần lưu này chưa được thực hiện; "
        "những gì đã lưu trước đó vẫn nguyên vẹn. "
        "Hãy giải phóng dung lượng rồi lưu lại."
    ),
    "disk_failed": _(
        "Ổ đĩa chứa {path} báo lỗi khi đọc hoặc ghi; lần lưu này chưa được thực hiện. "
        "Hãy kiểm tra ổ đĩa, thử lại, và sao lưu ngay khi mở được."
    ),
    "read_only": _(
        "Không được phép ghi vào {path}. Dữ liệu đã có vẫn nguyên vẹn. "
        "Hãy cấp quyền ghi cho thư mục này hoặc chuyển nó sang ổ đĩa ghi được."
    ),
    "record_exists": _(
        "Mục này đã có trong sổ (trùng {where}). Không có gì bị ghi đè; hãy tải lại rồi kiểm tra."
    ),
    "schema_newer": _(
        "Dữ liệu này được ghi bằng phiên bản SpokesDesk mới hơn "
        "(cấu trúc {found}, bản này hiểu đến {known}). "
        "Không có gì bị thay đổi. Hãy cập nhật chương trình rồi mở lại."
    ),
    "schema_unknown": _(
        "Tệp tại {path} không phải cơ sở dữ liệu của SpokesDesk hoặc chưa được tạo xong. "
        "Không có gì bị thay đổi. "
        "Hãy chọn thư mục khác hoặc khôi phục từ bản sao lưu."
    ),
    "migration_failed": _(
        "Không nâng cấp được cơ sở dữ liệu; dữ liệu cũ đã được giữ nguyên và có thêm bản sao tại {copy}. "
        "Hãy dùng lại phiên bản trước của chương trình và báo cho người quản trị."
    ),
    "sqlite_too_old": _(
        "Thư viện cơ sở dữ liệu {found} có lỗi làm hỏng tệp; cần bản {needed} trở lên. "
        "Chương trình chưa mở dữ liệu. Hãy cài lại SpokesDesk."
    ),
}
