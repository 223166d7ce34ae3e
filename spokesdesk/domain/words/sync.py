"""What the way to the portal says when something cannot be done yet, or not at all."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "not_enrolled": _("Bàn này chưa kết nối với cổng nào. Hãy xin mã ghi danh của cổng rồi kết nối trước."),
    "already_enrolled": _(
        "Bàn này đã kết nối với cổng {portal}. Không có gì thay đổi; mỗi bàn chỉ kết nối với một cổng."
    ),
    "portal_url_form": _("Địa chỉ cổng “{portal}” không đúng dạng. Hãy ghi như https://cong.tinh.gov.vn."),
    "portal_url_insecure": _(
        "Địa chỉ cổng phải bắt đầu bằng https:// để nội dung không bị đọc hay sửa trên đường truyền. "
        "Địa chỉ http:// chỉ dùng được cho chính máy này."
    ),
    "portal_unreachable": _(
        "Chưa liên lạc được với cổng {portal}. Mọi thứ vẫn nằm trong hàng chờ trên máy này "
        "và sẽ được gửi khi có mạng; công việc tiếp tục bình thường."
    ),
    "portal_certificate": _(
        "Chứng thư của cổng {portal} không được máy này tin cậy nên không gửi gì. Hàng chờ vẫn nguyên; "
        "hãy báo người quản trị cổng kiểm tra chứng thư, hoặc kiểm tra ngày giờ của máy."
    ),
    "portal_failed": _(
        "Cổng đang gặp sự cố (mã {status}). Hàng chờ vẫn nguyên; chương trình sẽ tự thử lại sau."
    ),
    "portal_address_unknown": _(
        "Cổng không có chức năng mà máy này hỏi tới, có thể vì cổng chạy phiên bản cũ hơn. Hàng chờ vẫn nguyên; "
        "hãy báo người quản trị cổng nâng cấp."
    ),
    "portal_answer_unreadable": _(
        "Địa chỉ {portal} trả lời không đúng cách của cổng. Hàng chờ vẫn nguyên; hãy kiểm tra lại "
        "địa chỉ cổng."
    ),
    "too_many_requests": _(
        "Máy này hỏi cổng quá dày. Hàng chờ vẫn nguyên; chương trình sẽ tự thử lại sau ít phút."
    ),
    "portal_busy": _("Cổng đang bận. Hàng chờ vẫn nguyên; chương trình sẽ tự thử lại sau."),
    "portal_restored": _(
        "Nhật ký trên cổng không khớp với phần máy này đã đọc, có thể cổng vừa được phục hồi từ bản sao cũ. "
        "Toàn bộ dữ liệu và hàng chờ trên máy này được giữ nguyên; hãy báo người quản trị cổng trước "
        "khi gửi tiếp."
    ),
    "feed_broken": _(
        "Nhật ký nhận từ cổng bị đứt hoặc bị sửa nên không được ghi vào máy. Dữ liệu và hàng chờ vẫn nguyên; "
        "hãy báo người quản trị cổng."
    ),
    "portal_token_refused": _(
        "Cổng không nhận thẻ truy cập của máy này. Hàng chờ vẫn nguyên; hãy xin mã ghi danh mới và "
        "kết nối lại."
    ),
    "login_wrong": _("Tài khoản hoặc mật khẩu không đúng. Hãy gõ lại đúng như cổng đã cấp."),
    "login_form": _("Tên tài khoản gồm 3–60 chữ thường không dấu, số, dấu chấm, gạch ngang hoặc gạch dưới."),
    "login_taken": _("Cơ quan khác đã dùng tên tài khoản này. Hãy chọn tên khác."),
    "login_missing": _("Không có tài khoản này."),
    "sign_in_malformed": _(
        "Yêu cầu đăng nhập không đúng quy cách. Hãy bắt đầu lại từ chương trình trên máy của bạn."
    ),
    "sign_in_refused": _(
        "Lần đăng nhập đã hết giờ hoặc không phải của máy này. Hãy bắt đầu lại từ chương trình."
    ),
    "sign_in_not_done": _("Chưa đăng nhập xong trong trình duyệt. Chưa có gì thay đổi; hãy thử lại."),
    "browser_missing": _("Không mở được trình duyệt trên máy này. Hãy dùng mã ghi danh một lần."),
    "token_expired": _("Thẻ truy cập ngắn hạn đã hết giờ. Hàng chờ vẫn nguyên; máy sẽ tự xin thẻ mới."),
    "session_unknown": _(
        "Cổng không nhận thẻ gia hạn của máy này. Hàng chờ vẫn nguyên; hãy đăng nhập lại hoặc xin mã ghi danh mới rồi "
        "kết nối lại."
    ),
    "session_over": _(
        "Lần đăng nhập của máy này đã hết hạn. Hàng chờ vẫn nguyên; hãy đăng nhập lại hoặc xin mã ghi danh mới rồi kết nối lại."
    ),
    "session_copied": _(
        "Thẻ gia hạn của máy này đã được dùng ở nơi khác, nên cổng khóa cả loạt thẻ. Hàng chờ vẫn nguyên; hãy báo người "
        "quản trị cổng rồi kết nối lại: máy sẽ ghi danh với khóa mới."
    ),
    "device_revoked": _(
        "Cổng đã thu hồi quyền của máy này. Dữ liệu và hàng chờ trên máy vẫn nguyên; hãy liên hệ "
        "người quản trị cổng."
    ),
    "device_key_missing": _(
        "Không tìm thấy khóa ký của máy này trong không gian làm việc. Hàng chờ vẫn nguyên; "
        "hãy phục hồi bản sao lưu có khóa hoặc xin mã ghi danh mới."
    ),
    "portal_behind": _(
        "Máy chủ dự phòng của cổng chưa theo kịp máy chính. Không có gì bị mất; máy sẽ tự thử lại."
    ),
    "below_floor": _(
        "Máy này đã lâu không đồng bộ, cổng không còn giữ từng thay đổi cũ. Nội dung trên máy vẫn nguyên; máy sẽ tải lại toàn bộ sổ rồi gửi tiếp phần chưa gửi."
    ),
    "fork_unproven": _("Cổng vẫn còn đủ nội dung mà máy này báo là bị mất. Không có gì thay đổi."),
    "client_too_old": _(
        "Cổng cần phiên bản SpokesDesk mới hơn. Hàng chờ vẫn nguyên; hãy cập nhật chương trình rồi gửi lại."
    ),
    "enrol_code_unknown": _("Mã ghi danh không đúng. Hãy gõ lại đúng mã mà cổng đã cấp."),
    "enrol_code_used": _("Mã ghi danh này đã được dùng. Mỗi mã chỉ dùng một lần; hãy xin cổng cấp mã mới."),
    "enrol_code_expired": _("Mã ghi danh đã hết hạn. Hãy xin cổng cấp mã mới."),
    "enrol_proof_wrong": _("Cổng không xác nhận được khóa của máy này. Hãy thử kết nối lại."),
    "too_many_attempts": _("Đã thử mã ghi danh quá nhiều lần. Hãy đợi một giờ rồi thử lại."),
    "journal_foreign": _("Máy này không có quyền với sổ được yêu cầu trên cổng."),
    "sync_running": _("Một lượt đồng bộ đang chạy. Hãy đợi lượt đó xong."),
    "message_malformed": _("Nội dung gửi lên cổng không đúng quy cách ({detail}). Không có gì được ghi."),
    "length_needed": _("Yêu cầu gửi lên cổng thiếu độ dài nội dung. Không có gì được ghi."),
    "body_too_big": _("Nội dung gửi một lần vượt quá {limit_mb} MB. Không có gì được ghi."),
    "body_too_slow": _(
        "Đường truyền tới cổng quá chậm hoặc bị ngắt. Hàng chờ vẫn nguyên và sẽ được gửi lại."
    ),
    "file_hash_form": _("Mã băm của tệp không đúng dạng. Không có gì được ghi."),
    "file_hash_wrong": _(
        "Tệp đến cổng bị sai khác so với bản gốc nên không được lưu. Tệp trên máy vẫn nguyên và sẽ "
        "được gửi lại."
    ),
    "file_size_wrong": _(
        "Tệp đến cổng không đủ độ dài nên không được lưu. Tệp trên máy vẫn nguyên và sẽ được gửi lại."
    ),
    "file_too_big": _(
        "Tệp vượt quá {limit_mb} MB nên cổng không nhận. Hãy giảm dung lượng hình trong văn bản."
    ),
    "file_empty": _("Tệp rỗng nên cổng không nhận. Hãy cấp số lại để tạo lại tệp của văn bản."),
    "file_missing_here": _(
        "Tệp của một thông cáo không còn trên máy này nên chưa gửi được. Hãy chạy kiểm tra (doctor) "
        "hoặc phục hồi từ bản sao lưu."
    ),
    "file_storage_unreachable": _(
        "Kho tệp của cổng không trả lời ({detail}). Hàng chờ vẫn nguyên; máy sẽ tự thử lại."
    ),
    "file_storage_form": _("Nơi giữ tệp phải có dạng s3://thùng/tiền-tố."),
    "sweep_days_range": _("Số ngày phải từ {least} đến 3650."),
    "portal_full": _("Đĩa của cổng đã đầy. Hàng chờ vẫn nguyên; hãy báo người quản trị cổng."),
    "quota_used_up": _(
        "Cơ quan đã dùng hết dung lượng {limit_mb} MB trên cổng. Hàng chờ vẫn nguyên; hãy báo người "
        "quản trị cổng."
    ),
    "release_incomplete": _("Văn bản chưa có số, ngày hoặc tệp PDF và Word nên chưa thể gửi lên cổng."),
    "release_conflict": _(
        "Cổng đã có một bản khác của thông cáo này và giữ bản đó trên trang công khai. Bản của máy "
        "này vẫn nguyên; "
        "hãy đối chiếu hai bản."
    ),
    "conflict_open": _(
        "Văn bản có chỗ hai người sửa khác nhau chưa thống nhất nên chưa duyệt, cấp số hay phát hành được. Cả hai bản "
        "đều được giữ; hãy mở trang Đồng bộ, thẻ “Chỗ hai người sửa khác nhau”, để chọn."
    ),
    "choice_unknown": _(
        "Không có cách chọn “{value}”: hãy chọn current, mine hoặc text. Không có gì thay đổi."
    ),
    "value_form": _(
        "Giá trị tự ghi không đúng dạng: mỗi dòng một mục, giữ nguyên tên trước dấu hai chấm. Không có gì thay đổi."
    ),
    "device_cloned": _(
        "Cổng đã nhận nội dung ghi dưới tên máy này mà sổ ở đây không có: sổ được phục hồi từ bản sao cũ, hoặc ổ đĩa bị "
        "sao chép sang máy khác. Không mất gì; hãy xin mã ghi danh mới và kết nối lại, hàng chờ được giữ và gửi tiếp."
    ),
    "conflict_settled": _("Chỗ khác nhau này đã được giải quyết, có thể ở máy khác. Không có gì thay đổi."),
    "signature_wrong": _(
        "Cổng không xác nhận được chữ ký của máy trên nội dung gửi. Nội dung trên máy vẫn nguyên."
    ),
    "device_unknown": _("Cổng không biết máy đã ký nội dung này. Hãy xin mã ghi danh mới và kết nối lại."),
    "op_too_big": _(
        "Nội dung của một thông cáo quá lớn để gửi lên cổng. Hãy chuyển phần dài vào tệp đính kèm."
    ),
    "op_malformed": _("Cổng không đọc được nội dung gửi lên. Nội dung trên máy vẫn nguyên."),
    "op_id_reused": _("Cổng đã nhận một nội dung khác mang cùng mã. Nội dung trên máy vẫn nguyên."),
    "field_unsealed": _(
        "Cổng chỉ nhận ghi chú tiếp xúc và hồ sơ vụ việc đã niêm phong bằng khóa của cơ quan; bản chương trình trên máy "
        "này chưa niêm phong được. Nội dung trên máy vẫn nguyên; hãy cập nhật chương trình rồi đồng bộ lại."
    ),
    "agency_key_awaited": _(
        "Mục này còn phần đang chờ khóa của cơ quan nên chưa đọc được trên máy này, và chưa sửa hay chép lại được. Không "
        "mất gì; khóa tự đến khi một máy khác của cơ quan trực tuyến."
    ),
    "agency_key_there": _("Máy này đã có khóa của cơ quan. Không có gì thay đổi."),
    "outbox_key_missing": _(
        "Máy này chưa có khóa của cơ quan nên chưa xuất được hàng chờ ra tệp kín. Hàng chờ vẫn nguyên trên máy; hãy đồng "
        "bộ, hoặc mở khóa bằng mã khôi phục của một máy khác."
    ),
    "outbox_empty": _("Không còn gì chờ gửi trên máy này, nên không có gì để xuất."),
    "outbox_file_strange": _(
        "Tệp này không phải hàng chờ của cơ quan, đã bị sửa, hoặc được niêm phong bằng khóa mà máy này không có. Không "
        "có gì thay đổi; hãy chọn tệp .hangcho của một máy cùng sổ."
    ),
    "recovery_no_key": _(
        "Mã khôi phục này không mở thêm được khóa nào của cơ quan trong sổ này. Không có gì thay đổi; hãy dùng mã khôi "
        "phục in ra từ một máy đã nối với sổ này."
    ),
    "op_schema_unknown": _(
        "Cổng chưa hiểu nội dung của phiên bản này. Hãy báo người quản trị cập nhật cổng."
    ),
    "role_missing": _(
        "Cổng không cho cơ quan này làm việc ấy: chỉ cơ quan quản lý báo chí của tỉnh gửi cảnh báo, yêu cầu và đọc danh sách cơ quan; các cơ quan khác chỉ gửi cho tỉnh."
    ),
    "recipient_unknown": _(
        "Cổng không tìm thấy nơi nhận: cơ quan ấy không có trên cổng, hoặc cổng chưa có cơ quan quản lý báo chí của tỉnh. Nội dung trên máy vẫn nguyên; hãy báo người quản trị cổng rồi gửi lại."
    ),
    "kind_unknown": _("Cổng chưa nhận loại nội dung này. Hãy báo người quản trị cập nhật cổng."),
    "fields_wrong": _(
        "Thông cáo có trường không đúng quy cách nên cổng không nhận. Hãy kiểm tra lại văn bản."
    ),
    "record_unknown": _("Cổng không có hồ sơ mà thay đổi này nói tới. Nội dung trên máy vẫn nguyên."),
    "append_differs": _(
        "Cổng đã giữ một nội dung khác của mục này, mà mục này không được sửa. Nội dung trên máy vẫn nguyên; hãy đối chiếu hai bản."
    ),
    "append_only": _(
        "Mục này chỉ ghi một lần, cổng không nhận sửa đổi. Nội dung trên máy vẫn nguyên; hãy ghi một mục đính chính."
    ),
    "dseq_reused": _(
        "Máy này đã được sao chép hoặc khôi phục từ một bản cũ, nên số thứ tự của nó bị dùng lại. Nội dung trên máy vẫn nguyên; hãy xin mã ghi danh mới và kết nối lại."
    ),
    "trash_emptied": _(
        "Hồ sơ này đã bị xóa quá lâu, cổng không còn nội dung để khôi phục. Hãy nhập lại hồ sơ."
    ),
    "upload_unknown": _(
        "Cổng không còn giữ lần gửi dở này. Tệp trên máy vẫn nguyên và sẽ được gửi lại từ đầu."
    ),
    "upload_offset": _(
        "Cổng đã nhận tệp tới một chỗ khác. Tệp trên máy vẫn nguyên và sẽ được gửi tiếp từ chỗ đó."
    ),
    "upload_taken": _("Một lần gửi mới hơn đang gửi tiếp tệp này. Tệp trên máy vẫn nguyên."),
    "upload_checksum": _(
        "Một phần của tệp bị sai trên đường truyền nên không được ghi; phần đó sẽ được gửi lại."
    ),
    "upload_type": _("Phần tệp gửi lên cổng không đúng loại nội dung. Không có gì được ghi."),
    "upload_version": _("Cổng không hiểu phiên bản của cách gửi tệp này. Không có gì được ghi."),
    "transfer_stopped": _("Đã dừng việc gửi, nhận tệp. Phần đã gửi vẫn được giữ; lần sau sẽ gửi tiếp từ đó."),
    "file_not_on_portal": _(
        "Cổng chưa có tệp này. Tệp sẽ được lấy về khi máy đã đính kèm nó gửi lên; hãy thử lại sau."
    ),
}
