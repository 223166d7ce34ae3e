"""What is offered while a paper is written: sentences, the law as it must be cited, what was said before."""

from dataclasses import replace

from spokesdesk.domain.blocks import read_body
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.services import inserting, papers
from spokesdesk.services.inserting import Offer, OfferKind
from spokesdesk.services.ports import Desk
from spokesdesk.typeset.lint import lint
from tests.desks import Office


def written(desk: Desk, subject: str, body: str) -> Paper:
    blank = papers.blank(desk, LetterKind.CONG_VAN)
    return papers.create(desk, replace(blank, subject=subject, addressees=("Báo Một",), body=body))[0]


def test_sentences_of_the_kind_come_and_others_are_found_by_words() -> None:
    own = inserting.phrases(LetterKind.BIEN_BAN, "Sở A")
    assert {offer.title for offer in own} == {"Mở đầu biên bản", "Kết thúc biên bản"}
    found = inserting.phrases(LetterKind.BIEN_BAN, "Sở A", "cai chinh xin loi")
    assert any("Sở A đề nghị quý báo cải chính" in offer.text for offer in found)
    for kind in LetterKind:
        offers = inserting.phrases(kind, "Sở A")
        assert offers, kind
        assert all(read_body(offer.text) for offer in offers)


def test_a_decree_is_cited_in_full_first_and_short_later(office: Office) -> None:
    (offer, *_rest) = inserting.rules_found(office.drafter, "nghi dinh 237")
    full = (
        "Nghị định số 237/2026/NĐ-CP ngày 26 tháng 6 năm 2026 của Chính phủ quy định chi tiết một số điều và "
        "biện pháp thi hành Luật Báo chí"
    )
    assert (offer.kind, offer.text, offer.inline) == (OfferKind.RULE, full, True)
    (again, *_rest) = inserting.rules_found(office.drafter, "nghi dinh 237", before=f"Theo {full}, …")
    assert again.text == "Nghị định số 237/2026/NĐ-CP"


def test_a_place_in_the_law_is_cited_from_the_point_up(office: Office) -> None:
    offers = inserting.rules_found(office.drafter, "tra loi tren bao chi dieu 18")
    first = next(offer for offer in offers if offer.title.startswith("khoản 1 Điều 18"))
    assert first.text.startswith(
        "khoản 1 Điều 18 Nghị định số 237/2026/NĐ-CP ngày 26 tháng 6 năm 2026 của Chính phủ"
    )
    assert "theo một bản chép" in first.detail, "how well it is known stands beside it"


def test_a_law_goes_by_its_name_and_what_is_no_longer_in_force_comes_last(office: Office) -> None:
    offers = inserting.rules_found(office.drafter, "luat bao chi")
    texts = [offer.text for offer in offers]
    assert "Luật Báo chí năm 2025" in texts
    offers = inserting.rules_found(office.drafter, "phat ngon cung cap thong tin 2017")
    offers += inserting.rules_found(office.drafter, "phat ngon cung cap thong tin chi tiet")
    assert any(offer.detail.startswith("Đã hết") for offer in offers)
    offers = inserting.rules_found(office.drafter, "phat ngon cung cap thong tin chi tiet")
    gone = [at for at, offer in enumerate(offers) if offer.detail.startswith("Đã hết")]
    assert gone == list(range(len(offers) - len(gone), len(offers)))


def test_what_is_inserted_passes_the_format_check(office: Office) -> None:
    before, body = "", ""
    for _time in range(2):
        (offer, *_rest) = inserting.rules_found(office.drafter, "nghi dinh 237", before)
        before += offer.text
        body += f"Thực hiện {offer.text}.\n\n"
    blank = papers.blank(office.drafter, LetterKind.CONG_VAN)
    found = lint(replace(blank, subject="thử", addressees=("Báo Một",), body=body))
    assert [each for each in found if each.rule in ("VD", "CC1")] == []


def test_what_was_said_before_is_found_without_accents_and_never_in_itself(office: Office) -> None:
    said = "Nước thải của nhà máy đã được **quan trắc** hằng tuần."
    old = written(office.drafter, "trả lời báo chí về nước thải", f"Mở đầu.\n\n{said}\n\nHết.")
    new = written(office.drafter, "nước thải lần hai", "Nước thải đang viết.")
    (offer,) = inserting.said_before(office.drafter, "nuoc thai quan trac", besides=new.id)
    assert (offer.kind, offer.text, offer.inline) == (OfferKind.SAID, said, False)
    assert offer.origin.startswith("Công văn (dự thảo")
    assert [each.text for each in inserting.said_before(office.drafter, "nuoc thai", besides=old.id)] == [
        "Nước thải đang viết."
    ]


def test_where_a_paragraph_comes_from_is_noted_once_with_the_paper(office: Office) -> None:
    paper = written(office.drafter, "thử", "Nội dung.")
    offer = Offer(
        OfferKind.SAID, "Nước thải", "x", "Nước thải.", origin="Công văn số 12/SNNMT-VP ngày 05 tháng 3"
    )
    inserting.note_origin(office.drafter, paper.id, offer)
    noted = inserting.note_origin(office.drafter, paper.id, offer)
    assert len(noted) == 1
    assert "“Nước thải” lấy từ Công văn số 12/SNNMT-VP" in noted[0]
    assert office.drafter.member.name in noted[0]
    assert inserting.origins(office.leader, paper.id) == noted
