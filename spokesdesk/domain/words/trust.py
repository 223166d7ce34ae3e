"""What the journal's proofs refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "head_form": _(
        "Đầu chuỗi gồm các chữ số 0–9 và chữ cái a–f, ít nhất {least} ký tự đầu. Hãy gõ lại theo bản in; "
        "dấu cách không quan trọng."
    ),
    "day_in_future": _("Ngày này chưa đến. Hãy chọn hôm nay hoặc một ngày trước."),
}
