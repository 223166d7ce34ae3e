"""Packages: the layout other systems read, a round trip without loss, and nothing that hurts when opened."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree  # reads what was just written here

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.exchange import Organ, Package, PackedFile, Trace
from spokesdesk.typeset.edxml import check_organ_id, write_package
from spokesdesk.typeset.edxml_reading import read_package

NS = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"
PACKAGE = Package(
    sender=Organ("H35.11", "Sở Thông tin và Truyền thông", "UBND tỉnh Long An", email="vp@longan.example.vn"),
    receivers=(Organ("H35", "UBND tỉnh Long An"), Organ("0101234567-001")),
    number="05",
    notation="STTTT-VP",
    place="Long An",
    on=date(2026, 3, 5),
    type_code=18,
    type_name="Công văn",
    subject='đề nghị cải chính "A & B" <tin, bài>',
    content="đề nghị cải chính",
    competence="KT. GIÁM ĐỐC",
    position="PHÓ GIÁM ĐỐC",
    signer="Nguyễn Văn Ổn",
    priority=1,
    to_places=("Như trên", "Lưu: VT"),
    traces=(Trace("H35.11", datetime(2026, 3, 5, 2, 3, 4, tzinfo=UTC)),),
    files=(
        PackedFile("a-1", "05-STTTT.pdf", "application/pdf", "PDF", bytes(range(256)) * 9),
        PackedFile("a-2", "05-STTTT.docx", "application/x", "DOCX", b""),
    ),
    due_on=date(2026, 3, 20),
    sphere="Lưu hành nội bộ",
    drafter="pl",
    copies=12,
    pages=3,
    annexes=("Danh sách tin, bài",),
)
LINE = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Co", "Cn"], blacklist_characters="\ufffe\uffff"),
    max_size=60,
)


def test_a_package_comes_back_as_it_was() -> None:
    assert read_package(write_package(PACKAGE)) == PACKAGE
    assert write_package(PACKAGE) == write_package(PACKAGE)


@given(LINE, LINE)
def test_any_words_come_back(subject: str, place: str) -> None:
    subject, place = (" ".join(text.split()) for text in (subject, place))
    back = read_package(write_package(replace(PACKAGE, subject=subject, to_places=(place,))))
    assert back.subject.casefold() == " ".join(_nfc(subject).split()).casefold()
    assert back.to_places == (" ".join(_nfc(place).split()),)


def test_every_element_stands_where_other_systems_look() -> None:
    root = ElementTree.fromstring(write_package(PACKAGE))
    header = f"{NS}edXMLEnvelope/{NS}edXMLHeader"
    for path, text in {
        "MessageHeader/From/OrganId": "H35.11",
        "MessageHeader/From/OrganizationInCharge": "UBND tỉnh Long An",
        "MessageHeader/To/OrganName": "UBND tỉnh Long An",
        "MessageHeader/Code/CodeNumber": "05",
        "MessageHeader/Code/CodeNotation": "STTTT-VP",
        "MessageHeader/PromulgationInfo/PromulgationDate": "2026/03/05",
        "MessageHeader/DocumentType/Type": "18",
        "MessageHeader/SignerInfo/Competence": "KT. GIÁM ĐỐC",
        "MessageHeader/DueDate": "2026/03/20",
        "MessageHeader/ToPlaces/Place": "Như trên",
        "MessageHeader/OtherInfo/Priority": "1",
        "MessageHeader/OtherInfo/TyperNotation": "pl",
        "MessageHeader/OtherInfo/Appendixes/Appendix": "Danh sách tin, bài",
        "MessageHeader/DocumentId": "H35.11,2026/03/05,05/STTTT-VP",
        "TraceHeaderList/TraceHeader/Timestamp": "2026/03/05 09:03:04",
        "TraceHeaderList/Bussiness/BussinessDocType": "0",
    }.items():
        assert root.findtext(f"{header}/{NS}{path.replace('/', f'/{NS}')}") == text, path
    reference = root.find(f"{NS}edXMLEnvelope/{NS}edXMLBody/{NS}edXMLManifest/{NS}Reference")
    assert reference is not None
    assert reference.get("{http://www.w3.org/1999/xlink}href") == "cid:a-1"
    assert root.findtext(f"{NS}AttachmentEncoded/{NS}Attachment/{NS}AttachmentName") == "05-STTTT.pdf"


@pytest.mark.parametrize("code", ["H35", "H35.11", "a01.1b.2", "G01." + "1" * 31, "0101234567", "Z99ABC"])
def test_codes_of_the_present_order_are_taken(code: str) -> None:
    assert check_organ_id(f" {code} ") == code.upper()


@pytest.mark.parametrize(
    "code",
    ["", "Z1", "H5", "H35.", "H35..1", "H35,11", "H35.Ấ", "H35.１", "G01." + "1" * 32, "X", "012345678"],
)
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(UserError, match="organ_id_form"):
        check_organ_id(code)


def test_a_code_in_the_old_order_is_called_so() -> None:
    with pytest.raises(UserError, match="organ_id_old"):
        check_organ_id("000.00.00.H49")


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE edXML SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_read(head: str) -> None:
    whole = write_package(PACKAGE).decode()
    hostile = whole.replace("?>\n", f"?>\n{head}\n", 1)
    with pytest.raises(UserError, match="edxml_unsafe"):
        read_package(hostile.encode())


def test_what_is_none_is_refused() -> None:
    whole = write_package(PACKAGE)
    deep = b"<edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'>" + b"<a>" * 5000
    wide = deep.replace(b"<a>" * 5000, b"<a/>" * 30_000 + b"</edXML>")
    for junk in (
        b"",
        b"xin chao",
        whole[:-40],
        whole[:900],
        b"<edXML/>",
        deep,
        wide,
        whole.replace(b"cid:a-1", b"cid:b"),
    ):
        with pytest.raises(UserError, match="edxml_broken"):
            read_package(junk)


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("2026/03/05</edXML:Prom", "2026/13/05</edXML:Prom"),
        ("05/STTTT-VP<", "06/STTTT-VP<"),
        ("2026/03/05 09:03:04", "hôm qua"),
        ("AAECAwQF", "AAECA!QF"),
        ("<ContentId>a-2", "<ContentId>a-1"),
    ],
)
def test_a_package_at_odds_with_itself_is_refused(there: str, instead: str) -> None:
    whole = write_package(PACKAGE).decode()
    assert there in whole
    with pytest.raises(UserError, match="edxml_broken"):
        read_package(whole.replace(there, instead).encode())


def test_a_file_name_that_climbs_is_made_plain() -> None:
    whole = write_package(PACKAGE).replace(b"05-STTTT.pdf", b"../../bin/sh.pdf")
    name = read_package(whole).files[0].name
    assert "/" not in name
    assert not name.startswith(".")


def _nfc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)
