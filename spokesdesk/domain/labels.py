"""What fields are called on the screen, so that an error names the field as the reader sees it."""

from spokesdesk.domain.language import gettext as _

LABELS: dict[str, str] = {
    "address": _("Địa chỉ"),
    "addressees": _("Kính gửi"),
    "agency": _("Cơ quan ban hành"),
    "agency_name": _("Tên cơ quan"),
    "annexes": _("Phụ lục"),
    "answer_event": _("Thời hạn trả lời"),
    "archive": _("Lưu"),
    "as": _("Người làm việc"),
    "attachments": _("Tệp đính kèm"),
    "body": _("Nội dung"),
    "byline": _("Tác giả"),
    "card_expires": _("Thẻ hết hạn"),
    "card_issued": _("Ngày cấp thẻ"),
    "card_number": _("Số thẻ"),
    "channel": _("Hình thức"),
    "circulation": _("Phạm vi lưu hành"),
    "claims": _("Nội dung báo nêu"),
    "contact": _("Địa chỉ cuối trang"),
    "copies": _("Số bản"),
    "corrects": _("Mục được đính chính"),
    "date": _("Ngày"),
    "drafter": _("Người soạn"),
    "due": _("Hạn duyệt"),
    "email": _("Thư điện tử"),
    "fact": _("Sự thật"),
    "fax": _("Fax"),
    "follow_up": _("Việc cần làm tiếp"),
    "follow_up_on": _("Ngày hẹn"),
    "file": _("Tệp"),
    "given": _("Đã cung cấp"),
    "governing_body": _("Cơ quan chủ quản"),
    "ground": _("Căn cứ"),
    "head_title": _("Chức danh người đứng đầu"),
    "holidays": _("Ngày nghỉ"),
    "id": _("Mã"),
    "journalist": _("Nhà báo"),
    "kind": _("Loại văn bản"),
    "legal_bases": _("Căn cứ pháp lý"),
    "letter": _("Tệp văn bản"),
    "letter_content": _("Nội dung ghi trên giấy"),
    "letter_no": _("Số giấy giới thiệu"),
    "letter_time": _("Thời gian ghi trên giấy"),
    "letter_until": _("Giấy có giá trị đến"),
    "list": _("Danh sách"),
    "mail_host": _("Máy chủ gửi thư"),
    "mail_password": _("Mật khẩu hộp thư"),
    "mail_port": _("Cổng máy chủ thư"),
    "mail_sender": _("Địa chỉ gửi"),
    "mail_subject": _("Tiêu đề thư"),
    "mail_text": _("Lời thư"),
    "mail_to": _("Người nhận thư"),
    "mail_user": _("Tên hộp thư"),
    "name": _("Họ và tên"),
    "note": _("Ghi chú"),
    "number": _("Số"),
    "organ_id": _("Mã định danh"),
    "out": _("Nơi ghi"),
    "outlet": _("Cơ quan báo chí"),
    "parent": _("Cơ quan chủ quản"),
    "parent_agency": _("Cơ quan chủ quản"),
    "passphrase": _("Cụm mật khẩu"),
    "permit_until": _("Giấy phép có giá trị đến"),
    "phone": _("Điện thoại"),
    "pin": _("Mã PIN"),
    "place": _("Địa danh"),
    "post": _("Chức vụ"),
    "proof": _("Tài liệu chứng minh"),
    "published": _("Lúc đăng"),
    "questions": _("Câu hỏi"),
    "quote": _("Nội dung báo nêu"),
    "received": _("Tiếp nhận lúc"),
    "received_at": _("Tiếp nhận lúc"),
    "recipients": _("Nơi nhận"),
    "remark": _("Nhận xét"),
    "roles": _("Vai trò"),
    "rule": _("Quy tắc"),
    "series": _("Hệ thống số"),
    "section": _("Chuyên mục"),
    "signer_authority": _("Quyền hạn, chức vụ người ký"),
    "signer_name": _("Người ký"),
    "signers": _("Người ký"),
    "size": _("Cỡ chữ"),
    "snapshot": _("Bản chụp bài báo"),
    "subject": _("Trích yếu"),
    "symbol": _("Ký hiệu"),
    "text": _("Nội dung bài"),
    "text_file": _("Tệp nội dung bài"),
    "title": _("Tiêu đề"),
    "to_organ": _("Mã định danh nơi nhận"),
    "topic": _("Chủ đề"),
    "unit": _("Đơn vị soạn thảo"),
    "urgency": _("Mức độ khẩn"),
    "url": _("Địa chỉ trang"),
    "version": _("Phiên bản"),
    "website": _("Trang thông tin"),
    "year": _("Năm"),
}


# What machines call states, moves and roles, as a sentence or a printed line says it.
VALUES: dict[str, dict[str, str]] = {
    "state": {
        "draft": _("đang soạn"),
        "submitted": _("chờ duyệt"),
        "returned": _("bị trả lại"),
        "approved": _("chờ cấp số"),
        "numbered": _("chờ phát hành"),
        "released": _("đã phát hành"),
        "corrected": _("đã đính chính"),
        "withdrawn": _("đã thu hồi"),
    },
    "move": {
        "submit": _("trình duyệt"),
        "return": _("trả lại"),
        "approve": _("duyệt"),
        "number": _("cấp số"),
        "release": _("phát hành"),
        "correct": _("đính chính"),
        "withdraw": _("thu hồi"),
    },
    "role": {
        "spokesperson": _("người phát ngôn"),
        "drafter": _("chuyên viên soạn thảo"),
        "leader": _("lãnh đạo ký"),
        "registry": _("văn thư"),
        "admin": _("quản trị"),
    },
}


def value_label(kind: str, value: object) -> object:
    """Give what people call a state, a move or a role; any other value stays as it is."""
    named = VALUES.get(kind, {}).get(str(value))
    return _(named) if named else value


def label(field: str) -> str:
    """Give a field's name on the screen; an unknown one, as a key of a letter file, stays as it is.

    Args:
        field: name as errors carry it, also with an index as in ``annexes[2].title``.
    """
    return _(LABELS[field]) if field in LABELS else field
