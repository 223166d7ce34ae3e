"""Old documents of Office are read for marks of secrecy; what cannot be read is said before it is kept."""

import io
import math
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.words import word
from spokesdesk.services import cases, evidence, journal
from spokesdesk.services.ports import Desk
from spokesdesk.services.secrecy import marks, require_readable
from spokesdesk.typeset.compound import MAGIC
from spokesdesk.typeset.inside import texts_inside
from spokesdesk.typeset.old_office import old_texts
from tests.judges import judge

END = 0xFFFFFFFE

TEXTS = {"marked": "Tài liệu TỐI MẬT", "tcvn3": "MËT", "ordinary": "BÍ MẬT thành công, bảo mật, MẬT ONG"}
SOURCES = {"doc": "docx", "xls": "xlsx"}


def written(path: Path, text: str) -> None:
    """Write a document of today that says a text, after and before others."""
    if path.suffix == ".docx":
        made = Document()
        made.add_paragraph("Về giá đất đền bù.")
        made.sections[0].header.paragraphs[0].text = text
        made.add_paragraph("Nơi nhận: như trên.")
        made.save(str(path))
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            # Far in, where the texts that cells share run on from one record into the next.
            for at in range(2_000):
                sheet.write_string(at, 0, f"Báo Tuổi Trẻ số {at}" if at % 2 else f"plain {at}")
            sheet.write_string(2_000, 0, text)


