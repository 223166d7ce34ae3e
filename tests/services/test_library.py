"""The library of instruments: found without accents, with text and file by hash, named by citations."""

from datetime import date
from pathlib import Path

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.library import LawDraft
from spokesdesk.services import find, inserting, library, workspace
from spokesdesk.services.ports import Desk

OWN = LawDraft(
    "Quyết định số 12/2026/QĐ-UBND",
    "Quy chế phát ngôn của thành phố",
    date(2026, 8, 1),
    date(2026, 8, 10),
    text="Điều 5. Người phát ngôn trả lời trong 03 ngày.",
)


def test_the_instruments_of_the_rule_pack_are_there_with_their_rules(desk: Desk) -> None:
    found = library.items(desk, "nghi dinh 237/2026")
    law = next(one for one in found if one.key == "N237")
    assert law.doubt.startswith("chưa xác minh")
    assert "N237-ANS-15" in {rule.id for rule in law.rules}
    assert library.item(desk, "L103").to_on == date(2026, 6, 30)
    assert library.item(desk, "l103").replaced_by.endswith("126/2025/QH15")


def test_an_own_entry_is_found_by_its_text_edited_and_put_back(desk: Desk) -> None:
    made, _changes = library.save(desk, OWN)
    assert [one.key for one in library.items(desk, "nguoi phat ngon tra loi 03 ngay")] == [made.key]
    assert [hit.id for hit in find.find(desk, "quy che phat ngon thanh pho", ("law",))] == [made.entry_id]
    assert made.entry_id is not None
    changed = LawDraft(OWN.name, OWN.title, OWN.issued_on, OWN.from_on, date(2027, 1, 1))
    assert library.save(desk, changed, made.entry_id)[0].to_on == date(2027, 1, 1)
    taken, _changes = library.drop(desk, made.entry_id)
    assert library.items(desk, "12/2026/QĐ-UBND") == ()
    library.put_back(desk, taken)
    assert library.item(desk, OWN.name).key == made.key


def test_text_and_file_are_added_to_an_instrument_of_the_pack(desk: Desk, tmp_path: Path) -> None:
    signed = tmp_path / "nd-244.pdf"
    signed.write_bytes(b"%PDF-1.7 ban ky")
    draft = LawDraft("", "", text="Toàn văn nghị định", file=library.keep_file(desk, signed), key="N244")
    made, _changes = library.save(desk, draft)
    assert (made.key, made.is_pack, made.text) == ("N244", True, "Toàn văn nghị định")
    assert [one.key for one in library.items(desk, "toan van nghi dinh")] == ["N244"]
    out = library.export(desk, "N244", tmp_path / "ra.pdf")
    assert out.read_bytes() == signed.read_bytes()
    assert workspace.doctor(desk).ok
    library.save(desk, draft)
    assert len([one for one in library.items(desk) if one.key == "N244"]) == 1


def test_a_citation_leads_to_its_instrument(desk: Desk) -> None:
    found = library.cited_in(desk, "khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP")
    assert found is not None
    assert found.key == "N237"
    assert library.cited_in(desk, "theo lệ thường") is None


def test_own_entries_are_offered_while_a_letter_is_written(desk: Desk) -> None:
    library.save(desk, OWN)
    offers = inserting.rules_found(desk, "quy che phat ngon thanh pho")
    assert "Quyết định số 12/2026/QĐ-UBND" in {offer.title for offer in offers}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (LawDraft("", "Thử"), "law_name"),
        (LawDraft("Thử", ""), "law_title"),
        (LawDraft("Thử", "Thử", from_on=date(2026, 2, 1), to_on=date(2026, 1, 1)), "law_to"),
        (LawDraft("", "", key="KHONG-CO"), "key"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, draft: LawDraft, field: str) -> None:
    with pytest.raises(UserError) as error:
        library.save(desk, draft)
    assert error.value.field == field
