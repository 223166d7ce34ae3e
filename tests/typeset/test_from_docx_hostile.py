"""Damaged and hostile Word files: a clear refusal in words, nothing opened beside the file."""

import random
import socket
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imported import ImportResult, NoteKind
from spokesdesk.domain.words import word
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.from_docx import read_docx
from spokesdesk.typeset.from_docx.markup import Patience
from spokesdesk.typeset.to_docx import to_docx
from tests.typeset import foreign
from tests.typeset.corpus import LETTER
from tests.typeset.foreign import data_of, official_letter, para, raw, rels, zipped

GOOD = data_of(official_letter())


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_docx(data)
    sentence = word(caught.value)
    assert "còn nguyên" in sentence
    return caught.value.code


def left_out(result: ImportResult) -> str:
    return "\n".join(note.text for note in result.notes if note.kind is NoteKind.LEFT_OUT)


def test_a_part_of_zeros_is_refused_before_it_is_unpacked() -> None:
    parts = raw(para("chữ")) | {"word/media/image1.bin": bytes(50_000_000)}
    assert refusal(zipped(parts)) == "docx_too_big"


def test_a_part_that_lies_about_its_size_is_refused_while_unpacking() -> None:
    body = para("a" * 30_000_000)
    data = zipped(raw(body))
    real = len(raw(body)["word/document.xml"])
    lie = data.replace(struct.pack("<L", real), struct.pack("<L", 1_000))
    assert lie != data
    assert refusal(lie) in ("docx_too_big", "docx_damaged")


def test_too_many_entries_are_refused() -> None:
    parts: dict[str, bytes | str] = {f"word/media/{at}.bin": b"" for at in range(2_001)}
    assert refusal(zipped(raw(para("chữ")) | parts)) == "docx_too_big"


def test_an_endless_directory_is_refused_before_it_is_listed() -> None:
    parts: dict[str, bytes | str] = {f"{at}/{'x' * 200}": b"" for at in range(20_000)}
    assert refusal(zipped(raw(para("chữ")) | parts, compress=zipfile.ZIP_STORED)) == "docx_too_big"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
    ids=["laughs", "file", "remote"],
)
def test_document_types_and_entities_are_refused(declared: str) -> None:
    parts = raw(para("&a;"))
    text = parts["word/document.xml"]
    assert isinstance(text, str)
    parts["word/document.xml"] = text.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{declared}')
    assert refusal(zipped(parts)) == "docx_unsafe"


def test_endless_nesting_is_refused() -> None:
    assert refusal(zipped(raw("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000))) in ("docx_too_big", "docx_damaged")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UserError) as caught:
        read_docx(GOOD, Patience(0.0))
    assert caught.value.code == "docx_too_slow"
    assert "còn nguyên" in word(caught.value)


@pytest.mark.parametrize("kept", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_a_file_cut_short_is_refused(kept: float) -> None:
    assert refusal(GOOD[: int(len(GOOD) * kept)]) in ("docx_damaged", "docx_not_docx")


@pytest.mark.parametrize("seed", range(40))
def test_bytes_turned_over_never_crash_the_program(seed: int) -> None:
    pick = random.Random(seed)
    data = bytearray(to_docx(compose(LETTER)))
    for _ in range(pick.randint(1, 20)):
        data[pick.randrange(len(data))] = pick.randrange(256)
    try:
        said = read_docx(bytes(data)).letter.body
    except UserError as error:
        said = word(error) if "còn nguyên" in word(error) else ""
    assert said


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "docx_not_docx"),
        (b"%PDF-1.7 not word", "docx_not_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx_old_or_locked"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "docx_not_docx"),
        (zipped({"[Content_Types].xml": "<a/>"}), "docx_damaged"),
        (zipped(raw(para("x")) | {"word/document.xml": "<w:document"}), "docx_damaged"),
    ],
    ids=["empty", "pdf", "old", "odt", "no-text", "half"],
)
def test_other_files_are_named_for_what_they_are(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_macros_objects_and_outside_links_are_named_and_never_touched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDEAUTO c:\\\\cmd.exe "/c calc"'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>kết quả</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    parts = raw(para("Nội dung.") + field)
    parts |= {
        "word/vbaProject.bin": b"macro",
        "word/embeddings/oleObject1.bin": b"ole",
        "word/_rels/document.xml.rels": rels(
            ("image", "http://127.0.0.1:9/beacon.png", True),
            ("hyperlink", "https://example.com/", True),
        ),
        "word/_rels/settings.xml.rels": rels(("attachedTemplate", "file://server/share/t.dotm", True)),
    }
    result = read_docx(zipped(parts))
    assert result.letter.body == "Nội dung.\n\nkết quả"
    notes = left_out(result)
    for words in ("macro", "1 đối tượng nhúng", "2 tham chiếu", "1 liên kết", "1 trường"):
        assert words in notes


def test_no_file_beside_the_archive_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(f'<w:styles xmlns:w="{foreign.W}"/>', encoding="utf-8")
    parts = raw(para("Nội dung."))
    for target in ("../../../../../../.." + str(secret), str(secret), secret.as_uri(), "..\\..\\secret.xml"):
        parts["word/_rels/document.xml.rels"] = rels(("styles", target, False), ("header", target, False))
        assert read_docx(zipped(parts)).letter.body == "Nội dung."
    parts["_rels/.rels"] = rels(("officeDocument", str(secret), False))
    assert refusal(zipped(parts)) == "docx_damaged"


def test_an_encrypted_entry_asks_for_a_file_without_password() -> None:
    packed = BytesIO(zipped(raw(para("x"))))
    data = bytearray(packed.getvalue())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "docx_old_or_locked"


def test_a_style_based_on_itself_and_a_huge_table_end() -> None:
    styles = (
        f'<w:styles xmlns:w="{foreign.W}"><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{para('ô')}</w:tc>"
    row = f"<w:tr>{cell * 70}</w:tr>"
    styled = para("chữ", '<w:pStyle w:val="A"/>')
    parts = raw(f"{styled}<w:tbl>{row * 20}</w:tbl>", word__styles_xml=styles)
    parts["word/_rels/document.xml.rels"] = rels(("styles", "styles.xml", False))
    body = read_docx(zipped(parts)).letter.body
    assert body.count("ô") == 1_400
