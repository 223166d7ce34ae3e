"""What carrying changes by hand says when something cannot be done: what is safe, and what to do."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "carry_folder": _(
        "Không mở được thư mục “{path}”. Chưa có gì được ghi hay nhận; hãy cắm thẻ nhớ rồi chọn lại."
    ),
    "carry_nothing": _(
        "Trong thư mục này không có gì do máy khác của cơ quan để lại. Dữ liệu trên máy vẫn nguyên; hãy "
        "chọn đúng thẻ nhớ hoặc thư mục dùng chung."
    ),
    "carry_no_reader": _(
        "Máy này chưa biết máy nào khác của cơ quan nên chưa thể khóa nội dung cho ai đọc. Chưa có gì "
        "được ghi; hãy đồng bộ với cổng một lần sau khi máy kia đã kết nối."
    ),
    "carry_foreign": _(
        "Nội dung này thuộc sổ của cơ quan khác nên không được nhận. Dữ liệu trên máy vẫn nguyên; hãy "
        "trả thẻ cho người mang."
    ),
    "carry_signer_unknown": _(
        "Không nhận ra máy đã ghi nội dung này nên chưa nhận gì. Nếu máy ấy mới kết nối với cổng, hãy "
        "đồng bộ máy này trước rồi nhận lại."
    ),
    "carry_not_for_us": _(
        "Máy ghi nội dung này chưa biết máy của bạn nên không khóa cho máy này đọc. Hãy nhờ một máy khác "
        "mang, hoặc để máy kia đồng bộ với cổng rồi ghi lại."
    ),
    "carry_damaged": _(
        "Tệp “{name}” trên thẻ bị hỏng hoặc bị sửa nên không được nhận. Những phần khác đã nhận vẫn dùng "
        "được, bản gốc vẫn nằm trên máy đã ghi; hãy ghi lại rồi nhận lần nữa."
    ),
    "carry_gap": _(
        "Nội dung mang tới bắt đầu sau chỗ máy này đã đọc. Dữ liệu và hàng chờ vẫn nguyên; hãy ghi nội "
        "dung của máy này, mang tới máy có mạng, đồng bộ ở đó rồi ghi và mang về lại."
    ),
    "carry_other_history": _(
        "Nội dung mang tới theo một nhật ký khác với nhật ký máy này đã đọc, có thể cổng vừa được phục "
        "hồi. Không có gì bị thay đổi; hãy mang về nội dung mới nhất từ máy đang nối với cổng."
    ),
    "carry_too_new": _(
        "Nội dung này do bản chương trình mới hơn ghi. Dữ liệu trên máy vẫn nguyên; hãy cập nhật chương "
        "trình rồi nhận lại."
    ),
}
