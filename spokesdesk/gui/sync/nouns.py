"""What the nouns of shared records are called where only the ledger speaks of them."""

from spokesdesk.domain.chain_faults import kind_word
from spokesdesk.domain.language import gettext as _

ENTITIES = {
    "article": _("Bài báo"),
    "article-text": _("Bản đọc của bài báo"),
    "authorisation": _("Ủy quyền phát ngôn"),
    "authorisation-step": _("Thay đổi ủy quyền"),
    "carry-key": _("Khóa của máy"),
    "case": _("Vụ việc"),
    "case-facts": _("Nội dung vụ việc"),
    "case-move": _("Bước của vụ việc"),
    "case-text": _("Diễn biến vụ việc"),
    "claim": _("Chỗ đánh dấu trong bài báo"),
    "contact": _("Tiếp xúc"),
    "contact-answer": _("Câu trả lời"),
    "contact-companion": _("Người đi cùng"),
    "contact-paper": _("Văn bản của lần tiếp xúc"),
    "custody": _("Nhật ký chứng cứ"),
    "day-end": _("Kết thúc ngày"),
    "day-end-sent": _("Gửi bản kết thúc ngày"),
    "deletion": _("Biên bản xóa"),
    "duty-mark": _("Việc định kỳ"),
    "erasure": _("Dấu xóa trong sổ"),
    "evidence": _("Chứng cứ"),
    "false-post": _("Phiếu xử lý tin giả"),
    "import-move": _("Bước nhập bảng"),
    "import-run": _("Lần nhập bảng"),
    "incident": _("Vụ việc đột xuất"),
    "incident-facts": _("Nội dung sự cố"),
    "incident-step": _("Bước của sự cố"),
    "incident-text": _("Diễn biến sự cố"),
    "journalist": _("Nhà báo"),
    "law-entry": _("Văn bản trong thư viện"),
    "member": _("Người làm việc"),
    "news": _("Tin tìm được"),
    "news-source": _("Nguồn tin"),
    "number-holding": _("Sổ số văn bản"),
    "outlet": _("Cơ quan báo chí"),
    "outlet-checklist": _("Danh mục kiểm tra"),
    "outlet-office": _("Văn phòng đại diện"),
    "page-capture": _("Trang đã lưu"),
    "paper": _("Văn bản"),
    "paper-draft": _("Văn bản đang soạn"),
    "paper-move": _("Bước xử lý văn bản"),
    "paper-review": _("Xem lại văn bản"),
    "paper-signature": _("Chữ ký số"),
    "paper-text": _("Bản văn bản"),
    "public-list": _("Danh sách công bố"),
    "rebuttal-round": _("Lần yêu cầu cải chính"),
    "recapture": _("Lần đọc lại bài báo"),
    "recapture-check": _("Đối chiếu cải chính"),
    "record-distinct": _("Hai mục khác nhau"),
    "record-merge": _("Gộp mục trùng"),
    "release": _("Thông cáo"),
    "remains": _("Phần còn lại sau khi xóa"),
    "request": _("Yêu cầu"),
    "request-step": _("Bước của yêu cầu"),
    "round-step": _("Bước yêu cầu cải chính"),
    "rule-pack": _("Bộ quy định"),
    "rule-pack-state": _("Trạng thái bộ quy định"),
    "sending": _("Lượt gửi văn bản"),
    "setting": _("Thiết lập chung"),
    "settlement": _("Kết quả tiếp xúc"),
    "subject-request": _("Yêu cầu của người có dữ liệu"),
    "triage-step": _("Phân loại tin"),
    "watch-subject": _("Chủ đề theo dõi"),
    "key-grant": _("Khóa của cơ quan"),
}


def entity_word(entity: str) -> str:
    """Give what people call a noun of the journal."""
    if entity in ENTITIES:
        return ENTITIES[entity]
    name = kind_word(entity.replace("-", "_"))
    return name[:1].upper() + name[1:]
