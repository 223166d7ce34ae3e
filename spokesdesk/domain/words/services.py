"""Wording of what services and records refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "role_needed": _(
        "{member} không có vai trò cần cho bước này ({role}). Hãy chuyển sang người có vai trò đó."
    ),
    "nobody_working": _("Chưa chọn ai đang làm việc. Hãy chọn người làm việc ở góc trên bên phải."),
    "roles_missing": _("Hãy chọn ít nhất một vai trò cho người này."),
    "pin_form": _("Mã PIN gồm 4 đến 12 chữ số, hoặc để trống nếu không dùng."),
    "pin_wrong": _("Mã PIN của {member} không đúng. Không có gì thay đổi; hãy nhập lại."),
    "pin_needed": _("{member} có mã PIN. Hãy đặt biến SPOKESDESK_PIN rồi chạy lại lệnh."),
    "member_gone": _("{member} không còn làm việc tại bàn này."),
    "member_unnamed": _("Chưa rõ ai đang làm việc. Hãy thêm --as TÊN, một trong: {found}."),
    "member_ambiguous": _("Chưa rõ ai đang làm việc ({name}). Hãy thêm --as TÊN, một trong: {found}."),
    "last_admin": _("Bàn làm việc cần ít nhất một quản trị viên. Không có gì thay đổi."),
    "record_missing": _("Không có mục {id} trong bàn làm việc này."),
    "id_form": _("“{id}” không phải là mã của một mục."),
    "received_in_future": _("Lúc tiếp nhận ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "who_missing": _("Hãy ghi tên nhà báo hoặc cơ quan báo chí."),
    "too_many_questions": _(
        "Nhiều nhất {limit} câu hỏi một lần tiếp xúc. Hãy ghi phần còn lại thành mục mới."
    ),
    "field_required": _("Ô “{field}” còn trống."),
    "url_form": _("Địa chỉ phải bắt đầu bằng http:// hoặc https://."),
    "outlet_ambiguous": _("Có nhiều cơ quan báo chí tên “{name}”: {found}. Hãy chọn một trong danh sách."),
    "journalist_ambiguous": _("Có nhiều nhà báo tên “{name}”: {found}. Hãy chọn một trong danh sách."),
    "paper_move_illegal": _("Không thể {move} khi văn bản {state}. Không có gì thay đổi."),
    "paper_changed_meanwhile": _(
        "Văn bản vừa được người khác thay đổi. Bản của họ được giữ; hãy mở lại và xem trước khi ghi."
    ),
    "paper_frozen": _(
        "Văn bản đã được duyệt nên nội dung không sửa được nữa. Muốn sửa, hãy soạn văn bản mới."
    ),
    "number_form": _("Số văn bản là số nguyên từ 1 đến 999999."),
    "number_taken": _(
        "Số {number} đã được cấp trong năm nay ({bearer}). Hãy dùng số khác; văn bản chưa thay đổi."
    ),
    "numbers_busy": _("Nhiều bàn đang cấp số cùng lúc. Văn bản chưa thay đổi; hãy thử lại sau ít giây."),
    "date_in_future": _("Ngày văn bản không được ở tương lai."),
    "copies_form": _("Số bản in từ 1 đến {limit}."),
    "claims_uneven": _("Có {quotes} nội dung báo nêu nhưng {facts} sự thật; mỗi --quote cần một --fact."),
    "claims_form": _("Tệp nội dung cần phản hồi phải gồm các bảng [[claims]]. Chưa có gì được lưu."),
    "verdict_unknown": _("Đánh giá “{given}” không dùng được. Hãy dùng một trong: {allowed}."),
    "published_in_future": _("Lúc đăng bài ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "toml_broken": _("Tệp không đọc được: {where}."),
    "key_unknown": _("Không có khóa “{key}” trong định dạng này. Hãy sửa tên khóa rồi thử lại."),
    "file_unreadable": _("Không đọc được tệp {path}. Hãy kiểm tra đường dẫn và bảng mã UTF-8."),
    "file_unwritable": _(
        "Không ghi được tệp {path}. Dữ liệu trong bàn làm việc vẫn nguyên, tệp cũ nếu có cũng còn; hãy chọn nơi khác."
    ),
    "passphrase_needed": _(
        "Máy này không có kho khóa để giữ khóa. Hãy đặt biến {variable} rồi chạy lại lệnh."
    ),
    "sample_size": _("Số lần tiếp xúc mẫu từ 0 đến {limit}."),
}