@pytest.fixture(scope="module")
def old_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of documents that LibreOffice wrote as the programs of 1997 to 2003 did."""
    folder = tmp_path_factory.mktemp("old")
    for kind, source in SOURCES.items():
        for name, text in TEXTS.items():
            written(folder / f"{name}.{source}", text)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [judge("soffice"), "--headless", profile, "--convert-to", kind, "--outdir", str(folder)]
        files = [str(folder / f"{name}.{source}") for name in TEXTS]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=200)
    return folder


@pytest.mark.parametrize("kind", SOURCES)
def test_a_mark_inside_an_old_document_is_refused(desk: Desk, old_documents: Path, kind: str) -> None:
    for name in ("marked", "tcvn3"):
        with pytest.raises(UserError) as caught:
            journal.keep_file(desk, old_documents / f"{name}.{kind}")
        assert caught.value.code == "secret_marked", name
    path = old_documents / f"ordinary.{kind}"
    assert desk.files.read(journal.keep_file(desk, path).sha256) == path.read_bytes()


@pytest.mark.parametrize("kind", SOURCES)
def test_all_of_an_old_document_is_read(old_documents: Path, kind: str) -> None:
    path = old_documents / f"ordinary.{kind}"
    with path.open("rb") as source:
        found = "\n".join(texts_inside(path.name, source))
    assert TEXTS["ordinary"] in found
    if kind == "xls":
        assert all(f"Báo Tuổi Trẻ số {at}" in found for at in range(1, 2_000, 2))
        assert "plain 1998" in found


@given(st.data())
def test_a_damaged_old_document_is_never_more_than_unread(old_documents: Path, data: st.DataObject) -> None:
    whole = (old_documents / f"marked.{data.draw(st.sampled_from(list(SOURCES)))}").read_bytes()
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, 6_000), max_size=12)):
        if at < len(broken):
            broken[at] = data.draw(st.integers(0, 255))
    for text in texts_inside("x", io.BytesIO(bytes(broken))):
        marks().mark_in(text)


def pdf(path: Path, *, text: bool, password: str = "") -> Path:
    canvas = Canvas(str(path), encrypt=StandardEncryption(password, "o", strength=128) if password else None)
    canvas.drawString(72, 700, "Page one")
    canvas.showPage()
    if text:
        canvas.drawString(72, 700, "Page two")
    else:
        canvas.rect(72, 300, 200, 200, fill=1)
    canvas.save()
    return path


def locked_zip(path: Path) -> Path:
    """Write an archive whose entry says of itself that it is locked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    data = bytearray(packed.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    return path


def plain_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.docx", "x")
    return path


def bytes_in(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


UNREAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "khoa.pdf": (lambda path: pdf(path, text=True, password="u"), "mật khẩu"),
    "quet.pdf": (lambda path: pdf(path, text=False), "bản quét"),
    "hong.pdf": (lambda path: bytes_in(path, b"%PDF-1.7 nothing"), "hỏng"),
    "khoa.zip": (locked_zip, "mật khẩu"),
    "nen.zip": (plain_zip, "tệp nén"),
    "nen.rar": (lambda path: bytes_in(path, b"Rar!\x1a\x07\x01\x00rest"), "tệp nén"),
    "quet.tif": (lambda path: bytes_in(path, b"II*\0rest"), "bản quét"),
    "hong.doc": (lambda path: bytes_in(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "không biết đọc"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_kept_only_after_somebody_looked(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    make, why = UNREAD[name]
    path = make(tmp_path / name)
    case, _changes = cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Gây rối"))
    for refused in (
        lambda: journal.keep_file(desk, path),
        lambda: evidence.add_file(desk, case.id, path),
    ):
        with pytest.raises(UserError) as caught:
            refused()
        assert caught.value.code == "attachment_unread"
        said = word(caught.value)
        assert "Không đọc được bên trong tệp này" in said
        assert why in said
        assert name in said
    assert list(desk.files.all()) == []
    kept = journal.keep_file(desk, path, looked=True)
    assert desk.files.read(kept.sha256) == path.read_bytes()
    item, _changes = evidence.add_file(desk, case.id, path, looked=True)
    assert item.file.sha256 == kept.sha256


def compound(stream: str, content: bytes = b"") -> bytes:
    """Give a compound file with one stream: a table, a directory, then the stream, filled up to whole sectors."""
    count = len(content) // 512 + 1 if content else 0
    head = struct.pack("<8s16xHHHHH6xIII4xIIIII", MAGIC, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, END, 0, END, 0)
    follows = (*range(3, 2 + count), END) if count else ()
    table = struct.pack(f"<II{len(follows)}I", 0xFFFFFFFD, END, *follows).ljust(512, b"\xff")
    entries = (("Root Entry", 5, END, 0), (stream, 2, 2 if count else END, len(content)))
    listed = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB48xII4x", 2 * len(name) + 2, kind, 1, start, size)
        for name, kind, start, size in entries
    )
    head = (head + struct.pack("<I", 0)).ljust(512, b"\xff")
    return head + table + listed.ljust(512, b"\0") + content.ljust(count * 512, b"\0")


def slides(*texts: str, narrow: bytes = b"") -> bytes:
    """Give a presentation of PowerPoint 97: a slide that holds texts as two bytes a letter, and one as one byte."""
    held = b"".join(
        struct.pack("<HHI", 0, 0x0FA0, 2 * len(text)) + text.encode("utf-16-le") for text in texts
    )
    held += struct.pack("<HHI", 0, 0x0FA8, len(narrow)) + narrow
    return compound("PowerPoint Document", struct.pack("<HHI", 0x0F, 0x03EE, len(held)) + held)


def test_a_mark_inside_an_old_presentation_is_refused(desk: Desk, tmp_path: Path) -> None:
    for data in (
        slides("Về giá đất", "TUYỆT MẬT"),
        slides("a", narrow=b"M\xcbT"),
        slides("a", narrow="MẬT".encode("cp1258", "replace").replace(b"?", b"\xc2\xf2")),
    ):
        with pytest.raises(UserError, match="secret_marked"):
            journal.keep_file(desk, bytes_in(tmp_path / "a.ppt", data))
    assert journal.keep_file(desk, bytes_in(tmp_path / "b.ppt", slides("BÍ MẬT", "tối mật"))).size


def set_bit(data: bytes, start: bytes, at: int, bit: int) -> bytes:
    """Give a file with a bit set in the stream that begins so, at the beginning of a sector."""
    place = next(n for n in range(512, len(data), 512) if data[n : n + len(start)] == start) + at
    return data[:place] + bytes([data[place] | bit]) + data[place + 1 :]


def test_locked_documents_of_office_are_told_from_open_ones(old_documents: Path, tmp_path: Path) -> None:
    locked = {
        "khoa.docx": compound("EncryptedPackage"),
        "khoa.doc": set_bit((old_documents / "ordinary.doc").read_bytes(), b"\xec\xa5", 11, 1),
        # The record after the first one becomes the one that holds the password.
        "khoa.xls": filepass((old_documents / "ordinary.xls").read_bytes()),
    }
    for name, data in locked.items():
        with pytest.raises(UserError, match="attachment_unread") as caught:
            require_readable(bytes_in(tmp_path / name, data))
        assert "mật khẩu" in word(caught.value), name
        assert list(texts_inside(name, io.BytesIO(data))) == []
    with pytest.raises(UserError, match="attachment_unread") as caught:
        require_readable(bytes_in(tmp_path / "thu.msg", compound("__properties_version1.0")))
    assert "không biết đọc" in word(caught.value)


def filepass(data: bytes) -> bytes:
    place = next(n for n in range(512, len(data), 512) if data[n : n + 2] == b"\x09\x08")
    place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")
    return data[:place] + b"\x2f\x00" + data[place + 2 :]


def test_readable_documents_photos_and_recordings_pass(old_documents: Path, tmp_path: Path) -> None:
    require_readable(pdf(tmp_path / "doc.pdf", text=True))
    for name in ("ordinary.docx", "ordinary.xlsx", *(f"ordinary.{kind}" for kind in SOURCES)):
        require_readable(old_documents / name)
    for name, head in (("a.jpg", b"\xff\xd8\xff\xe0"), ("a.mp3", b"ID3"), ("a.txt", b"abc")):
        require_readable(bytes_in(tmp_path / name, head))
    require_readable(tmp_path / "gone.pdf")
    require_readable(tmp_path)


def test_a_huge_old_document_is_read_as_far_as_the_time_goes() -> None:
    data = slides(*(f"Trang {n}" for n in range(50)))
    assert len(list(old_texts(io.BytesIO(data), math.inf))) > 50
    assert len(list(old_texts(io.BytesIO(data), -math.inf))) == 1
