"""What the text and clock rules say when something typed cannot be taken."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "text_too_long": _(
        "Ô “{field}” nhận tối đa {limit} ký tự, nội dung vừa nhập dài {length} ký tự. "
        "Nội dung vẫn được giữ nguyên; hãy rút gọn hoặc đưa phần dài vào tệp đính kèm."
    ),
    "text_required": _("Ô “{field}” còn trống. Hãy điền rồi lưu lại."),
    "text_bidi": _(
        "Ô “{field}” có ký tự ẩn đổi chiều chữ ({char}, vị trí {at}), có thể làm người đọc hiểu sai. "
        "Nội dung vẫn được giữ nguyên; hãy xóa ký tự đó hoặc gõ lại đoạn này."
    ),
    "text_control": _(
        "Ô “{field}” có ký tự điều khiển không in được ({char}, vị trí {at}). "
        "Nội dung vẫn được giữ nguyên; hãy xóa ký tự đó hoặc gõ lại đoạn này."
    ),
    "time_unreadable": _(
        "Không đọc được thời điểm “{text}” ở ô “{field}”. "
        "Hãy ghi như 20/11/2026 09:15, 2026-11-20 09:15 hoặc 09:15 (hôm nay)."
    ),
    "date_unreadable": _(
        "Không đọc được ngày “{text}” ở ô “{field}”. Hãy ghi như 20/11/2026 hoặc 2026-11-20."
    ),
}
