"""What the state-secret guard says."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "secret_marked": _(
        "Ô “{field}” có dấu độ mật “{mark}”: {ban} ({citation}). Chưa có gì của đoạn này được ghi vào máy; nội dung "
        "chỉ còn trên màn hình. Hãy xóa đoạn đó khỏi đây và làm việc ấy trên máy tính độc lập được cơ quan cho phép; "
        "nếu đây không phải dấu độ mật (như tên người), hãy viết thường: “Mật”."
    ),
}
