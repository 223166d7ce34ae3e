"""Wording of what can be wrong with a paper's text or its letter file."""

WORDS: dict[str, str] = {
    "letter_not_toml": "Tệp văn bản không đọc được theo định dạng TOML ({detail}). Chưa có gì được ghi; "
    "hãy sửa dòng đã nêu rồi thử lại.",
    "letter_file_too_big": "Tệp văn bản dài {length} ký tự, vượt giới hạn {most} ký tự. Hãy rút gọn tệp.",
    "letter_file_unreadable": "Không đọc được tệp văn bản “{path}” ({detail}). Hãy kiểm tra tên tệp và quyền đọc.",
    "letter_file_not_utf8": "Tệp văn bản “{path}” không phải UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.",
    "letter_out_missing": "Chưa chọn nơi ghi. Hãy thêm --docx OUT.docx, --pdf OUT.pdf hoặc cả hai.",
    "letter_out_same": "Tệp văn bản, tệp .docx và tệp PDF phải khác nhau. Chưa có gì được ghi; hãy chọn tên khác.",
    "letter_key_unknown": "Tệp văn bản có khóa lạ “{key}”. Hãy sửa tên khóa hoặc bỏ dòng đó.",
    "letter_key_type": "Khóa “{key}” phải là {expected}. Hãy sửa giá trị của khóa này.",
    "letter_value_unknown": "Khóa “{key}” có giá trị “{value}” không dùng được. Giá trị dùng được: {allowed}.",
    "letter_date_bad": "Ngày (date) “{value}” không đúng. Hãy ghi theo dạng năm-tháng-ngày, ví dụ 2018-03-12.",
    "letter_date_range": "Ngày của văn bản (date) phải từ năm {first} đến năm {last}. Hãy sửa ngày.",
    "letter_kind_missing": "Tệp văn bản thiếu khóa “kind” (loại văn bản). Giá trị dùng được: {allowed}.",
    "letter_kind_unsupported": "Chưa trình bày được loại văn bản “{kind}”. Nội dung còn nguyên; hãy chọn loại khác.",
    "letter_size": "Cỡ chữ (size) là {size}; Nghị định 30/2020/NĐ-CP chỉ cho phép cỡ chữ 13 hoặc 14.",
    "letter_number_range": "{name} (“{key}”) phải là số nguyên từ 1 đến {most}.",
    "letter_field_missing": "Còn thiếu {name} (“{key}”). Hãy điền rồi kết xuất lại.",
    "letter_two_signers": "Biên bản phải có đúng hai người ký (“signers”): thư ký trước, chủ tọa sau.",
    "letter_text_too_long": "{name} (“{key}”) dài {length} ký tự, vượt giới hạn {most} ký tự. "
    "Nội dung đã nhập còn nguyên; hãy rút gọn.",
    "letter_too_many": "{name} (“{key}”) có {count} mục, vượt giới hạn {most} mục. "
    "Nội dung đã nhập còn nguyên; hãy bớt đi hoặc chuyển sang phụ lục.",
    "letter_line_break": "{name} (“{key}”) phải nằm trên một dòng. Hãy bỏ dấu xuống dòng.",
    "letter_mark_refused": "{name} (“{key}”) có ký tự điều khiển {mark} ở vị trí {position}, không in được. "
    "Nội dung đã nhập còn nguyên; hãy xóa ký tự đó.",
    "letter_glyph_missing": "Phông chữ không có ký tự “{mark}” ({point}) trong đoạn “{where}”. "
    "Hãy thay bằng ký tự khác.",
    "letter_table_too_wide": "Bảng trong “{key}” có {columns} cột, vượt giới hạn {most} cột. "
    "Hãy tách bảng hoặc chuyển sang phụ lục khổ ngang.",
    "preview_pdf_bad": "Không đọc được tệp PDF để xem trước. Văn bản còn nguyên; hãy kết xuất lại.",
}
