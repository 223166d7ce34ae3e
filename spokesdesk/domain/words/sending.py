"""What sending papers says when it does not work: mail, exchange packages, batches."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "sending_not_released": _(
        "Chỉ gửi được văn bản đã phát hành và chưa bị thu hồi. Văn bản không thay đổi; hãy phát hành rồi gửi."
    ),
    "mail_not_set": _(
        "Chưa có máy chủ gửi thư. Chưa có gì được gửi. Hãy khai máy chủ ở Cài đặt, mục Gửi thư (dòng lệnh: spokesdesk mail set) rồi gửi lại, "
        "hoặc lưu thư nháp .eml để gửi bằng chương trình thư."
    ),
    "mail_host_form": _("“{host}” không phải là tên máy chủ. Hãy nhập tên như mail.coquan.gov.vn."),
    "mail_port_form": _("Cổng của máy chủ thư là số từ 1 đến 65535, thường là 587 hoặc 465."),
    "mail_address_form": _(
        "“{address}” không phải là địa chỉ thư điện tử. Chưa có gì được gửi; hãy sửa địa chỉ."
    ),
    "mail_too_many": _(
        "Nhiều nhất {limit} địa chỉ một lần gửi. Chưa có gì được gửi; hãy chia thành nhiều lần."
    ),
    "mail_unreachable": _(
        "Không nối được với máy chủ thư {host}:{port}. Văn bản vẫn nguyên và chưa gửi. "
        "Hãy kiểm tra mạng và tên máy chủ rồi gửi lại."
    ),
    "mail_no_tls": _(
        "Máy chủ thư {host} không có kết nối mã hóa (TLS) đáng tin nên mật khẩu và thư chưa được gửi đi. "
        "Văn bản vẫn nguyên. Hãy hỏi người quản trị thư ({detail})."
    ),
    "mail_login": _(
        "Máy chủ thư {host} không nhận tên hoặc mật khẩu. Chưa gửi thư nào. Hãy khai lại mật khẩu của hộp thư."
    ),
    "mail_refused": _(
        "Máy chủ thư {host} không nhận thư này ({detail}). Chưa có ai nhận được. Hãy kiểm tra địa chỉ rồi gửi lại."
    ),
    "organ_id_form": _(
        "“{id}” không phải là mã định danh cơ quan theo Quyết định 20/2020/QĐ-TTg (ví dụ H35.11; "
        "nhiều nhất {most} ký tự, chỉ chữ A–Z, số và dấu chấm)."
    ),
    "organ_id_old": _(
        "“{id}” là mã định danh kiểu cũ, đọc từ phải sang trái. Hãy dùng mã theo Quyết định 20/2020/QĐ-TTg, "
        "đọc từ trái sang phải, ví dụ H35.11."
    ),
    "organ_id_missing": _(
        "Chưa khai mã định danh của cơ quan. Hãy khai một lần ở Cài đặt, mục Gửi thư (dòng lệnh: spokesdesk edxml organ MÃ) rồi xuất lại."
    ),
    "edxml_too_big": _("Gói tin lớn hơn {most} MB nên không được mở."),
    "edxml_unsafe": _(
        "Gói tin khai kiểu tài liệu hoặc thực thể (DTD), thứ mà gói edXML không bao giờ có, nên không được mở. "
        "Không có gì trong máy bị đọc."
    ),
    "edxml_broken": _("Gói tin edXML thiếu hoặc sai ở {where} nên không đọc được. Hãy xin bên gửi gói khác."),
    "batch_list_form": _(
        "Danh sách nơi nhận cần dòng đầu có cột “name” (tên cơ quan) và mỗi dòng một nơi nhận. Chưa có tệp nào được ghi."
    ),
    "batch_too_many": _("Danh sách có hơn {limit} dòng. Chưa có tệp nào được ghi; hãy chia danh sách."),
    "batch_row": _(
        "Dòng {row} của danh sách chưa dùng được: {reason} Chưa có tệp nào được ghi; hãy sửa dòng đó."
    ),
    "batch_key_unknown": _(
        "Mẫu có chỗ điền “{key}” mà danh sách không có cột đó. Danh sách có: {known}. Chưa có tệp nào được ghi."
    ),
    "batch_folder_full": _(
        "Thư mục {path} đã có tệp. Chương trình không ghi đè; hãy chọn một thư mục trống hoặc tên mới."
    ),
}
