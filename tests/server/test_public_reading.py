"""The public pages in a real browser, scripts off: WCAG 2.2 AA, on a phone, light and dark, with the keyboard alone."""

import secrets

import pytest

from spokesdesk import wire
from spokesdesk.server import lists
from tests.server.chromium import Chromium
from tests.server.running import RunningPortal, posting
from tests.server.test_pages import link_to

LONG = (
    "Về việc lấy ý kiến đối với dự thảo bảng giá đất lần đầu được công bố và áp dụng từ ngày 01/01/2027 " * 4
)
SEEN = """(() => {
  const at = document.activeElement, is = getComputedStyle(at);
  return [at.textContent.trim() || at.id || at.name, is.outlineStyle !== "none" && parseFloat(is.outlineWidth) >= 2];
})()"""


@pytest.fixture(scope="module")
def paths(embedded_portal: RunningPortal) -> list[str]:
    """Addresses of pages that show everything that the public side can show."""
    device, mark = embedded_portal.device(), secrets.token_hex(4)
    old = device.publish(f"Bản sai {mark}")
    device.publish(f"Bản đúng {mark}", corrects=str(old.op.rec))
    device.publish(f"{mark} {LONG}"[:490], text=["x" * 300, "Đoạn hai."])
    gone = device.publish(f"Bản thu hồi {mark}")
    links = [link_to(embedded_portal, f"{what} {mark}") for what in ("Bản sai", "Bản đúng", "Bản thu hồi")]
    device.push(wire.sign(device.seed, device.op("withdraw", gone.op.rec)))
    rows = [["1", "Nguyễn Thị Ngọc Ánh", "0263 3822 112", f"mot.dia.chi.rat.dai.{mark}@lamdong.gov.vn"]]
    device.push(posting(device, rows=rows))
    agency = f"/co-quan/{lists.Agency(device.journal, device.place.agency).key}"
    listed = ["/", "/luu-tru", "/co-quan", agency, "/nguoi-phat-ngon", "/phong-vien-thuong-tru", "/dung-han"]
    return [*listed, *links, link_to(embedded_portal, mark), f"/?tim={mark}", "/?tim=khongcogi", "/khong-co"]


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (683, True), (320, True), (320, False)])
def test_every_public_page_can_be_read_by_everybody(
    chromium: Chromium, embedded_portal: RunningPortal, paths: list[str], width: int, dark: bool
) -> None:
    offences: list[str] = []
    for path in paths:
        chromium.open(embedded_portal.url + path, width=width, dark=dark)
        offences.extend(f"{path} {one}" for one in chromium.offences())
        if chromium.is_too_wide():
            offences.append(f"{path} too wide for {width}")
    assert offences == []


def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    chromium: Chromium, embedded_portal: RunningPortal, paths: list[str]
) -> None:
    for path in paths:
        chromium.open(embedded_portal.url + path)
        count = chromium.tell("document.querySelectorAll('a[href], input, select, button, summary').length")
        seen: list[str] = []
        for _ in range(count):
            for kind in ("keyDown", "keyUp"):
                key = {"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
                chromium.do("Input.dispatchKeyEvent", key)
            name, is_visible = chromium.tell(SEEN)
            assert is_visible, (path, name)
            seen.append(name)
        assert seen[0] == "Đến nội dung chính"
        assert seen[-1] == "JSON Feed", path
