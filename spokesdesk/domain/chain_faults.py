"""What the doctor says of the journal chain, in sentences."""

from spokesdesk.domain.chain import ChainFault
from spokesdesk.domain.checkpoints import HeadCheck
from spokesdesk.domain.language import gettext as _

SENTENCES: dict[str, str] = {
    "gap": _("Mất mắt xích số {n}: một mục của sổ đã bị lấy đi."),
    "repeated": _("Mắt xích số {n} có hai lần: chuỗi đã bị sắp lại."),
    "hash": _("Mắt xích số {n} không nối với mắt xích trước: chuỗi đã bị sửa hoặc đổi thứ tự ({kind})."),
    "body_changed": _("Mục số {n} ({kind}) đã bị sửa sau khi ghi: nội dung khác với lúc ghi."),
    "body_missing": _("Mục số {n} ({kind}) đã bị xóa: còn mắt xích mà không còn nội dung."),
    "entry_unchained": _("Có mục ({kind}) không nằm trong chuỗi: được chèn vào ngoài chương trình."),
    "order_changed": _("Mục số {n} ({kind}) không còn đứng đúng thứ tự lúc ghi."),
    "link_changed": _(
        "Mục số {n} ({kind}): dấu “đã đính chính” hoặc “đã xong” không khớp với các mục đã ghi."
    ),
    "state_unsaid": _("{kind} “{name}”: trạng thái ghi trong danh sách khác với bước xử lý cuối cùng."),
    "number_unsaid": _("{kind} “{name}”: số, ngày hoặc tệp ghi trong danh sách khác với bước cấp số đã ghi."),
    "version_unsaid": _("{kind} “{name}”: danh sách chỉ đến một bản không phải bản ghi cuối cùng."),
    "text_unsaid": _("{kind} “{name}”: tên hoặc nội dung ghi trong danh sách khác với bản ghi cuối cùng."),
    "steps_unsaid": _(
        "{kind} “{name}”: người giữ việc, thời hạn ghi trong danh sách khác với các bước đã ghi."
    ),
    "erased_unaccounted": _("Mục số {n} ({kind}) bị làm mất khóa kiểm tra mà không có biên bản xóa."),
    "erased_changed": _("Mục số {n} ({kind}) đã bị sửa sau khi xóa dữ liệu cá nhân."),
    "seal_missing": _("Không còn đầu chuỗi niêm phong của máy này: tệp workspace.json đã bị sửa hoặc thay."),
    "seal_broken": _("Đầu chuỗi niêm phong của máy này đã bị sửa."),
    "cut_off": _("Sổ bị cắt đuôi: máy này đã ghi đến mắt xích số {n} nhưng sổ không còn mắt xích ấy."),
    "rewritten": _("Chuỗi đã bị viết lại: mắt xích số {n} khác với đầu chuỗi máy này đã niêm phong."),
    "days_changed": _("Bảng đầu chuỗi từng ngày đã bị sửa hoặc bớt dòng."),
    "day_changed": _("Sổ không còn khớp với đầu chuỗi đã chốt ngày {day} (mắt xích số {n})."),
    "stamp_bad": _("Dấu thời gian của ngày {day} không đúng với đầu chuỗi hoặc đã bị sửa."),
}

KINDS: dict[str, str] = {
    "contact": _("tiếp xúc"),
    "settlement": _("ghi nhận đã xong việc"),
    "article": _("bài báo"),
    "claim": _("nội dung báo nêu"),
    "article_text": _("bài báo đọc lại"),
    "rebuttal_round": _("lần yêu cầu cải chính"),
    "round_step": _("diễn biến lần yêu cầu"),
    "recapture": _("bản chụp lại"),
    "recapture_check": _("đối chiếu bản chụp lại"),
    "paper_text": _("bản văn bản"),
    "paper_move": _("bước xử lý văn bản"),
    "paper_review": _("xem lại lần tự duyệt"),
    "paper_signature": _("chữ ký"),
    "sending": _("lượt gửi"),
    "authorisation": _("người được phát ngôn"),
    "authorisation_step": _("bước của ủy quyền"),
    "outlet_checklist": _("rà soát cơ quan báo chí"),
    "erasure": _("mục xóa nội dung"),
    "deletion": _("biên bản xóa dữ liệu cá nhân"),
    "subject_request": _("yêu cầu về dữ liệu cá nhân"),
    "contact_companion": _("người đi cùng"),
    "contact_answer": _("câu trả lời"),
    "case": _("vụ việc"),
    "case_text": _("diễn biến vụ việc"),
    "case_move": _("bước xử lý vụ việc"),
    "evidence": _("chứng cứ"),
    "custody": _("sổ giao nhận chứng cứ"),
    "incident": _("vụ việc đột xuất"),
    "incident_text": _("diễn biến vụ việc đột xuất"),
    "incident_step": _("bước xử lý vụ việc đột xuất"),
    "request": _("yêu cầu cung cấp thông tin"),
    "request_step": _("bước xử lý yêu cầu"),
    "day_end": _("chốt việc cuối ngày"),
    "day_end_sent": _("lượt gửi danh sách cuối ngày"),
    "rule_pack": _("bộ quy định đã nạp"),
    "triage_step": _("bước phân loại tin"),
    "page_capture": _("bản chụp trang web"),
    "false_post": _("phiếu xử lý tin giả"),
    "province_note": _("thư trao đổi với tỉnh"),
    "import_move": _("lần nhập danh sách"),
    "number_holding": _("bàn giữ hệ thống số văn bản"),
}


# What lists show of entries, without being one.
RECORDS: dict[str, str] = {
    "news": _("tin"),
    "paper": _("văn bản"),
}


def kind_word(kind: str) -> str:
    """Give what people call a kind of entry."""
    known = KINDS | RECORDS
    return _(known[kind]) if kind in known else _("mục khác")


def sentence(fault: ChainFault) -> str:
    """Say a fault of the chain: which entry, and what was done to it."""
    form = SENTENCES.get(fault.code, SENTENCES["hash"])
    day = f"{fault.day:%d/%m/%Y}" if fault.day else ""
    kind = kind_word(fault.kind)
    # The kind begins the sentence where a record is named.
    begun = kind[:1].upper() + kind[1:] if fault.name else kind
    return _(form).format(n=fault.n, kind=begun, day=day, name=fault.name)


def printed_words(check: HeadCheck) -> str:
    """Say what a head from a printed report means for the journal as it is now."""
    if check.n is None:
        return _("Đầu chuỗi trên bản in KHÔNG còn trong sổ: những mục ghi đến lúc in đã bị sửa hoặc bớt.")
    if not check.day_fits:
        return _("Đầu chuỗi trên bản in có trong sổ (mắt xích số {n}) nhưng KHÔNG thuộc ngày ấy.").format(
            n=check.n
        )
    said = _("Đầu chuỗi trên bản in khớp với sổ (mắt xích số {n}): mọi mục đến lúc in còn nguyên.")
    more = _(" Sau lúc in, trong ngày có thêm {n} mắt xích.").format(n=check.later) if check.later else ""
    return said.format(n=check.n) + more
