"""What the rule pack and the calendar say when data or a request is wrong."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "rules_malformed": _(
        "Tệp quy tắc {file} sai ở mục “{rule}”, khóa “{key}”. "
        "Chương trình không dùng tệp này để tránh tính sai thời hạn; hãy sửa hoặc cài lại tệp."
    ),
    "rules_event_unknown": _("Không có sự kiện “{event}” trong bộ quy tắc. Các sự kiện có: {known}."),
    "rules_rule_unknown": _(
        "Không có quy tắc “{rule}” trong bộ quy tắc. Xem danh sách bằng lệnh rules list."
    ),
    "rules_not_in_force": _(
        "Quy tắc {rule} không áp dụng cho ngày {on}: hiệu lực {span}. "
        "Dùng --event để chương trình chọn luật theo ngày phát sinh."
    ),
    "calendar_malformed": _(
        "Tệp lịch nghỉ {file} sai ở khóa “{key}”. "
        "Chương trình không dùng tệp này để tránh tính sai thời hạn; hãy sửa hoặc cài lại tệp."
    ),
}
