"""Wording of what the address book refuses: days, checklists, merging."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "posting_days": _("Ngày cuối phải từ ngày đầu trở đi. Nội dung đã gõ vẫn còn."),
    "checklist_malformed": _("Danh mục tiêu chí của chương trình bị hỏng ({key}). Hãy cài lại chương trình."),
    "checklist_evidence": _("Tiêu chí “{text}” được ghi là có thấy: hãy viết đã thấy gì, ở đâu, lúc nào."),
    "checklist_empty": _("Chưa đối chiếu tiêu chí nào. Hãy chọn có thấy hoặc không thấy ít nhất một dòng."),
    "merge_same": _("Đây là cùng một mục. Hãy chọn hai mục khác nhau."),
    "merge_field": _("Không có ô “{name}” để chọn khi gộp. Các ô có thể chọn: {known}."),
    "merge_take": _(
        "“{text}” không đúng dạng. Hãy viết TÊN-Ô=kept (giữ), TÊN-Ô=other (lấy của mục kia) hoặc TÊN-Ô=both."
    ),
    "merge_undone": _("Lần gộp này đã được hoàn tác trước đó. Không có gì thay đổi."),
    "merge_later": _(
        "Mục này đã được gộp tiếp vào “{name}”. Hãy hoàn tác lần gộp ấy trước. Không có gì thay đổi."
    ),
    "record_merged": _(
        "Mục này vừa được gộp vào “{name}”. Nội dung đã gõ vẫn còn; hãy mở “{name}” rồi sửa ở đó."
    ),
}
