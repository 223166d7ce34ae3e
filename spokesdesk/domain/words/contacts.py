"""Wording of what the journal refuses of a contact's parts."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "too_many_companions": _(
        "Nhiều nhất {limit} nhà báo cùng đến trong một mục. Nội dung đã gõ vẫn còn; hãy ghi phần còn lại thành mục mới."
    ),
    "companion_twice": _("“{name}” đã có trong mục này. Hãy bỏ một dòng; nội dung đã gõ vẫn còn."),
    "answer_without_question": _("Không có câu hỏi số {n} để trả lời. Hãy xem lại số thứ tự của câu hỏi."),
    "answered_in_future": _("Lúc trả lời câu {n} ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "too_many_givens": _("Nhiều nhất {limit} nội dung cung cấp trong một mục."),
    "given_form_unknown": _("Hình thức “{given}” không dùng được. Hãy dùng một trong: {allowed}."),
    "file_kind_unknown": _("Loại tệp “{given}” không dùng được. Hãy dùng một trong: {allowed}."),
    "companion_form": _(
        'Không hiểu “{part}” ở --with. Viết: --with "Họ tên; outlet=Tên báo; papers=card; card_number=…".'
    ),
    "look_unreadable": _("Không đọc được tệp này để xem. Hãy lưu ra tệp rồi mở bằng chương trình khác."),
    "look_failed": _(
        "Tệp này làm bộ đọc tệp dừng giữa chừng: nó hỏng, hoặc được làm ra để phá máy. Bàn làm việc và dữ liệu vẫn nguyên. "
        "Đừng mở tệp bằng chương trình khác trước khi bộ phận công nghệ thông tin xem qua."
    ),
    "look_too_slow": _(
        "Đọc tệp này quá nửa phút chưa xong nên đã dừng lại. Bàn làm việc và dữ liệu vẫn nguyên; nếu tệp từ người lạ, đừng "
        "mở bằng chương trình khác trước khi bộ phận công nghệ thông tin xem qua."
    ),
    "look_too_big": _("Tệp {name} lớn quá để xem ở đây. Hãy lưu ra tệp rồi mở bằng chương trình khác."),
    "attachment_stopped": _(
        "Đã dừng cất tệp {name}. Không có gì của tệp được giữ; các nội dung khác vẫn còn."
    ),
}
