"""Capitals by Phụ lục II: the decree's own examples pass, the same words in other letters are found."""

import pytest

from spokesdesk.typeset.lint import Level, lint
from tests.typeset.linted import changes, of, with_body

RIGHT = (
    "Căn cứ điểm a khoản 2 Điều 103 Mục 5 Chương XII Phần I của Bộ luật Hình sự.",
    "Theo quy định tại điểm a khoản 1 Điều 24 Tiểu mục 1 Mục 1 Chương III của Nghị quyết số 351/2017/UBTVQH14 ngày 14 "
    "tháng 3 năm 2017.",
    "Nguyễn Ái Quốc, Trần Phú, Vua Hùng, Bà Triệu, Ông Gióng, Bác Hồ, Cụ Hồ.",
    "Kim Nhật Thành, Mao Trạch Đông, Vla-đi-mia I-lích Lê-nin, Phri-đrích Ăng-ghen.",
    "Tại thành phố Thái Nguyên, tỉnh Nam Định, Quận 1, Phường Điện Biên Phủ, Thủ đô Hà Nội, Thành phố Hồ Chí Minh.",
    "Từ Cửa Lò, Vũng Tàu, Lạch Trường, Vàm Cỏ, Cầu Giấy đến biển Cửa Lò, chợ Bến Thành, sông Vàm Cỏ, vịnh Hạ Long.",
    "Vùng Tây Bắc, vùng Đông Bắc và vùng Bắc Bộ; gió mùa đông bắc thổi về phía tây nam.",
    "Bộ Tài nguyên và Môi trường, Tập đoàn Điện lực Việt Nam, Hội đồng nhân dân tỉnh Sơn La, Sở Tài chính.",
    "Liên hợp quốc (UN), Tổ chức Y tế thế giới (WHO), WTO, UNDP, UNESCO, ASEAN.",
    "Nhân dân và Nhà nước; Ủy ban nhân dân xã; quản lý nhà nước; 100 nhân dân tệ; cơ quan nhà nước.",
    "Huân chương Sao vàng, Nghệ sĩ Nhân dân, Anh hùng Lao động.",
    "Chủ tịch Quốc hội, Thủ tướng Chính phủ, Giáo sư Tôn Thất Tùng; các giám đốc sở.",
    "Các ngày Quốc khánh 2-9, ngày Quốc tế Lao động 1-5, ngày Phụ nữ Việt Nam 20-10; Cách mạng tháng Tám.",
    "Năm Kỷ Tỵ, tết Nguyên đán, tết Trung thu; sáng thứ Hai, vào tháng Năm; lần thứ hai, tháng này hai lần.",
    "Tạp chí Cộng sản đăng bài. Theo tạp chí Cộng sản, từ điển Bách khoa toàn thư.",
    "Cán bộ y tế tại cơ sở y tế tập trung bộ phận, bổ sung toàn bộ tài chính theo pháp luật báo chí ở Việt Nam bộ.",
    "Ngày mai, điều kiện 3 bên, các khoản chi và điểm nóng không phải là viện dẫn; mục tiêu 5 năm.",
    "Công tác năm 2018 tăng 1.5 lần, TP. Tân An, TS. Nguyễn Văn B, v.v. và tr. 5 không mở câu mới.",
    "Đề nghị các cơ quan:\n\na) cải chính;\n\nb) xin lỗi.",
    "Báo viết “theo khoản 2 điều 42, sở tài chính và uỷ ban nhân dân quận 1” là nguyên văn.",
)

