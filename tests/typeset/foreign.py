"""Word files as other people's programs write them: made with python-docx and with plain zip files."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def new() -> Document:
    """Give an empty file in Times New Roman 14."""
    made = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(14)
    return made


def add(
    place: Any, text: str, *, bold: bool = False, italic: bool = False, align: Any = None, font: str = ""
) -> Any:
    """Add a paragraph to a document or cell."""
    para = place.add_paragraph()
    run = para.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if font:
        run.font.name = font
    para.alignment = align
    return para


def put(cell: Any, *lines: str, bold: bool = False, font: str = "") -> None:
    """Add paragraphs to a cell, centred."""
    for line in lines:
        add(cell, line, bold=bold, align=CENTER, font=font)


def data_of(made: Document) -> bytes:
    """Give a document as a file."""
    packed = BytesIO()
    made.save(packed)
    return packed.getvalue()


def official_letter() -> Document:
    """Give a công văn as offices type it: a borderless table for the head, another for the end."""
    made = new()
    head = made.add_table(2, 2)
    put(head.cell(0, 0), "UBND TỈNH LONG AN")
    put(head.cell(0, 0), "SỞ THÔNG TIN VÀ", "TRUYỀN THÔNG", bold=True)
    put(head.cell(0, 0), "-------")
    put(head.cell(0, 1), "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", bold=True)
    put(head.cell(0, 1), "---------------")
    put(head.cell(1, 0), "Số: 214 /STTTT-TTBCXB", "V/v đề nghị cải chính", "thông tin về ông V.H.T.")
    put(head.cell(1, 1), "Long An, ngày 12 tháng 3 năm 2018")
    add(made, "")
    add(made, "Kính gửi: ", align=CENTER)
    add(made, "- Báo Tuổi Trẻ;", align=CENTER)
    add(made, "- Báo Thanh Niên.", align=CENTER)
    add(made, "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;", italic=True)
    add(made, "Căn cứ Nghị định số 09/2017/NĐ-CP của Chính phủ.", italic=True)
    para = add(made, "Sở đề nghị quý báo ")
    para.add_run("cải chính").bold = True
    para.add_run(" hai thông tin * sai | sự thật.")
    add(made, "Trân trọng./.")
    tail = made.add_table(1, 2)
    for line in ("Nơi nhận:", "- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, TTBCXB."):
        add(tail.cell(0, 0), line)
    put(tail.cell(0, 1), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "", "", bold=True)
    put(tail.cell(0, 1), "Nguyễn Văn A", bold=True)
    return made


def zipped(parts: Mapping[str, bytes | str], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip file of parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", compress) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def raw(body: str, **others: bytes | str) -> dict[str, bytes | str]:
    """Give the parts of a .docx with this body; ``others`` by path with "__" for "/" and "_" for "."."""
    head = f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"{head}{body}</w:body></w:document>",
    }
    return parts | {name.replace("__", "/").replace("_", "."): text for name, text in others.items()}


def rels(*relations: tuple[str, str, bool]) -> str:
    """Give a relationships part of (kind, target, external)."""
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for at, (kind, target, external) in enumerate(relations)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def para(text: str, properties: str = "") -> str:
    """Give a paragraph's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
