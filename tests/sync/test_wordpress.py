"""Releases on a real WordPress: published, corrected and taken down once each, whatever the site does meanwhile."""

import hashlib
import json
from collections.abc import Callable, Iterator
from uuid import UUID

import httpx
import pytest

from spokesdesk.domain.elsewhere import Delivery, ElsewhereKind
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.words import word
from spokesdesk.outside import wordpress_line
from spokesdesk.services import paper_after, papers, sync
from spokesdesk.services.ports import Desk
from tests.server.chromium import Chromium
from tests.server.faults import Fault, FaultyLine
from tests.sync.desks import press_release, released
from tests.sync.wordpress_site import ACCOUNT, WordPressSite

pytestmark = pytest.mark.long
# What WordPress would change, run or fetch, were it sent as it is.
HOSTILE = (
    """Ông Nguyễn Đắc Lộc (Sở Tài chính) nói: "Không có chuyện đó" – 'trích', 12'30" và ``lạ''.""",
    """<script>document.title = 'sai'</script> <img src=x onerror="document.title='sai'"> &lt;b&gt; &amp; A&B""",
    """Mục 8) và :) và ;) và 8-) và :lol: và (c) (tm) -- --- ... 9x14 … 50 - 60 km, 5-7 ngày""",
    """[gallery ids="1"] [caption]x[/caption] [[embed]] {{ x }} <!-- wp:html --><b>x</b><!-- /wp:html -->""",
    """https://www.youtube.com/watch?v=dQw4w9WgXcQ""",
    """Ủy ban nhân dân tỉnh Đắk Lắk, Thừa Thiên Huế: Ố Ằ Ẵ Ợ Ự; C:\\new\\table 100%20""",
)


@pytest.fixture(scope="module")
def whole_site() -> Iterator[WordPressSite]:
    running = WordPressSite()
    yield running
    running.stop()


@pytest.fixture
def site(whole_site: WordPressSite) -> Iterator[WordPressSite]:
    yield whole_site
    whole_site.trouble()
    whole_site.tell(
        "foreach (get_posts(['post_type' => ['post', 'attachment'], 'numberposts' => -1,"
        " 'post_status' => 'any,trash']) as $one) wp_delete_post($one->ID, true);"
    )


@pytest.fixture
def posting(desk: Desk, site: WordPressSite) -> Desk:
    add(desk, site, site.url)
    return desk


@pytest.fixture
def browser() -> Iterator[Chromium]:
    opened = Chromium()
    yield opened
    opened.close()


def add(desk: Desk, site: WordPressSite, address: str, account: str = ACCOUNT) -> UUID:
    place, _changes = sync.add_elsewhere(
        desk, ElsewhereKind.WORDPRESS, "Trang Sở", address, account=account, password=site.passwords[account]
    )
    return place.id


def way(desk: Desk, paper: Paper) -> Delivery:
    [one] = [one for one in sync.elsewhere(desk)[1] if one.record == paper.id]
    return one


def page(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False, timeout=60, follow_redirects=True)


def test_a_release_is_a_page_with_its_text_and_both_files(
    posting: Desk, site: WordPressSite, browser: Chromium
) -> None:
    paper = released(posting, press_release("về việc đăng lên trang"))
    assert sync.deliver(posting)[0].published == 1
    one = way(posting, paper)
    assert (one.state, one.reason) == ("published", "")
    browser.open(one.url)
    shown = browser.tell("document.querySelector('main').innerText")
    for text in (
        "về việc đăng lên trang",
        "Đoạn một quan trọng.",
        "Đoạn hai.",
        "TCBC-STTTT",
        "ngày 12/3/2018",
    ):
        assert text in shown
    links = browser.tell(
        "[...document.querySelectorAll('main a')].map(a => a.href).filter(a => /tep-/.test(a))"
    )
    digests = [hashlib.sha256(page(link).content).hexdigest() for link in links]
    assert paper.pdf is not None
    assert paper.docx is not None
    assert digests == [paper.pdf.sha256, paper.docx.sha256]
    [post] = site.posts()
    assert post["date_gmt"] == paper.moves[-1].at.strftime("%Y-%m-%dT%H:%M:%S")
    assert sync.deliver(posting)[0] == sync.Delivered()
    assert len(site.posts()) == 1


