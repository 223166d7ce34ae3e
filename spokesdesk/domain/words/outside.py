"""What files, keys, printers and backups say when something does not work."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "network_folder": _(
        "Không đặt bàn làm việc tại {path} được vì đây là {reason}: dữ liệu ở đó dễ bị hỏng. "
        "Chưa có gì bị thay đổi. Hãy chọn một thư mục trên ổ đĩa trong máy; muốn giữ bản phòng hờ ở nơi khác thì dùng Sao lưu."
    ),
    "path_too_long": _(
        "Đường dẫn {path} dài {count} ký tự; Windows chỉ cho bàn làm việc dài nhất {most} ký tự. "
        "Chưa có gì bị thay đổi. Hãy chọn một thư mục có tên ngắn hơn, gần gốc ổ đĩa hơn."
    ),
    "folder_not_empty": _(
        "Thư mục {path} đã có tệp khác. Chương trình không ghi đè lên chúng. "
        "Hãy chọn một thư mục trống hoặc một tên thư mục mới."
    ),
    "folder_is_file": _("{path} là một tệp, không phải thư mục. Hãy chọn một tên thư mục khác."),
    "workspace_damaged": _(
        "Tệp mô tả của bàn làm việc bị hỏng (phần {part}). Dữ liệu mã hóa không bị đụng đến. "
        "Hãy chép nguyên thư mục ra nơi khác rồi khôi phục từ bản sao lưu gần nhất."
    ),
    "workspace_newer": _(
        "Bàn làm việc này do phiên bản SpokesDesk mới hơn tạo ra "
        "(định dạng {found}, bản này hiểu đến {known}). Không có gì bị thay đổi. Hãy cập nhật chương trình rồi mở lại."
    ),
    "workspace_in_use": _(
        "Bàn làm việc này đang mở ở một cửa sổ khác. Dữ liệu vẫn an toàn. "
        "Hãy dùng cửa sổ đang mở, hoặc đóng nó rồi mở lại."
    ),
    "file_held": _(
        "Tệp {path} đang bị một chương trình khác giữ, thường là phần mềm diệt vi-rút hoặc đồng bộ. "
        "Dữ liệu vẫn nguyên vẹn. Hãy đợi một lát rồi làm lại; nếu lặp lại, cho thư mục này vào danh sách loại trừ."
    ),
    "upgrade_waits": _(
        "Bàn làm việc tại {path} đang mở trong một phiên bản SpokesDesk cũ hơn, nên chưa nâng dữ liệu lên bản này được. "
        "Chưa có gì bị thay đổi. Hãy đóng cửa sổ đang mở rồi làm lại."
    ),
    "passphrase_empty": _(
        "Cần đặt cụm mật khẩu cho bàn làm việc, vì không có kho khóa nào của hệ điều hành mở thay. "
        "Hãy nhập một cụm mật khẩu dễ nhớ và khó đoán với người khác."
    ),
    "passphrase_wrong": _(
        "Cụm mật khẩu không đúng. Dữ liệu vẫn nguyên vẹn. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock "
        "rồi nhập lại, hoặc dùng mã khôi phục."
    ),
    "recovery_mistyped": _(
        "Mã khôi phục gõ chưa đúng: có chữ bị nhầm, thiếu hoặc thừa "
        "(mã gồm 32 chữ và số, chia tám nhóm). Dữ liệu vẫn nguyên vẹn. Hãy đối chiếu lại với bản in."
    ),
    "recovery_wrong": _(
        "Mã khôi phục này gõ đúng nhưng không phải của bàn làm việc đang mở, "
        "hoặc đã được thay bằng mã mới. Dữ liệu vẫn nguyên vẹn. Hãy tìm bản in mới nhất."
    ),
    "unlock_needed": _(
        "Kho khóa của hệ điều hành không mở được bàn làm việc này. Dữ liệu vẫn nguyên vẹn. "
        "Hãy nhập cụm mật khẩu hoặc mã khôi phục (dòng lệnh: đặt biến SPOKESDESK_PASSPHRASE)."
    ),
    "way_missing": _(
        "Bàn làm việc này chưa đặt cách mở khóa vừa chọn; các cách mở được là: {ways}. "
        "Dữ liệu vẫn nguyên vẹn."
    ),
    "keyring_missing": _(
        "Máy này không có kho khóa an toàn của hệ điều hành (Windows Credential Manager, Keychain, "
        "GNOME Keyring, KWallet). Chưa có gì được tạo. Hãy đặt cụm mật khẩu cho bàn làm việc."
    ),
    "keyring_failed": _(
        "Kho khóa của hệ điều hành không nhận yêu cầu ({reason}). Dữ liệu vẫn nguyên vẹn. "
        "Hãy mở khóa kho đó rồi thử lại, hoặc dùng cụm mật khẩu."
    ),
    "attachment_missing": _(
        "Không tìm thấy tệp “{name}” ở ô “{field}”. Nội dung khác vẫn còn; hãy chọn lại tệp."
    ),
    "attachment_bomb": _(
        "Không nhận tệp “{name}” ở ô “{field}”: bên trong nén bất thường, bung ra lớn gấp nhiều lần một văn bản. "
        "Nội dung khác vẫn còn; hãy hỏi lại người gửi, hoặc nhờ bộ phận công nghệ thông tin xem tệp."
    ),
    "attachment_unread": _(
        "Không đọc được bên trong tệp này: “{name}” ({why}), nên không biết trong đó có dấu mật hay không. "
        "Hãy tự mở xem; đúng là không có thì mới giữ."
    ),
    "attachment_unreadable": _(
        "Không đọc được “{name}” ở ô “{field}”: đây là thư mục, hoặc tệp không cho phép đọc. "
        "Nội dung khác vẫn còn; hãy chọn tệp khác."
    ),
    "attachment_empty": _(
        "Tệp “{name}” ở ô “{field}” rỗng (0 byte) nên không đính kèm được. "
        "Nội dung khác vẫn còn; hãy kiểm tra lại tệp gốc."
    ),
    "attachment_too_big": _(
        "Tệp “{name}” ở ô “{field}” lớn hơn giới hạn {limit}. "
        "Nội dung khác vẫn còn; hãy chia nhỏ hoặc nén tệp."
    ),
    "attachment_name": _(
        "Tên tệp “{name}” ở ô “{field}” chứa ký tự “{char}” của đường dẫn. "
        "Nội dung khác vẫn còn; hãy đổi tên tệp rồi đính kèm lại."
    ),
    "blob_missing": _(
        "Tệp đính kèm (mã {sha256}) không còn trong kho. Các mục khác vẫn dùng được. "
        "Hãy khôi phục từ bản sao lưu hoặc đồng bộ với cổng để tải lại."
    ),
    "blob_damaged": _(
        "Tệp đính kèm (mã {sha256}) bị hỏng hoặc bị sửa trên đĩa nên không được mở. "
        "Các mục khác vẫn dùng được. Hãy khôi phục từ bản sao lưu hoặc đính kèm lại bản gốc."
    ),
    "backup_inside": _(
        "Không lưu bản sao lưu vào chính thư mục làm việc ({path}) được: mất một là mất cả hai. "
        "Chưa có gì được ghi. Hãy chọn ổ đĩa hoặc thư mục khác."
    ),
    "backup_folder_missing": _(
        "Không có thư mục {path} để ghi bản sao lưu. Chưa có gì được ghi. Hãy tạo thư mục hoặc chọn nơi khác."
    ),
    "backup_missing": _("Không tìm thấy bản sao lưu {path}. Chưa có gì thay đổi. Hãy chọn lại tệp."),
    "backup_damaged": _(
        "Bản sao lưu bị hỏng ở phần {part} nên không dùng được. Không có gì được tạo ra hay thay đổi. "
        "Hãy dùng một bản sao lưu khác."
    ),
    "backup_running": _(
        "Đang sao lưu hoặc diễn tập khôi phục ở một cửa sổ hay một lệnh khác. Dữ liệu vẫn an toàn; hãy đợi xong rồi làm lại."
    ),
    "backup_newer": _(
        "Bản sao lưu này do phiên bản SpokesDesk mới hơn tạo ra "
        "(định dạng {found}, bản này hiểu đến {known}). Chưa có gì thay đổi. Hãy cập nhật chương trình rồi khôi phục lại."
    ),
    "printer_missing": _(
        "Không có máy in để dùng (đã chọn: {printer}). Văn bản vẫn còn nguyên. "
        "Hãy thêm máy in trong phần cài đặt của hệ điều hành hoặc chọn máy in khác."
    ),
    "printer_failed": _(
        "Máy in {printer} không nhận lệnh in ({detail}). Văn bản vẫn còn nguyên và chưa in trang nào. "
        "Hãy kiểm tra máy in rồi in lại."
    ),
    "copies_limit": _("Số bản in ở ô “{field}” phải từ 1 đến {limit}. Hãy sửa lại số bản."),
    "setting_refused": _(
        "Giá trị của mục cài đặt “{field}” không hợp lệ nên giá trị cũ được giữ. Hãy chọn lại."
    ),
}
