"""What joining by a stick says when something cannot be done: what is safe, and what to do."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "join_code_form": _(
        "Mã ghi danh gồm 16 chữ và số, thường viết thành bốn nhóm. Hãy gõ lại đúng như cổng đã cấp."
    ),
    "join_not_asked": _(
        "Máy này không có yêu cầu vào sổ nào đang chờ, nên không nhận giấy đón. Dữ liệu trên máy vẫn nguyên; "
        "hãy ghi yêu cầu lên thẻ trước."
    ),
    "join_no_request": _(
        "Trong thư mục này không có yêu cầu vào sổ nào như vậy. Chưa có gì thay đổi; hãy chọn đúng thẻ nhớ, "
        "hoặc ghi lại yêu cầu ở máy mới."
    ),
    "join_altered": _(
        "Yêu cầu hoặc giấy đón trên thẻ bị hỏng hoặc bị sửa nên không được nhận. Chưa có gì thay đổi; "
        "hãy ghi lại lên thẻ."
    ),
    "join_code_other": _(
        "Mã ghi danh này không phải mã đã gõ ở máy mới. Chưa có gì được gửi lên cổng; hãy đối chiếu lại mã, "
        "hoặc ghi yêu cầu khác ở máy mới."
    ),
    "join_expired": _(
        "Yêu cầu vào sổ này đã quá hạn, hoặc đồng hồ của một trong hai máy sai. Chưa có gì thay đổi; hãy xem lại "
        "ngày giờ rồi ghi yêu cầu mới bằng mã ghi danh mới."
    ),
    "join_too_new": _(
        "Yêu cầu hoặc giấy đón này do bản chương trình mới hơn ghi. Dữ liệu trên máy vẫn nguyên; "
        "hãy cập nhật chương trình."
    ),
    "join_own": _(
        "Đây là yêu cầu của chính máy này. Hãy mang thẻ sang một máy khác của cơ quan đang nối với cổng."
    ),
    "join_needs_network": _(
        "Máy này chưa nối với cổng nên không đón máy khác được. Thẻ vẫn nguyên; hãy mang thẻ sang một máy của cơ "
        "quan đang nối với cổng."
    ),
    "join_other_agency": _(
        "Mã ghi danh này thuộc {agency}, không phải cơ quan của máy này, nên không có giấy đón nào được ghi. "
        "Hãy báo nơi quản trị cổng thu hồi máy vừa ghi danh nhầm và cấp mã khác."
    ),
    "join_revoked": _(
        "Cổng đã thu hồi quyền của máy xin vào sổ nên không đón được. Sổ chung vẫn nguyên; nếu máy ấy còn được dùng, "
        "hãy ghi yêu cầu “như một máy mới” ở đó bằng mã ghi danh mới."
    ),
    "join_no_welcome": _(
        "Trên thẻ chưa có giấy đón. Dữ liệu trên máy vẫn nguyên; hãy mang thẻ sang máy đang nối với cổng để người "
        "quản trị ở đó đón máy này."
    ),
    "join_other_welcome": _(
        "Giấy đón trên thẻ không trả lời yêu cầu đang chờ của máy này: có thể của máy khác, hoặc của một yêu cầu cũ. "
        "Dữ liệu trên máy vẫn nguyên; hãy mang yêu cầu mới nhất tới máy đang nối với cổng."
    ),
    "join_no_records": _(
        "Trên thẻ có giấy đón nhưng chưa có sổ chung ghi kèm cho máy này. Chưa có gì thay đổi; hãy đón lại ở máy kia, "
        "với cùng mã ghi danh, rồi mang thẻ về."
    ),
    "join_other_journal": _(
        "Giấy đón này dẫn vào một sổ khác với sổ máy này đang dùng. Không có gì thay đổi; hãy hỏi lại người mang thẻ."
    ),
    "carried_only": _(
        "Máy này dùng chung sổ bằng thẻ nhớ và không gọi lên cổng. Mọi thứ vẫn nguyên; hãy dùng “Mang đi – Nhận về”, "
        "hoặc nối với cổng khi máy có mạng."
    ),
    "file_not_carried": _(
        "Tệp này chưa được mang tới máy này. Mục ghi vẫn đủ; lần ghi thẻ tới của máy này sẽ hỏi xin tệp, "
        "máy kia ghi kèm để mang về."
    ),
    "carry_no_longer": _(
        "Máy ghi nội dung này trước đây có khóa cho máy này đọc, nay không còn: có thể quyền của máy này đã bị thu "
        "hồi. Dữ liệu và hàng chờ vẫn nguyên; hãy hỏi người quản trị, nếu được dùng tiếp thì xin vào sổ lại."
    ),
}
