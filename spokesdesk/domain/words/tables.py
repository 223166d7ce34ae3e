"""Wording of what can be wrong with a table that is taken in."""

WORDS: dict[str, str] = {
    "sheet_missing": "Không mở được tệp “{path}”. Chưa có gì được nhập; hãy kiểm tra tên tệp, ổ đĩa và quyền đọc.",
    "sheet_kind": "“{path}” không phải bảng Excel (.xlsx, .xls), .ods hay .csv. Chưa có gì được nhập; "
    "hãy mở tệp bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
    "sheet_too_big": "Bảng “{path}” quá lớn hoặc được nén bất thường. Chưa có gì được nhập; hãy tách bảng thành nhiều "
    "tệp, mỗi tệp không quá 500.000 dòng, rồi nhập lần lượt.",
    "sheet_locked": "Tệp “{path}” có mật khẩu. Chưa có gì được nhập; hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
    "sheet_damaged": "Tệp “{path}” bị hỏng hoặc không phải bảng tính. Chưa có gì được nhập, tệp gốc còn nguyên; "
    "hãy mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
    "sheet_unknown": "Tệp “{path}” không có trang tính “{sheet}”. Chưa có gì được nhập; hãy chọn một trang khác.",
    "sheet_empty": "“{path}” không có dòng dữ liệu nào dưới dòng tiêu đề. Chưa có gì được nhập.",
    "import_column_missing": "Chưa có cột nào được chọn cho “{column}”. Hãy chọn cột đó ở bước Cột.",
    "import_column_twice": "Có hai cột cùng được chọn là “{column}”. Hãy để một cột là “{column}”, cột kia chọn trường khác "
    "hoặc không lấy.",
    "import_column_form": "“{text}” chưa đúng. Hãy viết số cột và tên trường, ví dụ 2=name; các trường: {known}.",
    "import_undone": "Lần nhập “{name}” đã được hoàn tác trước đó; không có gì thay đổi thêm.",
    "export_kind": "Chưa biết ghi “{path}” theo dạng nào. Hãy đặt tên tệp kết thúc bằng .xlsx, .csv hoặc .vcf "
    "(danh thiếp, chỉ cho danh bạ).",
    "cell_uncomputed": "ô này là công thức chưa có kết quả trong tệp. Hãy mở tệp bằng Excel, lưu lại rồi nhập.",
    "cell_error": "công thức trong ô báo lỗi {text}. Hãy sửa ô này trong tệp rồi nhập lại.",
}
