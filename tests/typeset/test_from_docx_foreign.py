"""Word files of other offices: what is certain goes to its field, the rest into the text, nothing is lost."""

import tomllib
from collections.abc import Callable
from datetime import date

import pytest

from spokesdesk import assets
from spokesdesk.domain.imported import ImportResult, NoteKind
from spokesdesk.domain.legacy_text import encode, encodings_from
from spokesdesk.domain.letters import LetterKind, Signer, texts
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.from_docx import read_docx
from tests.typeset import foreign
from tests.typeset.foreign import CENTER, add, data_of, new, official_letter, para, put, raw, rels, zipped

TCVN3, VNI = encodings_from(tomllib.loads(assets.read_text("formats", "legacy_encodings.toml")))


def said(result: ImportResult, kind: NoteKind) -> str:
    return "\n".join(note.text for note in result.notes if note.kind is kind)


def held(result: ImportResult) -> str:
    return "\n".join(text for _path, _key, text in texts(result.letter))


def test_an_office_letter_is_recognised_from_its_layout_tables() -> None:
    found = read_docx(data_of(official_letter())).letter
    assert found.kind is LetterKind.CONG_VAN
    assert (found.parent_agency, found.agency) == ("UBND TỈNH LONG AN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    assert (found.number, found.symbol, found.place) == (214, "STTTT-TTBCXB", "Long An")
    assert found.date_on == date(2018, 3, 12)
    assert found.subject == "đề nghị cải chính thông tin về ông V.H.T."
    assert found.addressees == ("Báo Tuổi Trẻ", "Báo Thanh Niên")
    assert found.legal_bases == (
        "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016",
        "Căn cứ Nghị định số 09/2017/NĐ-CP của Chính phủ",
    )
    assert found.body == (
        "Sở đề nghị quý báo **cải chính** hai thông tin \\* sai \\| sự thật.\n\nTrân trọng."
    )
    assert found.recipients == ("Như trên", "UBND tỉnh (b/c)")
    assert found.archive == "VT, TTBCXB"
    assert found.signers == (Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn A"),)


def test_what_was_left_out_of_a_signature_is_said() -> None:
    assert "(Đã ký)" in said(read_docx(data_of(official_letter())), NoteKind.LEFT_OUT)


def test_every_word_of_a_file_is_in_the_letter_or_in_a_note() -> None:
    made = official_letter()
    add(made, "Một dòng lạ sau chữ ký")
    made.tables[0].cell(1, 1).add_paragraph("(Bản dự thảo lần 2)")
    made.sections[0].footer.paragraphs[0].text = "Chân trang có chữ"
    result = read_docx(data_of(made))
    everything = held(result) + "\n" + "\n".join(note.text for note in result.notes)
    for words in ("Một dòng lạ sau chữ ký", "Bản dự thảo lần 2", "Chân trang có chữ"):
        assert words in everything
    assert "Một dòng lạ sau chữ ký" in result.letter.body
    assert "Bản dự thảo lần 2" in result.letter.body


def test_a_head_typed_with_tabs_is_recognised() -> None:
    made = new()
    add(made, "UBND TỈNH LONG AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    add(made, "SỞ XÂY DỰNG\tĐộc lập - Tự do - Hạnh phúc", bold=True)
    add(made, "______\t______________")
    add(made, "Số:      /SXD-VP\tLong An, ngày     tháng     năm 2026")
    add(made, "V/v trả lời báo chí")
    add(made, "Kính gửi: Báo Lao Động")
    add(made, "Sở Xây dựng trả lời như sau.")
    add(made, "Nơi nhận:\tGIÁM ĐỐC")
    add(made, "- Như trên;")
    add(made, "- Lưu: VT.\tTrần Văn Bình")
    found = read_docx(data_of(made)).letter
    assert (found.parent_agency, found.agency) == ("UBND TỈNH LONG AN", "SỞ XÂY DỰNG")
    assert (found.number, found.symbol, found.date_on) == (None, "SXD-VP", None)
    assert (found.place, found.subject) == ("Long An", "trả lời báo chí")
    assert (found.addressees, found.body) == (("Báo Lao Động",), "Sở Xây dựng trả lời như sau.")
    assert (found.recipients, found.archive) == (("Như trên",), "VT")
    assert found.signers == (Signer(("GIÁM ĐỐC",), "Trần Văn Bình"),)


def test_a_release_has_kind_and_subject_under_it() -> None:
    made = new()
    head = made.add_table(1, 2)
    put(head.cell(0, 0), "SỞ Y TẾ", "Số: 05/TC-SYT")
    put(head.cell(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    put(head.cell(0, 1), "Hà Nội, ngày 05 tháng 01 năm 2026")
    add(made, "THÔNG CÁO BÁO CHÍ", bold=True, align=CENTER)
    add(made, "Về tình hình dịch bệnh", bold=True, align=CENTER)
    add(made, "tháng 12 năm 2025", bold=True, align=CENTER)
    add(made, "Chiều nay, Sở Y tế họp báo.")
    result = read_docx(data_of(made))
    found = result.letter
    assert (found.kind, found.agency) == (LetterKind.THONG_CAO_BAO_CHI, "SỞ Y TẾ")
    assert found.subject == "Về tình hình dịch bệnh tháng 12 năm 2025"
    assert (found.number, found.date_on) == (5, date(2026, 1, 5))
    assert found.body == "Chiều nay, Sở Y tế họp báo."
    assert "người ký" in said(result, NoteKind.GUESSED)


def test_a_kind_that_is_not_ours_is_named_and_stays_in_the_text() -> None:
    made = official_letter()
    made.tables[0].cell(1, 0).paragraphs[2].text = ""
    made.tables[0].cell(1, 0).paragraphs[3].text = ""
    made.paragraphs[0].text, made.paragraphs[0].alignment = "QUYẾT ĐỊNH", CENTER
    result = read_docx(data_of(made))
    assert result.letter.body.startswith("QUYẾT ĐỊNH")
    assert "QUYẾT ĐỊNH" in said(result, NoteKind.GUESSED)


def test_a_text_without_any_form_becomes_the_body() -> None:
    made = new()
    made.add_heading("Tình hình chung", 1)
    add(made, "Đoạn thứ nhất.")
    add(made, "# không phải tiêu đề")
    table = made.add_table(2, 2, style="Table Grid")
    for at, text in enumerate(("TT", "Nội dung")):
        table.cell(0, at).paragraphs[0].add_run(text).bold = True
    table.cell(1, 0).text, table.cell(1, 1).text = "1", "a | b"
    result = read_docx(data_of(made))
    assert result.letter.body == (
        "# Tình hình chung\n\nĐoạn thứ nhất.\n\n\\# không phải tiêu đề\n\n"
        "| TT | Nội dung |\n|---|---|\n| 1 | a \\| b |"
    )
    assert "phần đầu" in said(result, NoteKind.GUESSED)
    compose(result.letter)


def _list(at: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{at}"/></w:numPr>'


NUMBERING = (
    f'<w:numbering xmlns:w="{foreign.W}">'
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_automatic_numbers_become_typed_ones() -> None:
    items = ((1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (2, 0), (3, 0), (3, 0))
    body = "".join(para(f"mục {at}", _list(*each)) for at, each in enumerate(items))
    parts = raw(body, word__numbering_xml=NUMBERING)
    parts["word/_rels/document.xml.rels"] = rels(("numbering", "numbering.xml", False))
    lines = read_docx(zipped(parts)).letter.body.split("\n\n")
    markers = ["1.", "a)", "b)", "1.1.", "-", "2.", "a)", "7.", "I.", "II."]
    assert lines == [f"{marker} mục {at}" for at, marker in enumerate(markers)]


@pytest.mark.parametrize(
    ("font", "coded"),
    [
        (".VnTime", lambda text: encode(text, TCVN3)),
        ("VNI-Times", lambda text: encode(text, VNI)),
        ("Times New Roman", lambda text: encode(text, TCVN3)),
    ],
    ids=["tcvn3", "vni", "letters-alone"],
)
def test_an_old_file_is_read_in_unicode(font: str, coded: Callable[[str], str]) -> None:
    made = new()
    sentence = "đề nghị quý báo cải chính thông tin sai sự thật về ông Thư ký"
    add(made, coded(sentence), font=font)
    add(made, "Đoạn này gõ bằng Unicode, giữ nguyên.")
    result = read_docx(data_of(made))
    assert result.letter.body == f"{sentence}\n\nĐoạn này gõ bằng Unicode, giữ nguyên."
    assert "1 đoạn" in said(result, NoteKind.CONVERTED)


def test_a_head_in_capital_fonts_is_recognised() -> None:
    made = new()
    head = made.add_table(1, 2)
    put(head.cell(0, 0), encode("sở y tế", TCVN3), font=".VnTimeH")
    put(head.cell(0, 0), encode("Số: 12/SYT-VP", TCVN3), font=".VnTime")
    put(head.cell(0, 1), encode("cộng hòa xã hội chủ nghĩa việt nam", TCVN3), font=".VnTimeH")
    put(head.cell(0, 1), encode("Độc lập - Tự do - Hạnh phúc", TCVN3), font=".VnTime")
    put(head.cell(0, 1), encode("Hà Nội, ngày 03 tháng 5 năm 2004", TCVN3), font=".VnTime")
    add(made, encode("Kính gửi: Báo Nhân Dân", TCVN3), font=".VnTime")
    found = read_docx(data_of(made)).letter
    assert (found.agency, found.number, found.symbol) == ("SỞ Y TẾ", 12, "SYT-VP")
    assert (found.place, found.date_on) == ("Hà Nội", date(2004, 5, 3))
    assert found.addressees == ("Báo Nhân Dân",)


def test_runs_of_two_encodings_and_a_cut_letter_stand_in_one_paragraph() -> None:
    made = new()
    line = add(made, encode("Căn cứ Luật", TCVN3), font=".VnTime")
    for text, font in (
        (" Báo chí, ", "Times New Roman"),
        (encode("cải chính ha", VNI), "VNI-Times"),
        ("ø", "VNI-Times"),
    ):
        run = line.add_run(text)
        run.font.name = font
    assert read_docx(data_of(made)).letter.body == "Căn cứ Luật Báo chí, cải chính hà"


def test_tracked_changes_read_as_accepted_and_boxes_and_notes_stay() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    box = f"<w:r><w:pict><w:txbxContent>{para('chữ trong khung')}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        f"<w:p>{run.format('Giữ ')}<w:ins>{run.format('thêm')}</w:ins>"
        f"<w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>{note}{box}</w:p>"
    )
    notes = f'<w:footnotes xmlns:w="{foreign.W}"><w:footnote w:id="2">{para("lời chú")}</w:footnote></w:footnotes>'
    parts = raw(body, word__footnotes_xml=notes)
    parts["word/_rels/document.xml.rels"] = rels(("footnotes", "footnotes.xml", False))
    result = read_docx(zipped(parts))
    assert result.letter.body == "Giữ thêm[1]\n\nchữ trong khung\n\n[1] lời chú"
    assert "đánh dấu xóa" in said(result, NoteKind.LEFT_OUT)
    assert "chú thích" in said(result, NoteKind.CONVERTED)


def test_signs_that_no_paper_holds_are_left_out_and_counted() -> None:
    made = new()
    add(made, "Tên\u202e tệp\u200b có\u00ad dấu\u00a0ẩn\ue000")
    result = read_docx(data_of(made))
    assert result.letter.body == "Tên tệp có dấu ẩn"
    assert "2 ký tự" in said(result, NoteKind.LEFT_OUT)


def test_letters_of_mixed_looks_inside_a_word_keep_their_text() -> None:
    made = new()
    line = add(made, "đậm", bold=True)
    line.add_run("nghiêng").italic = True
    line.add_run("thường")
    result = read_docx(data_of(made))
    assert result.letter.body.replace("*", "") == "đậmnghiêngthường"
