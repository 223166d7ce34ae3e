"""No mark of secrecy reaches the disk: not through a draft, an entry, a paper, a file's name or its text."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.coverage import ArticleDraft, Claim
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.domain.requests import AskerKind, RequestDraft
from spokesdesk.domain.words import word
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import (
    batch,
    cases,
    coverage,
    drafts,
    journal,
    paper_import,
    papers,
    people,
    requests,
)
from spokesdesk.services.ports import Desk
from spokesdesk.services.secrecy import marks
from spokesdesk.store.database import Database
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_pdf import to_pdf
from tests.desks import PASSPHRASE

CANARY = "Phương án tác chiến khu K"
NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
WRITTEN = (
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    unicodedata.normalize("NFD", "TUYỆT MẬT"),
    "M\u200bẬ\u00adT",
    "T Ố I   M Ậ T",
    "TỐI\u00a0\nMẬT",
    "ＭẬＴ",
    "MA\u0323\u0302T",
    "MËT",  # TCVN3 has no capital Ậ: a heading of then holds the small one
    "TèI MËT",
    "M\uf0cbT",
    "TUYEÄT MAÄT",  # VNI
)
ORDINARY = (
    *("bí mật", "Bảo mật", "BÍ MẬT", "BẢO MẬT", "MẬT KHẨU", "GIÁ MẬT ONG", "Nguyễn Thị Mật", "MẤT"),
    *("bÝ mËt", "BÝ MËT", "MËT KHÈU", "bí maät", "BAÛO MAÄT"),
)
marked = st.tuples(st.sampled_from(["", "Hồ sơ ", "(", "1. ", "bí mật – "]), st.sampled_from(WRITTEN)).map(
    lambda parts: f"{parts[0]}{parts[1]} {CANARY}"
)


def contact_with(text: str, field: str) -> ContactDraft:
    usual = ContactDraft(
        channel=Channel.PHONE, received_at=NOW, topic="Giá đất", outlet="", journalist="Đinh Khuê"
    )
    return replace(usual, **{field: (text,) if field == "questions" else text})  # type: ignore[arg-type]


def article_with(text: str, field: str) -> ArticleDraft:
    usual = ArticleDraft(outlet="Báo Đại Đoàn Kết", title="Giá đất", published_at=NOW, text="Bài báo nêu.")
    return replace(usual, **{field: text})  # type: ignore[arg-type]


def log(desk: Desk, text: str, field: str) -> object:
    return journal.log_contact(desk, contact_with(text, field))


def add_article(desk: Desk, text: str, field: str) -> object:
    return coverage.add_article(desk, article_with(text, field))


def add_claim(desk: Desk, text: str, field: str) -> object:
    entry, _changes = coverage.add_article(desk, article_with("Bài báo nêu.", "text"))
    claim = Claim(desk.new_id(), "Bài báo nêu.", "Không đúng.")
    return coverage.add_claims(desk, entry.id, [replace(claim, **{field: text})])  # type: ignore[arg-type]


def add_letter(desk: Desk, text: str, field: str) -> object:
    letter = papers.blank(desk, LetterKind.CONG_VAN)
    return papers.create(desk, replace(letter, **{field: text}))  # type: ignore[arg-type]


def save_outlet(desk: Desk, text: str, field: str) -> object:
    outlet = Outlet(desk.new_id(), "Báo Lao Động", OutletKind.DAILY)
    return people.save_outlet(desk, replace(outlet, **{field: text}))  # type: ignore[arg-type]


def save_journalist(desk: Desk, text: str, field: str) -> object:
    who = Journalist(desk.new_id(), "Đinh Khuê")
    return people.save_journalist(desk, replace(who, **{field: text}))  # type: ignore[arg-type]


def open_request(desk: Desk, text: str, field: str) -> object:
    draft = RequestDraft(Channel.PHONE, NOW, "Giá đất", journalist="Vũ Quốc Huy")
    if field == "asker":
        draft = replace(draft, asker_kind=AskerKind.OFFICE, journalist="")
    return requests.open_request(desk, replace(draft, **{field: text}))  # type: ignore[arg-type]


def open_case(desk: Desk, text: str, field: str) -> object:
    return cases.open_case(desk, replace(CaseDraft(CaseKind.HARASSMENT, "Gây rối"), **{field: text}))  # type: ignore[arg-type]


def save_draft(desk: Desk, text: str, form: str) -> object:
    return drafts.save(desk, form, desk.new_id(), {"topic": "Giá đất", "lines": ["a", {"deep": text}]})


def keep_file(desk: Desk, text: str, what: str) -> object:
    name = (
        f"{text.split(CANARY, maxsplit=1)[0].strip()}.pdf".replace("\n", " ")
        if what == "name"
        else "ghi chép.txt"
    )
    return desk.files.put_bytes(text.encode() if what == "text" else b"x", name)


def called(way: Callable[[Desk, str, str], object], field: str, desk: Desk, text: str) -> object:
    return way(desk, text, field)


FIELDS: tuple[tuple[Callable[[Desk, str, str], object], str], ...] = (
    (log, "topic journalist outlet questions given follow_up"),
    (add_article, "title text byline section outlet"),
    (add_claim, "fact proof ground"),
    (add_letter, "subject body symbol place"),
    (save_outlet, "name governing_body address note"),
    (save_journalist, "name note"),
    (open_request, "topic journalist outlet asker lead_unit"),
    (open_case, "title person place marks facts outlet"),
    (save_draft, "contact paper:new article claim outlet journalist request case"),
    (keep_file, "name text"),
)
WAYS: dict[str, Callable[[Desk, str], object]] = {
    f"{way.__name__} {field}": partial(called, way, field)
    for way, fields in FIELDS
    for field in fields.split()
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=marked)
def test_whatever_the_way_in_a_marked_text_is_refused(way: str, desk: Desk, text: str) -> None:
    with pytest.raises(UserError) as caught:
        WAYS[way](desk, text)
    assert caught.value.code == "secret_marked"
    assert CANARY not in str(caught.value) + word(caught.value) + repr(caught.value.params)


def test_nothing_of_it_is_anywhere_on_the_disk(desk: Desk) -> None:
    for doing in WAYS.values():
        with pytest.raises(UserError):
            doing(desk, f"MẬT {CANARY}")
    folder = desk.keeper.folder
    assert not any(CANARY.encode() in content for content in plain_pages(desk))
    for sha in desk.files.all():
        assert CANARY.encode() not in desk.files.read(sha)
    assert not any(CANARY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_kept(desk: Desk, text: str) -> None:
    entry, _changes = journal.log_contact(desk, contact_with(text, "topic"))
    assert entry.topic == text
    drafts.save(desk, "contact", desk.new_id(), {"topic": text})


@given(
    before=st.text(alphabet="ABĐÊ ông1.,", max_size=12), after=st.text(alphabet="ABĐÊ ông1.,", max_size=12)
)
def test_the_mark_counts_as_a_whole_word_only(before: str, after: str) -> None:
    whole = not before[-1:].isalpha() and not after[:1].isalpha()
    assert bool(marks().mark_in(f"{before}MẬT{after}")) is whole


def test_the_refusal_names_field_mark_law_and_what_to_do(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        journal.log_contact(desk, contact_with("Tài liệu TỐI MẬT", "given"))
    said = word(caught.value)
    for part in ("Đã cung cấp", "TỐI MẬT", "Luật Bảo vệ bí mật nhà nước", "màn hình", "Mật"):
        assert part in said


def test_a_marked_letter_is_not_rendered_merged_or_taken_in(desk: Desk, tmp_path: Path) -> None:
    letter = replace(papers.blank(desk, LetterKind.CONG_VAN), subject="MẬT", body="x", addressees=("A",))
    with pytest.raises(UserError, match="secret_marked"):
        papers.render(letter)
    with pytest.raises(UserError, match="batch_row"):
        batch.merge(letter, [{"name": "Báo A", "head_title": "", "address": ""}], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    named = tmp_path / "TỐI MẬT.docx"
    named.write_bytes(papers.render(replace(letter, subject="Về giá đất")).docx)
    with pytest.raises(UserError, match="secret_marked"):
        paper_import.import_docx(named)


def office_file(part: str, xml: str) -> bytes:
    """Give a document of Word, Excel or LibreOffice with one part."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)
        if part != "content.xml":
            archive.writestr("[Content_Types].xml", "<Types/>")
    return packed.getvalue()


