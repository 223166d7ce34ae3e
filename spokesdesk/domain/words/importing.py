"""Wording of what can be wrong with a file that is taken in."""

WORDS: dict[str, str] = {
    "docx_unreadable": "Không đọc được tệp “{path}” ({detail}). Tệp gốc và các văn bản đang có còn nguyên; "
    "hãy kiểm tra tên tệp và quyền đọc.",
    "docx_not_docx": "Tệp này không phải tệp Word .docx. Chưa có gì được nhập, tệp gốc còn nguyên; "
    "hãy mở tệp bằng Word hoặc LibreOffice rồi lưu lại thành .docx.",
    "docx_old_or_locked": "Tệp này là tệp Word đời cũ (.doc) hoặc có mật khẩu. Chưa có gì được nhập, tệp gốc còn nguyên; "
    "hãy mở tệp bằng Word hoặc LibreOffice, bỏ mật khẩu rồi lưu lại thành .docx.",
    "docx_damaged": "Tệp Word này bị hỏng ({detail}). Chưa có gì được nhập, tệp gốc còn nguyên; "
    "hãy xin lại tệp, hoặc mở bằng Word để sửa rồi lưu lại.",
    "docx_too_big": "Tệp Word này quá lớn hoặc được nén bất thường ({detail}). Chưa có gì được nhập, tệp gốc còn nguyên; "
    "đừng mở tệp nếu không rõ nguồn gốc.",
    "docx_unsafe": "Tệp Word này chứa khai báo không an toàn ({detail}). Chưa có gì được nhập, tệp gốc còn nguyên; "
    "đừng mở tệp nếu không rõ nguồn gốc.",
    "docx_too_slow": "Đọc tệp Word này quá {seconds} giây nên đã dừng. Chưa có gì được nhập, tệp gốc còn nguyên; "
    "hãy tách tệp thành các phần nhỏ rồi nhập lại.",
}
