"""Forms of the journalists' door: nothing that was typed is lost, and each says beside its field what is wrong."""

import re
from html.parser import HTMLParser
from urllib.parse import quote
from uuid import UUID

import pytest
import sqlalchemy as sa

from spokesdesk.server.door import limits
from spokesdesk.server.door_tables import journalist, journalist_session
from spokesdesk.server.lists import Agency
from spokesdesk.server.portal import utc_now
from tests.server.running import Device, RunningPortal
from tests.server.test_door import applied, said, taken
from tests.server.test_pages import Page
from tests.server.visitors import MARK, PASSPHRASE, Guests, Visitor

ASK = "/nha-bao/hoi"
BODY = "Dòng một: 7,2 %?\nDòng hai – “Đắk Lắk” & <b>"


class Form(HTMLParser):
    """The fields of the forms on a page as a browser would send them, by the address that each is sent to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._now: dict[str, str] = {}
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._now = self.forms.setdefault(told["action"], {})
        elif tag == "textarea":
            self._area = told["name"]
            self._now[self._area] = ""
        elif tag == "input" and (told.get("type") != "radio" or "checked" in told):
            self._now[told["name"]] = told.get("value", "")
        elif tag == "option" and "selected" in told:
            self._now["agency"] = told["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._now[self._area] += data


def wish(device: Device, **changed: str) -> dict[str, str]:
    """Give a question as it is typed into the form."""
    key = Agency(device.journal, device.place.agency).key
    return {"agency": key, "kind": "question", "topic": "về số liệu", "body": BODY} | changed


def end_sessions(visitor: Visitor) -> None:
    """Let twelve hours pass for who is signed in."""
    with visitor.portal.engine.begin() as connection:
        whose = sa.select(journalist.c.id).where(journalist.c.email == visitor.email).scalar_subquery()
        connection.execute(sa.delete(journalist_session).where(journalist_session.c.journalist == whose))


@pytest.fixture
def lan(embedded_portal: RunningPortal, guests: Guests) -> Visitor:
    """A verified journalist whose browser says where a form comes from, as browsers do."""
    visitor = guests(embedded_portal).verified()
    visitor.client.headers["origin"] = embedded_portal.url
    return visitor


def mark_of(visitor: Visitor, path: str) -> str:
    found = MARK.search(visitor.get(path).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("has_cookie", [True, False])
def test_what_was_typed_when_the_session_ended_comes_back_unsent(
    embedded_portal: RunningPortal, lan: Visitor, has_cookie: bool
) -> None:
    device = embedded_portal.device()
    typed = {"mau": mark_of(lan, ASK), **wish(device)}
    end_sessions(lan)
    if not has_cookie:
        lan.client.cookies.clear()
    led = lan.client.post(ASK, data=typed)
    assert led.status_code == 403
    assert "Phiên đăng nhập đã hết" in Page(led.text).text
    form = Form(led.text).forms[ASK]
    again = lan.client.post(ASK, data=form | {"email": lan.email, "passphrase": "sai một lần đã"})
    assert "không đúng" in Page(again.text).text
    form = Form(again.text).forms[ASK]
    back = lan.client.post(ASK, data=form | {"email": lan.email, "passphrase": PASSPHRASE})
    assert back.status_code == 409
    assert "chưa gửi" in Page(back.text).text
    assert PASSPHRASE not in back.text
    form = Form(back.text).forms[ASK]
    assert {name: form[name] for name in wish(device)} == wish(device)
    assert taken(device).items == []
    assert lan.client.post(ASK, data=form).status_code == 303
    [item] = taken(device).items
    assert item.asked.text == BODY


def test_a_form_from_before_another_sign_in_keeps_what_was_typed(
    embedded_portal: RunningPortal, lan: Visitor
) -> None:
    device = embedded_portal.device()
    old = mark_of(lan, ASK)
    assert lan.sign_in().status_code == 303
    shown = lan.client.post(ASK, data={"mau": old, **wish(device)})
    assert shown.status_code == 403
    form = Form(shown.text).forms[ASK]
    assert form["body"] == BODY
    assert taken(device).items == []
    assert lan.client.post(ASK, data=form).status_code == 303


def test_a_visitor_without_a_cookie_keeps_a_registration_but_no_passphrase(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    visitor = guests(embedded_portal)
    visitor.client.headers["origin"] = embedded_portal.url
    typed = {"name": "Nguyễn Thị Lan", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    shown = visitor.client.post("/nha-bao/dang-ky", data=typed)
    assert shown.status_code == 403
    form = Form(shown.text).forms["/nha-bao/dang-ky"]
    assert (form["name"], form["passphrase"]) == ("Nguyễn Thị Lan", "")
    assert PASSPHRASE not in shown.text


def test_what_another_page_sent_is_kept_nowhere(embedded_portal: RunningPortal, lan: Visitor) -> None:
    typed = {"mau": mark_of(lan, ASK), **wish(embedded_portal.device())}
    foreign = {"origin": "https://ke-xau.example"}
    for _ in range(2):
        answer = lan.client.post(ASK, data=typed, headers=foreign)
        assert answer.status_code == 403
        assert "Đắk Lắk" not in answer.text
        end_sessions(lan)


def test_signing_in_leads_back_to_where_one_wanted_to_go(
    embedded_portal: RunningPortal, lan: Visitor
) -> None:
    key = wish(embedded_portal.device())["agency"]
    end_sessions(lan)
    led = lan.get(f"{ASK}?co-quan={key}").headers["location"]
    form = Form(lan.get(led).text).forms["/nha-bao/dang-nhap"]
    typed = form | {"email": lan.email, "passphrase": PASSPHRASE}
    at = lan.client.post("/nha-bao/dang-nhap", data=typed).headers["location"]
    assert Form(lan.get(at).text).forms[ASK]["agency"] == key


@pytest.mark.parametrize(
    "place",
    [
        "https://ke-xau.example/nha-bao",
        "//ke-xau.example",
        "/nha-bao.ke-xau.example",
        "/nha-bao\\@x",
        "/co-quan",
        "/nha-bao/dang-nhap",
    ],
)
def test_signing_in_leads_nowhere_else(lan: Visitor, place: str) -> None:
    end_sessions(lan)
    form = Form(lan.get(f"/nha-bao/dang-nhap?ve={quote(place)}").text).forms["/nha-bao/dang-nhap"]
    assert "ve" not in form
    typed = form | {"email": lan.email, "passphrase": PASSPHRASE, "ve": place}
    answer = lan.client.post("/nha-bao/dang-nhap", data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/nha-bao")


def test_who_has_sent_too_much_keeps_it_and_hears_when_to_come_again(
    embedded_portal: RunningPortal, lan: Visitor
) -> None:
    device = embedded_portal.device()
    with embedded_portal.engine.connect() as connection:
        here = sa.select(journalist.c.id).where(journalist.c.email == lan.email)
        who: UUID = connection.execute(here).scalar_one()
    for hour in (0, 3600):
        at = utc_now().fromtimestamp(utc_now().timestamp() + hour).astimezone()
        for _ in range(limits.WORDS_SENT["account"]):
            limits.count(embedded_portal.engine, "words", limits.WORDS_SENT, {"account": str(who)}, at)
    answer = lan.send(ASK, **wish(device))
    assert answer.status_code == 429
    told = re.search(r"thử lại sau (\d+) phút", answer.text)
    assert told is not None
    assert 1 <= int(told[1]) <= 60
    assert answer.headers["retry-after"] == str(int(told[1]) * 60)
    assert Form(answer.text).forms[ASK]["body"] == BODY


@pytest.mark.parametrize(
    ("path", "field"), [("/nha-bao/tai-khoan/cum-mat-khau", "before"), ("/nha-bao/tai-khoan/xoa", "confirm")]
)
def test_a_wrong_passphrase_is_said_at_the_field_it_was_typed_into(
    lan: Visitor, path: str, field: str
) -> None:
    new = {"passphrase": "một câu khác hẳn đi", "again": "một câu khác hẳn đi"}
    answer = lan.send(path, "/nha-bao/tai-khoan", before="sai hẳn rồi", confirm="sai hẳn rồi", **new)
    assert answer.status_code == 403
    found = Page(answer.text)
    [wrong] = [attrs for attrs in found.all("input") if attrs.get("aria-invalid")]
    assert wrong["id"] == field
    assert (wrong["aria-describedby"] or "").split()[0] in {attrs.get("id") for attrs in found.all("p")}
    assert found.text.startswith("Lỗi: ")


def test_a_remark_is_kept_when_the_level_was_forgotten(embedded_portal: RunningPortal, lan: Visitor) -> None:
    device = embedded_portal.device()
    path = lan.ask(device)
    [item] = taken(device).items
    applied(device, *(said(device, item.asked.id, what, text="Rồi.") for what in ("taken", "answered")))
    answer = lan.send(f"{path}/danh-gia", path, remark="Chưa nói rõ tuyến nào")
    assert answer.status_code == 400
    assert Form(answer.text).forms[f"{path}/danh-gia"]["remark"] == "Chưa nói rõ tuyến nào"
    assert "Hãy chọn một trong ba mức" in Page(answer.text).text


def test_who_signed_out_is_told_that_and_no_more(lan: Visitor) -> None:
    answer = lan.send("/nha-bao/dang-xuat", "/nha-bao")
    told = Page(lan.get(answer.headers["location"]).text).text
    assert "Đã đăng xuất" in told
    assert "xem xét" not in told


def test_an_account_that_was_blocked_meanwhile_still_shows_what_was_typed(
    embedded_portal: RunningPortal, lan: Visitor
) -> None:
    typed = {"mau": mark_of(lan, ASK), **wish(embedded_portal.device())}
    with embedded_portal.engine.begin() as connection:
        here = journalist.c.email == lan.email
        connection.execute(sa.update(journalist).where(here).values(state="blocked"))
    answer = lan.client.post(ASK, data=typed)
    assert answer.status_code == 403
    assert Form(answer.text).forms[ASK]["body"] == BODY