@pytest.mark.parametrize("account", ["bientap", "tacgia"])
def test_every_character_is_shown_as_it_was_written_and_nothing_of_it_runs(
    desk: Desk, site: WordPressSite, browser: Chromium, account: str
) -> None:
    add(desk, site, site.url, account)
    title = "về <script>document.title = 'sai'</script> \"trích\" 8) -- [gallery] & 'đất đai'"
    paper = released(desk, press_release(title, "\n\n".join(HOSTILE)))
    assert sync.deliver(desk)[0].published == 1
    browser.do("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.open(way(desk, paper).url)
    assert browser.tell("document.querySelector('h1').textContent") == title
    told = browser.tell("[...document.querySelectorAll('.entry-content p')].map(p => p.textContent)")
    assert told[1 : 1 + len(HOSTILE)] == list(HOSTILE)
    assert "sai" not in browser.tell("document.title").split(" – ")[0].replace(title, "")
    strange = "'main script, main img, main iframe, main b, .entry-content figure'"
    assert browser.tell(f"document.querySelectorAll({strange}).length") == 0


@pytest.mark.timeout(1800)
def test_an_answer_lost_at_any_call_doubles_and_loses_nothing(desk: Desk, site: WordPressSite) -> None:
    with FaultyLine(site.port) as line:
        add(desk, site, line.url)
        calls = 0
        for lost in range(40):
            paper = released(desk, press_release(f"về việc mất trả lời {lost}"))
            before = line.connections
            line.faults = [Fault() for _ in range(lost)] + [Fault(drop_reply=True)]
            told = sync.deliver(desk)[0]
            if told.published:
                calls = line.connections - before
                break
            assert [fault.code for _name, fault in told.faults] == ["elsewhere_unreachable"]
            assert way(desk, paper).state == "queued"
            line.faults = []
            assert sync.deliver(desk)[0].published == 1
            assert_once(site, way(desk, paper))
        assert calls == lost, "every call's answer was lost once"
        assert calls >= 6


def assert_once(site: WordPressSite, one: Delivery) -> None:
    """One post, public where the ledger says, and one of each file."""
    slug, files = f"thong-cao-{one.record.hex}", f"tep-{one.record.hex[-12:]}-"
    counted = (
        'global $wpdb; echo json_encode($wpdb->get_results("SELECT post_type, post_status, COUNT(*) n FROM wp_posts '
        f"WHERE (post_name LIKE '{slug}%' OR post_name LIKE '{files}%') GROUP BY 1, 2 ORDER BY 1\"));"
    )
    rows = [(row["post_type"], row["post_status"], row["n"]) for row in json.loads(site.tell(counted))]
    assert rows == [("attachment", "inherit", "2"), ("post", "publish", "1")]
    assert page(one.url).status_code == 200


def test_what_a_slow_site_did_after_all_is_found_by_the_next_try(
    posting: Desk, site: WordPressSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = released(posting, press_release("về việc trang chậm"))
    monkeypatch.setattr(wordpress_line, "ANSWER_S", 1)
    site.trouble("slow")
    told = sync.deliver(posting)[0]
    assert [word(fault) for _name, fault in told.faults] == [
        f"Không tới được {site.url}. Bài chờ đăng vẫn nguyên; chương trình sẽ tự thử lại sau."
    ]
    monkeypatch.setattr(wordpress_line, "ANSWER_S", 60)
    site.trouble()
    assert sync.deliver(posting)[0].published == 1
    assert_once(site, way(posting, paper))


def test_a_try_that_goes_on_after_it_was_given_up_leaves_no_second_page(
    posting: Desk, site: WordPressSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = released(posting, press_release("về việc đến muộn"))
    monkeypatch.setattr(wordpress_line, "ANSWER_S", 2)
    site.trouble("late-once")
    assert sync.deliver(posting)[0].faults
    monkeypatch.setattr(wordpress_line, "ANSWER_S", 60)
    assert sync.deliver(posting)[0].published == 1
    site.wait_for_the_late_one()
    assert [post["link"] for post in site.posts()] == [way(posting, paper).url]
    paper_after.withdraw(posting, paper.id, "nhầm số liệu")
    assert sync.deliver(posting)[0].withdrawn == 1
    assert site.tell("echo count(get_posts(['numberposts' => -1, 'post_status' => 'any']));") == "0"


def corrected(desk: Desk, old: Paper) -> Paper:
    draft, _ = paper_after.correct(desk, old.id, "nhầm số liệu")
    papers.submit(desk, draft.id)
    papers.approve(desk, draft.id, "việc gấp")
    papers.number(desk, draft.id, on=old.numbered_on)
    return papers.release(desk, draft.id)[0]


def test_a_correction_asks_for_what_it_corrects_once(desk: Desk, site: WordPressSite) -> None:
    with FaultyLine(site.port) as line:
        add(desk, site, line.url)

        def calls() -> int:
            before = line.connections
            assert sync.deliver(desk)[0].published == 1
            return line.connections - before

        old = released(desk, press_release("về việc số liệu quý II"))
        plain = calls()
        corrected(desk, old)
        # The post before it is read once, and once written to.
        assert calls() == plain + 2


def test_a_correction_and_what_it_corrects_lead_to_each_other(posting: Desk, site: WordPressSite) -> None:
    old = released(posting, press_release("về việc số liệu quý I"))
    sync.deliver(posting)
    draft = corrected(posting, old)
    assert sync.deliver(posting)[0].published == 1
    new_url, old_url = way(posting, draft).url, way(posting, old).url
    assert old_url in page(new_url).text
    told = page(old_url).text
    assert "Thông cáo này đã được đính chính, thay thế." in told
    assert new_url in told
    assert "Đoạn hai." in told
    paper_after.withdraw(posting, draft.id, "đính chính sai")
    sync.deliver(posting)
    assert "đính chính" not in page(old_url).text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("trouble", ["", "no-trash"])
def test_a_withdrawn_release_is_gone_with_its_files(posting: Desk, site: WordPressSite, trouble: str) -> None:
    paper = released(posting, press_release("về việc gỡ khỏi trang"))
    sync.deliver(posting)
    [post] = site.posts()
    [link] = {
        part.split('"')[0] for part in post["content"]["rendered"].split('href="') if ".pdf" in part[:300]
    }
    assert page(link).content.startswith(b"%PDF")
    site.trouble(*filter(None, [trouble]))
    paper_after.withdraw(posting, paper.id, "nhầm số liệu")
    assert sync.deliver(posting)[0].withdrawn == 1
    assert (way(posting, paper).state, way(posting, paper).url) == ("withdrawn", "")
    assert page(post["link"]).status_code == 404
    assert not page(link).content.startswith(b"%PDF")
    assert site.posts() == []


Undo = Callable[[], object]


def a_wrong_password(desk: Desk, site: WordPressSite) -> Undo:
    [place] = sync.elsewhere(desk)[0]
    name = f"elsewhere_{place.id.hex}"
    desk.device_keys.put(name, b"sai mat khau")
    return lambda: desk.device_keys.put(name, site.passwords[ACCOUNT].encode())


def a_lesser_account(desk: Desk, site: WordPressSite) -> Undo:
    site.tell(f"(new WP_User(0, '{ACCOUNT}'))->set_role('subscriber');")
    return lambda: site.tell(f"(new WP_User(0, '{ACCOUNT}'))->set_role('editor');")


def off_the_net(desk: Desk, site: WordPressSite) -> Undo:
    site.down()
    return site.serve


def unread_passwords(desk: Desk, site: WordPressSite) -> Undo:
    site.trouble("no-passwords")
    return site.trouble


def no_interface(desk: Desk, site: WordPressSite) -> Undo:
    site.trouble("rest-off")
    return site.trouble


@pytest.mark.parametrize(
    ("harm", "code", "said"),
    [
        (a_wrong_password, "wordpress_refused", "kiểm tra tên người dùng và mật khẩu ứng dụng"),
        (a_lesser_account, "wordpress_rights", "chưa đủ quyền"),
        (off_the_net, "elsewhere_unreachable", "chương trình sẽ tự thử lại sau"),
        (unread_passwords, "wordpress_refused", "bật mật khẩu ứng dụng (Application Passwords)"),
        (no_interface, "wordpress_closed", "mở REST API"),
    ],
    ids=["password", "rights", "down", "passwords-off", "rest-off"],
)
def test_what_keeps_a_release_back_is_said_and_it_goes_when_that_is_over(
    posting: Desk, site: WordPressSite, harm: Callable[[Desk, WordPressSite], Undo], code: str, said: str
) -> None:
    paper = released(posting, press_release("về việc trang có lỗi"))
    undo = harm(posting, site)
    try:
        told = sync.deliver(posting)[0]
        with pytest.raises(Exception, match=code):
            sync.check_elsewhere(posting, way(posting, paper).place)
    finally:
        undo()
    assert [(name, fault.code) for name, fault in told.faults] == [("Trang Sở", code)]
    assert said in word(told.faults[0][1])
    assert (way(posting, paper).state, way(posting, paper).reason) == ("queued", code)
    assert said in sync.said_reason(code)
    assert sync.deliver(posting)[0].published == 1
    assert_once(site, way(posting, paper))


def test_a_place_is_taken_only_when_the_account_may_publish(desk: Desk, site: WordPressSite) -> None:
    with pytest.raises(AccessError, match="wordpress_rights"):
        add(desk, site, site.url, "congtac")
    assert sync.elsewhere(desk)[0] == ()


@pytest.mark.parametrize("way_of", ["server", "site"])
def test_a_file_that_the_site_does_not_take_waits_for_a_person_and_nothing_is_public(
    posting: Desk, site: WordPressSite, way_of: str
) -> None:
    paper = released(posting, press_release("về việc tệp quá lớn"))
    site.limit(1024 if way_of == "server" else 0)
    site.trouble(*(["no-files"] if way_of == "site" else []))
    try:
        assert sync.deliver(posting)[0].refused == 1
    finally:
        site.limit(0)
    assert (way(posting, paper).state, way(posting, paper).reason) == ("quarantined", "wordpress_file")
    assert "tệp quá lớn hoặc thuộc loại mà trang không cho tải lên" in sync.said_reason("wordpress_file")
    assert site.posts() == []
    site.trouble()
    sync.retry_elsewhere(posting, way(posting, paper).place, paper.id)
    assert sync.deliver(posting)[0].published == 1
    assert_once(site, way(posting, paper))


def test_what_an_editor_holds_back_is_accepted_until_it_is_public(posting: Desk, site: WordPressSite) -> None:
    paper = released(posting, press_release("về việc chờ biên tập"))
    site.trouble("editor")
    assert sync.deliver(posting)[0].sent == 1
    sync.deliver(posting)
    assert (way(posting, paper).state, way(posting, paper).url) == ("accepted", "")
    site.trouble()
    site.tell(f"wp_publish_post({way(posting, paper).remote});")
    assert sync.deliver(posting)[0].published == 1
    assert_once(site, way(posting, paper))


def test_a_site_without_readable_addresses_is_spoken_to_all_the_same(desk: Desk, site: WordPressSite) -> None:
    site.plain_addresses(are_plain=True)
    try:
        add(desk, site, site.url)
        paper = released(desk, press_release("về việc địa chỉ thường"))
        assert sync.deliver(desk)[0].published == 1
        assert page(way(desk, paper).url).status_code == 200
    finally:
        site.plain_addresses(are_plain=False)