def word_file(runs: str) -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{main}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    return office_file("word/document.xml", body)


def pdf_file(text: str) -> bytes:
    letter = Letter(LetterKind.CONG_VAN, subject="Về việc", body=f"Nội dung {text} văn bản.")
    return to_pdf(compose(letter))


SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DOCUMENTS: dict[str, Callable[[str], bytes]] = {
    "a.docx": lambda text: word_file(f"<w:r><w:t>Hồ sơ {text}</w:t></w:r>"),
    "b.docx": lambda text: word_file(f"<w:r><w:t>{text[:-1]}</w:t></w:r><w:r><w:t>{text[-1]}</w:t></w:r>"),
    "a.xlsx": lambda text: office_file(
        "xl/sharedStrings.xml", f'<sst xmlns="{SHEETS}"><si><t>a</t></si><si><t>{text}</t></si></sst>'
    ),
    "a.odt": lambda text: office_file("content.xml", f'<x xmlns:text="{TEXTS}"><text:p>{text}</text:p></x>'),
    "a.pdf": pdf_file,
    "a.txt": str.encode,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_mark_inside_an_attached_document_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(DOCUMENTS[name]("TỐI MẬT"))
    with pytest.raises(UserError) as caught:
        desk.files.put_file(path, name)
    assert (caught.value.code, caught.value.field) == ("secret_marked", "attachments")
    assert caught.value.params["mark"] == "TỐI MẬT"
    assert list(desk.files.all()) == []
    path.write_bytes(DOCUMENTS[name]("BẢO MẬT"))
    kept = desk.files.put_file(path, name)
    assert desk.files.read(kept.sha256) == path.read_bytes()


@pytest.mark.parametrize(
    "runs",
    [
        '<w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr><w:t>mËt</w:t></w:r>',
        '<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>TUYEÄT MAÄT</w:t></w:r>',
        "<w:r><w:rPr><w:caps/></w:rPr><w:t>tối mật</w:t></w:r>",
        "<w:r><w:t>TỐI</w:t><w:tab/><w:t>MẬT</w:t></w:r>",
    ],
)
def test_what_a_document_shows_as_a_mark_is_one(desk: Desk, runs: str) -> None:
    with pytest.raises(UserError, match="secret_marked"):
        desk.files.put_bytes(word_file(runs), "a.docx")
    assert desk.files.put_bytes(word_file("<w:r><w:t>tối mật, bí mật</w:t></w:r>"), "a.docx").size


def test_a_document_packed_to_burst_is_refused(desk: Desk) -> None:
    bomb = word_file(f"<w:r><w:t>{' ' * 20_000_000}</w:t></w:r>")
    assert len(bomb) < 100_000
    with pytest.raises(UserError) as caught:
        desk.files.put_bytes(bomb, "bom.docx")
    assert caught.value.code == "attachment_bomb"
    assert "bom.docx" in word(caught.value)
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;MẬT</x>'
    assert desk.files.put_bytes(office_file("word/document.xml", entities), "b.docx").size
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for at in range(2_001):
            archive.writestr(f"word/{at}.xml", "<x/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(UserError, match="attachment_bomb"):
        desk.files.put_bytes(many.getvalue(), "c.docx")


def test_damaged_and_locked_documents_are_kept_as_they_are(desk: Desk) -> None:
    whole = word_file("<w:r><w:t>Về giá đất</w:t></w:r>")
    for at, data in enumerate((whole[: len(whole) // 2], b"PK\x03\x04rest", b"%PDF-1.7 nothing", b"PK")):
        assert desk.files.read(desk.files.put_bytes(data, f"{at}.docx").sha256) == data


def plain_pages(desk: Desk) -> Iterator[bytes]:
    """Give every page of the database in the clear, free ones too."""
    opened = open_workspace(desk.keeper.folder, passphrase=PASSPHRASE)
    database = Database(opened.database_path, opened.database_key)
    with database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        for table in list(tables):
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                yield repr(tuple(row)).encode()
    database.close()
    opened.close()
