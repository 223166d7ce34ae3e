"""Wording of what signing and the check of signatures refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "sign_state": _(
        "Văn bản chưa đến bước ký này hoặc đã phát hành. Lãnh đạo ký sau khi duyệt; cơ quan ký sau khi cấp số."
    ),
    "sign_done": _("Văn bản đã có chữ ký này. Không có gì thay đổi."),
    "sign_ink_before_number": _("Ký giấy thì cấp số trước, rồi in, ký, đóng dấu và quét lại."),
    "sign_seal_first": _(
        "Bản ký số chưa có số và chữ ký số của cơ quan. Hãy ký phát hành trước; văn bản chưa phát hành."
    ),
    "sign_field_taken": _("Tệp này không còn chỗ trống cho chữ ký đó. Không có gì thay đổi."),
    "sign_no_place": _("Văn bản chưa có người ký nên không có chỗ đặt chữ ký. Hãy ghi người ký rồi ký lại."),
    "sign_image": _(
        "Hình chữ ký hoặc dấu phải là tệp PNG, nhiều nhất bốn triệu điểm ảnh. Hãy chọn tệp khác."
    ),
    "sign_pdf_bad": _("Tệp PDF này hỏng hoặc có mật khẩu nên không ký được. Tệp gốc vẫn nguyên."),
    "sign_certificate_bad": _("Chứng thư số không đọc được. Chưa ký gì; hãy chọn chứng thư khác."),
    "sign_failed": _("Không ký được: {detail}. Tệp gốc vẫn nguyên."),
    "sign_rewritten": _(
        "Chương trình ký đã viết lại tệp thay vì nối thêm chữ ký. Bản đó không được giữ; tệp gốc vẫn nguyên."
    ),
    "sign_broken": _(
        "Kiểm tra sau khi ký cho thấy chữ ký không toàn vẹn. Bản đó không được giữ; hãy ký lại từ tệp gốc."
    ),
    "sign_number_differs": _(
        "Số hoặc ngày trong tệp đã ký ({number}) khác với sổ đăng ký. Bản đó không được giữ; hãy kiểm tra lại."
    ),
    "sign_number_blank": _(
        "Chương trình ký không điền số và ngày vào bản lãnh đạo đã ký, nên bản đó không được giữ. "
        "Hãy ký phát hành bằng thiết bị ký hoặc tệp khóa ngay tại đây."
    ),
    "sign_file_needed": _("Hãy chọn tệp."),
    "sign_image_large": _("Tệp hình lớn hơn {limit} MB. Hãy chọn tệp nhỏ hơn."),
    "sign_not_given": _("Chưa xuất tệp nào của văn bản này để ký bên ngoài. Hãy xuất tệp trước rồi ký."),
    "sign_other_file": _(
        "Tệp {path} không phải là bản đã xuất có thêm chữ ký. Không có gì thay đổi; hãy chọn đúng tệp."
    ),
    "sign_file_unreadable": _("Không đọc được tệp {path}. Hãy kiểm tra đường dẫn."),
    "sign_file_large": _("Tệp lớn hơn {limit} MB. Hãy chọn tệp nhỏ hơn."),
    "sign_not_pdf": _("Tệp {path} không phải là PDF."),
    "sign_out_missing": _("Hãy chọn tệp để ghi bản đã ký (--out), khác với tệp gốc."),
    "sign_options": _("Hãy cho biết ký tệp PDF nào, hoặc bàn làm việc (--workspace) và văn bản (--paper)."),
    "sign_adapter": _("Không có cách ký “{adapter}”."),
    "sign_option_missing": _("Cách ký này cần thêm {option}."),
    "sign_secret_needed": _("Cần mật khẩu hoặc mã PIN để ký. Hãy đặt biến {variable} rồi chạy lại lệnh."),
    "sign_passphrase_wrong": _("Mật khẩu của tệp khóa không đúng. Chưa ký gì."),
    "sign_key_bad": _("Tệp {path} không có khóa ký dùng được (RSA hoặc EC, PKCS#12). Chưa ký gì."),
    "sign_cancelled": _("Đã dừng việc ký. Văn bản không thay đổi."),
    "sign_too_long": _(
        "Sau {minutes} phút vẫn chưa ký xong nên đã thôi chờ. Văn bản không thay đổi; hãy thử lại."
    ),
    "token_library": _("Không mở được trình điều khiển của thiết bị ký: {path}. Hãy kiểm tra trong Cài đặt."),
    "token_missing": _("Không thấy thiết bị ký {token}. Hãy cắm thiết bị rồi thử lại."),
    "token_ambiguous": _("Có nhiều thiết bị ký: {found}. Hãy chọn một."),
    "token_key_missing": _("Thiết bị ký {token} không có khóa kèm chứng thư số."),
    "token_pin_wrong": _(
        "Mã PIN của thiết bị ký không đúng. Chương trình không thử lại; nhập sai nhiều lần thiết bị sẽ bị khóa."
    ),
    "token_last_try": _(
        "Thiết bị ký chỉ còn một lần nhập mã PIN nên chương trình không thử. Hãy kiểm tra mã PIN bằng công cụ của thiết bị."
    ),
    "token_locked": _("Thiết bị ký đã bị khóa vì nhập sai mã PIN. Hãy liên hệ nơi cấp chứng thư số."),
    "token_failed": _("Thiết bị ký báo lỗi ({detail}). Văn bản không thay đổi; hãy rút, cắm lại rồi thử."),
    "vgca_missing": _(
        "Không thấy VGCA Sign Service trên máy này. Hãy cài và mở chương trình đó, hoặc chọn cách ký khác."
    ),
    "vgca_failed": _("VGCA Sign Service không ký được. {detail} Văn bản không thay đổi; hãy thử lại."),
    "tsa_url": _("Địa chỉ dịch vụ dấu thời gian phải bắt đầu bằng http:// hoặc https://."),
    "tsa_failed": _("Dịch vụ dấu thời gian {url} không trả lời đúng. Chưa ký gì; hãy thử lại."),
    "tsa_answer": _("Dịch vụ dấu thời gian từ chối hoặc trả lời sai. Chưa ký gì; hãy thử lại."),
    "sign_certificate_expired": _(
        "Chứng thư số của {signer} có giá trị từ {since} đến {until}, nay không ký được. Bản đó không được giữ."
    ),
    "trust_folder_missing": _("Không đọc được thư mục chứng thư tin cậy {path}. Hãy kiểm tra trong Cài đặt."),
    "trust_folder_empty": _(
        "Thư mục {path} không có chứng thư gốc nào. Hãy chép tệp .crt, .cer hoặc .pem của cơ quan cấp vào đó."
    ),
    "verify_pdf_bad": _("Tệp này không phải là PDF hoặc hỏng đến mức không đọc được chữ ký."),
}
