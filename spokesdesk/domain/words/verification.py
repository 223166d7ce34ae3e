"""What the check of press papers says when it cannot be made."""

from gettext import gettext as _

WORDS: dict[str, str] = {
    "verification_unknown": _(
        "Không có cách xác minh “{kind}”. Hãy chọn: thẻ nhà báo (card), giấy giới thiệu (letter), "
        "báo chí nước ngoài (foreign), quốc phòng (defence) hoặc chưa xuất trình (none)."
    ),
}
