"""Journalists' accounts: nobody learns who has one, no page of a stranger's opens, no form of a stranger's is taken."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import commands
from spokesdesk.server.door import complaints, deciding
from spokesdesk.server.door_tables import journalist
from spokesdesk.server.lists import Agency
from spokesdesk.server.portal import utc_now
from tests.server.running import RunningPortal
from tests.server.test_door import applied, said, taken
from tests.server.test_pages import Page
from tests.server.visitors import MARK, PASSPHRASE, Guests, Visitor

OWN = ("/nha-bao/hoi", "/nha-bao/phan-anh", "/nha-bao/tai-khoan")


def shown(answer: httpx.Response) -> str:
    """Give a page without what every visit has of its own."""
    return MARK.sub("", answer.text).replace(answer.request.url.host, "")


def test_a_known_address_is_answered_as_an_unknown_one(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    lan, stranger = guests(embedded_portal).verified(), guests(embedded_portal)
    stranger.email = lan.email
    first, again = guests(embedded_portal).register(), stranger.register(name="Kẻ Mạo Danh")
    assert (first.status_code, first.headers["location"]) == (again.status_code, again.headers["location"])
    assert stranger.sign_in("một câu khác hẳn").status_code == 403
    with embedded_portal.engine.connect() as connection:
        here = journalist.c.email == lan.email
        [row] = connection.execute(sa.select(journalist).where(here)).all()
    assert (row.name, row.state) == (lan.name, "verified")


def test_a_wrong_passphrase_is_answered_as_an_unknown_address(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    lan, nobody = guests(embedded_portal).verified(), guests(embedded_portal)
    wrong, unknown = lan.sign_in("không phải câu này"), nobody.sign_in("không phải câu này")
    assert wrong.status_code == unknown.status_code == 403
    assert shown(wrong).replace(lan.email, "") == shown(unknown).replace(nobody.email, "")
    assert len(shown(wrong)) > 500


def test_the_passphrase_is_kept_as_argon2id_only(embedded_portal: RunningPortal, guests: Guests) -> None:
    lan = guests(embedded_portal)
    lan.register()
    with embedded_portal.engine.connect() as connection:
        kept = sa.select(journalist.c.pass_hash).where(journalist.c.email == lan.email)
        assert connection.execute(kept).scalar_one().startswith("$argon2id$")


def test_only_who_is_verified_may_ask(embedded_portal: RunningPortal, guests: Guests) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal)
    lan.register()
    lan.sign_in()
    assert "đang chờ xác minh" in Page(lan.get("/nha-bao").text).text
    assert Page(lan.get("/nha-bao/hoi").text).all("textarea") == []
    mark = MARK.search(lan.get("/nha-bao/hoi").text)
    assert mark is not None
    typed = {"mau": mark[1], "agency": device.place.agency, "topic": "a", "body": "b"}
    forced = lan.client.post("/nha-bao/hoi", data=typed)
    assert forced.status_code == 400
    engine = embedded_portal.engine
    deciding.decide(engine, lan.email, "refused", "Số thẻ không có thật.", utc_now())
    assert "Số thẻ không có thật." in lan.get("/nha-bao").text
    assert lan.register(card_number="IBT-09999").status_code == 303
    lan.sign_in()
    assert "đang chờ xác minh" in lan.get("/nha-bao").text
    deciding.decide(engine, lan.email, "blocked", "Mạo danh.", utc_now())
    assert lan.get("/nha-bao/hoi").status_code == 303, "a blocked account's sessions end"


def test_what_waits_of_a_blocked_account_reaches_no_agency(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    lan.ask(device)
    deciding.decide(embedded_portal.engine, lan.email, "blocked", "Mạo danh.", utc_now())
    assert device.client.hello(device.token).door == 0
    assert taken(device).items == []
    deciding.decide(embedded_portal.engine, lan.email, "verified", "", utc_now())
    assert len(taken(device).items) == 1


def test_who_was_refused_is_forgotten_after_three_months(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    engine, device = embedded_portal.engine, embedded_portal.device()
    kept, refused = guests(embedded_portal).verified(), guests(embedded_portal).verified()
    refused.ask(device)
    deciding.decide(engine, refused.email, "refused", "Không có thẻ.", utc_now())
    deciding.forget(engine, utc_now() + timedelta(days=89))
    assert len(deciding.accounts(engine, words=refused.email)) == 1
    assert deciding.forget(engine, utc_now() + timedelta(days=91)) >= 1
    assert deciding.accounts(engine, words=refused.email) == ()
    assert len(deciding.accounts(engine, words=kept.email)) == 1


def test_another_name_has_to_be_verified_anew(embedded_portal: RunningPortal, guests: Guests) -> None:
    lan = guests(embedded_portal).verified()
    typed = {"name": lan.name, "outlet": "Báo Tuổi Trẻ", "card_number": "IBT-02311", "phone": "0987 654 321"}
    assert lan.send("/nha-bao/tai-khoan", **typed).status_code == 303
    assert [one.state for one in deciding.accounts(embedded_portal.engine, words=lan.email)] == ["verified"]
    assert lan.send("/nha-bao/tai-khoan", **(typed | {"outlet": "Báo Khác"})).status_code == 303
    assert [one.state for one in deciding.accounts(embedded_portal.engine, words=lan.email)] == ["pending"]


def test_a_new_passphrase_ends_the_other_sessions(embedded_portal: RunningPortal, guests: Guests) -> None:
    lan, other = guests(embedded_portal).verified(), guests(embedded_portal)
    other.email = lan.email
    other.sign_in()
    new = {"before": PASSPHRASE, "passphrase": "một câu mới hẳn", "again": "một câu mới hẳn"}
    page, place = "/nha-bao/tai-khoan", "/nha-bao/tai-khoan/cum-mat-khau"
    assert lan.send(place, page, **(new | {"before": "sai hẳn rồi"})).status_code == 403
    assert lan.send(place, page, **(new | {"again": "không giống"})).status_code == 400
    assert other.get("/nha-bao/hoi").status_code == 200
    assert lan.send(place, page, **new).status_code == 303
    assert lan.get("/nha-bao/hoi").status_code == 200
    assert other.get("/nha-bao/hoi").status_code == 303


@pytest.mark.parametrize("path", OWN)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(
    embedded_portal: RunningPortal, guests: Guests, path: str
) -> None:
    visitor = guests(embedded_portal)
    assert visitor.get(path).headers["location"] == f"/nha-bao/dang-nhap?ve={path}"
    visitor.client.cookies.set("nha-bao", "x" * 43)
    assert visitor.get(path).headers["location"] == f"/nha-bao/dang-nhap?ve={path}"


def test_another_journalists_question_is_nowhere(embedded_portal: RunningPortal, guests: Guests) -> None:
    lan, binh = guests(embedded_portal).verified(), guests(embedded_portal).verified()
    path = lan.ask(embedded_portal.device())
    for which in (path, f"/nha-bao/hoi/{uuid4()}", "/nha-bao/hoi/1%27--"):
        assert binh.get(which).status_code == 404
        for act, typed in (("hoi-them", {"body": "x"}), ("danh-gia", {"level": "good"})):
            answer = binh.send(f"{which}/{act}", "/nha-bao/hoi", **typed)
            assert answer.status_code == 404
            assert "về giá đất" not in answer.text
    assert "về giá đất" not in binh.get("/nha-bao").text
    assert lan.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/nha-bao/dang-ky", "/nha-bao/dang-ky"),
        ("/nha-bao/dang-nhap", "/nha-bao/dang-nhap"),
        ("/nha-bao/dang-xuat", "/nha-bao"),
        ("/nha-bao/hoi", "/nha-bao/hoi"),
        ("/nha-bao/phan-anh", "/nha-bao/phan-anh"),
        ("/nha-bao/tai-khoan", "/nha-bao/tai-khoan"),
        ("/nha-bao/tai-khoan/cum-mat-khau", "/nha-bao/tai-khoan"),
        ("/nha-bao/tai-khoan/xoa", "/nha-bao/tai-khoan"),
    ],
)
def test_a_form_of_somebody_elses_page_is_refused(signed_in: Visitor, path: str, page: str) -> None:
    found = MARK.search(signed_in.get(page).text)
    assert found is not None
    assert signed_in.client.post(path, data={"confirm": PASSPHRASE}).status_code == 403
    assert signed_in.client.post(path, data={"mau": "0" * 64}).status_code == 403
    for origin in ("https://ke-xau.example", "http://[", "null"):
        told = signed_in.client.post(path, data={"mau": found[1]}, headers={"origin": origin})
        assert told.status_code == 403, origin
    assert signed_in.get("/nha-bao/tai-khoan").status_code == 200


@pytest.fixture(scope="module")
def signed_in(embedded_portal: RunningPortal) -> Iterator[Visitor]:
    """A verified journalist, for tests that change nothing."""
    visitor = Visitor(embedded_portal).verified()
    yield visitor
    visitor.close()


def test_the_cookie_is_out_of_reach_and_secure_behind_https(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    told = guests(embedded_portal).get("/nha-bao").headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in told.split(";")}
    behind = httpx.get(
        f"{embedded_portal.url}/nha-bao", headers={"x-forwarded-proto": "https"}, trust_env=False
    )
    assert behind.headers["set-cookie"].startswith("__Host-nha-bao=")
    assert "secure" in behind.headers["set-cookie"].lower()
    assert behind.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"topic": "a\u202eb"}, 400),
        ({"body": "a\x07b"}, 400),
        ({"body": "x" * 4001}, 400),
        ({"body": "   "}, 400),
        ({"body": "x" * 70_000}, 413),
        ({"agency": "khong-co"}, 400),
        ({"day": "2020-01-01"}, 400),
        ({"day": "31/02/2027"}, 400),
        ({"day": "1/1/99999999999"}, 400),
        ({"day": "01/01/0001"}, 400),
        ({"day": "2027-01-01", "time": "99999999999h"}, 400),
        ({"kind": "appointment"}, 400),
    ],
)
def test_hostile_typing_is_refused_with_its_reason(
    signed_in: Visitor, embedded_portal: RunningPortal, changed: dict[str, str], status: int
) -> None:
    device = embedded_portal.device()
    typed = {"agency": Agency(device.journal, device.place.agency).key, "topic": "t", "body": "b"} | changed
    answer = signed_in.send("/nha-bao/hoi", **typed)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert device.client.hello(device.token).door == 0


@pytest.mark.parametrize("day", ["1/99999999999/2026", "99999999999/1/1", "31/12/9999", "hôm qua"])
def test_a_complaint_names_a_day_that_was(
    signed_in: Visitor, embedded_portal: RunningPortal, day: str
) -> None:
    device = embedded_portal.device()
    typed = {"agency": Agency(device.journal, device.place.agency).key, "place": "ở cửa", "body": "b"}
    answer = signed_in.send("/nha-bao/phan-anh", **typed, day=day)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_html_is_shown_as_it_was_typed(signed_in: Visitor, embedded_portal: RunningPortal) -> None:
    path = signed_in.ask(embedded_portal.device(), topic='"><script>alert(1)</script>', body="<img src=x>")
    found = Page(signed_in.get(path).text)
    assert found.all("script") == []
    assert '"><script>alert(1)</script>' in found.text
    assert "<img src=x>" in found.text


def test_a_body_of_another_kind_is_refused(signed_in: Visitor) -> None:
    for kind, data in (
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("application/x-www-form-urlencoded", b"a=%ff%fe"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(40))),
        ("application/x-www-form-urlencoded", "tên=x".encode()),
    ):
        answer = signed_in.client.post("/nha-bao/hoi", content=data, headers={"content-type": kind})
        assert answer.status_code == 400
        assert answer.headers["content-type"].startswith("text/html")


def test_guessing_a_passphrase_stops(embedded_portal: RunningPortal, guests: Guests) -> None:
    lan = guests(embedded_portal)
    lan.register()
    codes = [lan.sign_in(f"đoán lần thứ {n}").status_code for n in range(11)]
    assert codes == [403] * 10 + [429]
    assert lan.sign_in().status_code == 429


def test_an_account_sends_so_much_an_hour(embedded_portal: RunningPortal, guests: Guests) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    for _ in range(12):
        lan.ask(device)
    with pytest.raises(AssertionError, match="quá nhiều lần"):
        lan.ask(device)


def test_an_address_registers_and_sends_so_much_an_hour(
    embedded_portal: RunningPortal, guests: Guests
) -> None:
    first = guests(embedded_portal)
    codes = []
    for _ in range(11):
        other = guests(embedded_portal)
        other.client.headers = first.client.headers
        codes.append(other.register().status_code)
    assert codes == [303] * 10 + [429]
    assert guests(embedded_portal).register().status_code == 303


@pytest.mark.parametrize("state", ["pending", "refused", "blocked"])
def test_no_form_of_an_account_that_is_not_verified_does_anything(
    embedded_portal: RunningPortal, guests: Guests, state: str
) -> None:
    device, lan = embedded_portal.device(), guests(embedded_portal).verified()
    path = lan.ask(device)
    [item] = taken(device).items
    applied(
        device, said(device, item.asked.id, "taken"), said(device, item.asked.id, "answered", text="Rồi.")
    )
    with embedded_portal.engine.begin() as connection:
        here = journalist.c.email == lan.email
        connection.execute(sa.update(journalist).where(here).values(state=state))
    key = Agency(device.journal, device.place.agency).key
    typed = {"agency": key, "topic": "t", "body": "b", "day": "2026-11-01"}
    mark = MARK.search(lan.get("/nha-bao/tai-khoan").text)
    assert mark is not None
    for form in ("/nha-bao/phan-anh", f"{path}/hoi-them", "/nha-bao/hoi", f"{path}/danh-gia"):
        more = {"day": ""} if form.endswith("hoi") else {"level": "good", "remark": ""}
        answer = lan.client.post(form, data={"mau": mark[1], **typed, **more})
        assert answer.status_code == 403, form
    assert taken(device) == wire.DoorBox()
    assert [
        one for one in complaints.listed(embedded_portal.engine) if one.agency == device.place.agency
    ] == []


def test_the_log_and_the_pages_of_others_tell_no_name(tmp_path: Path) -> None:
    portal = RunningPortal(tmp_path).start()
    lan = Visitor(portal, "chim-hoang-yen@toasoan.vn", "Hoàng Yến Canary")
    try:
        device = portal.device()
        lan.verified_by_forms().ask(device, topic="việc canary")
        lan.sign_in("sai hẳn rồi nhé")
        lan.client.post("/nha-bao/hoi", data={"topic": "canary"})
        for path in ("/", "/dung-han", "/co-quan", "/sitemap.xml", "/feed.json"):
            assert "canary" not in portal.get(path).text.lower()
    finally:
        lan.close()
        portal.stop()
    log = portal.log().lower()
    assert log.count('"post"') >= 4
    for word in ("canary", "hoang-yen", "toasoan", "ibt-02311", "0912"):
        assert word not in log


def test_who_looks_after_the_portal_decides_by_command(
    embedded_portal: RunningPortal, guests: Guests, capsys: pytest.CaptureFixture[str]
) -> None:
    lan = guests(embedded_portal)
    lan.register()

    def told(*words: str) -> tuple[int, dict[str, Any]]:
        code = commands.main([*words, "--data", str(embedded_portal.data), "--json"])
        return code, json.loads(capsys.readouterr().out)

    _code, listed = told("journalist", "list", lan.email, "--state", "pending")
    assert [one["card"] for one in listed["journalists"]] == ["IBT-02311"]
    assert told("journalist", "refuse", lan.email)[1]["error"] == "door_reason_missing"
    assert told("journalist", "verify", "khong@co.vn")[1]["error"] == "door_journalist_unknown"
    assert told("journalist", "verify", lan.email)[1]["journalist"]["state"] == "verified"
    assert told("journalist", "verify", lan.email)[1]["error"] == "door_state_same"
    anew = told("journalist", "passphrase", lan.email)[1]["passphrase"]
    assert lan.sign_in().status_code == 403
    assert lan.sign_in(anew).status_code == 303
    lan.ask(embedded_portal.device())
    acts = [one["act"] for one in told("acts")[1]["acts"]]
    assert {"journalist_verified", "journalist_passphrase"} <= set(acts)
    assert lan.email not in json.dumps(told("acts")[1])
    assert told("complaint", "answer", "1", "x")[1]["error"] == "complaint_unknown"