WRONG = (
    ("C14", "Theo khoản 2 điều 42.", [("khoản 2 điều 42", "khoản 2 Điều 42")]),
    ("C14", "Theo Khoản 2 Điều 42.", [("Khoản 2", "khoản 2")]),
    ("C14", "Theo Điểm a khoản 2 Điều 42.", [("Điểm a", "điểm a")]),
    ("C14", "Theo mục 5 Chương XII.", [("mục", "Mục")]),
    ("C14", "Theo Điều 3 chương XII.", [("chương XII", "Chương XII")]),
    ("C14", "Theo **khoản 2\nđiều 42** nêu trên.", [("khoản 2\nđiều 42", "khoản 2 Điều 42")]),
    ("C5", "Tại quận 1 và phường 12.", [("quận 1", "Quận 1"), ("phường 12", "Phường 12")]),
    ("C5", "Tại phường Điện Biên Phủ.", [("phường Điện Biên Phủ", "Phường Điện Biên Phủ")]),
    ("C6", "Tại thủ đô Hà Nội.", [("thủ đô Hà Nội", "Thủ đô Hà Nội")]),
    ("C6", "Tại thành phố Hồ Chí Minh.", [("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")]),
    ("C4", "Thuộc Tỉnh Nam Định.", [("Tỉnh ", "tỉnh ")]),
    ("C4", "Thuộc tỉnh nam định.", [("nam định", "Nam Định")]),
    ("C4", "Thuộc tỉnh Nam-Định.", [("tỉnh Nam-Định", "tỉnh Nam Định")]),
    ("C7", "Ở quận Cầu giấy.", [("Cầu giấy", "Cầu Giấy")]),
    ("C8", "Các tỉnh vùng tây bắc.", [("tây bắc", "Tây Bắc")]),
    ("C9", "Gửi sở Tài chính.", [("sở Tài chính", "Sở Tài chính")]),
    (
        "C9",
        "Gửi Bộ Tài nguyên và môi trường.",
        [("Bộ Tài nguyên và môi trường", "Bộ Tài nguyên và Môi trường")],
    ),
    ("C9", "Gửi Hội đồng Nhân dân tỉnh.", [("Hội đồng Nhân dân", "Hội đồng nhân dân")]),
    ("C9", "Gửi uỷ ban nhân dân xã.", [("uỷ ban nhân dân", "Uỷ ban nhân dân")]),
    (
        "C10",
        "Tổ chức y tế thế giới và Asean.",
        [("Tổ chức y tế thế giới", "Tổ chức Y tế thế giới"), ("Asean", "ASEAN")],
    ),
    ("C11", "Vì nhân dân, của nhà nước.", [("nhân dân", "Nhân dân"), ("nhà nước", "Nhà nước")]),
    ("C12", "Theo giáo sư Tôn Thất Tùng.", [("giáo sư", "Giáo sư")]),
    ("C13", "Theo nghị định số 30/2020/NĐ-CP ngày 05/3/2020.", [("nghị định số", "Nghị định số")]),
    ("C13", "Theo Luật tổ chức Quốc hội.", [("Luật tổ chức Quốc hội", "Luật Tổ chức Quốc hội")]),
    ("C15", "Họp vào thứ hai, ngày 12/3/2018.", [("vào thứ hai", "vào thứ Hai"), ("thứ hai", "thứ Hai")]),
    ("C15", "Nhân dịp Tết Trung thu.", [("Tết Trung thu", "tết Trung thu")]),
    ("C15", "Trong năm kỷ tỵ.", [("kỷ tỵ", "Kỷ Tỵ")]),
    ("C17", "Của đảng và Nhà nước.", [("đảng", "Đảng")]),
    ("C2", "Ông Nguyễn văn An nói.", [("Nguyễn văn", "Nguyễn Văn"), ("Nguyễn văn An", "Nguyễn Văn An")]),
    ("C1", "Câu một. câu hai.", [("c", "C")]),
    ("C1", "Câu một.\n\nđoạn hai.", [("đ", "Đ")]),
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_decree_gives_as_right_is_not_found(text: str) -> None:
    assert [each for each in lint(with_body(text)) if each.rule.startswith("C")] == []


@pytest.mark.parametrize(("rule", "text", "expected"), WRONG)
def test_what_departs_is_found_with_what_should_stand_there(
    rule: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted(changes(with_body(text), rule)) == sorted(expected)


def test_each_level_and_clause_is_the_specifications() -> None:
    (article,) = of(with_body("Theo khoản 2 điều 42."), "C14")
    assert (article.level, article.clause) == (Level.ERROR, "Phụ lục II, V.7")
    (state,) = of(with_body("Chính sách của nhà nước."), "C11")
    assert (state.level, state.clause) == (Level.WARN, "Phụ lục II, V.1")
    (professor,) = of(with_body("Theo giáo sư Tôn Thất Tùng."), "C12")
    assert (professor.level, professor.clause) == (Level.HINT, "Phụ lục II, V.3")


def test_words_in_capitals_throughout_are_a_heads_own_way() -> None:
    assert lint(with_body("# I. KẾT QUẢ CỦA SỞ TÀI CHÍNH VÀ ỦY BAN NHÂN DÂN\n\nNội dung.")) == ()
