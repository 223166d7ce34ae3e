"""The pages of the journalists' door in a real browser, scripts off: WCAG 2.2 AA, on a phone, light and dark."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from spokesdesk.server.portal import utc_now
from tests.server.chromium import Chromium
from tests.server.running import RunningPortal
from tests.server.test_door import applied, said, taken
from tests.server.visitors import Visitor


@pytest.fixture(scope="module")
def read(embedded_portal: RunningPortal) -> Iterator[tuple[Visitor, str]]:
    """A journalist with a thread that shows everything that a thread can show."""
    visitor = Visitor(embedded_portal).verified()
    device = embedded_portal.device()
    thread = visitor.ask(device, topic="về bảng giá đất năm 2027 trên địa bàn tỉnh")
    [item] = taken(device).items
    due = (utc_now() - timedelta(hours=2)).isoformat()
    applied(device, said(device, item.asked.id, "taken", due_at=due, citation="Quy chế, Điều 5"))
    applied(device, said(device, item.asked.id, "answered", text="Trước ngày 30/12/2026.\nXin cảm ơn."))
    visitor.ask(device)
    yield visitor, thread
    visitor.close()


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (390, True)])
def test_every_page_can_be_read_by_everybody(
    chromium: Chromium, read: tuple[Visitor, str], width: int, dark: bool
) -> None:
    lan, thread = read
    home = lan.portal.url
    offences: list[str] = []

    def look(path: str) -> None:
        chromium.open(home + path, width=width, dark=dark)
        offences.extend(f"{path} {one}" for one in chromium.offences())
        if chromium.is_too_wide():
            offences.append(f"{path} too wide for {width}")

    chromium.do("Network.clearBrowserCookies")
    for path in ("/nha-bao", "/nha-bao/dang-ky", "/nha-bao/dang-nhap", "/dung-han"):
        look(path)
    chromium.sign_in(home, dict(lan.client.cookies))
    for path in ("/nha-bao", "/nha-bao/hoi", thread, "/nha-bao/phan-anh", "/nha-bao/tai-khoan"):
        look(path)
    assert offences == []
    assert chromium.tell("document.querySelectorAll('form').length") >= 4, "signed in indeed"


def test_a_question_is_asked_with_the_keyboard_alone(chromium: Chromium, read: tuple[Visitor, str]) -> None:
    lan, _thread = read
    chromium.sign_in(lan.portal.url, dict(lan.client.cookies))
    chromium.open(f"{lan.portal.url}/nha-bao/hoi")
    seen: list[str] = []
    for _ in range(40):
        for kind in ("keyDown", "keyUp"):
            key = {"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
            chromium.do("Input.dispatchKeyEvent", key)
        seen.append(chromium.tell("(a => a.id || a.name || a.textContent.trim())(document.activeElement)"))
    wanted = ("Đến nội dung chính", "agency", "kind", "topic", "body", "day", "time")
    order = [seen.index(name) for name in wanted]
    assert order == sorted(order)
    assert "Gửi cho cơ quan" in seen
