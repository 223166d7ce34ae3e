"""Wording of what papers refuse after approval and release, and of numbers and registers."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "self_approval_reason": _(
        "Người duyệt cũng là người soạn hoặc trình văn bản này, trong khi còn lãnh đạo khác có thể duyệt. "
        "Hãy ghi lý do (ví dụ: việc khẩn); việc tự duyệt được ghi lại để xem lại sau. Văn bản chưa thay đổi."
    ),
    "review_not_needed": _("Văn bản này không có lần tự duyệt nào cần xem lại."),
    "review_done": _("{member} đã xem lại lần tự duyệt này. Không có gì thay đổi."),
    "review_own": _("{member} là người đã tự duyệt văn bản này; việc xem lại phải do lãnh đạo khác làm."),
    "series_mode": _("Không có cách đánh số “{mode}”. Hãy chọn shared, kind hoặc mixed."),
    "series_kind": _("Không có loại văn bản “{kind}”. Cách đánh số chưa thay đổi."),
    "series_name_taken": _(
        "“{name}” là tên của một loại văn bản. Hãy đặt tên khác cho hệ thống số; cách đánh số chưa thay đổi."
    ),
    "register_year": _("Không có sổ của năm {year}. Hãy ghi năm bằng bốn chữ số."),
}
