"""Wording of what number series refuse: who holds them, blocks, files from desk to desk, numbers borne twice."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "series_elsewhere": _(
        "Sổ số này do {holder} giữ nên máy này không cấp được số. Hãy cấp số ở máy đó, hoặc nhận bàn giao, mượn số "
        "ở Cài đặt › Số văn bản."
    ),
    "series_unknown": _("Không có sổ số “{series}”. Hãy chọn một trong: {known}. Không có gì thay đổi."),
    "series_same": _("Không có gì thay đổi: ai giữ sổ số vẫn như cũ."),
    "block_empty": _(
        "Các số mượn của {holder} đã dùng hết. Hãy mượn thêm ở Cài đặt › Số văn bản; văn bản chưa thay đổi."
    ),
    "number_outside_block": _(
        "Máy này chỉ mượn các số {block} của {holder}; số {number} ở ngoài. Văn bản chưa thay đổi."
    ),
    "number_lent": _(
        "Số {number} đang cho {holder} mượn. Hãy dùng số khác, hoặc nhận lại khối số trước; văn bản chưa thay đổi."
    ),
    "number_doubled": _(
        "Số {mark} cũng là số của văn bản “{other}”. Văn bản chưa phát hành; hãy đổi số một trong hai văn bản trước."
    ),
    "renumber_signed": _(
        "Số này đã nằm trong bản có chữ ký nên không đổi được. Hãy đổi số văn bản kia, hoặc phát hành rồi đính chính."
    ),
    "block_count": _("Mượn từ 1 đến {limit} số mỗi lần."),
    "block_not_here": _("Khối số này không còn ở máy này; có thể đã trả rồi."),
    "desk_code": _(
        "Mã bàn làm việc có 16 chữ và số, ví dụ ABCD-EFGH-IJKL-MNOP. Xem ở máy kia, Cài đặt › Số văn bản."
    ),
    "desk_own_code": _("Đây là mã của chính máy này. Hãy lấy mã của máy nhận."),
    "slip_unreadable": _(
        "Tệp này không phải tệp bàn giao số, hoặc đã bị sửa sau khi niêm phong. Không có gì thay đổi."
    ),
    "slip_for_other": _("Tệp này lập cho máy có mã {mark}, không phải máy này. Không có gì thay đổi."),
    "slip_taken": _("Tệp này đã được nhận rồi. Không có gì thay đổi."),
    "slip_stale": _("Tệp này cũ hơn lần bàn giao mà máy này đã biết nên không nhận. Không có gì thay đổi."),
    "slip_no_block": _("Máy này không còn khối số nào đang cho mượn theo tệp này. Không có gì thay đổi."),
    "slip_none": _("Việc này không có tệp kèm theo."),
    "slip_unknown_sender": _(
        "Máy này chưa biết bàn làm việc đã lập tệp: {name}, mã {mark}. Hãy so mã này với mã ở máy kia rồi xác nhận."
    ),
}
