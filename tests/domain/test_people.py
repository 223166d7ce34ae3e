"""What a name tells of an outlet; the clocks of correction differ by its kind."""

import pytest

from spokesdesk.domain.people import OutletKind, likely_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Báo Điện tử Đảng Cộng sản Việt Nam", OutletKind.ONLINE),
        ("BÁO ĐIỆN TỬ VTC NEWS", OutletKind.ONLINE),
        ("Đài Phát thanh - Truyền hình Long An", OutletKind.BROADCAST),
        ("Tạp chí Môi trường và Đô thị", OutletKind.MAGAZINE),
        ("Thông tấn xã Việt Nam", OutletKind.AGENCY),
        ("Báo Tuổi Trẻ", OutletKind.OTHER),
    ],
)
def test_a_name_tells_the_kind_or_nothing(name: str, kind: OutletKind) -> None:
    assert likely_kind(name) is kind
